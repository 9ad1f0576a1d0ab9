import type { Instant } from "../platform/clock.ts";
import { readInstant } from "../platform/time.ts";
import type { Figures } from "../records/figures.ts";
import { addFigures } from "./add-figures.ts";
import type { ReportRequest } from "./facts.ts";
import type { StoredMeeting } from "./meeting-store.ts";
import { metrics } from "./metrics.ts";
import type { Restatement } from "./model.ts";

/** The last meeting, as it was shown and as it is known now. */
export interface PreviousFacts {
  readonly id: string;
  readonly asOf: Instant;
  readonly knownSeq: number;
  /** Totals of its window, with what is known today. */
  readonly atThat: Figures | undefined;
  /** Totals of the window from its as-of to ours. */
  readonly since: Figures | undefined;
  readonly restated: readonly Restatement[];
  /** What was open when it closed, as it was shown; undefined where it had no figures. */
  readonly shownOpen: number | undefined;
}

/** Counts the last meeting's window again at today's knowledge: what differs was restated. Units that lack figures on one side are left out. */
export async function readPrevious(
  { id, report }: StoredMeeting,
  { questions, window, knownSeq, zone }: ReportRequest,
  codes: readonly string[],
): Promise<PreviousFacts> {
  const asOf = readInstant(report.asOf, zone) as Instant;
  const start = readInstant(report.window.start, zone) as Instant;
  const again = await questions.counts.countUnits({ start, end: asOf }, knownSeq, codes);
  const since = await questions.counts.countUnits({ start: asOf, end: window.end }, knownSeq, codes);
  const shown = new Map(report.units.map((unit) => [unit.code, unit.figures]));
  const restated = again.flatMap(({ unit, figures }) => {
    const before = shown.get(unit);
    if (!figures || !before) return [];
    return metrics.flatMap((metric): Restatement[] => {
      const [was, is] = [metric.read(before), metric.read(figures)];
      return was === is ? [] : [{ unit, metric: metric.key, shown: was, known: is, delta: is - was }];
    });
  });
  const open = report.total.figures;
  return {
    id,
    asOf,
    knownSeq: report.knownSeq,
    atThat: addFigures(again.flatMap(({ figures }) => figures ?? [])),
    since: addFigures(since.flatMap(({ figures }) => figures ?? [])),
    restated,
    shownOpen: open ? open.inProgress.total + open.paused.total : undefined,
  };
}
