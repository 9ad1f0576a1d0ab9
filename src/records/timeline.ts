import { compareObservations, type DossierState, type KnownObservation } from "./observation.ts";

export type PauseReason = "supplement" | "fee" | "stopped";
export type Ending = "resolved" | "withdrawn" | "rejected";

/** A stretch `[from, to)` without running time; `to` is undefined while it lasts. Times are epoch seconds. */
export interface Pause {
  readonly reason: PauseReason;
  readonly from: number;
  readonly to: number | undefined;
}

/** From acceptance, or from a reopening, to the ending. */
export interface Interval {
  readonly start: number;
  readonly end: number | undefined;
  readonly ending: Ending | undefined;
  /** In order, not overlapping, inside the interval. */
  readonly pauses: readonly Pause[];
}

/** The life of one dossier as its observations tell it. */
export interface Timeline {
  readonly unit: string;
  readonly procedure: string;
  readonly channel: KnownObservation["channel"];
  /** The first second that is too late, undefined without an appointment. */
  readonly lateFrom: number | undefined;
  /** Start of the appointed day, undefined without an appointment: a result before it is early, under both rules. */
  readonly dueDayStart: number | undefined;
  /** Waiting at intake, `[from, to)`. */
  readonly pending: readonly { readonly from: number; readonly to: number | undefined }[];
  readonly refused: readonly number[];
  readonly intervals: readonly Interval[];
  readonly handedOver: readonly number[];
}

export interface TimelineRules {
  /** date: compare days, as the citizen's slip does (domain.md §5) · instant: late to the second, on time on the appointed day, early before it. */
  readonly onTime: "date" | "instant";
  /** False: a pause with both its dates given moves the appointment, since the source does not move `due` itself. */
  readonly dueIncludesPauses: boolean;
  readonly offsetSeconds: number;
}

interface OpenInterval {
  start: number;
  end: number | undefined;
  ending: Ending | undefined;
  readonly pauses: OpenPause[];
}

interface OpenPause {
  readonly reason: PauseReason;
  from: number;
  /** Undefined while it lasts; one that lasts may have an end that was foretold. */
  to: number | undefined;
  /** Whether the source gave `from`, and it is not only when the pause was first seen. */
  readonly dated: boolean;
  /** A row of after it was seen. */
  left: boolean;
}

const endings: Partial<Record<DossierState, Ending>> = {
  resolved: "resolved",
  handed_over: "resolved",
  withdrawn: "withdrawn",
  rejected: "rejected",
};
const daySeconds = 86_400;

/**
 * Derives the life of a dossier from all that is known of it, in any order. At least one observation. Of two with one `updated` the
 * loser (older export, then lower seq) is left out. Unit, channel, procedure, submission, receipt and appointment are those of the
 * last observation and hold for the whole life, so a correction counts from the start.
 */
export function createTimeline(observations: readonly KnownObservation[], rules: TimelineRules): Timeline {
  const known = [...observations].sort(compareObservations).filter((o, i, all) => all[i + 1]?.updated !== o.updated);
  const last = known.at(-1) as KnownObservation;
  const received = findReceived(known);
  const walked = walk(known, received);
  const intervals = walked.intervals.map(clipPauses);
  return {
    unit: last.unit,
    procedure: last.procedure,
    channel: last.channel,
    ...findDeadline(last, known, rules),
    ...walkIntake(known, last, received),
    intervals,
    handedOver: walked.handedOver,
  };
}

/** Undefined while the dossier was never accepted. */
function findReceived(known: readonly KnownObservation[]): number | undefined {
  const accepted = known.some((o) => o.state !== "pending" && o.state !== "refused");
  return accepted ? known.findLast((o) => o.received !== undefined)?.received : undefined;
}

function walk(
  known: readonly KnownObservation[],
  received: number | undefined,
): { intervals: OpenInterval[]; handedOver: number[] } {
  if (received === undefined) return { intervals: [], handedOver: [] };
  let current: OpenInterval = { start: received, end: undefined, ending: undefined, pauses: [] };
  const intervals = [current];
  const handedOver: number[] = [];
  let before: DossierState | undefined;
  for (const o of known) {
    if (o.state === "pending" || (o.state === "refused" && before === undefined)) continue;
    // A refusal after acceptance is counted where the source counts it: inside the base, as returned (domain.md §6).
    const ending = o.state === "refused" ? "rejected" : endings[o.state];
    if (ending) {
      if (current.end === undefined) leavePause(current, o, undefined);
      const keepsEnd = o.state === "handed_over" && current.ending === "resolved" && o.finished === undefined;
      if (!keepsEnd) current.end = Math.max(o.finished ?? o.updated, current.start);
      current.ending = ending;
      if (o.state === "handed_over") noteHandOver(handedOver, o, before === "handed_over");
    } else {
      if (current.end !== undefined) {
        current = { start: Math.max(o.updated, current.end), end: undefined, ending: undefined, pauses: [] };
        intervals.push(current);
      }
      walkPause(current, o);
    }
    before = o.state;
  }
  return { intervals, handedOver };
}

function noteHandOver(handedOver: number[], o: KnownObservation, again: boolean): void {
  if (!again) handedOver.push(o.handedOver ?? o.updated);
  else if (o.handedOver !== undefined) handedOver[handedOver.length - 1] = o.handedOver;
}

