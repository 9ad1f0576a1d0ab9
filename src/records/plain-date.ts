import { toInstant, type Zone } from "../platform/time.ts";

/** Epoch seconds of a cell that is a date, written as a pattern says and nothing else; undefined: somebody must look closer. */
export type PlainDateReader = (bytes: Uint8Array, from: number, to: number, endOfDay: boolean) => number | undefined;

interface Layout {
  readonly length: number;
  /** Where the digits of each part begin, -1 without it. */
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  readonly signs: readonly (readonly [at: number, byte: number])[];
}

const lastSecondOfDay = 86_399;
const isoDateLength = 10;
/** No place on earth is further from Greenwich; the other reader takes what is. */
const mostOffset = 14 * 3600;
const [zero, dash, plus, colon, dot, blank, letterT, letterZ] = [0x30, 0x2d, 0x2b, 0x3a, 0x2e, 0x20, 0x54, 0x5a];

/**
 * Reads what date-pattern.ts reads, for patterns whose parts have a fixed length: digits are taken from the bytes, and each day is worked out
 * once. Patterns count in their order, so those behind one of another kind are not for this reader. ISO 8601 it reads by itself.
 */
export function createPlainDateReader(patterns: readonly string[], zone: Zone): PlainDateReader {
  const all = patterns.map((pattern) => (pattern === "iso" ? pattern : toLayout(pattern)));
  const other = all.indexOf(undefined);
  const layouts = (other < 0 ? all : all.slice(0, other)) as (Layout | "iso")[];
  const days = new Map<number, number>();
  const findDay = (year: number, month: number, day: number): number => {
    const key = (year * 100 + month) * 100 + day;
    const known = days.get(key);
    if (known !== undefined) return known;
    const at = toInstant({ year, month, day }, zone);
    const start = at === undefined ? Number.NaN : at / 1000;
    days.set(key, start);
    return start;
  };
  const zoneSeconds = zone.offsetMinutes * 60;
  /** `2025-07-03`, `2025-07-03T10:00+07:00`, `2025-07-03 03:00:00.000Z`: as readInstant of platform/time.ts does. */
  const readIso: PlainDateReader = (bytes, from, to, endOfDay) => {
    if (bytes[from + 7] !== dash) return undefined;
    const year = readTwo(bytes, from, 0) * 100 + readTwo(bytes, from, 2);
    const start = findDay(year, readTwo(bytes, from, 5), readTwo(bytes, from, 8));
    if (Number.isNaN(start)) return undefined;
    let at = from + isoDateLength;
    if (at === to) return endOfDay ? start + lastSecondOfDay : start;
    const sign = bytes[at];
    if (to - at < 6 || (sign !== letterT && sign !== blank) || bytes[at + 3] !== colon) return undefined;
    const hour = readTwo(bytes, at, 1);
    const minute = readTwo(bytes, at, 4);
    at += 6;
    let second = 0;
    if (at + 3 <= to && bytes[at] === colon) {
      second = readTwo(bytes, at, 1);
      at += 3;
      if (bytes[at] === dot && at < to) {
        let digits = 0;
        while (at + 1 + digits < to && isDigit(bytes[at + 1 + digits] as number)) digits += 1;
        if (digits === 0 || digits > 3) return undefined;
        at += 1 + digits;
      }
    }
    const offset = readOffset(bytes, at, to);
    if (offset === undefined || !(hour < 24 && minute < 60 && second < 60)) return undefined;
    return start + hour * 3600 + minute * 60 + second + (zoneSeconds - offset);
  };
  /** Seconds east of Greenwich of what a cell ends with; the zone's where it says nothing. */
  const readOffset = (bytes: Uint8Array, at: number, to: number): number | undefined => {
    if (at === to) return zoneSeconds;
    if (bytes[at] === letterZ) return at + 1 === to ? 0 : undefined;
    const isEast = bytes[at] === plus;
    const minutesAt = bytes[at + 3] === colon ? 4 : 3;
    if ((!isEast && bytes[at] !== dash) || at + minutesAt + 2 !== to) return undefined;
    const seconds = readTwo(bytes, at, 1) * 3600 + readTwo(bytes, at, minutesAt) * 60;
    // NaN where something else stands there.
    return seconds <= mostOffset ? (isEast ? seconds : -seconds) : undefined;
  };
  return (bytes, from, to, endOfDay) => {
    for (const layout of layouts) {
      if (layout === "iso") {
        // What begins like one is one, or for the other reader.
        if (to - from >= isoDateLength && bytes[from + 4] === dash) return readIso(bytes, from, to, endOfDay);
        continue;
      }
      if (to - from !== layout.length || !hasSigns(bytes, from, layout)) continue;
      const year = readTwo(bytes, from, layout.year) * 100 + readTwo(bytes, from, layout.year + 2);
      const start = findDay(year, readTwo(bytes, from, layout.month), readTwo(bytes, from, layout.day));
      if (layout.hour < 0) {
        if (!Number.isNaN(start)) return endOfDay ? start + lastSecondOfDay : start;
        continue;
      }
      const hour = readTwo(bytes, from, layout.hour);
      const minute = layout.minute < 0 ? 0 : readTwo(bytes, from, layout.minute);
      const second = layout.second < 0 ? 0 : readTwo(bytes, from, layout.second);
      // What is no digit reads as NaN, of which no comparison holds.
      if (hour < 24 && minute < 60 && second < 60 && !Number.isNaN(start)) return start + hour * 3600 + minute * 60 + second;
    }
    return undefined;
  };
}

function hasSigns(bytes: Uint8Array, from: number, { signs }: Layout): boolean {
  for (const [at, byte] of signs) if (bytes[from + at] !== byte) return false;
  return true;
}

function isDigit(byte: number): boolean {
  return byte >= zero && byte <= zero + 9;
}

function readTwo(bytes: Uint8Array, from: number, at: number): number {
  const tens = (bytes[from + at] as number) - zero;
  const ones = (bytes[from + at + 1] as number) - zero;
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : Number.NaN;
}

function toLayout(pattern: string): Layout | undefined {
  const at = (token: string): number => pattern.indexOf(token);
  const left = pattern.replace(/yyyy|MM|dd|HH|mm|ss/g, (token) => "\0".repeat(token.length));
  // Cells are trimmed, so a pattern with blanks around it never fits.
  if (pattern !== pattern.trim() || !/^[\0 -~]*$/.test(left) || /[A-Za-z]/.test(left)) return undefined;
  // Minutes without hours and the like are left to the other reader.
  const has = (token: string): boolean => at(token) >= 0;
  if ((has("mm") && !has("HH")) || (has("ss") && !has("mm"))) return undefined;
  return {
    length: pattern.length,
    year: at("yyyy"),
    month: at("MM"),
    day: at("dd"),
    hour: at("HH"),
    minute: at("mm"),
    second: at("ss"),
    signs: [...left].flatMap((sign, place) => (sign === "\0" ? [] : [[place, sign.charCodeAt(0)] as const])),
  };
}
