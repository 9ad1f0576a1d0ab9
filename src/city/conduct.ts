import type { Instant } from "../platform/clock.ts";
import { addToJournal, readJournal } from "./journal.ts";
import type { OpenCity } from "./open-city.ts";
import { planEvents } from "./plan-events.ts";
import { carryOut, isSound, listTaken } from "./plant.ts";
import type { RehearsalEvent } from "./rehearsal-event.ts";
import { decideScore, type Report, type Score, type Sighting } from "./score.ts";
import type { RehearsalScript, ScriptStep } from "./script.ts";

/** Plays a script on a city: what happens stands in the journal before it happens, so that whoever starts again goes on from there. */
export interface Conduct {
  readonly script: RehearsalScript;
  /** Lets happen what is due by now, and tells what that was. */
  step(seen: Look): Promise<readonly RehearsalEvent[]>;
  /** The trainer mends a step by hand. False: it is not there to be mended, or is the team's to mend. */
  mend(step: number, now: Instant): Promise<boolean>;
  end(now: Instant): Promise<void>;
  score(reports: readonly Report[], now: Instant): Score;
}

export interface Look {
  readonly now: Instant;
  readonly sightings: readonly Sighting[];
  readonly reports: readonly Report[];
}

/** Begins, or goes on where the journal ends. */
export async function openConduct(journal: string, open: OpenCity, script: RehearsalScript): Promise<Conduct> {
  const events: RehearsalEvent[] = [...(await readJournal(journal))];
  const write = async (event: RehearsalEvent): Promise<void> => {
    await addToJournal(journal, event);
    events.push(event);
    if ("step" in event) carryOut(event, script.steps[event.step] as ScriptStep, open);
  };
  if (events.length === 0) await write({ kind: "begun", at: script.clock, script });
  for (const event of events) if ("step" in event) carryOut(event, script.steps[event.step] as ScriptStep, open);
  await open.lines.settled();
  const findRemoved = (step: number) => {
    const planted = events.find((event) => event.kind === "planted" && event.step === step);
    return planted?.kind === "planted" ? planted.removed : [];
  };
  const score = (reports: readonly Report[], now: Instant): Score => decideScore(events, reports, now) as Score;
  return {
    script,
    score,
    async step(look) {
      const isWell = (step: number): boolean => isSound(script.steps[step] as ScriptStep, findRemoved(step), open);
      const planned = planEvents(events, { ...look, isSound: isWell });
      for (const event of planned) {
        await write(
          event.kind === "planted" ? { ...event, removed: listTaken(script.steps[event.step] as ScriptStep, open) } : event,
        );
      }
      if (planned.length > 0) await open.lines.settled();
      return planned;
    },
    async mend(step, now) {
      const one = score([], now).steps[step];
      if (!one || one.step.mended.by === "wardctl" || one.state === "hidden" || one.state === "mended" || one.state === "over")
        return false;
      await write({ kind: "mended", at: now, step, by: "trainer" });
      await open.lines.settled();
      return true;
    },
    end: (now) => write({ kind: "ended", at: now }),
  };
}
