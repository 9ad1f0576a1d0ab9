import type { Ending, PauseReason, Timeline } from "./timeline.ts";

/** Kinds of points (records-and-reports.md §4). The numbers stand in the cache: append, never renumber. */
export const kinds = {
  received: 0,
  resolvedEarly: 1,
  resolvedOnTime: 2,
  resolvedLate: 3,
  rejectedInBase: 4,
  withdrawn: 5,
  reopened: 6,
  overdueEnter: 7,
  overdueLeave: 8,
  supplementEnter: 9,
  supplementLeave: 10,
  feeEnter: 11,
  feeLeave: 12,
  stoppedEnter: 13,
  stoppedLeave: 14,
  overduePausedEnter: 15,
  overduePausedLeave: 16,
  pendingEnter: 17,
  pendingLeave: 18,
  refusedAtIntake: 19,
  handedOver: 20,
} as const;

export type Kind = (typeof kinds)[keyof typeof kinds];

/** Something that counts, at one second. */
export interface Point {
  readonly at: number;
  readonly kind: Kind;
}

const pauseKinds: Readonly<Record<PauseReason, readonly [enter: Kind, leave: Kind]>> = {
  supplement: [kinds.supplementEnter, kinds.supplementLeave],
  fee: [kinds.feeEnter, kinds.feeLeave],
  stopped: [kinds.stoppedEnter, kinds.stoppedLeave],
};

/** Every figure of a report is a sum over these. A stretch without a leaving point still lasts. */
export function listPoints(timeline: Timeline): Point[] {
  const points: Point[] = [];
  const add = (kind: Kind, at: number | undefined): void => {
    if (at !== undefined) points.push({ at, kind });
  };
  for (const { from, to } of timeline.pending) {
    add(kinds.pendingEnter, from);
    add(kinds.pendingLeave, to);
  }
  for (const at of timeline.refused) add(kinds.refusedAtIntake, at);
  for (const at of timeline.handedOver) add(kinds.handedOver, at);
  timeline.intervals.forEach((interval, index) => {
    add(index === 0 ? kinds.received : kinds.reopened, interval.start);
    if (interval.ending) add(toEndingKind(interval.ending, interval.end as number, timeline), interval.end);
    let running = interval.start;
    for (const { reason, from, to } of interval.pauses) {
      const [enter, leave] = pauseKinds[reason];
      add(enter, from);
      add(leave, to);
      // Judged at the pause's own start: a paused dossier is overdue only if it was when it was paused.
      if (timeline.lateFrom !== undefined && timeline.lateFrom < from) {
        add(kinds.overduePausedEnter, from);
        add(kinds.overduePausedLeave, to);
      }
      addOverdue(add, timeline.lateFrom, running, from);
      if (to === undefined) return;
      running = to;
    }
    addOverdue(add, timeline.lateFrom, running, interval.end);
  });
  return points;
}

/** A running stretch `[from, to)` is overdue from its first second that is too late: the point lies there before it is reached. */
function addOverdue(
  add: (kind: Kind, at: number | undefined) => void,
  lateFrom: number | undefined,
  from: number,
  to: number | undefined,
): void {
  if (lateFrom === undefined) return;
  const enter = Math.max(from, lateFrom);
  if (to !== undefined && enter >= to) return;
  add(kinds.overdueEnter, enter);
  add(kinds.overdueLeave, to);
}

/** Without an appointment nothing can be late: on time. */
function toEndingKind(ending: Ending, end: number, { lateFrom, dueDayStart }: Timeline): Kind {
  if (ending === "rejected") return kinds.rejectedInBase;
  if (ending === "withdrawn") return kinds.withdrawn;
  if (lateFrom !== undefined && end >= lateFrom) return kinds.resolvedLate;
  return dueDayStart !== undefined && end < dueDayStart ? kinds.resolvedEarly : kinds.resolvedOnTime;
}
