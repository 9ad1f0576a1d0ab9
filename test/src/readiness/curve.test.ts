import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { toIsoDate, vietnamZone as zone } from "../../../src/platform/time.ts";
import { listCurve } from "../../../src/readiness/curve.ts";

const start = Date.parse("2025-06-25T00:00:00+07:00");
const hour = 3_600_000;
const units = ["19774", "19777", "27004"];
const turns = fc
  .array(
    fc.record({
      unit: fc.constantFrom(...units, "27439"),
      at: fc.integer({ min: 0, max: 200 }).map((hours) => start + hours * hour),
      verdict: fc.constantFrom("go", "no-go", "unknown"),
    }),
    { maxLength: 30 },
  )
  .map((list) => list.sort((a, b) => a.at - b.at));

describe("the curve towards the opening", () => {
  it("counts on every day what each unit's last word was by then", () => {
    fc.assert(
      fc.property(turns, fc.integer({ min: 0, max: 220 }), (list, until) => {
        const at = start + until * hour;
        const { days } = listCurve(list, { units, at, opening: undefined, zone });
        const own = list.filter((turn) => units.includes(turn.unit) && turn.at <= at);
        expect(days[0]?.date).toBe(own[0] && toIsoDate(own[0].at, zone));
        for (const { date, go, noGo, unknown } of days) {
          const last = units.map(
            (unit) => own.findLast((turn) => turn.unit === unit && toIsoDate(turn.at, zone) <= date)?.verdict,
          );
          const count = (verdict: string | undefined): number => last.filter((one) => one === verdict).length;
          expect({ go, noGo, unknown }).toEqual({
            go: count("go"),
            noGo: count("no-go"),
            unknown: count("unknown") + count(undefined),
          });
        }
        expect(days.at(-1)?.date).toBe(own[0] && toIsoDate(at, zone));
      }),
      { numRuns: 500 },
    );
  });

  it.each([
    ["2025-06-30T23:59:00+07:00", 1],
    ["2025-07-01T00:00:00+07:00", 0],
    ["2025-07-03T10:00:00+07:00", -2],
  ])("is so many days from the opening at %s: %i", (at, days) => {
    expect(listCurve([], { units, at: Date.parse(at), opening: "2025-07-01", zone }).daysLeft).toBe(days);
  });
});
