import type { Words } from "../platform/words.ts";

/** Why rows were refused, and how often for this reason; a row that is wrong twice counts under both. */
export interface Refusal {
  /** As it is told of a row, without the row's value. */
  readonly reason: Words;
  readonly count: number;
}

/** Most frequent first. */
export function sumRefusals(reasons: Iterable<Words>): Refusal[] {
  const counts = new Map<string, { reason: Words; count: number }>();
  for (const reason of reasons) {
    const known = counts.get(reason.en) ?? { reason, count: 0 };
    known.count += 1;
    counts.set(reason.en, known);
  }
  return [...counts.values()].sort((a, b) => b.count - a.count || (a.reason.en < b.reason.en ? -1 : 1));
}
