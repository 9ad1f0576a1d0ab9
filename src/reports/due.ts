import type { Instant } from "../platform/clock.ts";
import { startOfLocalDay, toLocalDay } from "../platform/time.ts";
import type { KnownCalendar, UnitCount } from "../records/figures.ts";
import { addFigures } from "./add-figures.ts";
import type { ReportRequest } from "./facts.ts";

export interface DueFacts {
  /** Some instant of the last day that is looked at. */
  readonly lastDay: Instant;
  /** Dossiers that will be overdue after that day if they are not finished, beside those that are overdue already. */
  readonly units: ReadonlyMap<string, number>;
  /** What is known from after the as-of and before the end of that day: it moves a forecast that is made of the past. */
  readonly knownLater: { readonly received: number; readonly closed: number };
}

/**
 * Deadlines of open dossiers lie in the records already, so what will be overdue is counted as what becomes overdue later. A morning looks to the
 * end of its day, an evening to the end of the next working day: on a Friday that of Monday, or of whatever day a holiday leaves. Only what enters
 * counts: who was overdue and was finished since hides nobody. Of what is known from after the as-of, the ledger cannot leave out newcomers or bring
 * back who was finished in time, so the report says how many there are.
 */
export async function readDue(
  { kind, window, knownSeq, questions, zone }: ReportRequest,
  now: readonly UnitCount[],
  calendar: KnownCalendar | undefined,
): Promise<DueFacts> {
  const today = toLocalDay(window.end - 1, zone);
  const last = kind === "morning" ? today : (calendar?.findNextWorkingDay(today) ?? today + 1);
  const after = startOfLocalDay(last + 1, zone);
  const codes = now.flatMap(({ unit, figures }) => (figures ? [unit] : []));
  // Windows are half open: the first second after the day is the one in which its dossiers are late.
  const ahead = { start: window.end, end: after + 1000 };
  const later = addFigures((await questions.counts.countUnits(ahead, knownSeq, codes)).flatMap(({ figures }) => figures ?? []));
  return {
    lastDay: after - 1000,
    units: await questions.counts.countBecomingOverdue(ahead, knownSeq, codes),
    knownLater: {
      received: (later?.received.total ?? 0) + (later?.reopened ?? 0),
      closed: (later?.resolved.total ?? 0) + (later?.returned.total ?? 0),
    },
  };
}
