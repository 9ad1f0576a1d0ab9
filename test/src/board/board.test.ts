import { describe, expect, it } from "vitest";
import { toCurve, withToday } from "../../../src/board/board.ts";
import { readInstant, vietnamZone } from "../../../src/platform/time.ts";

const at = (text: string): number => readInstant(text, vietnamZone) as number;

describe("the way to readiness", () => {
  const yesterday = { date: "2025-07-02", go: 1, noGo: 1, unknown: 0 };
  const curve = {
    opening: undefined,
    daysLeft: undefined,
    days: [yesterday, { date: "2025-07-03", go: 1, noGo: 1, unknown: 0 }],
  };

  it("tells of today what is so now, whatever was kept", () => {
    const units = [{ verdict: "go" }, { verdict: "unknown" }] as const;
    expect(withToday(curve, units).days).toEqual([yesterday, { date: "2025-07-03", go: 1, noGo: 0, unknown: 1 }]);
  });

  it("begins with the first look, not before", () => {
    expect(withToday({ ...curve, days: [] }, [{ verdict: "go" }]).days).toEqual([]);
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
