import type { Command } from "commander";
import { createNames, type Names, nameEndpoint } from "../../src/health/cause-words.ts";
import { type CheckRequest, type CheckRun, runCheck } from "../../src/health/check-run.ts";
import type { ProbeResult } from "../../src/health/probe-result.ts";
import { reasons } from "../../src/health/reason.ts";
import { readMonotonicMs } from "../../src/platform/clock.ts";
import { Failure } from "../../src/platform/failure.ts";
import { formatTime } from "../../src/platform/format.ts";
import { createRandom } from "../../src/platform/random.ts";
import { toIso, vietnamZone } from "../../src/platform/time.ts";
import type { Cli } from "../cli.ts";
import type { Context } from "../context.ts";
import type { Outcome } from "../exit-codes.ts";
import { collect, readWholeNumber } from "../options.ts";
import { describeNews, toEpisodeDocument } from "./episode-text.ts";
import { describeHindrance, toHindranceDocument } from "./hindrances.ts";
import { isAsciiOnly, isColoured, toCellKind } from "./look-signs.ts";
import { openInventory } from "./open-inventory.ts";
import { type ChoiceFlags, chooseEndpoints, type SweepFlags, toCheckRequest } from "./start-sweep.ts";
import { openWatchScreen, type WatchFace } from "./watch-screen.ts";
import { kindWords, watchWords } from "./watch-words.ts";
import { checkWords as words } from "./words.ts";

export function declareWatch(noun: Command, cli: Cli): void {
  cli
    .verb(noun, { name: "watch", about: watchWords.about, example: "wardctl check watch --every 30s --sweeps 1" })
    .option("--every <span>", cli.say(watchWords.every), "60s")
    .option("--sweeps <n>", cli.say(watchWords.sweeps), readWholeNumber)
    .option("--inventory <file>", cli.say(words.inventory))
    .option("--ca <file>", cli.say(words.ca))
    .option("--unit <code>", cli.say(words.unit), collect)
    .option("--system <name>", cli.say(words.system), collect)
    .option("--province <label>", cli.say(words.province))
    .option("--carrier <name>", cli.say(words.carrier))
    .action((options: WatchOptions, command: Command) => cli.run(command, (context) => watch(options, context)));
}

interface WatchOptions extends ChoiceFlags, SweepFlags {
  readonly every: string;
  readonly sweeps?: number;
  readonly inventory?: string;
}

type WatchContext = Pick<Context, "findWorkspace" | "cwd" | "clock" | "out" | "signal" | "openScreen" | "environment">;

/** Sweeps until it is stopped, each kept in the history as soon as it is whole. */
async function watch(options: WatchOptions, context: WatchContext): Promise<Outcome> {
  const { out, clock, signal } = context;
  const everyMs = readSpan(options.every);
  const { endpoints, directory } = await openInventory(options.inventory, context);
  const chosen = chooseEndpoints(endpoints, options);
  const scope = chosen.length === endpoints.length ? "all" : "selected";
  const request = await toCheckRequest({ chosen, layers: undefined, scope, directory }, options, context);
  const names = createNames(directory);
  const quit = new AbortController();
  const either = AbortSignal.any([signal, quit.signal]);
  const face = context.openScreen
    ? openWatchScreen(context.openScreen(), {
        endpoints: chosen,
        names,
        directory,
        lang: out.lang,
        ascii: isAsciiOnly(context.environment),
        colour: isColoured(out),
        quit: () => quit.abort(),
      })
    : createLines(names, context);
  const told: WatchedSweep[] = [];
  let last: CheckRun | undefined;
  let sweeps = 0;
  try {
    while (!either.aborted) {
      const started = readMonotonicMs();
      const random = createRandom(`check/${clock.now()}/${sweeps}`);
      const run = await sweepOnce({ ...request, random, signal: either }, face);
      if (run.cancelled) break;
      sweeps++;
      if (told.length < documentsAtMost) told.push(toWatched(run, last));
      face.show(run, last);
      last = run;
      if (sweeps === options.sweeps) break;
      // By the clock that cannot be set: a jump of the other one neither skips a check nor starts a hundred.
      await face.pause(started + everyMs, either);
    }
  } finally {
    face.close();
  }
  if (out.json) await emitDocument(told, last, context);
  else if (either.aborted) out.note(watchWords.ended(sweeps));
  if (signal.aborted) return "cancelled";
  if (!last) return "ok";
  return last.results.some(({ state, maintenance }) => state === "fail" && !maintenance) ? "attention" : "ok";
}

