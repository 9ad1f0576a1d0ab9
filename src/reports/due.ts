import type { Instant } from "../platform/clock.ts";
import { startOfLocalDay, toLocalDay } from "../platform/time.ts";
import type { KnownCalendar, UnitCount } from "../records/figures.ts";
import type { ReportRequest } from "./facts.ts";

export interface DueFacts {
  /** Some instant of the last day that is looked at. */
  readonly lastDay: Instant;
  /** Dossiers in progress that will be overdue after that day if they are not finished, beside those that are overdue already. */
  readonly units: ReadonlyMap<string, number>;
}

/**
 * Deadlines of open dossiers lie in the records already, so what will be overdue is the overdue figure of a later instant. A morning looks to the
 * end of its day, an evening to the end of the next working day: on a Friday that of Monday, or of whatever day a holiday leaves. Closings that are known from after the as-of count as finished.
 */
export async function readDue(
  { kind, window, knownSeq, questions, zone }: ReportRequest,
  now: readonly UnitCount[],
  calendar: KnownCalendar | undefined,
): Promise<DueFacts> {
  const today = toLocalDay(window.end - 1, zone);
  const last = kind === "morning" ? today : (calendar?.findNextWorkingDay(today) ?? today + 1);
  const after = startOfLocalDay(last + 1, zone);
  const known = now.filter(({ figures }) => figures !== undefined);
  const codes = known.map(({ unit }) => unit);
  // Windows are half open: the first second after the day is the one in which its dossiers are late.
  const later = await questions.counts.countUnits({ start: window.end, end: after + 1000 }, knownSeq, codes);
  const overdue = new Map(known.map(({ unit, figures }) => [unit, figures?.inProgress.overdue ?? 0]));
  return {
    lastDay: after - 1000,
    units: new Map(
      later.map(({ unit, figures }) => [unit, Math.max(0, (figures?.inProgress.overdue ?? 0) - (overdue.get(unit) ?? 0))]),
    ),
  };
}
