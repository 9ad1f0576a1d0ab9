import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Plan } from "../../../src/provision/plan.ts";
import { writePlanText } from "../../../src/provision/write-plan-text.ts";

describe("a plan written in pieces", () => {
  it("is the text that one string would be, whatever it holds", () => {
    const plans = fc.dictionary(fc.string(), fc.oneof(fc.jsonValue(), fc.array(fc.jsonValue()), fc.constant(undefined)));
    fc.assert(
      fc.property(plans, (plan) => {
        const pieces = [...writePlanText(plan as unknown as Plan)];
        const whole = Object.values(plan).every((value) => value === undefined) ? "{\n}" : JSON.stringify(plan, undefined, 2);
        expect(pieces.join("")).toBe(`${whole}\n`);
      }),
      { examples: [[{ operations: [{ a: "một\nhai" }, []], empty: [], none: {} }]] },
    );
  });

  it("never holds more than a small part of a long plan in one piece", () => {
    const operations = Array.from({ length: 5_000 }, (_, n) => ({
      n,
      userName: "phuongnt",
      changes: { displayName: "Nguyễn Thị Phương" },
    }));
    const pieces = [...writePlanText({ schema: "wardctl.plan/1", operations } as unknown as Plan)];
    expect(Math.max(...pieces.map(({ length }) => length))).toBeLessThan(70_000);
    expect(JSON.parse(pieces.join(""))).toEqual({ schema: "wardctl.plan/1", operations });
  });
});
