import { toLocalDay, type Zone } from "../platform/time.ts";
import type { Declared, Figures, Window } from "../records/figures.ts";
import { type DeclaredSet, findTotal, toDeclaredSets } from "./declared-set.ts";
import { findMetric } from "./metrics.ts";

/**
 * What a unit states itself, where no dossiers are delivered for it: it fills the unit's row, is marked, and is in no sum and no ranking. Where it
 * states "about 30" the row has no number of it, but the unit is not silent.
 */
export interface DeclaredFill {
  readonly set: DeclaredSet;
  /** Its exact counts in our columns. NaN where it states none, so that whatever is computed with it is not known either. */
  readonly figures: Figures;
}

/**
 * The newest statement of a unit about the report's own window. What the press prints of a unit is not its word. A table of another window does not
 * belong into the row: it begins where the report begins or on no day at all, and ends on the report's last day.
 */
export function findDeclaredFill(
  unit: string,
  declared: readonly Declared[],
  window: Window,
  zone: Zone,
): DeclaredFill | undefined {
  const dayOf = (at: number): number => toLocalDay(at - 1, zone);
  const isOneDay = toLocalDay(window.start, zone) === dayOf(window.end);
  const own = declared.filter(
    (one) =>
      one.unit === unit &&
      one.quality !== "press" &&
      one.window.end <= window.end &&
      dayOf(one.window.end) === dayOf(window.end) &&
      (one.window.start === undefined ? isOneDay : one.window.start === window.start),
  );
  const newest = (set: DeclaredSet): number => Math.max(...set.figures.map(({ seq }) => seq));
  const [fill] = toDeclaredSets(own)
    .map((set) => ({ set, figures: toFigures(set) }))
    .filter(({ set }) => set.figures.some(({ metric, low, high }) => findMetric(metric) && (low ?? high) !== undefined))
    .sort((a, b) => b.set.window.end - a.set.window.end || newest(b.set) - newest(a.set));
  return fill;
}

function toFigures(set: DeclaredSet): Figures {
  const read = (metric: string): number => findTotal(set, metric) ?? Number.NaN;
  return {
    carriedOver: read("carriedOver"),
    received: {
      total: read("received.total"),
      online: read("received.online"),
      direct: read("received.direct"),
      post: read("received.post"),
    },
    reopened: read("reopened"),
    resolved: {
      total: read("resolved.total"),
      early: read("resolved.early"),
      onTime: read("resolved.onTime"),
      late: read("resolved.late"),
    },
    inProgress: { total: read("inProgress.total"), within: read("inProgress.within"), overdue: read("inProgress.overdue") },
    paused: {
      total: read("paused.total"),
      supplement: read("paused.supplement"),
      fee: read("paused.fee"),
      stopped: read("paused.stopped"),
      // No source states how many of them were overdue when they were paused; of none there are none.
      overdue: read("paused.total") === 0 ? 0 : Number.NaN,
    },
    returned: {
      total: read("returned.total"),
      withdrawn: read("returned.withdrawn"),
      rejectedInBase: read("returned.rejectedInBase"),
    },
    pendingIntake: read("pendingIntake"),
    refusedAtIntake: read("refusedAtIntake"),
    resultHandedOver: read("resultHandedOver"),
  };
}
