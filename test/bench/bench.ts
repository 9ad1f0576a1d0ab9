export interface Bench {
  readonly name: string;
  readonly unit: "ratio" | "ms" | "count";
  readonly goal: number;
  readonly better: "lower" | "higher";
  /** Each round runs ours and the rival once; the figure is the median of the rounds' ratios. */
  run(quick: boolean): Promise<BenchResult>;
}

export interface BenchResult {
  readonly value: number | undefined;
  /** Where the figure is at least, with 95 % confidence: a goal is missed only when this one misses it. */
  readonly atLeast?: number | undefined;
  readonly rows: readonly (readonly [name: string, median: string])[];
  /** Said when the rival is not installed; `ok` is then null. */
  readonly skipped?: string;
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? (sorted[middle] as number) : ((sorted[middle - 1] as number) + (sorted[middle] as number)) / 2;
}

/**
 * The one-sided 95 % lower bound of the median, from the order of the values alone: the k-th smallest, where fewer than k of n fall below the
 * median with a chance of at most 5 % (binomial, one half). Undefined for fewer than five.
 */
export function findLowerBound(values: readonly number[]): number | undefined {
  const sorted = [...values].sort((a, b) => a - b);
  let chance = 1 / 2 ** sorted.length;
  let below = 0;
  let k = 0;
  while (below + chance <= 0.05) {
    below += chance;
    chance *= (sorted.length - k) / (k + 1);
    k += 1;
  }
  return sorted[k - 1];
}
