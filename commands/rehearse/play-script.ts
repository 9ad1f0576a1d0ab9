import { join, resolve } from "node:path";
import { readCityState, saveCityState, writeCityWorkspace } from "../../src/city/city-workspace.ts";
import { type Conduct, openConduct } from "../../src/city/conduct.ts";
import { readJournal } from "../../src/city/journal.ts";
import { type OpenCity, openCity } from "../../src/city/open-city.ts";
import { readScript } from "../../src/city/read-script.ts";
import type { RehearsalScript } from "../../src/city/script.ts";
import type { Clock, Instant } from "../../src/platform/clock.ts";
import { openClockFile, setClockFile, touchClockFile } from "../../src/platform/clock-file.ts";
import { Failure } from "../../src/platform/failure.ts";
import { isPresent } from "../../src/platform/files.ts";
import { wait } from "../../src/platform/wait.ts";
import { findAndOpenWorkspace } from "../../src/workspace/open-workspace.ts";
import type { Context } from "../context.ts";
import type { Outcome } from "../exit-codes.ts";
import { playWords as words } from "./play-words.ts";
import { show } from "./run.ts";
import { renderScore, toTotals } from "./score-document.ts";
import { tellEvent } from "./tell-event.ts";
import { typeToScript } from "./type-to-script.ts";
import { watchTeam } from "./watch-team.ts";

export const journalName = "rehearsal.jsonl";
export const clockName = "city-clock";

/** A script to play: from its beginning, or from where it was left. */
export interface Rehearsal {
  readonly script: RehearsalScript;
  readonly begun: boolean;
}

/** What is to be played in this folder; undefined: a city without a script. Failure kinds: usage (no such script), invalid (its faults), unsafe. */
export async function findRehearsal(root: string, named: string | undefined, cwd: string): Promise<Rehearsal | undefined> {
  const events = await readJournal(join(root, ".wardctl", journalName));
  const begun = events.find((event) => event.kind === "begun");
  if (!begun) {
    if (named === undefined) return undefined;
    const script = await readScript(named, (file) => resolve(cwd, file));
    if (await isPresent(join(root, "wardctl.yaml"))) throw new Failure("unsafe", words.otherCity(root));
    return { script, begun: false };
  }
  const { name } = begun.script;
  if (events.some(({ kind }) => kind === "ended"))
    throw new Failure("unsafe", words.isOver(root, name), { hint: words.seeScore });
  if (named !== undefined && named !== name) throw new Failure("unsafe", words.otherScript(root, name));
  return { script: begun.script, begun: true };
}

type PlayContext = Pick<Context, "out" | "cwd" | "signal" | "typedLines" | "environment">;

/** Plays the script until its day is over, Ctrl-C or `stop`. */
export async function playScript(
  root: string,
  { script, begun }: Rehearsal,
  speed: number | undefined,
  context: PlayContext,
): Promise<Outcome> {
  const { out } = context;
  const folder = join(root, ".wardctl");
  const clockFile = join(folder, clockName);
  const from = begun && (await isPresent(clockFile)) ? openClockFile(clockFile).now() : script.clock;
  // The clock stands until the city is there.
  let clock: Clock = { now: () => from, pinned: true };
  const state = await readCityState(root);
  const open = await openCity({ clock: { now: () => clock.now(), pinned: true }, state, scripted: script.city });
  try {
    await writeCityWorkspace(root, open, out.lang);
    const conduct = await openConduct(join(folder, journalName), open, script);
    const pace = speed ?? script.speed;
    const setClock = async (at: Instant, factor = pace): Promise<void> => {
      await setClockFile(clockFile, at, factor);
      clock = openClockFile(clockFile);
    };
    await setClock(from);
    const outcome = await playDay(
      root,
      { open, conduct, setClock, now: () => clock.now(), beat: () => touchClockFile(clockFile) },
      context,
    );
    await setClock(clock.now(), 0);
    return outcome;
  } finally {
    await saveCityState(root, open.takeState());
    await open.stop();
  }
}

interface Playing {
  readonly open: OpenCity;
  readonly conduct: Conduct;
  readonly setClock: (at: Instant) => Promise<void>;
  readonly now: () => Instant;
  /** Says that the clock is kept. */
  readonly beat: () => void;
}

const tickMs = 400;

async function playDay(root: string, { open, conduct, setClock, now, beat }: Playing, context: PlayContext): Promise<Outcome> {
  const { out, signal, cwd, environment, typedLines } = context;
  const { script } = conduct;
  const clock: Clock = { now, pinned: true };
  const workspace = await findAndOpenWorkspace({ folder: root, cwd, environment, user: "", clock });
  if (!workspace) throw new Error("the workspace was just written");
  try {
    const team = watchTeam(workspace, script.clock);
    const keepState = keepCityState(root, open);
    const over = new AbortController();
    let tail: Promise<unknown> = Promise.resolve();
    // One after the other: a typed line waits for the tick that is under way.
    const tick = (): Promise<void> => {
      const next = tail.then(async () => {
        beat();
        if (over.signal.aborted) return;
        // What the team changed in the city is kept before it counts.
        await keepState();
        const events = await conduct.step({ now: now(), ...(await team.look(now())) });
        for (const event of events) {
          tellEvent(event, script, out);
          if (event.kind === "ended") over.abort();
        }
        if (events.length > 0) await keepState();
      });
      tail = next.catch(() => undefined);
      return next;
    };
    await tick();
    await show(root, now(), open, out, {
      script: script.name,
      clock: `file:${join(root, ".wardctl", clockName)}`,
      next: "wardctl ready --refresh",
    });
    out.note(words.trainer);
    out.note(words.commands);
    const stopped = AbortSignal.any([signal, over.signal]);
    const typing = typeToScript(typedLines(), { open, conduct, setClock, now, tick, reports: () => team.look(now()) }, out).then(
      (said) => {
        if (said === "stop") over.abort();
      },
    );
    const ticking = (async () => {
      while (!stopped.aborted) {
        await tick();
        await wait(tickMs, stopped).catch(() => undefined);
      }
    })();
    // Lines may never come again: the day goes on until it is over.
    await Promise.race([ticking, typing.then(() => ticking)]);
    const score = conduct.score((await team.look(now())).reports, now());
    if (!out.json) await out.emit({ document: {}, render: () => renderScore(score, out) });
    if (signal.aborted) return "cancelled";
    const { planted, mended, missed, falseAlarms } = toTotals(score);
    return mended < planted || missed > 0 || falseAlarms > 0 ? "attention" : "ok";
  } finally {
    await workspace.close();
  }
}

/** Saves what was done to the city's accounts and rights, when something was. */
function keepCityState(root: string, open: OpenCity): () => Promise<void> {
  const mark = (): string => {
    const writes = Object.values(open.city.accounts).map(({ writes, accounts }) => `${writes}/${accounts.size}`);
    return [...writes, open.rights.length, open.rights.filter(({ status }) => status === "active").length].join(" ");
  };
  let kept: string | undefined;
  return async () => {
    const now = mark();
    if (now === kept) return;
    await saveCityState(root, open.takeState());
    kept = now;
  };
}
