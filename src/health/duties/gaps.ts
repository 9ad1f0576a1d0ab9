import type { Instant } from "../../platform/clock.ts";

const minuteMs = 60_000;

/**
 * How old data may be: the 99th percentile (nearest rank) of the gaps between deliveries so far, never below the floor (check.md §9). With fewer than
 * a hundred gaps that is the longest one; the ceiling keeps a past outage from excusing the next.
 */
export function toStaleAfterMs(
  deliveries: readonly Instant[],
  { floorMinutes, ceilingMinutes }: { readonly floorMinutes: number; readonly ceilingMinutes?: number | undefined },
): number {
  const inOrder = [...deliveries].sort((a, b) => a - b);
  const gaps = inOrder.flatMap((at, index) => (index === 0 ? [] : [at - (inOrder[index - 1] as number)])).sort((a, b) => a - b);
  const usual = gaps[Math.ceil(gaps.length * 0.99) - 1] ?? 0;
  return Math.min(Math.max(usual, floorMinutes * minuteMs), (ceilingMinutes ?? Number.POSITIVE_INFINITY) * minuteMs);
}
