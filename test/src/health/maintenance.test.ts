import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createMaintenance, type MaintenanceWindow, parseRepeat } from "../../../src/health/maintenance.ts";
import { healthSettings } from "../../../src/health/settings.ts";
import { readInstant, toIso, vietnamZone as zone } from "../../../src/platform/time.ts";

const endpoint = { unit: "19777", system: "documents", carrier: "VNPT" };
const at = (text: string): number => readInstant(text, zone) as number;

function isOpen(
  window: MaintenanceWindow,
  text: string,
  of: { unit: string; system: string; carrier?: string } = endpoint,
): boolean {
  return createMaintenance([window], zone)(of, at(text));
}

describe("planned work", () => {
  it("begins at its first instant and is over at its last", () => {
    const window = { from: "2025-07-05 22:00", to: "2025-07-06 02:00" };
    expect(
      ["2025-07-05 21:59:59", "2025-07-05 22:00", "2025-07-06 01:59:59", "2025-07-06 02:00"].map((text) => isOpen(window, text)),
    ).toEqual([false, true, true, false]);
  });

  it("is on what all its lists name, and on everything without any", () => {
    const times = { from: "2025-07-05", to: "2025-07-06" };
    const during = "2025-07-05 12:00";
    expect(isOpen(times, during)).toBe(true);
    expect(isOpen({ ...times, units: ["19777"], systems: ["documents"], carriers: ["VNPT"] }, during)).toBe(true);
    expect(isOpen({ ...times, units: ["19777"], systems: ["video"] }, during)).toBe(false);
    expect(isOpen({ ...times, carriers: ["VNPT"] }, during, { unit: "19777", system: "documents" })).toBe(false);
  });

  it("comes back on the days that its rule names, over midnight too", () => {
    const weekly = { from: "2025-07-06 23:00", to: "2025-07-07 01:00", repeat: "FREQ=WEEKLY;BYDAY=SU" };
    expect(isOpen(weekly, "2025-07-14 00:30")).toBe(true);
    expect(isOpen(weekly, "2025-07-15 00:30")).toBe(false);
    expect(isOpen(weekly, "2025-06-29 23:30")).toBe(false);
    const everyOther = { ...weekly, repeat: "FREQ=WEEKLY;INTERVAL=2;BYDAY=SU" };
    expect([isOpen(everyOther, "2025-07-13 23:30"), isOpen(everyOther, "2025-07-20 23:30")]).toEqual([false, true]);
    const firstSaturday = { from: "2025-07-05 20:00", to: "2025-07-05 22:00", repeat: "FREQ=MONTHLY;BYDAY=1SA" };
    expect([isOpen(firstSaturday, "2025-08-02 21:00"), isOpen(firstSaturday, "2025-08-09 21:00")]).toEqual([true, false]);
    const lastDay = { from: "2025-01-31 20:00", to: "2025-01-31 21:00", repeat: "FREQ=MONTHLY;BYMONTHDAY=-1;UNTIL=20250430" };
    expect(["2025-02-28 20:30", "2025-04-30 20:30", "2025-05-31 20:30"].map((text) => isOpen(lastDay, text))).toEqual([
      true,
      true,
      false,
    ]);
  });

  it("agrees with a rule counted by JavaScript's own calendar, at any minute of two years", () => {
    const names = ["SU", "MO", "TU", "WE", "TH", "FR", "SA"];
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.integer({ min: 0, max: 6 }), { minLength: 1 }),
        fc.integer({ min: 0, max: 23 }),
        fc.integer({ min: 1, max: 40 }),
        fc.integer({ min: 0, max: 2 * 365 * 24 * 60 }),
        (days, hour, hours, minutes) => {
          const start = at("2025-01-01") + hour * 3_600_000;
          const window = {
            from: toIso(start, zone),
            to: toIso(start + hours * 3_600_000, zone),
            repeat: `FREQ=WEEKLY;BYDAY=${days.map((day) => names[day]).join(",")}`,
          };
          const moment = at("2025-01-01") + minutes * 60_000;
          // Every start of the last two days, one after the other.
          const expected = [0, 1, 2].some((back) => {
            const local = new Date(moment + 7 * 3_600_000 - back * 86_400_000);
            const begun = Date.UTC(local.getUTCFullYear(), local.getUTCMonth(), local.getUTCDate(), hour) - 7 * 3_600_000;
            return begun >= start && begun <= moment && moment < begun + hours * 3_600_000 && days.includes(local.getUTCDay());
          });
          expect(createMaintenance([window], zone)(endpoint, moment)).toBe(expected);
        },
      ),
    );
  });

  it("refuses a rule that it would not follow", () => {
    const wrong = [
      "FREQ=YEARLY",
      "FREQ=WEEKLY;COUNT=3",
      "BYDAY=MO",
      "FREQ=WEEKLY;BYDAY=1MO",
      "FREQ=DAILY;BYMONTHDAY=1",
      "FREQ=WEEKLY;BYDAY=XX",
      "",
    ];
    expect(wrong.map(parseRepeat)).toEqual(wrong.map(() => undefined));
    const parse = (window: object) => healthSettings.safeParse({ maintenance: [window] });
    expect(parse({ from: "2025-07-05 22:00", to: "2025-07-06 02:00" }).success).toBe(true);
    expect(parse({ from: "2025-07-05 22:00", to: "2025-07-05 22:00" }).error?.issues[0]?.path).toEqual(["maintenance", 0, "to"]);
    expect(parse({ from: "05-07", to: "2025-07-05 22:00" }).success).toBe(false);
    expect(parse({ from: "2025-07-05 22:00", to: "2025-07-06 02:00", repeat: "FREQ=YEARLY" }).success).toBe(false);
  });
});
