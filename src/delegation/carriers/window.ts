import { readInstant, startOfLocalDay, toIso, toIsoDate, toLocalDay, type Zone } from "../../platform/time.ts";
import type { Interval } from "../interval.ts";
import type { Expresses } from "./system-settings.ts";

/**
 * Between half-open windows in milliseconds and the dates a system keeps, which are often whole days with the last one included.
 *
 * Rounded inwards: a right is rather a little too short than an hour too long. Only what is past by `now` may be added, since
 * nobody can sign then any more: a right that began this morning is carried from today, not from tomorrow.
 */
export function toExpressibleWindow({ from, to }: Interval, now: number, expresses: Expresses, zone: Zone): Interval | undefined {
  // A right without dates is there or not: it is made when the time has come.
  if (!expresses.window) return from <= now ? { from, to: Number.POSITIVE_INFINITY } : undefined;
  if (expresses.dateGranularity === "instant") return { from, to };
  const firstDay = from <= now ? toLocalDay(from, zone) : toLocalDay(from - 1, zone) + 1;
  const start = startOfLocalDay(firstDay, zone);
  const end = to === Number.POSITIVE_INFINITY ? to : startOfLocalDay(toLocalDay(to, zone), zone);
  return start < end ? { from: start, to: end } : undefined;
}

export function formatStart(from: number, expresses: Expresses, zone: Zone): string {
  return expresses.dateGranularity === "day" ? toIsoDate(from, zone) : toIso(from, zone);
}

/** Undefined: no end. */
export function formatEnd(to: number, expresses: Expresses, zone: Zone): string | undefined {
  if (to === Number.POSITIVE_INFINITY) return undefined;
  if (expresses.dateGranularity === "instant") return toIso(expresses.inclusiveEnd ? to - 1 : to, zone);
  return toIsoDate(expresses.inclusiveEnd ? to - 1 : to, zone);
}

export function readStart(text: string, zone: Zone): number | undefined {
  return readInstant(text, zone);
}

export function readEnd(text: string, expresses: Expresses, zone: Zone): number | undefined {
  const at = readInstant(text, zone);
  if (at === undefined || !expresses.inclusiveEnd) return at;
  return expresses.dateGranularity === "day" ? startOfLocalDay(toLocalDay(at, zone) + 1, zone) : at + 1;
}
