import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createPatience } from "../../../src/health/patience.ts";

const patienceAfter = (gaps: readonly number[]): number => {
  const patience = createPatience();
  for (const gap of gaps) patience.note(gap);
  return patience.ms;
};

describe("how long a probe keeps its place without a sign", () => {
  it("is 300 ms while nothing is known, and never longer", () => {
    expect(patienceAfter([])).toBe(300);
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 60_000, noNaN: true })), (gaps) => {
        expect(patienceAfter(gaps)).toBeGreaterThanOrEqual(40);
        expect(patienceAfter(gaps)).toBeLessThanOrEqual(300);
      }),
    );
  });

  it("is short where the others answer within milliseconds, one late answer among them or not", () => {
    const quick = Array.from({ length: 100 }, (_, at) => 4 + (at % 5));
    expect(patienceAfter(quick)).toBeLessThan(60);
    expect(patienceAfter([...quick, 2_000, ...quick])).toBeLessThan(60);
  });

  it("lets everybody have a slow line's round trip", () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 80, max: 200, noNaN: true }), { minLength: 1 }), (gaps) => {
        expect(patienceAfter(gaps)).toBeGreaterThan(Math.max(...gaps.slice(-1)));
      }),
    );
  });
});
