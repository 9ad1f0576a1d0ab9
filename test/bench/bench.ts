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
  readonly rows: readonly (readonly [name: string, median: string])[];
  /** Said when the rival is not installed; `ok` is then null. */
  readonly skipped?: string;
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? (sorted[middle] as number) : ((sorted[middle - 1] as number) + (sorted[middle] as number)) / 2;
}
