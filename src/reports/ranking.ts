import { compareRates, type Rate, toWilsonLowerBound } from "./rate.ts";

export interface Ranked<Item> {
  /** 1 for the first; all tied share the rank of the first of them, and the next rank is skipped accordingly. */
  readonly rank: number;
  readonly tied: boolean;
  readonly item: Item;
}

/**
 * The first `topN` ranks. Units tied at the cut are all kept, so the answer may be longer than `topN`. `compare` is negative when its first
 * argument ranks higher; items it calls equal are tied and stay in the given order.
 */
export function rank<Item>(items: readonly Item[], compare: (a: Item, b: Item) => number, topN: number): Ranked<Item>[] {
  const ordered = [...items].sort(compare);
  const ranks: number[] = [];
  for (const [index, item] of ordered.entries()) {
    const before = ordered[index - 1];
    ranks.push(before !== undefined && compare(before, item) === 0 ? (ranks[index - 1] as number) : index + 1);
  }
  return ordered
    .map((item, index) => ({ rank: ranks[index] as number, item }))
    .filter(({ rank: own }) => own <= topN)
    .map(({ rank: own, item }) => ({ rank: own, tied: ranks.filter((other) => other === own).length > 1, item }));
}

export function byCount<Item>(read: (item: Item) => number): (a: Item, b: Item) => number {
  return (a, b) => read(b) - read(a);
}

/** Best lower Wilson bound first; equal only when rate and base are equal. */
export function byRate<Item>(read: (item: Item) => Rate): (a: Item, b: Item) => number {
  return (a, b) => {
    const [left, right] = [read(a), read(b)];
    if (compareRates(left, right) === 0) return right.denominator - left.denominator;
    const bounds = toWilsonLowerBound(right) - toWilsonLowerBound(left);
    return bounds === 0 ? compareRates(right, left) : bounds;
  };
}
