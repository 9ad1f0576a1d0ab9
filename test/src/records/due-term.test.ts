import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createWorkingCalendar, type DayKind } from "../../../src/directory/working-calendar.ts";
import { readInstant, startOfLocalDay, toIsoDate, toLocalDay, vietnamZone } from "../../../src/platform/time.ts";
import { createDueTerms, type ProcedureTerm } from "../../../src/records/due-term.ts";

const toDay = (text: string): number => toLocalDay(readInstant(text, vietnamZone) as number, vietnamZone);

/** The calendar that ships, 2025 and 2026. */
const calendar = createWorkingCalendar(vietnamZone);
const first = toDay(calendar.knownFrom);
const shipped = Array.from({ length: toDay(calendar.knownUntil) - first + 1 }, (_, n) => calendar.describeDay(first + n));
const terms = createDueTerms({ first, days: shipped });

function dueOf(term: ProcedureTerm, received: string): string | undefined {
  const [date = "", time = ""] = received.split(" ");
  const [hour = 0, minute = 0] = time.split(":").map(Number);
  const day = terms.findDueDay(term, { day: toDay(date), seconds: hour * 3600 + minute * 60 });
  return day === undefined ? undefined : toIsoDate(startOfLocalDay(day, vietnamZone), vietnamZone);
}

const sameDay: ProcedureTerm = { workingDays: 0, cutOff: "15:00" };
const threeDays: ProcedureTerm = { workingDays: 3 };

describe("wardctl's own due date", () => {
  it.each([
    ["in the morning, the same day", "2025-07-03 09:00", "2025-07-03"],
    ["a minute before the cut-off", "2025-07-03 14:59", "2025-07-03"],
    ["at the cut-off, the next working day", "2025-07-03 15:00", "2025-07-04"],
    ["on a Friday afternoon, on Monday: nobody works out results on a Saturday morning", "2025-07-04 15:30", "2025-07-07"],
    ["on a Saturday morning, which only receives", "2025-07-05 08:00", "2025-07-07"],
    ["on a Sunday, by the portal", "2025-07-06 20:00", "2025-07-07"],
    ["before Tết, after it", "2026-02-13 15:30", "2026-02-23"],
    ["on a Saturday worked in exchange for a Monday", "2026-08-22 10:00", "2026-08-22"],
    ["on the Friday before that Saturday, too late", "2026-08-21 16:00", "2026-08-22"],
    ["without an hour, by the longer reading", "2025-07-03 00:00", "2025-07-04"],
  ])("of a same-day procedure received %s", (_, received, due) => {
    expect(dueOf(sameDay, received)).toBe(due);
  });

  it.each([
    ["the day of receipt does not count", "2025-07-01 09:00", "2025-07-04"],
    ["a weekend is left out", "2025-07-03 09:00", "2025-07-08"],
    ["what comes after hours counts as of the next working day", "2025-07-03 17:00", "2025-07-09"],
    ["so does what comes on a day off", "2025-07-06 10:00", "2025-07-10"],
    ["the National Day and its exchanged days are left out", "2026-08-28 09:00", "2026-09-07"],
    ["the Saturday worked in exchange counts", "2026-08-20 09:00", "2026-08-24"],
  ])("of three working days: %s", (_, received, due) => {
    expect(dueOf(threeDays, received)).toBe(due);
  });

  it("is not told where a day of it is not known", () => {
    expect(dueOf(threeDays, "2024-12-31 09:00")).toBeUndefined();
    expect(dueOf(threeDays, "2026-12-29 09:00")).toBeUndefined();
    expect(dueOf(sameDay, "2026-12-31 16:00")).toBeUndefined();
    expect(dueOf(sameDay, "2026-12-31 09:00")).toBe("2026-12-31");
    expect(terms.isDayOff(first - 1)).toBeUndefined();
    expect(terms.findNextWorkingDay(toDay("2026-12-31"))).toBeUndefined();
  });

  it("is the day a clerk finds who turns the leaves of any calendar one by one", () => {
    const kind = fc.constantFrom<DayKind>("work", "work", "work", "half", "off", "swap");
    const closing: Readonly<Record<DayKind, number>> = { work: 61_200, swap: 61_200, half: 41_400, off: 0 };
    fc.assert(
      fc.property(
        fc.array(kind, { minLength: 1, maxLength: 40 }),
        fc.nat(45),
        fc.nat(86_399),
        fc.nat(6),
        fc.option(fc.constantFrom("10:30", "15:00", "23:59"), { nil: undefined }),
        (kinds, at, seconds, workingDays, cutOff) => {
          const days = kinds.map((one) => ({ kind: one, closes: closing[one] * 1000 }));
          const found = createDueTerms({ first: 100, days }).findDueDay({ workingDays, cutOff }, { day: 100 + at, seconds });
          const isWorked = (day: number): boolean => kinds[day] === "work" || kinds[day] === "swap";
          let day = at;
          if (day >= kinds.length) {
            expect(found).toBeUndefined();
            return;
          }
          const cut = cutOff === undefined ? 86_400 : Number(cutOff.slice(0, 2)) * 3600 + Number(cutOff.slice(3)) * 60;
          const isTooLate = seconds === 0 || seconds >= closing[kinds[day] as DayKind] || seconds >= cut;
          if (isTooLate) {
            do day += 1;
            while (day < kinds.length && !isWorked(day));
          }
          for (let left = workingDays; left > 0; ) {
            day += 1;
            if (day >= kinds.length) break;
            if (isWorked(day)) left -= 1;
          }
          while (workingDays === 0 && day < kinds.length && !isWorked(day)) day += 1;
          expect(found).toBe(day < kinds.length ? 100 + day : undefined);
        },
      ),
      { numRuns: 2_000 },
    );
  });
});
