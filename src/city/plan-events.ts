import type { Instant } from "../platform/clock.ts";
import type { RehearsalEvent } from "./rehearsal-event.ts";
import { decideScore, isAbout, isRightlyNamed, isRightOwner, type Report, type Sighting, type StepScore } from "./score.ts";

/** What is seen of the city and of the team's cache at one moment. */
export interface Seen {
  readonly now: Instant;
  readonly sightings: readonly Sighting[];
  readonly reports: readonly Report[];
  /** Of a fault that the team mends with wardctl: whether the city is as it should be again. */
  readonly isSound: (step: number) => boolean;
}

/** What has happened since the journal's last event, in the order in which it is to be written. Planting comes with no accounts: the city names them. Pure. */
export function planEvents(events: readonly RehearsalEvent[], { now, sightings, reports, isSound }: Seen): RehearsalEvent[] {
  const score = decideScore(events, reports, now);
  if (!score || score.ended) return [];
  const { script } = score;
  const steps = score.steps.flatMap((one, step) =>
    planStep(one, step, { now, sightings: [...sightings, ...reports], reports, isSound }),
  );
  return now >= script.ends ? [...steps, { kind: "ended", at: now }] : steps;
}

function planStep(score: StepScore, step: number, { now, sightings, reports, isSound }: Seen): RehearsalEvent[] {
  const { plantedAt, foundAt, reported, state } = score;
  const { at, until, mended } = score.step;
  if (plantedAt === undefined) return at <= now ? [{ kind: "planted", at: now, step, removed: [] }] : [];
  if (state === "mended" || state === "over") return [];
  const planned: RehearsalEvent[] = [];
  const first = sightings
    .filter((sighting) => sighting.at >= plantedAt && isRightlyNamed(score.step, sighting))
    .reduce<Sighting | undefined>((best, one) => (best && best.at <= one.at ? best : one), undefined);
  if (foundAt === undefined && first) planned.push({ kind: "found", at: first.at, step, by: first.by });
  if (mended.by === "wardctl") {
    if (!isSound(step)) return planned;
    // Whoever mended it without naming it first has found it, too.
    if (foundAt === undefined && !first) planned.push({ kind: "found", at: now, step, by: "wardctl" });
    return [...planned, { kind: "mended", at: now, step, by: "wardctl" }];
  }
  const report = reports.find(
    (one) => one.owner !== undefined && one.at >= plantedAt && isAbout(score.step, one) && isRightOwner(score.step, one.owner),
  );
  if (!reported && report) {
    planned.push({ kind: "reported", at: now, step, incident: report.by, owner: report.owner as string });
    // Whose it is and where says what it is.
    if (foundAt === undefined && !first) planned.push({ kind: "found", at: report.at, step, by: report.by });
  }
  if (reported && now >= reported.at + mended.afterMs) {
    return [...planned, { kind: "mended", at: reported.at + mended.afterMs, step, by: "owner", owner: reported.owner }];
  }
  return until !== undefined && now >= until ? [...planned, { kind: "over", at: until, step }] : planned;
}
