import type { Instant } from "../platform/clock.ts";
import { type Intervals, unite } from "./interval.ts";

/** Somebody is away and signs nothing. Never changed and never deleted: coming back early is an event of its own. */
export interface Absence {
  readonly id: string;
  readonly staffId: string;
  readonly from: Instant;
  readonly to: Instant;
  readonly reason?: string;
  /** Who stands in, and the grant for the time of the absence. */
  readonly cover?: { readonly staffId: string; readonly grantId: string };
  readonly recordedAt: Instant;
  readonly recordedBy: string;
}

/** Somebody was back before the absence was over. */
export interface Return {
  readonly absenceId: string;
  readonly at: Instant;
  readonly recordedAt: Instant;
  readonly recordedBy: string;
}

/** When each person is away, by what was known at `asOf`. */
export function toAway(absences: readonly Absence[], returns: readonly Return[], asOf: Instant): ReadonlyMap<string, Intervals> {
  const away = new Map<string, { from: Instant; to: Instant }[]>();
  for (const { id, staffId, from, to, recordedAt } of absences) {
    if (recordedAt > asOf) continue;
    const back = returns.filter((each) => each.absenceId === id && each.recordedAt <= asOf).map(({ at }) => at);
    const span = { from, to: Math.min(to, ...back) };
    const spans = away.get(staffId);
    if (spans) spans.push(span);
    else away.set(staffId, [span]);
  }
  return new Map([...away].map(([staffId, spans]) => [staffId, unite(spans)]));
}
