import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { packDays, unpackDay } from "../../../src/health/day-totals.ts";
import { findPercentile } from "../../../src/health/history.ts";
import { createOfficeHours } from "../../../src/health/office-hours.ts";
import { createUptimeTally, findWilson, type Seen, toBurnRate, type Uptime } from "../../../src/health/uptime.ts";
import { readInstant, vietnamZone as zone } from "../../../src/platform/time.ts";

const minuteMs = 60_000;
const from = readInstant("2025-07-04", zone) as number;
const office = createOfficeHours({ days: [1, 2, 3, 4, 5, 6], from: "07:30", to: "17:00" }, zone);

/** Minute by minute: what the last look said, if it is not too old. */
function recount(
  looks: readonly (readonly [number, Seen])[],
  minutes: number,
  holdMinutes: number,
  counts: (at: number) => boolean,
): Uptime {
  const total = { up: 0, down: 0, unknown: 0, maintenance: 0 };
  for (let minute = 0; minute < minutes; minute++) {
    if (!counts(from + minute * minuteMs)) continue;
    const last = looks.filter(([at]) => at <= minute).at(-1);
    total[last && minute - last[0] < holdMinutes ? last[1] : "unknown"] += minuteMs;
  }
  return { upMs: total.up, downMs: total.down, unknownMs: total.unknown, maintenanceMs: total.maintenance };
}

describe("uptime", () => {
  it("is what a count of every minute gives, in opening hours and around the clock", () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.integer({ min: -90, max: 4_000 }), fc.constantFrom<Seen>("up", "down", "unknown", "maintenance"))),
        fc.integer({ min: 1, max: 3_600 }),
        fc.integer({ min: 1, max: 600 }),
        (any, minutes, hold) => {
          const looks = any.sort((a, b) => a[0] - b[0]);
          const tally = createUptimeTally({ from, to: from + minutes * minuteMs }, hold * minuteMs, office);
          for (const [at, seen] of looks) tally.look(from + at * minuteMs, seen);
          const { always, office: hours } = tally.total();
          expect(always).toEqual(recount(looks, minutes, hold, () => true));
          // Friday 4 July 2025 and Saturday are worked, Sunday is not.
          const isWorked = (at: number): boolean => {
            const local = new Date(at + 7 * 3_600_000);
            const minute = local.getUTCHours() * 60 + local.getUTCMinutes();
            return local.getUTCDay() !== 0 && minute >= 450 && minute < 1_020;
          };
          expect(hours).toEqual(recount(looks, minutes, hold, isWorked));
        },
      ),
      { numRuns: 60 },
    );
  });

  it("leaves out public holidays of opening hours", () => {
    const day = readInstant("2025-09-02", zone) as number;
    expect(office(day, day + 24 * 60 * minuteMs)).toBe(0);
    expect(office(from, from + 24 * 60 * minuteMs)).toBe(9.5 * 60 * minuteMs);
  });

  it("can be asked in the middle and goes on", () => {
    const tally = createUptimeTally({ from, to: from + 60 * minuteMs }, 60 * minuteMs, () => 0);
    tally.look(from, "up");
    expect(tally.total().always.upMs).toBe(60 * minuteMs);
    tally.look(from + 30 * minuteMs, "down");
    expect(tally.total()).toMatchObject({ always: { upMs: 30 * minuteMs, downMs: 30 * minuteMs }, looks: 2, failed: 1 });
  });

  it("comes back from twenty bytes a day to two seconds", () => {
    const any = fc.record({
      upMs: fc.nat(86_400_000),
      downMs: fc.nat(86_400_000),
      unknownMs: fc.nat(86_400_000),
      maintenanceMs: fc.nat(86_400_000),
    });
    fc.assert(
      fc.property(fc.array(fc.record({ always: any, office: any, looks: fc.nat(60_000), failed: fc.nat(60_000) })), (days) => {
        const blob = packDays(days);
        expect(blob).toHaveLength(days.length * 20);
        for (const [at, day] of days.entries()) {
          const back = unpackDay(blob, at);
          expect([back.looks, back.failed]).toEqual([day.looks, day.failed]);
          expect(Math.abs(back.always.upMs - day.always.upMs)).toBeLessThanOrEqual(1_000);
          expect(Math.abs(back.office.maintenanceMs - day.office.maintenanceMs)).toBeLessThanOrEqual(1_000);
        }
      }),
    );
  });
});

describe("figures beside it", () => {
  it("have Wilson's interval as the textbooks have it", () => {
    expect(findWilson(0, 0)).toBeUndefined();
    // Newcombe 1998, table I: 81 of 263 gives 0.2553 to 0.3662.
    expect(findWilson(81, 263)?.low).toBeCloseTo(0.2553, 4);
    expect(findWilson(81, 263)?.high).toBeCloseTo(0.3662, 4);
    fc.assert(
      fc.property(fc.nat(500), fc.nat(500), (good, bad) => {
        fc.pre(good + bad > 0);
        const { low, high } = findWilson(good, good + bad)!;
        const share = good / (good + bad);
        expect(low).toBeGreaterThanOrEqual(0);
        expect(high).toBeLessThanOrEqual(1);
        expect(low).toBeLessThanOrEqual(share + 1e-12);
        expect(high).toBeGreaterThanOrEqual(share - 1e-12);
      }),
    );
  });

  it("burn once when exactly what is allowed fails", () => {
    expect(toBurnRate({ upMs: 995, downMs: 5, unknownMs: 700, maintenanceMs: 9 }, 99.5)).toBeCloseTo(1);
    expect(toBurnRate({ upMs: 0, downMs: 0, unknownMs: 700, maintenanceMs: 9 }, 99.5)).toBeUndefined();
  });

  it("find percentiles as sorting finds them", () => {
    fc.assert(
      fc.property(fc.array(fc.nat(300), { minLength: 1 }), fc.constantFrom(0.5, 0.95), (values, share) => {
        const counts = new Map<number, number>();
        for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
        const sorted = [...values].sort((a, b) => a - b);
        expect(findPercentile(counts, share)).toBe(sorted[Math.ceil(share * values.length) - 1]);
      }),
    );
  });
});
