import type { Instant } from "../platform/clock.ts";
import { readInstant, startOfLocalDay, toIsoDate, toLocalDay, type Zone } from "../platform/time.ts";
import type { Window } from "../records/figures.ts";
import type { ReportKind } from "./model.ts";

export interface WindowRequest {
  readonly kind: ReportKind;
  readonly asOf: Instant;
  /** As-of of the last evening report that is kept. */
  readonly lastEvening: Instant | undefined;
  /** `16:30`. */
  readonly eveningAt: string;
  readonly zone: Zone;
}

/** evening: the day up to the as-of (midnight ends its own day) · morning: since the last evening, or since the hour set for it. */
export function planWindow({ kind, asOf, lastEvening, eveningAt, zone }: WindowRequest): {
  readonly window: Window;
  readonly windowFrom: "meeting" | "day" | "hour";
} {
  if (kind === "evening") {
    return { window: { start: startOfLocalDay(toLocalDay(asOf - 1, zone), zone), end: asOf }, windowFrom: "day" };
  }
  if (lastEvening !== undefined) return { window: { start: lastEvening, end: asOf }, windowFrom: "meeting" };
  const dayBefore = toIsoDate(startOfLocalDay(toLocalDay(asOf, zone) - 1, zone), zone);
  return { window: { start: readInstant(`${dayBefore}T${eveningAt}`, zone) as Instant, end: asOf }, windowFrom: "hour" };
}
