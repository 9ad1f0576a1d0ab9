import type { Declared, Metric } from "../records/figures.ts";
import { findTotalIn } from "./identities.ts";

/** What is known of a whole number: `low = high` when exact, no `high` for "more than"; `nominal` is the number printed. */
export interface CountRange {
  readonly low: number | undefined;
  readonly high: number | undefined;
  readonly nominal?: number | undefined;
}

/** Everything one source states for one unit (or the whole area) and one window: only these may be set against each other. */
export interface DeclaredSet {
  readonly source: string;
  readonly quality: Declared["quality"];
  readonly unit: string | undefined;
  readonly window: Declared["window"];
  readonly figures: readonly Declared[];
}

export function toDeclaredSets(declared: readonly Declared[]): DeclaredSet[] {
  const groups = Map.groupBy(declared, ({ source, unit, window }) =>
    JSON.stringify([source, unit ?? null, window.start ?? null, window.end]),
  );
  return [...groups.values()].map((figures) => {
    const { source, quality, unit, window } = figures[0] as Declared;
    return { source, quality, unit, window, figures };
  });
}

/** The stated range of a count; a metric stated as a percentage only has none. */
export function findRange(set: DeclaredSet, metric: Metric): CountRange | undefined {
  const found = set.figures.find((figure) => figure.metric === metric && (figure.low !== undefined || figure.high !== undefined));
  return found && { low: found.low, high: found.high, nominal: found.nominal };
}

/** The count where it is stated as one number. */
export function findExact(set: DeclaredSet, metric: Metric): number | undefined {
  const range = findRange(set, metric);
  return range && range.low === range.high ? range.low : undefined;
}

/** A stated total, or the sum of its parts that are stated: "45 returned on time" is 45 resolved. */
export function findTotal(set: DeclaredSet, metric: Metric): number | undefined {
  return findTotalIn((own) => findExact(set, own), metric);
}
