import { resolve } from "node:path";
import { type Command, InvalidArgumentError, Option } from "commander";
import { listAlsoSeen } from "../../src/health/also-seen.ts";
import { createNames } from "../../src/health/cause-words.ts";
import { type CheckRun, knownLayers, runCheck } from "../../src/health/check-run.ts";
import { toExplainDocument } from "../../src/health/explain-document.ts";
import { explainResults } from "../../src/health/explain-results.ts";
import { enoughFiles, readFileLimit } from "../../src/health/file-limit.ts";
import { withoutPlannedWork } from "../../src/health/maintenance.ts";
import { formatProbeLine, toProbeLine } from "../../src/health/probe-line.ts";
import type { ProbeResult } from "../../src/health/probe-result.ts";
import { Failure } from "../../src/platform/failure.ts";
import { writeWhole } from "../../src/platform/files.ts";
import type { ListFormat } from "../../src/platform/output.ts";
import { toIso, vietnamZone } from "../../src/platform/time.ts";
import type { Cli } from "../cli.ts";
import type { Context } from "../context.ts";
import type { Outcome } from "../exit-codes.ts";
import { collect, isSheet, readWholeNumber } from "../options.ts";
import { canaryWords } from "./canary-words.ts";
import { withArticles } from "./cause-articles.ts";
import { joinBlocks, renderNews, toEpisodeDocument } from "./episode-text.ts";
import { explainRecorded } from "./explain.ts";
import { assertCanaryAllowed, tellHindrances, toHindranceDocument } from "./hindrances.ts";
import { listResults } from "./list-results.ts";
import { createLiveMap } from "./live-map.ts";
import { isAsciiOnly, isColoured } from "./look-signs.ts";
import { openInventory } from "./open-inventory.ts";
import { countResults, renderCheck } from "./render.ts";
import { toLocalMembers } from "./render-local.ts";
import { chooseEndpoints, type SweepScope, toCheckRequest } from "./start-sweep.ts";
import { checkWords as words } from "./words.ts";

export function declareRun(noun: Command, cli: Cli): void {
  cli
    .withFormat(
      cli.verb(noun, {
        name: "run",
        about: words.run,
        example: "wardctl check run --system documents --out results.jsonl",
        isDefault: true,
      }),
    )
    .option("--inventory <file>", cli.say(words.inventory))
    .option("--ca <file>", cli.say(words.ca))
    .addOption(new Option("--sweep <kind>", cli.say(words.sweep)).choices(["full", "adaptive"]))
    .option("--concurrency <n>", cli.say(words.concurrency), readWithin(1, 256))
    .option("--deadline <ms>", cli.say(words.deadline), readWithin(100, 60_000))
    .option("--layers <names>", cli.say(words.layers))
    .option("--unit <code>", cli.say(words.unit), collect)
    .option("--system <name>", cli.say(words.system), collect)
    .option("--province <label>", cli.say(words.province))
    .option("--carrier <name>", cli.say(words.carrier))
    .option("--canary", cli.say(canaryWords.flag))
    .option("--out <file>", cli.say(words.out))
    .option("--replay <file>", cli.say(words.replay))
    .option("--what-if <file>", cli.say(words.whatIf))
    .action((options: RunOptions, command: Command) =>
      cli.run(command, async (context) => {
        if (options.whatIf !== undefined && options.replay === undefined) {
          throw new Failure("usage", words.whatIfAlone, { hint: words.howWhatIf });
        }
        return options.replay === undefined
          ? checkEndpoints(options, context)
          : explainRecorded({ ...options, inventory: options.whatIf ?? options.inventory }, context);
      }),
    );
}

function readWithin(least: number, most: number): (text: string) => number {
  return (text) => {
    const value = readWholeNumber(text);
    if (value < least || value > most) throw new InvalidArgumentError(`a number from ${least} to ${most} is needed`);
    return value;
  };
}

interface RunOptions {
  readonly inventory?: string;
  readonly ca?: string;
  readonly sweep?: "full" | "adaptive";
  readonly concurrency?: number;
  readonly deadline?: number;
  readonly layers?: string;
  readonly unit?: readonly string[];
  readonly system?: readonly string[];
  readonly province?: string;
  readonly carrier?: string;
  readonly canary?: boolean;
  readonly out?: string;
  readonly replay?: string;
  readonly whatIf?: string;
  readonly format: ListFormat;
}

type RunContext = Pick<Context, "findWorkspace" | "cwd" | "clock" | "out" | "signal" | "environment">;

