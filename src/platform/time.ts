import type { Instant } from "./clock.ts";

/**
 * Instants as people write them in a zone with a fixed offset (Vietnam has had +07:00 without summer time since 1975).
 * The machine's own zone is never used, so a report made under TZ=UTC has the same bytes.
 */
export interface Zone {
  readonly name: string;
  readonly offsetMinutes: number;
}

export const vietnamZone: Zone = { name: "Asia/Ho_Chi_Minh", offsetMinutes: 420 };

export interface LocalTime {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
}

const dayMs = 86_400_000;

export function toLocalTime(at: Instant, zone: Zone): LocalTime {
  const shifted = new Date(at + zone.offsetMinutes * 60_000);
  return {
    year: shifted.getUTCFullYear(),
    month: shifted.getUTCMonth() + 1,
    day: shifted.getUTCDate(),
    hour: shifted.getUTCHours(),
    minute: shifted.getUTCMinutes(),
    second: shifted.getUTCSeconds(),
  };
}

/** Undefined for a day that does not exist, such as 31/02. */
export function toInstant(
  local: Omit<LocalTime, "hour" | "minute" | "second"> & Partial<LocalTime>,
  zone: Zone,
): Instant | undefined {
  const { year, month, day, hour = 0, minute = 0, second = 0 } = local;
  const utc = Date.UTC(year, month - 1, day, hour, minute, second);
  const back = new Date(utc);
  const real =
    back.getUTCFullYear() === year &&
    back.getUTCMonth() === month - 1 &&
    back.getUTCDate() === day &&
    hour < 24 &&
    minute < 60 &&
    second < 60;
  return real ? utc - zone.offsetMinutes * 60_000 : undefined;
}

/** Whole days since 1970-01-01 on the zone's calendar. */
export function toLocalDay(at: Instant, zone: Zone): number {
  return Math.floor((at + zone.offsetMinutes * 60_000) / dayMs);
}

export function startOfLocalDay(day: number, zone: Zone): Instant {
  return day * dayMs - zone.offsetMinutes * 60_000;
}

/** `2025-07-03T10:00:00+07:00`; milliseconds only when there are any. */
export function toIso(at: Instant, zone: Zone): string {
  const shifted = new Date(at + zone.offsetMinutes * 60_000)
    .toISOString()
    .replace("Z", "")
    .replace(/\.000$/, "");
  const sign = zone.offsetMinutes < 0 ? "-" : "+";
  const minutes = Math.abs(zone.offsetMinutes);
  return `${shifted}${sign}${pad(Math.floor(minutes / 60))}:${pad(minutes % 60)}`;
}

/** `2025-07-03`. */
export function toIsoDate(at: Instant, zone: Zone): string {
  return toIso(at, zone).slice(0, 10);
}

const isoShape = /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?(Z|[+-]\d{2}:?\d{2})?)?$/;
const vietnameseShape = /^(\d{1,2})\/(\d{1,2})\/(\d{4})(?: (\d{1,2}):(\d{2})(?::(\d{2}))?)?$/;

/**
 * Reads ISO 8601 or dd/MM/yyyy with an optional time. Without an offset the zone's is meant; without a time, the start of
 * the day. Undefined when it is neither, or no such day.
 */
export function readInstant(text: string, zone: Zone): Instant | undefined {
  const iso = isoShape.exec(text.trim());
  if (iso) {
    const [, year, month, day, hour, minute, second, fraction, offset] = iso;
    const local = toInstant(numbers({ year, month, day, hour, minute, second }), offset ? readOffset(offset) : zone);
    // .NET writes ten-millionths: what is finer than a millisecond is cut.
    return local === undefined ? undefined : local + Number((fraction ?? "").padEnd(3, "0").slice(0, 3));
  }
  const vietnamese = vietnameseShape.exec(text.trim());
  if (!vietnamese) return undefined;
  const [, day, month, year, hour, minute, second] = vietnamese;
  return toInstant(numbers({ year, month, day, hour, minute, second }), zone);
}

function numbers(parts: Record<string, string | undefined>): LocalTime {
  return Object.fromEntries(Object.entries(parts).map(([key, text]) => [key, Number(text ?? 0)])) as unknown as LocalTime;
}

function readOffset(text: string): Zone {
  if (text === "Z") return { name: "UTC", offsetMinutes: 0 };
  const sign = text.startsWith("-") ? -1 : 1;
  const digits = text.slice(1).replace(":", "");
  return { name: text, offsetMinutes: sign * (Number(digits.slice(0, 2)) * 60 + Number(digits.slice(2))) };
}

function pad(n: number): string {
  return String(n).padStart(2, "0");
}