function walkPause(interval: OpenInterval, o: KnownObservation): void {
  if (o.state === "in_progress") return leavePause(interval, o, o.updated);
  const last = findPauseInHand(interval);
  const { pausedFrom, pausedTo, state } = o;
  if (last?.reason === state && speaksOf(last, o)) {
    last.from = pausedFrom ?? last.from;
    last.to = pausedFrom === undefined ? (pausedTo ?? last.to) : toPauseEnd(last.from, pausedTo);
    return;
  }
  const from = pausedFrom ?? o.updated;
  if (last && (last.to ?? Infinity) > o.updated) last.to = Math.min(last.to ?? Infinity, from);
  interval.pauses.push({ reason: state as PauseReason, from, to: toPauseEnd(from, pausedTo), dated: pausedFrom !== undefined, left: false });
}

/** An end of before the beginning is that of an earlier pause, left standing. */
function toPauseEnd(from: number, pausedTo: number | undefined): number | undefined {
  return pausedTo !== undefined && pausedTo < from ? undefined : pausedTo;
}

function findPauseInHand(interval: OpenInterval): OpenPause | undefined {
  const last = interval.pauses.at(-1);
  return last?.left ? undefined : last;
}

/** A row of after the last pause: it ends at the date that the source gives for it, else at `at`, undefined where the interval ends with it. */
function leavePause(interval: OpenInterval, o: KnownObservation, at: number | undefined): void {
  const pause = interval.pauses.at(-1);
  if (!pause) return;
  const speaks = speaksOf(pause, o);
  if (speaks) pause.from = o.pausedFrom ?? pause.from;
  const told = speaks ? toPauseEnd(pause.from, o.pausedTo) : undefined;
  if (told !== undefined) pause.to = told;
  else if (!pause.left && at !== undefined && (pause.to ?? Infinity) > at) pause.to = at;
  pause.left = true;
}

/** Whether the dates of a row are of this pause, not those of one before it that were left standing, or of another one. */
function speaksOf(pause: OpenPause, { pausedFrom, pausedTo, updated }: KnownObservation): boolean {
  if (pausedFrom === pause.from) return true;
  if (pausedTo !== undefined && pausedTo <= pause.from) return false;
  if (pausedFrom === undefined) return !pause.left && (pause.to ?? Infinity) > updated;
  return !pause.dated && pausedFrom < pause.from;
}

/** A pause lies inside its interval and after the pause before it; what is empty then is none. */
function clipPauses(interval: OpenInterval): Interval {
  const pauses: Pause[] = [];
  let free = interval.start;
  for (const { reason, from, to } of interval.pauses) {
    const begin = Math.max(from, free);
    const stop = Math.min(to ?? Infinity, interval.end ?? Infinity);
    if (stop <= begin) continue;
    pauses.push({ reason, from: begin, to: stop === Infinity ? undefined : stop });
    free = stop;
  }
  return { start: interval.start, end: interval.end, ending: interval.ending, pauses };
}

function findDeadline(
  last: KnownObservation,
  known: readonly KnownObservation[],
  rules: TimelineRules,
): Pick<Timeline, "lateFrom" | "dueDayStart"> {
  if (last.due === undefined) return { lateFrom: undefined, dueDayStart: undefined };
  const due = last.due + (rules.dueIncludesPauses ? 0 : sumGivenPauses(known));
  const day = Math.floor((due + rules.offsetSeconds) / daySeconds);
  const dueDayStart = day * daySeconds - rules.offsetSeconds;
  return { lateFrom: rules.onTime === "instant" ? due + 1 : dueDayStart + daySeconds, dueDayStart };
}

/** Seconds of pauses whose both dates the source gives; of dates that overlap the later word counts. */
function sumGivenPauses(known: readonly KnownObservation[]): number {
  let given: { readonly from: number; readonly to: number }[] = [];
  for (const { pausedFrom: from, pausedTo: to } of known) {
    if (from === undefined || to === undefined) continue;
    given = given.filter((one) => one.from !== from && (one.to <= from || to <= one.from));
    given.push({ from, to: Math.max(from, to) });
  }
  return given.reduce((sum, { from, to }) => sum + to - from, 0);
}

/**
 * What happened before acceptance. A dossier with a submission counts as pending until accepted even if first seen accepted. It is refused
 * when the source says that it was finished, as it is closed then; a refusal that is told again corrects that instant.
 */
function walkIntake(
  known: readonly KnownObservation[],
  last: KnownObservation,
  received: number | undefined,
): Pick<Timeline, "pending" | "refused"> {
  const refusals: { readonly from: number | undefined; at: number }[] = [];
  let waiting = last.submitted;
  let before: DossierState | undefined;
  for (const o of known) {
    if (o.state === "pending" && before !== "pending") waiting ??= o.updated;
    else if (o.state === "refused") {
      const again = before === "refused" ? refusals.at(-1) : undefined;
      if (!again) refusals.push({ from: waiting, at: Math.max(o.finished ?? o.updated, waiting ?? -Infinity) });
      else if (o.finished !== undefined) again.at = Math.max(o.finished, again.from ?? -Infinity);
      waiting = undefined;
    } else if (o.state !== "pending") break;
    before = o.state;
  }
  const pending = [...refusals.map(({ from, at }) => ({ from, to: at })), { from: waiting, to: received }];
  return {
    pending: pending.flatMap(({ from, to }) => (from === undefined || (to !== undefined && from >= to) ? [] : [{ from, to }])),
    refused: refusals.map(({ at }) => at),
  };
}
