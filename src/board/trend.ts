import type { Instant } from "../platform/clock.ts";
import { startOfLocalDay, toLocalDay, type Zone } from "../platform/time.ts";
import type { Verdict } from "../readiness/readiness.ts";
import type { TrendPoint } from "./board.ts";

/** A unit's verdict from an instant on. */
export interface VerdictChange {
  readonly unit: string;
  readonly at: Instant;
  readonly verdict: Verdict;
}

const daysAtMost = 14;

/**
 * How many of the units were ready at the end of each day since the first look, and are so now. `changes` in the order in which they came; `now`: the verdicts
 * of today, which nobody need have kept yet.
 */
export function toTrend(
  changes: readonly VerdictChange[],
  now: readonly { readonly code: string; readonly verdict: Verdict }[],
  at: Instant,
  zone: Zone,
): readonly TrendPoint[] {
  const codes = new Set(now.map(({ code }) => code));
  const own = changes.filter((change) => codes.has(change.unit) && change.at <= at);
  const first = own[0];
  if (!first) return [];
  const today = toLocalDay(at, zone);
  const from = Math.max(toLocalDay(first.at, zone), today - daysAtMost + 1);
  const last = new Map<string, Verdict>();
  const points: TrendPoint[] = [];
  let next = 0;
  for (let day = from; day < today; day++) {
    const end = startOfLocalDay(day + 1, zone);
    for (; next < own.length && (own[next] as VerdictChange).at < end; next++) {
      const { unit, verdict } = own[next] as VerdictChange;
      last.set(unit, verdict);
    }
    points.push({ at: startOfLocalDay(day, zone), ready: countReady([...last.values()]), of: codes.size });
  }
  return [...points, { at: startOfLocalDay(today, zone), ready: countReady(now.map(({ verdict }) => verdict)), of: codes.size }];
}

function countReady(verdicts: readonly Verdict[]): number {
  return verdicts.filter((verdict) => verdict === "go").length;
}
