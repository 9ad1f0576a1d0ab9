import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { toCurve } from "../../../src/board/board.ts";
import { toTrend } from "../../../src/board/trend.ts";
import { readInstant, vietnamZone } from "../../../src/platform/time.ts";
import type { Verdict } from "../../../src/readiness/readiness.ts";

const at = (text: string): number => readInstant(text, vietnamZone) as number;

describe("the way to readiness", () => {
  it("counts who was ready when each day ended, and now", () => {
    const changes = [
      { unit: "19753", at: at("2025-06-28T09:00"), verdict: "no-go" },
      { unit: "19774", at: at("2025-06-28T09:00"), verdict: "go" },
      { unit: "19753", at: at("2025-06-30T23:59"), verdict: "go" },
      { unit: "19774", at: at("2025-07-01T00:00"), verdict: "no-go" },
      { unit: "99999", at: at("2025-06-28T09:00"), verdict: "go" },
    ] as const;
    const now = [
      { code: "19753", verdict: "go" },
      { code: "19774", verdict: "go" },
    ] as const;
    expect(toTrend(changes, now, at("2025-07-02T10:00"), vietnamZone).map(({ ready, of }) => [ready, of])).toEqual([
      [1, 2],
      [1, 2],
      [2, 2],
      [1, 2],
      [2, 2],
    ]);
  });

  it("says nothing of days on which nobody looked", () => {
    expect(toTrend([], [{ code: "19753", verdict: "go" }], at("2025-07-02T10:00"), vietnamZone)).toEqual([]);
  });

  it("agrees with a look at each day by itself, whatever happened", () => {
    const days = 20;
    const start = at("2025-06-20");
    const dayMs = 86_400_000;
    const change = fc.record({
      unit: fc.constantFrom("1", "2", "3"),
      at: fc.integer({ min: start, max: start + days * dayMs - 1 }),
      verdict: fc.constantFrom<Verdict>("go", "no-go", "unknown"),
    });
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 40 }), (some) => {
        const changes = some.toSorted((a, b) => a.at - b.at);
        const asOf = start + days * dayMs;
        const points = toTrend(
          changes,
          [
            { code: "1", verdict: "go" },
            { code: "2", verdict: "go" },
          ],
          asOf,
          vietnamZone,
        );
        const ready = (end: number): number =>
          ["1", "2"].filter((unit) => changes.findLast((one) => one.unit === unit && one.at < end)?.verdict === "go").length;
        expect(points.slice(0, -1).map((point) => point.ready)).toEqual(
          points.slice(0, -1).map((point) => ready(point.at + dayMs)),
        );
        expect(points.at(-1)?.ready ?? 2).toBe(2);
        expect(points.length).toBeLessThanOrEqual(14);
      }),
    );
  });
});

describe("the curve of the day", () => {
  it("adds the hours up and draws none that has not begun", () => {
    const start = at("2025-07-03");
    const hours = [3, 0, 5, 9].map((received, hour) => ({ start: start + hour * 3_600_000, received, resolved: 1 }));
    expect(toCurve(hours, at("2025-07-03T02:10")).map(({ received, resolved }) => [received, resolved])).toEqual([
      [3, 1],
      [3, 2],
      [8, 3],
    ]);
  });
});
