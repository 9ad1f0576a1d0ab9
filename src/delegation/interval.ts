import type { Instant } from "../platform/clock.ts";

/** Half-open [from, to), UTC milliseconds; Infinity where there is no end. */
export interface Interval {
  readonly from: Instant;
  readonly to: Instant;
}

/** Sorted, without overlap and without touching neighbours. */
export type Intervals = readonly Interval[];

export const always: Intervals = [{ from: Number.NEGATIVE_INFINITY, to: Number.POSITIVE_INFINITY }];
export const never: Intervals = [];

export function unite(intervals: Iterable<Interval>): Intervals {
  const given = [...intervals];
  const [only] = given;
  if (only && given.length === 1) return only.from < only.to ? [{ from: only.from, to: only.to }] : never;
  const sorted = given.filter(({ from, to }) => from < to).sort((a, b) => a.from - b.from || a.to - b.to);
  const merged: { from: Instant; to: Instant }[] = [];
  for (const { from, to } of sorted) {
    const last = merged.at(-1);
    if (last && from <= last.to) last.to = Math.max(last.to, to);
    else merged.push({ from, to });
  }
  return merged;
}

export function intersect(a: Intervals, b: Intervals): Intervals {
  if (a === always) return b;
  if (b === always) return a;
  if (a.length === 1 && b.length === 1) return intersectOne(a, b);
  const both: Interval[] = [];
  for (let i = 0, j = 0; i < a.length && j < b.length; ) {
    const [x, y] = [a[i] as Interval, b[j] as Interval];
    const [from, to] = [Math.max(x.from, y.from), Math.min(x.to, y.to)];
    if (from < to) both.push({ from, to });
    if (x.to < y.to) i++;
    else j++;
  }
  return both;
}

/** Most intersections are of one with one, and most of those are one inside the other: nothing new is made then. */
function intersectOne(a: Intervals, b: Intervals): Intervals {
  const [x, y] = [a[0] as Interval, b[0] as Interval];
  const from = Math.max(x.from, y.from);
  const to = Math.min(x.to, y.to);
  if (from >= to) return never;
  if (from === x.from && to === x.to) return a;
  return from === y.from && to === y.to ? b : [{ from, to }];
}

export function subtract(a: Intervals, b: Intervals): Intervals {
  if (b.length === 0) return a;
  return intersect(a, complement(b));
}

function complement(intervals: Intervals): Intervals {
  const gaps: Interval[] = [];
  let from = Number.NEGATIVE_INFINITY;
  for (const interval of intervals) {
    if (from < interval.from) gaps.push({ from, to: interval.from });
    from = interval.to;
  }
  if (from < Number.POSITIVE_INFINITY) gaps.push({ from, to: Number.POSITIVE_INFINITY });
  return gaps;
}

export function findContaining(intervals: Intervals, at: Instant): Interval | undefined {
  for (const interval of intervals) if (interval.from <= at && at < interval.to) return interval;
  return undefined;
}

export function contains(intervals: Intervals, at: Instant): boolean {
  return findContaining(intervals, at) !== undefined;
}

/** The first start after `at`. */
export function findNextStart(intervals: Intervals, at: Instant): Instant | undefined {
  for (const { from } of intervals) if (from > at) return from;
  return undefined;
}
