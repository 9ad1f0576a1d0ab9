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
  /** Start of the appointed day under the rule by date, undefined under the rule by instant: a result before it is early. */
  readonly dueDayStart: number | undefined;
  /** Waiting at intake, `[from, to)`. */
  readonly pending: readonly { readonly from: number; readonly to: number | undefined }[];
  readonly refused: readonly number[];
  readonly intervals: readonly Interval[];
  readonly handedOver: readonly number[];
}

export interface TimelineRules {
  /** date: compare days, as the citizen's slip does (domain.md §5) · instant: to the second. */
  readonly onTime: "date" | "instant";
  /** False: a pause with both its dates given moves the appointment, since the source does not move `due` itself. */
  readonly dueIncludesPauses: boolean;
  readonly offsetSeconds: number;
}

interface OpenInterval {
  start: number;
  end: number | undefined;
  ending: Ending | undefined;
  readonly pauses: { reason: PauseReason; from: number; to: number | undefined }[];
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
      if (current.end === undefined) endPause(current, o.updated, o);
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
  const reason = o.state === "in_progress" ? undefined : (o.state as PauseReason);
  const open = findOpenPause(interval);
  if (open && open.reason === reason && (o.pausedFrom === undefined || o.pausedFrom === open.from)) {
    if (o.pausedTo !== undefined) open.to = o.pausedTo;
    return;
  }
  if (open)
    endPause(interval, reason === undefined ? o.updated : (o.pausedFrom ?? o.updated), reason === undefined ? o : undefined);
  if (reason !== undefined) interval.pauses.push({ reason, from: o.pausedFrom ?? o.updated, to: o.pausedTo });
}

function findOpenPause(interval: OpenInterval): OpenInterval["pauses"][number] | undefined {
  const pause = interval.pauses.at(-1);
  return pause && pause.to === undefined ? pause : undefined;
}

/** Ends the pause that lasts, at the date the source gives for that pause where it gives one. */
function endPause(interval: OpenInterval, at: number, told: KnownObservation | undefined): void {
  const pause = findOpenPause(interval);
  if (!pause) return;
  const sameOne = told?.pausedTo !== undefined && (told.pausedFrom === undefined || told.pausedFrom === pause.from);
  pause.to = sameOne ? told.pausedTo : at;
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
  if (rules.onTime === "instant") return { lateFrom: due + 1, dueDayStart: undefined };
  const day = Math.floor((due + rules.offsetSeconds) / daySeconds);
  const dueDayStart = day * daySeconds - rules.offsetSeconds;
  return { lateFrom: dueDayStart + daySeconds, dueDayStart };
}

/** Seconds of pauses whose both dates the source gives, each once. */
function sumGivenPauses(known: readonly KnownObservation[]): number {
  const given = new Map<number, number>();
  for (const { pausedFrom, pausedTo } of known) {
    if (pausedFrom !== undefined && pausedTo !== undefined) given.set(pausedFrom, Math.max(0, pausedTo - pausedFrom));
  }
  return [...given.values()].reduce((sum, seconds) => sum + seconds, 0);
}

/** What happened before acceptance. A dossier with a submission counts as pending until accepted even if first seen accepted. */
function walkIntake(
  known: readonly KnownObservation[],
  last: KnownObservation,
  received: number | undefined,
): Pick<Timeline, "pending" | "refused"> {
  const pending: { from: number; to: number | undefined }[] = [];
  const refused: number[] = [];
  let waiting = last.submitted;
  let before: DossierState | undefined;
  for (const o of known) {
    if (o.state === "pending" && before !== "pending") waiting ??= o.updated;
    else if (o.state === "refused" && before !== "refused") {
      if (waiting !== undefined) pending.push({ from: waiting, to: o.updated });
      waiting = undefined;
      refused.push(o.updated);
    } else if (o.state !== "pending" && o.state !== "refused") break;
    before = o.state;
  }
  if (waiting !== undefined) pending.push({ from: waiting, to: received });
  return { pending: pending.filter(({ from, to }) => to === undefined || from < to), refused };
}
