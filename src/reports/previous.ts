import type { Instant } from "../platform/clock.ts";
import { readInstant } from "../platform/time.ts";
import type { Figures, ImportOrigin, UnitCount, Window } from "../records/figures.ts";
import { addFigures } from "./add-figures.ts";
import type { ReportRequest } from "./facts.ts";
import type { StoredMeeting } from "./meeting-store.ts";
import { findMetric, metrics } from "./metrics.ts";
import type { Restatement } from "./model.ts";

/**
 * The last meeting, as it was shown and as it is known now. The sums are over the units that have figures both then and now: a unit that fell silent
 * in between must not look like a fall of the figures.
 */
export interface PreviousFacts {
  readonly id: string;
  readonly asOf: Instant;
  readonly knownSeq: number;
  /** Totals of its window, with what is known today. */
  readonly atThat: Figures | undefined;
  /** Totals of our window. */
  readonly now: Figures | undefined;
  /** Totals of the window from its as-of to ours. */
  readonly since: Figures | undefined;
  readonly restated: readonly Restatement[];
  /** The imports behind them. */
  readonly restatedBy: readonly ImportOrigin[];
  /** What was open when it closed, as it was shown. */
  readonly shownOpen: number | undefined;
}

/** False where the meeting's hours are known no more: its days are kept whole. */
export async function isCountedAgain({ report }: StoredMeeting, { questions, zone }: ReportRequest): Promise<boolean> {
  for (const iso of [report.window.start, report.asOf]) {
    if (!(await questions.counts.isCountable(readInstant(iso, zone) as Instant))) return false;
  }
  return true;
}

/** Counts the last meeting's window again at today's knowledge: what differs was restated. */
export async function readPrevious(
  { id, report }: StoredMeeting,
  { questions, window, knownSeq, zone }: ReportRequest,
  units: readonly UnitCount[],
): Promise<PreviousFacts> {
  const asOf = readInstant(report.asOf, zone) as Instant;
  const start = readInstant(report.window.start, zone) as Instant;
  const inTotal = units.filter(({ figures }) => figures !== undefined).map(({ unit }) => unit);
  const again = await questions.counts.countUnits({ start, end: asOf }, knownSeq, inTotal);
  const since = await questions.counts.countUnits({ start: asOf, end: window.end }, knownSeq, inTotal);
  /** Which of the imports since then moved a figure, and so made it another one. */
  const nameImports = async (list: readonly Restatement[], own: Window, since: number): Promise<Restatement[]> => {
    const changes = await questions.counts.listChanges(own, since, knownSeq, [...new Set(list.map(({ unit }) => unit))]);
    return list.map((one) => {
      const read = findMetric(one.metric)?.read;
      const imports = changes.filter(({ unit, figures }) => unit === one.unit && read?.(figures) !== 0).map(({ seq }) => seq);
      return { ...one, imports };
    });
  };
  const shown = new Map(report.units.flatMap(({ code, figures }) => (figures ? [[code, figures] as const] : [])));
  const common = new Set(again.flatMap(({ unit, figures }) => (figures && shown.has(unit) ? [unit] : [])));
  const sum = (counts: readonly UnitCount[]) =>
    addFigures(counts.flatMap(({ unit, figures }) => (figures && common.has(unit) ? [figures] : [])));
  const open = addFigures([...common].map((unit) => shown.get(unit) as Figures));
  const differing = again.flatMap(({ unit, figures }) => listRestated(unit, shown.get(unit), figures));
  const restated = differing.length > 0 ? await nameImports(differing, { start, end: asOf }, report.knownSeq) : [];
  return {
    id,
    asOf,
    knownSeq: report.knownSeq,
    atThat: sum(again),
    now: sum(units),
    since: sum(since),
    restated,
    restatedBy: await questions.counts.listImports([...new Set(restated.flatMap(({ imports }) => imports))]),
    shownOpen: open && open.inProgress.total + open.paused.total,
  };
}

/** Nothing for a unit that lacks figures on one side. */
function listRestated(unit: string, shown: Figures | undefined, known: Figures | undefined): Restatement[] {
  if (!shown || !known) return [];
  return metrics.flatMap(({ key, read }) => {
    const [was, is] = [read(shown), read(known)];
    return was === is ? [] : [{ unit, metric: key, shown: was, known: is, delta: is - was, imports: [] }];
  });
}