export async function checkEndpoints(options: RunOptions, context: RunContext): Promise<Outcome> {
  const { out, cwd, clock } = context;
  const { endpoints, directory } = await openInventory(options.inventory, context);
  const chosen = chooseEndpoints(endpoints, options);
  const layers = readLayers(options.layers);
  if (options.canary) await assertCanaryAllowed(chosen, options, context);
  const scope = chosen.length === endpoints.length && layers === undefined ? "all" : "selected";
  const run = await sweepWithProgress({ chosen, layers, scope, directory }, options, context);
  if (options.out !== undefined) {
    await writeWhole(resolve(cwd, options.out), run.results.map((result) => formatProbeLine(result, vietnamZone)).join(""));
  }
  const names = createNames(directory);
  const explained = explainResults(chosen, withoutPlannedWork(run.results), names);
  const { results, localFindings, at } = run;
  const document = {
    schema: "wardctl.check/1",
    at: toIso(at, vietnamZone),
    pinned: clock.pinned,
    cancelled: run.cancelled,
    totals: countResults(results, run.leftOut),
    local: {
      ...toLocalMembers(localFindings, out),
      skewMs: run.skewMs ?? null,
    },
    alsoSeen: listAlsoSeen(results).map(({ finding, endpoints: where, words: text }) => {
      return { finding, endpoints: where, inWords: out.say(text) };
    }),
    ...withArticles(toExplainDocument(explained, out.lang), out),
    hindrances: run.hindrances.map((one) => toHindranceDocument(one, out)),
    canariesLeft: run.canariesLeft.map(({ id }) => id),
    incidents: (run.stored?.open ?? []).map((episode) => toEpisodeDocument(episode, out.lang)),
    results: results.map((result) => toProbeLine(result, vietnamZone)),
  };
  if (isSheet(options.format, out)) await listResults(results, options.format, context);
  else {
    const view = { at, zone: vietnamZone, results, explained, localFindings, names, leftOut: run.leftOut };
    const render = async (): Promise<string> =>
      joinBlocks([await renderCheck(view, out), ...renderNews(run.stored?.news ?? [], at, out)]);
    await out.emit({ document, format: options.format, render });
  }
  if (run.cancelled) {
    const done = results.filter(({ state }) => state !== "untested").length;
    out.warn(words.stopped(done, results.length));
  }
  tellHindrances(run, out);
  return toOutcome(run);
}

/** When several apply: cancelled, unsafe, denied, unavailable, partial, attention (check.md §1). */
function toOutcome({ results: all, localFindings, cancelled, leftOut, hindrances }: CheckRun): Outcome {
  if (cancelled) return "cancelled";
  if (hindrances.some(({ kind }) => kind === "guarded" || kind === "pinned")) return "unsafe";
  if (hindrances.length > 0) return "denied";
  const results = all.filter(({ endpoint }) => !leftOut.has(endpoint));
  const judged = results.filter(({ state }) => state === "pass" || state === "fail");
  if (judged.length === 0 && localFindings.some(({ state }) => state === "fail")) return "unavailable";
  if (judged.length < results.length) return "partial";
  return results.some(({ state, maintenance }) => state === "fail" && !maintenance) ? "attention" : "ok";
}

async function sweepWithProgress(what: SweepScope, options: RunOptions, context: RunContext): Promise<CheckRun> {
  const { out } = context;
  const request = await toCheckRequest(what, options, context);
  const { environment } = context;
  const files = readFileLimit();
  if (files !== undefined && files < enoughFiles) out.warn(words.fewFiles(files, enoughFiles));
  const live = createLiveMap(what.chosen, what.directory, {
    ascii: isAsciiOnly(environment),
    colour: isColoured(out),
  });
  const progress = out.progress(words.progress, what.chosen.length, live.picture);
  const onProgress = (done: number, result: ProbeResult): void => {
    live.add(result);
    progress.step(done, result.endpoint);
  };
  const run = await runCheck({ ...request, onProgress });
  progress.end();
  if (run.keptFromEarlier > 0) out.note(words.kept(run.keptFromEarlier));
  return run;
}

function readLayers(text: string | undefined): readonly string[] | undefined {
  const asked = text?.split(",").map((name) => name.trim());
  const unknown = asked?.find((name) => !knownLayers.includes(name));
  if (unknown !== undefined) throw new Failure("usage", words.badLayers(knownLayers.join(", ")));
  return asked;
}
