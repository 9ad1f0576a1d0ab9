import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { byCount, byRate, rank } from "../../../src/reports/ranking.ts";
import { compareRates, toWilsonLowerBound } from "../../../src/reports/rate.ts";

const rate = (numerator: number, denominator: number) => ({ numerator, denominator, definition: "resolution" as const });
const anyRate = fc.integer({ min: 1, max: 5000 }).chain((n) => fc.tuple(fc.integer({ min: 0, max: n }), fc.constant(n)));

describe("rates", () => {
  it("are compared as whole numbers: 61/151 and 122/302 are equal, and a hair apart is apart", () => {
    expect(compareRates(rate(61, 151), rate(122, 302))).toBe(0);
    expect(compareRates(rate(999_999_999, 1_000_000_000), rate(999_999_998, 999_999_999))).toBe(1);
  });

  it("have a lower bound below the rate that rises with the base", () => {
    fc.assert(
      fc.property(anyRate, fc.integer({ min: 2, max: 20 }), ([k, n], times) => {
        const bound = toWilsonLowerBound(rate(k, n));
        expect(bound).toBeGreaterThanOrEqual(0);
        expect(bound).toBeLessThanOrEqual(k / n + 1e-12);
        expect(toWilsonLowerBound(rate(k * times, n * times))).toBeGreaterThanOrEqual(bound - 1e-12);
      }),
    );
  });

  it("above one, when dossiers of before are resolved too, still have a bound", () => {
    expect(toWilsonLowerBound(rate(30, 20))).toBeCloseTo(toWilsonLowerBound(rate(20, 20)));
  });

  // 9/10 and 95/100, by hand from the formula of Wilson (1927) with z = 1.96.
  it("are bounded as published tables say", () => {
    expect(toWilsonLowerBound(rate(9, 10))).toBeCloseTo(0.596, 3);
    expect(toWilsonLowerBound(rate(95, 100))).toBeCloseTo(0.888, 3);
  });
});

describe("rankings", () => {
  const list = (ranked: readonly { rank: number; tied: boolean; item: number }[]) =>
    ranked.map((own) => [own.rank, own.tied, own.item]);

  it("give tied units one rank and skip the ranks they take", () => {
    expect(
      list(
        rank(
          [151, 70, 151, 60],
          byCount((n) => n),
          5,
        ),
      ),
    ).toEqual([
      [1, true, 151],
      [1, true, 151],
      [3, false, 70],
      [4, false, 60],
    ]);
  });

  it("show all who are tied at the cut, past the number asked for", () => {
    expect(
      list(
        rank(
          [9, 5, 5, 5, 1],
          byCount((n) => n),
          2,
        ),
      ).map(([own]) => own),
    ).toEqual([1, 2, 2, 2]);
  });

  it("do not let a small base lead by luck", () => {
    const ranked = rank(
      [rate(10, 10), rate(95, 100)],
      byRate((own) => own),
      5,
    );
    expect(ranked.map(({ item }) => item.denominator)).toEqual([100, 10]);
  });

  it("tie equal rates of equal base only, and put the larger base first among equal rates", () => {
    const ranked = rank(
      [rate(1, 2), rate(50, 100), rate(50, 100)],
      byRate((own) => own),
      5,
    );
    expect(ranked.map(({ rank: own, tied, item }) => [own, tied, item.denominator])).toEqual([
      [1, true, 100],
      [1, true, 100],
      [3, false, 2],
    ]);
  });

  it("never lose or double a unit, and never order against the count", () => {
    fc.assert(
      fc.property(fc.array(fc.nat(20), { maxLength: 60 }), fc.integer({ min: 1, max: 10 }), (counts, topN) => {
        const ranked = rank(
          counts,
          byCount((n) => n),
          topN,
        );
        const cut = [...counts].sort((a, b) => b - a)[topN - 1] ?? Number.NEGATIVE_INFINITY;
        expect(ranked.length).toBe(counts.filter((n) => n >= cut).length);
        for (const { rank: own, item } of ranked) expect(own).toBe(counts.filter((n) => n > item).length + 1);
      }),
    );
  });
});
