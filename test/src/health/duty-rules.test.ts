import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { listDueUnits } from "../../../src/health/duties/canary-share.ts";
import { toStaleAfterMs } from "../../../src/health/duties/gaps.ts";
import { openToken, sealToken } from "../../../src/health/duties/sealed-token.ts";
import { createUlid } from "../../../src/platform/ids.ts";

const hour = 3_600_000;
const windowMs = 8 * hour;
const toUnits = (count: number): string[] => Array.from({ length: count }, (_, at) => String(10_000 + at));

describe("whose turn a test document is", () => {
  it("comes once in a window for each unit, whenever the runs are, and never for many at once", () => {
    const runs = fc.array(fc.integer({ min: 10_000, max: 29 * 60_000 }), { minLength: 20, maxLength: 60 });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 400 }), fc.integer({ min: 0, max: 1e12 }), runs, (count, start, pauses) => {
        const units = toUnits(count);
        const last = new Map<string, number>();
        const firstSeen = new Set<string>();
        let now = start;
        for (const pause of pauses) {
          const before = now;
          now += pause;
          const due = listDueUnits(units, { now, last: before, windowMs });
          // A turn comes every window; runs have no gap above the catch-up, so between two of them a window less or more than a run lies.
          for (const unit of due) {
            const earlier = last.get(unit);
            if (earlier !== undefined) expect(Math.abs(now - earlier - windowMs)).toBeLessThanOrEqual(30 * 60_000);
            last.set(unit, now);
            firstSeen.add(unit);
          }
          expect(due.length).toBeLessThanOrEqual(Math.ceil((pause / windowMs) * count) + 1);
        }
        if (now - start >= windowMs) expect(firstSeen.size).toBe(count);
      }),
      { numRuns: 60 },
    );
  });

  it("is one in 8.7 seconds for 3,321 units in 8 hours, and no burst after a silence of days or at the start", () => {
    const units = toUnits(3_321);
    const now = 1_751_500_000_000;
    const within = (ms: number): number => listDueUnits(units, { now, last: now - ms, windowMs }).length;
    expect(within(60_000)).toBeGreaterThanOrEqual(6);
    expect(within(60_000)).toBeLessThanOrEqual(8);
    expect(within(3 * 86_400_000)).toBe(within(30 * 60_000));
    expect(listDueUnits(units, { now, last: undefined, windowMs }).length).toBe(within(5 * 60_000));
    expect(listDueUnits(units, { now, last: now, windowMs })).toEqual([]);
  });
});

describe("how old data may be", () => {
  it("is what 99 of 100 gaps so far kept to, whatever their order", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 86_400_000 }), { minLength: 1, maxLength: 300 }), (gaps) => {
        let at = 0;
        const deliveries = [0, ...gaps.map((gap) => (at += gap))];
        const limit = toStaleAfterMs(fc.sample(fc.shuffledSubarray(deliveries, { minLength: deliveries.length }), 1)[0]!, {
          floorMinutes: 0,
        });
        const within = gaps.filter((gap) => gap <= limit).length;
        expect(within / gaps.length).toBeGreaterThanOrEqual(0.99);
        expect(gaps).toContain(limit);
        // No smaller gap would do.
        const smaller = gaps.filter((gap) => gap < limit).length;
        expect(smaller / gaps.length).toBeLessThan(0.99);
      }),
    );
  });

  it("is never below its floor nor above its ceiling", () => {
    const daily = [0, 24, 48].map((hours) => hours * hour);
    expect(toStaleAfterMs([], { floorMinutes: 60 })).toBe(hour);
    expect(toStaleAfterMs(daily, { floorMinutes: 60 })).toBe(24 * hour);
    expect(toStaleAfterMs(daily, { floorMinutes: 60, ceilingMinutes: 120 })).toBe(2 * hour);
  });
});

describe("a token that outlives its run", () => {
  const token = { header: "authorization", value: "Bearer kit-token-0815", until: 5 } as const;

  it("opens with the secret that it was given for and with no other, and is nowhere to be read", () => {
    const sealed = sealToken(token, "secret");
    expect(openToken(sealed, "secret")).toEqual(token);
    expect(openToken(sealed, "another")).toBeUndefined();
    expect(Buffer.from(sealed).toString("latin1")).not.toContain("kit-token");
    const damaged = Uint8Array.from(sealed);
    damaged[50] = (damaged[50] as number) ^ 1;
    expect(openToken(damaged, "secret")).toBeUndefined();
    expect(openToken(sealed.subarray(0, 20), "secret")).toBeUndefined();
  });
});

describe("a ULID", () => {
  it("sorts by time, says its time and is never the same twice", () => {
    const [early, late] = [createUlid(1_000), createUlid(2_000)];
    expect(early < late).toBe(true);
    expect(early).toMatch(/^[0-9A-HJKMNP-TV-Z]{26}$/);
    // The specification's own example of a time: 1469918176385 is 01ARYZ6S41.
    expect(createUlid(1_469_918_176_385).slice(0, 10)).toBe("01ARYZ6S41");
    expect(new Set(Array.from({ length: 1_000 }, () => createUlid(7))).size).toBe(1_000);
  });
});
