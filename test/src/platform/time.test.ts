import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  readInstant,
  startOfLocalDay,
  toInstant,
  toIso,
  toIsoDate,
  toLocalDay,
  toLocalTime,
  vietnamZone,
} from "../../../src/platform/time.ts";

const zone = vietnamZone;
const iso = (text: string): string | undefined => {
  const at = readInstant(text, zone);
  return at === undefined ? undefined : toIso(at, zone);
};

describe("instants", () => {
  it.each([
    ["2025-07-03T10:00:00+07:00", "2025-07-03T10:00:00+07:00"],
    ["2025-07-03T03:00:00Z", "2025-07-03T10:00:00+07:00"],
    ["2025-07-03 10:00", "2025-07-03T10:00:00+07:00"],
    ["2025-07-03", "2025-07-03T00:00:00+07:00"],
    ["2025-07-03T10:00:00.250+0700", "2025-07-03T10:00:00.250+07:00"],
    ["2025-07-03T10:00:00.2509999+07:00", "2025-07-03T10:00:00.250+07:00"],
    ["2025-07-02T22:00:00-05:00", "2025-07-03T10:00:00+07:00"],
    ["03/7/2025", "2025-07-03T00:00:00+07:00"],
    ["3/07/2025 16:30", "2025-07-03T16:30:00+07:00"],
    ["29/02/2024 23:59:59", "2024-02-29T23:59:59+07:00"],
  ])("are read from %s", (text, expected) => expect(iso(text)).toBe(expected));

  it.each([
    "31/02/2026",
    "29/02/2025",
    "2025-13-01",
    "2025-07-03T24:00",
    "2025-07-03T10:60",
    "7/3/25",
    "10:00",
    "",
    "3-7-2025",
    "2025-07-03T10",
  ])("are not made up from %j", (text) => expect(readInstant(text, zone)).toBeUndefined());

  it("come back from their own text, to the millisecond", () => {
    fc.assert(
      fc.property(fc.integer({ min: Date.UTC(1976, 0, 1), max: Date.UTC(2100, 0, 1) }), (at) => {
        expect(readInstant(toIso(at, zone), zone)).toBe(at);
      }),
    );
  });

  it("lie in their own local day, which is 24 hours long", () => {
    fc.assert(
      fc.property(fc.integer({ min: -5e11, max: 4e12 }), (at) => {
        const day = toLocalDay(at, zone);
        const start = startOfLocalDay(day, zone);
        expect(start <= at && at < start + 86_400_000).toBe(true);
        expect(toIsoDate(start, zone)).toBe(toIsoDate(at, zone));
        expect(toInstant(toLocalTime(at, zone), zone)).toBe(Math.floor(at / 1000) * 1000);
      }),
    );
  });

  it("belong to the Vietnamese day, whatever the machine's own zone", () => {
    expect(toIsoDate(Date.UTC(2025, 5, 30, 17), zone)).toBe("2025-07-01");
    expect(toIsoDate(Date.UTC(2025, 5, 30, 16, 59, 59), zone)).toBe("2025-06-30");
  });
});
