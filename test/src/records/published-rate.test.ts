import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { checkRate } from "../../../src/records/published-rate.ts";

describe("a published rate", () => {
  it("of a given base is consistent exactly when a whole count of it rounds to the rate", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 400 }),
        fc.integer({ min: 0, max: 10_000 }),
        fc.constantFrom(0, 1, 2),
        (base, h, decimals) => {
          const place = 10 ** (2 - decimals);
          const hundredths = Math.floor(h / place) * place;
          // By brute force over all counts, in whole numbers: round half up.
          const possible = Array.from({ length: base + 1 }, (_, count) => count).some(
            (count) => Math.floor((20_000 * count + base * place) / (2 * base * place)) * place === hundredths,
          );
          expect(checkRate({ low: base, high: base }, { hundredths, decimals }).verdict).toBe(
            possible ? "consistent" : "impossible",
          );
        },
      ),
    );
  });

  it("that comes from real counts is always consistent with an interval that holds their base", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5000 }), fc.nat(), fc.nat(5), (base, n, slack) => {
        const count = n % (base + 1);
        const hundredths = Math.floor((20_000 * count + base) / (2 * base));
        const check = checkRate({ low: base - slack, high: base + slack }, { hundredths, decimals: 2 });
        expect(check.verdict).toBe("consistent");
      }),
    );
  });

  it("gives Huế's and Tân Thành's counts back", () => {
    expect(checkRate({ low: 1283, high: 1283 }, { hundredths: 2977, decimals: 2 }).bases).toEqual([{ count: 382, base: 1283 }]);
    expect(checkRate({ low: 52, high: 52 }, { hundredths: 8654, decimals: 2 }).bases).toEqual([{ count: 45, base: 52 }]);
  });

  it("is not checkable without a base", () => {
    expect(checkRate({ low: undefined, high: undefined }, { hundredths: 9117, decimals: 2 }).verdict).toBe("not-checkable");
  });
});
