import type { Instant } from "../platform/clock.ts";
import { readInstant, startOfLocalDay, toIsoDate, toLocalDay, type Zone } from "../platform/time.ts";
import { builtInCalendar } from "./built-in/holidays.ts";
import type { IsoDate } from "./unit.ts";

/** Opening hours of some days of the week: 1 is Monday, 7 Sunday. */
export interface WorkingHours {
  readonly days: readonly number[];
  /** `07:30`. */
  readonly from: string;
  readonly to: string;
}

/** work: a whole day · half: counters are open for a part of it · off · swap: a day off that is worked in exchange for another. */
export type DayKind = "work" | "half" | "off" | "swap";

export interface CalendarDay {
  readonly kind: DayKind;
  /** When counters close, in milliseconds since the day's start; 0 on a day off. */
  readonly closes: number;
  /** Whether the day of the week, a list of holidays or the workspace says so. */
  readonly from: "week" | "built-in" | "workspace";
}

export interface CalendarData {
  readonly hours: readonly WorkingHours[];
  /** Days off: public holidays, Tết, the days given for those that fall on a weekend. */
  readonly holidays: readonly IsoDate[];
  /** Days of the weekend that are worked in exchange for another day. */
  readonly workdays: readonly IsoDate[];
  /** The first and the last day whose holidays are known. */
  readonly knownFrom: IsoDate;
  readonly knownUntil: IsoDate;
}

export interface WorkingCalendar {
  readonly knownFrom: IsoDate;
  readonly knownUntil: IsoDate;
  /** Working time in [from, to), in milliseconds. */
  measure(from: Instant, to: Instant): number;
  isWorking(at: Instant): boolean;
  /** `day`: whole days since 1970-01-01 on the zone's calendar. */
  describeDay(day: number): CalendarDay;
}

export interface OwnCalendar {
  readonly hours?: readonly WorkingHours[];
  readonly holidays: readonly IsoDate[];
  readonly workdays: readonly IsoDate[];
  /** To which day these and the built-in holidays are all there are; without it, as far as the built-in ones go. */
  readonly knownUntil?: IsoDate | undefined;
}

const minuteMs = 60_000;

/** When units work: the built-in hours and holidays, with what a workspace adds or puts in their place. */
export function createWorkingCalendar(zone: Zone, own?: OwnCalendar, data: CalendarData = builtInCalendar): WorkingCalendar {
  const hours = own?.hours ?? data.hours;
  const workdays = new Set([...data.workdays, ...(own?.workdays ?? [])]);
  // A day of the workspace that is worked goes before a holiday of the list, and the other way round.
  const holidays = new Set([...data.holidays.filter((day) => !own?.workdays.includes(day)), ...(own?.holidays ?? [])]);
  const isSwap = (date: IsoDate): boolean => workdays.has(date) && !holidays.has(date);
  const spans = new Map<number, readonly (readonly [Instant, Instant])[]>();
  const listSpans = (day: number): readonly (readonly [Instant, Instant])[] => {
    const before = spans.get(day);
    if (before) return before;
    const start = startOfLocalDay(day, zone);
    const date = toIsoDate(start, zone);
    // 1970-01-01 was a Thursday. A worked weekend keeps Monday's hours.
    const weekday = isSwap(date) ? 1 : ((((day + 3) % 7) + 7) % 7) + 1;
    const open = holidays.has(date) ? [] : listHours(weekday);
    const found = open.map(({ from, to }) => [start + toMs(from), start + toMs(to)] as const);
    spans.set(day, found);
    return found;
  };
  const listHours = (weekday: number): readonly WorkingHours[] => hours.filter(({ days }) => days.includes(weekday));
  const longest = Math.max(...[1, 2, 3, 4, 5, 6, 7].map((weekday) => sumHours(listHours(weekday))));
  return {
    knownFrom: data.knownFrom,
    knownUntil: own?.knownUntil !== undefined && own.knownUntil > data.knownUntil ? own.knownUntil : data.knownUntil,
    measure(from, to) {
      if (!Number.isFinite(from) || !Number.isFinite(to)) throw new RangeError("working time is measured between two instants");
      let total = 0;
      for (let day = toLocalDay(from, zone); day <= toLocalDay(to, zone); day++) {
        for (const [open, close] of listSpans(day)) total += Math.max(0, Math.min(close, to) - Math.max(open, from));
      }
      return total;
    },
    isWorking: (at) => listSpans(toLocalDay(at, zone)).some(([open, close]) => open <= at && at < close),
    describeDay(day) {
      const start = startOfLocalDay(day, zone);
      const date = toIsoDate(start, zone);
      const open = listSpans(day);
      const worked = open.reduce((sum, [from, to]) => sum + to - from, 0);
      const isOwn = own?.holidays.includes(date) || own?.workdays.includes(date);
      return {
        kind: worked === 0 ? "off" : isSwap(date) ? "swap" : worked < longest ? "half" : "work",
        closes: Math.max(0, ...open.map(([, to]) => to - start)),
        from: isOwn ? "workspace" : holidays.has(date) || workdays.has(date) ? "built-in" : "week",
      };
    },
  };
}

function sumHours(hours: readonly WorkingHours[]): number {
  return hours.reduce((sum, { from, to }) => sum + toMs(to) - toMs(from), 0);
}

function toMs(time: string): number {
  const [hour = "0", minute = "0"] = time.split(":");
  return (Number(hour) * 60 + Number(minute)) * minuteMs;
}

/** The first instant of the day after the last one whose holidays are known. */
export function toKnownEnd({ knownUntil }: WorkingCalendar, zone: Zone): Instant {
  return startOfLocalDay(toLocalDay(readInstant(knownUntil, zone) as Instant, zone) + 1, zone);
}
