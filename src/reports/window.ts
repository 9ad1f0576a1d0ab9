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

/** evening, unit: the day up to the as-of (midnight ends its own day) · morning: since the last evening, or since the hour set for it. */
export function planWindow({ kind, asOf, lastEvening, eveningAt, zone }: WindowRequest): {
  readonly window: Window;
  readonly windowFrom: "meeting" | "day" | "hour";
} {
  if (kind !== "morning") {
    return { window: { start: startOfLocalDay(toLocalDay(asOf - 1, zone), zone), end: asOf }, windowFrom: "day" };
  }
  if (lastEvening !== undefined) return { window: { start: lastEvening, end: asOf }, windowFrom: "meeting" };
  const dayBefore = toIsoDate(startOfLocalDay(toLocalDay(asOf, zone) - 1, zone), zone);
  return { window: { start: readInstant(`${dayBefore}T${eveningAt}`, zone) as Instant, end: asOf }, windowFrom: "hour" };
}

/** 1 January of the report's year (midnight ends its own), or the day of the settings where that is later. */
export function findCumulativeStart(asOf: Instant, earliest: string, zone: Zone): Instant {
  const year = readInstant(`${toIsoDate(asOf - 1, zone).slice(0, 4)}-01-01`, zone) as Instant;
  return Math.max(year, readInstant(earliest, zone) ?? year);
}
