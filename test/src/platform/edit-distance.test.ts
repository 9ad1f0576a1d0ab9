import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { editDistance } from "../../../src/platform/text.ts";

const word = fc.string({ unit: fc.constantFrom("a", "b", "c"), maxLength: 7 });

describe("the edit distance", () => {
  it("counts insertions, deletions, substitutions and neighbour swaps", () => {
    expect(["27004", "2704", "27040", "27005", "270045", ""].map((other) => editDistance("27004", other))).toEqual([
      0, 1, 1, 1, 1, 5,
    ]);
  });

  it("is the same with a bound, and Infinity above it", () => {
    fc.assert(
      fc.property(word, word, fc.integer({ min: 0, max: 5 }), (a, b, atMost) => {
        const distance = editDistance(a, b);
        expect(editDistance(a, b, atMost)).toBe(distance > atMost ? Number.POSITIVE_INFINITY : distance);
        expect(editDistance(b, a)).toBe(distance);
      }),
    );
  });
});