function sweepOnce(request: CheckRequest, face: WatchFace): Promise<CheckRun> {
  face.begin();
  return runCheck({ ...request, onProgress: (_done, result) => face.probed(result) });
}

const shortestMs = 1_000;

/** `30s`, `5m`, `1h`. Failure kind: usage. */
function readSpan(text: string): number {
  const [, digits, unit] = /^(\d{1,5})(s|m|h)?$/.exec(text.trim()) ?? [];
  const ms = Number(digits) * { s: 1_000, m: 60_000, h: 3_600_000 }[(unit ?? "s") as "s" | "m" | "h"];
  if (!(ms >= shortestMs && ms <= 24 * 3_600_000)) throw new Failure("usage", watchWords.badEvery);
  return ms;
}

/** A document does not grow for ever. */
const documentsAtMost = 10_000;

interface WatchedSweep {
  readonly at: number;
  readonly pass: number;
  readonly changes: readonly ProbeResult[];
}

/** What differs from the sweep before; of the first one, what is not well. */
function listChanges(run: CheckRun, before: CheckRun | undefined): readonly ProbeResult[] {
  const old = new Map(before?.results.map((result) => [result.endpoint, toCellKind(result)]));
  return run.results.filter((result) => toCellKind(result) !== (before ? old.get(result.endpoint) : "pass"));
}

function toWatched(run: CheckRun, before: CheckRun | undefined): WatchedSweep {
  const pass = run.results.filter(({ state }) => state === "pass").length;
  return { at: run.at, pass, changes: listChanges(run, before) };
}

/** Without a terminal: one line a change, one line of counts a sweep that had any. */
function createLines(names: Names, { out }: WatchContext): WatchFace {
  const print = (text: string): Promise<void> => out.emit({ document: {}, render: () => text });
  let hindered = new Set<string>();
  return {
    begin: () => undefined,
    probed: () => undefined,
    show(run, before) {
      if (out.json) return;
      const time = formatTime(run.at, vietnamZone);
      for (const { state, words: text } of run.localFindings) if (state === "fail") out.warn(text);
      const hindrances = new Map(run.hindrances.map((one) => [out.say(describeHindrance(one)), describeHindrance(one)]));
      for (const [text, said] of hindrances) if (!hindered.has(text)) out.warn(said);
      hindered = new Set(hindrances.keys());
      const changes = listChanges(run, before);
      const lines = changes.map((result) => {
        const why = result.state === "fail" && result.reason ? `, ${out.say(reasons[result.reason].words)}` : "";
        return `${time} ${out.say(nameEndpoint(result, names))}: ${out.say(kindWords[toCellKind(result)])}${why}`;
      });
      const news = (run.stored?.news ?? []).map((step) => `${time} ${out.say(describeNews(step, run.at))}`);
      const pass = run.results.filter(({ state }) => state === "pass").length;
      const counts =
        before && lines.length + news.length === 0 ? [] : [out.say(watchWords.swept(time, pass, run.results.length))];
      const all = [...lines, ...news, ...counts];
      if (all.length > 0) void print(all.join("\n"));
    },
    pause: (untilMs, signal) => waitUntil(untilMs, signal),
    close: () => undefined,
  };
}

function waitUntil(untilMs: number, signal: AbortSignal): Promise<void> {
  return new Promise((done) => {
    if (signal.aborted) return done();
    const end = (): void => {
      clearTimeout(timer);
      signal.removeEventListener("abort", end);
      done();
    };
    const timer = setTimeout(end, Math.max(0, untilMs - readMonotonicMs()));
    signal.addEventListener("abort", end);
  });
}

async function emitDocument(told: readonly WatchedSweep[], last: CheckRun | undefined, { out }: WatchContext): Promise<void> {
  const document = {
    schema: "wardctl.check-watch/1",
    sweeps: told.map(({ at, pass, changes }) => ({
      at: toIso(at, vietnamZone),
      pass,
      changes: changes.map((result) => ({
        endpoint: result.endpoint,
        state: toCellKind(result),
        reason: result.reason ?? null,
        hard: result.hard,
      })),
    })),
    incidents: (last?.stored?.open ?? []).map((episode) => toEpisodeDocument(episode, out.lang)),
    hindrances: (last?.hindrances ?? []).map((one) => toHindranceDocument(one, out)),
  };
  await out.emit({ document, render: () => "" });
}
