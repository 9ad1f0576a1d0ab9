import type { Instant } from "../platform/clock.ts";
import { readInstant, startOfLocalDay, toLocalDay, toLocalTime, type Zone } from "../platform/time.ts";
import type { Endpoint } from "./endpoint.ts";
import type { ProbeResult } from "./probe-result.ts";

/** The part of RFC 5545's recurrence rules that planned work needs. */
export interface Repeat {
  readonly every: "day" | "week" | "month";
  readonly interval: number;
  /** Weekdays, 1 is Monday; in a month also which one: 1 the first, -1 the last. */
  readonly byDay: readonly { readonly weekday: number; readonly nth?: number }[];
  /** Days of the month, -1 the last. */
  readonly byMonthDay: readonly number[];
  /** The last day, `2025-12-31`. */
  readonly until?: string;
}

/** A window as wardctl.yaml has it. */
export interface MaintenanceWindow {
  readonly note?: string | undefined;
  readonly units?: readonly string[] | undefined;
  readonly systems?: readonly string[] | undefined;
  readonly carriers?: readonly string[] | undefined;
  readonly from: string;
  readonly to: string;
  readonly repeat?: string | undefined;
}

const weekdays = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"];
const frequencies = { DAILY: "day", WEEKLY: "week", MONTHLY: "month" } as const;

/** Undefined when it is not of that part. */
export function parseRepeat(text: string): Repeat | undefined {
  const parts = text
    .toUpperCase()
    .split(";")
    .map((part) => part.split("=") as [string, string | undefined]);
  const known = ["FREQ", "INTERVAL", "BYDAY", "BYMONTHDAY", "UNTIL"];
  if (parts.some(([name, value]) => !known.includes(name) || !value)) return undefined;
  if (new Set(parts.map(([name]) => name)).size < parts.length) return undefined;
  const { FREQ = "", INTERVAL = "1", BYDAY, BYMONTHDAY, UNTIL } = Object.fromEntries(parts) as Record<string, string>;
  const every = Object.hasOwn(frequencies, FREQ) ? frequencies[FREQ as keyof typeof frequencies] : undefined;
  const days = BYDAY?.split(",").map((one) => /^(-?[1-5])?(MO|TU|WE|TH|FR|SA|SU)$/.exec(one)) ?? [];
  const monthDays = BYMONTHDAY?.split(",").map(Number) ?? [];
  const until = UNTIL === undefined ? undefined : /^(\d{4})-?(\d{2})-?(\d{2})/.exec(UNTIL);
  if (every === undefined || !/^[1-9]\d?$/.test(INTERVAL) || days.includes(null) || until === null) return undefined;
  if (days.some((day) => day?.[1]) && every !== "month") return undefined;
  if (monthDays.some((day) => !Number.isInteger(day) || day === 0 || Math.abs(day) > 31)) return undefined;
  if (monthDays.length > 0 && every !== "month") return undefined;
  return {
    every,
    interval: Number(INTERVAL),
    byDay: days.map((day) => ({
      weekday: weekdays.indexOf(day?.[2] ?? "") + 1,
      nth: day?.[1] ? Number(day[1]) : undefined,
    })),
    byMonthDay: monthDays,
    until: until ? until.slice(1, 4).join("-") : undefined,
  };
}

/** Whether planned work is under way on an endpoint at an instant: what is not known of its carrier is not the carrier's work. Pure. */
export function createMaintenance(
  windows: readonly MaintenanceWindow[],
  zone: Zone,
): (endpoint: Pick<Endpoint, "unit" | "system" | "carrier">, at: Instant) => boolean {
  const parsed = windows.map((window) => ({ window, covers: coverTimes(window, zone) }));
  const open = new Map<Instant, readonly MaintenanceWindow[]>();
  const listOpen = (at: Instant): readonly MaintenanceWindow[] => {
    const known = open.get(at);
    if (known) return known;
    const found = parsed.filter(({ covers }) => covers(at)).map(({ window }) => window);
    if (open.size > 1_000) open.clear();
    open.set(at, found);
    return found;
  };
  return ({ unit, system, carrier }, at) =>
    listOpen(at).some(
      ({ units, systems, carriers }) =>
        (units?.includes(unit) ?? true) &&
        (systems?.includes(system) ?? true) &&
        (carriers === undefined || (carrier !== undefined && carriers.includes(carrier))),
    );
}

/** What fails in planned work says nothing of whose fault it is. Pure. */
export function withoutPlannedWork(results: readonly ProbeResult[]): readonly ProbeResult[] {
  return results.map((result) => (result.maintenance && result.state === "fail" ? { ...result, state: "unknown" } : result));
}

/** Half open, on the zone's clock. */
function coverTimes({ from, to, repeat }: MaintenanceWindow, zone: Zone): (at: Instant) => boolean {
  const start = readInstant(from, zone) ?? Number.NaN;
  const lengthMs = (readInstant(to, zone) ?? Number.NaN) - start;
  const rule = repeat === undefined ? undefined : parseRepeat(repeat);
  if (!rule) return (at) => start <= at && at < start + lengthMs;
  const firstDay = toLocalDay(start, zone);
  const sinceMidnightMs = start - startOfLocalDay(firstDay, zone);
  return (at) => {
    if (at < start) return false;
    // Work that began on an earlier day may still go on.
    const earliest = Math.max(firstDay, toLocalDay(at - lengthMs, zone));
    for (let day = toLocalDay(at, zone); day >= earliest; day--) {
      const begun = startOfLocalDay(day, zone) + sinceMidnightMs;
      if (begun <= at && at < begun + lengthMs && fallsOn(rule, day, firstDay, zone)) return true;
    }
    return false;
  };
}

function fallsOn({ every, interval, byDay, byMonthDay, until }: Repeat, day: number, firstDay: number, zone: Zone): boolean {
  const date = toLocalTime(startOfLocalDay(day, zone), zone);
  const first = toLocalTime(startOfLocalDay(firstDay, zone), zone);
  const iso = `${date.year}-${String(date.month).padStart(2, "0")}-${String(date.day).padStart(2, "0")}`;
  if (until !== undefined && iso > until) return false;
  const weekday = toWeekday(day);
  const isListed = byDay.length === 0 || byDay.some((one) => one.weekday === weekday && isNth(one.nth, date));
  if (every === "day") return (day - firstDay) % interval === 0 && isListed;
  if (every === "week") {
    const weeks = (day - weekday - (firstDay - toWeekday(firstDay))) / 7;
    return weeks % interval === 0 && (byDay.length > 0 ? isListed : weekday === toWeekday(firstDay));
  }
  const months = (date.year - first.year) * 12 + date.month - first.month;
  if (months % interval !== 0 || !isListed) return false;
  if (byMonthDay.length > 0) return byMonthDay.includes(date.day) || byMonthDay.includes(date.day - daysIn(date) - 1);
  return byDay.length > 0 || date.day === first.day;
}

/** 1970-01-01 was a Thursday; 1 is Monday. */
function toWeekday(day: number): number {
  return ((((day + 3) % 7) + 7) % 7) + 1;
}

function isNth(nth: number | undefined, date: { readonly year: number; readonly month: number; readonly day: number }): boolean {
  if (nth === undefined) return true;
  return nth > 0 ? Math.ceil(date.day / 7) === nth : Math.ceil((daysIn(date) - date.day + 1) / 7) === -nth;
}

function daysIn({ year, month }: { readonly year: number; readonly month: number }): number {
  return new Date(Date.UTC(year, month, 0)).getUTCDate();
}
