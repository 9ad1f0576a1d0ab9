/** A percentage as printed: 96,3% is 9630 hundredths with 1 decimal. */
export interface PublishedPercent {
  readonly hundredths: number;
  readonly decimals: number;
}

/** What is known of a whole number: `low = high` when exact, no `high` for "more than". */
export interface CountRange {
  readonly low: number | undefined;
  readonly high: number | undefined;
}

/**
 * impossible: no whole numbers in the stated ranges give this percentage · consistent: some do · not-checkable: the base has no upper end
 * or is not stated, so nearly every percentage is possible.
 */
export type RateVerdict = "impossible" | "consistent" | "not-checkable";

/** Whether the published percentage can come from the counts stated beside it (domain.md §12). No count is ever derived from it. */
export function checkPublishedRate(percent: PublishedPercent, base: CountRange, numerator?: CountRange): RateVerdict {
  const { low, high } = base;
  if (low === undefined || high === undefined) return "not-checkable";
  for (let n = Math.max(low, 1); n <= high; n++) {
    const { from, to } = toNumerators(percent, n);
    if (Math.max(from, numerator?.low ?? 0) <= Math.min(to, numerator?.high ?? n)) return "consistent";
  }
  return "impossible";
}

/** The bases in the range that some whole number of dossiers turns into this percentage. */
export function listPossibleBases(percent: PublishedPercent, from: number, to: number): number[] {
  const bases: number[] = [];
  for (let n = Math.max(from, 1); n <= to; n++) {
    const numerators = toNumerators(percent, n);
    if (numerators.from <= Math.min(numerators.to, n)) bases.push(n);
  }
  return bases;
}

/** The whole numbers k, possibly none, with round-half-up(100 k / n) equal to the percentage at its number of decimals. */
function toNumerators({ hundredths, decimals }: PublishedPercent, n: number): { readonly from: number; readonly to: number } {
  const scale = 10 ** (decimals + 2);
  const rounded = Math.round((hundredths * scale) / 10_000);
  return {
    from: Math.max(0, Math.ceil((n * (2 * rounded - 1)) / (2 * scale))),
    to: Math.ceil((n * (2 * rounded + 1)) / (2 * scale)) - 1,
  };
}
