import { expect, it } from "vitest";
import { builtInCalendar } from "../../../src/directory/built-in/holidays.ts";
import { createWorkingCalendar } from "../../../src/directory/working-calendar.ts";
import { readInstant, toLocalDay, vietnamZone } from "../../../src/platform/time.ts";

const at = (text: string) => readInstant(text, vietnamZone)!;
const calendar = createWorkingCalendar(vietnamZone);
const hours = (from: string, to: string, own = calendar) => own.measure(at(from), at(to)) / 3_600_000;

it("counts eight hours on a weekday, four on a Saturday for the one-stop counters, none on a Sunday", () => {
  expect(hours("2025-07-03", "2025-07-04")).toBe(8);
  expect(hours("2025-07-05", "2025-07-06")).toBe(4);
  expect(hours("2025-07-06", "2025-07-07")).toBe(0);
  expect(hours("2025-06-30", "2025-07-07")).toBe(5 * 8 + 4);
});

it("cuts at the instants given and leaves noon out", () => {
  expect(hours("2025-07-03T11:00", "2025-07-03T13:30")).toBe(1);
  expect(hours("2025-07-03T11:30", "2025-07-03T13:00")).toBe(0);
  expect(calendar.isWorking(at("2025-07-03T11:29:59"))).toBe(true);
  expect(calendar.isWorking(at("2025-07-03T11:30"))).toBe(false);
});

it("knows Tết, the National Day and the Saturday that is worked in exchange", () => {
  expect(hours("2026-02-14", "2026-02-23")).toBe(0);
  expect(hours("2026-02-13", "2026-02-24")).toBe(16);
  expect(hours("2025-08-30", "2025-09-03")).toBe(0);
  expect(hours("2026-01-10", "2026-01-11")).toBe(8);
  expect(hours("2026-01-02", "2026-01-03")).toBe(0);
});

it("has the lunar new year among the holidays of every year it knows", () => {
  const lunar = new Intl.DateTimeFormat("en-u-ca-chinese", { month: "numeric", day: "numeric", timeZone: vietnamZone.name });
  for (const year of ["2025", "2026"]) {
    const days = builtInCalendar.holidays.filter((day) => day.startsWith(year));
    const said = days.map((day) => lunar.format(new Date(`${day}T12:00:00+07:00`)));
    // The first three days of Tết, and the tenth of the third month: Hùng Kings.
    for (const [month, day] of [
      ["1", "1"],
      ["1", "2"],
      ["1", "3"],
      ["3", "10"],
    ]) {
      expect(said.some((text) => text.match(/\d+/g)?.join("/") === `${month}/${day}`)).toBe(true);
    }
    expect(days).toContain(`${year}-04-30`);
    expect(days).toContain(`${year}-05-01`);
    expect(days).toContain(`${year}-09-02`);
  }
});

it("tells whole days, half days, days off and days worked in exchange apart, and who says so", () => {
  const day = (text: string, own = calendar) => own.describeDay(toLocalDay(at(text), vietnamZone));
  const hour = 3_600_000;
  expect(day("2026-08-21")).toEqual({ kind: "work", closes: 17 * hour, from: "week" });
  expect(day("2026-08-22")).toEqual({ kind: "swap", closes: 17 * hour, from: "built-in" });
  expect(day("2026-08-23")).toEqual({ kind: "off", closes: 0, from: "week" });
  expect(day("2026-08-15")).toEqual({ kind: "half", closes: 11.5 * hour, from: "week" });
  expect(day("2026-08-31")).toEqual({ kind: "off", closes: 0, from: "built-in" });
  const own = createWorkingCalendar(vietnamZone, {
    holidays: ["2027-02-08"],
    workdays: ["2026-08-31"],
    knownUntil: "2027-02-28",
  });
  expect(day("2026-08-31", own)).toEqual({ kind: "swap", closes: 17 * hour, from: "workspace" });
  expect(day("2027-02-08", own)).toEqual({ kind: "off", closes: 0, from: "workspace" });
  expect([calendar.knownUntil, own.knownUntil]).toEqual(["2026-12-31", "2027-02-28"]);
});

it("takes a workspace's own hours and days before the built-in ones", () => {
  const own = createWorkingCalendar(vietnamZone, {
    hours: [{ days: [1, 2, 3, 4, 5], from: "08:00", to: "12:00" }],
    holidays: ["2025-07-03"],
    workdays: ["2025-09-02", "2025-07-06"],
  });
  expect(hours("2025-07-03", "2025-07-04", own)).toBe(0);
  expect(hours("2025-07-04", "2025-07-05", own)).toBe(4);
  expect(hours("2025-09-02", "2025-09-03", own)).toBe(4);
  expect(hours("2025-07-06", "2025-07-07", own)).toBe(4);
});
