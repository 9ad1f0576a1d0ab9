import fc from "fast-check";
import { expect, it } from "vitest";
import { assertFit } from "../../../src/delegation/doc-types.ts";
import { type Piece, sweep } from "../../../src/delegation/sweep.ts";

const minute = 60_000;
const piece = fc
  .record({
    person: fc.integer({ min: 0, max: 3 }),
    mask: fc.integer({ min: 1, max: 0xffff_ffff }),
    from: fc.integer({ min: 0, max: 20 }),
    length: fc.integer({ min: 1, max: 10 }),
    known: fc.boolean(),
  })
  .map(({ length, ...rest }): Piece => ({ ...rest, to: rest.from + length }));

/** What holds at one instant, by looking at every piece. */
function classify(pieces: readonly Piece[], bit: number, at: number): string {
  const here = pieces.filter(({ from, to, mask }) => from <= at && at < to && (mask & (1 << bit)) !== 0);
  const known = new Set(here.filter((each) => each.known).map(({ person }) => person));
  return known.size > 1 ? "" : known.size === 1 ? "single" : here.length > 0 ? "unknown" : "gap";
}

it("says at every instant and for each of 32 types what looking at every piece says, wherever the horizon begins", () => {
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 12 }), fc.constantFrom(0, 1e12, 1e15), (drawn, base) => {
      const pieces = drawn.map((each) => ({ ...each, from: each.from + base, to: each.to + base }));
      const rows = sweep(pieces, { from: base + 2, to: base + 28 }, 32);
      for (let at = base + 2; at < base + 28; at++) {
        for (const bit of [0, 1, 14, 15, 16, 30, 31]) {
          const found = rows.filter((row) => row.bit === bit && row.from <= at && at < row.to).map((row) => row.class);
          expect(found.join()).toBe(classify(pieces, bit, at));
        }
      }
    }),
    { numRuns: 300 },
  );
});

it("I12: gaps and coverage add up to the horizon, for every type", () => {
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
      const horizon = { from: 2, to: 28 };
      const rows = sweep(pieces, horizon, 32);
      for (let bit = 0; bit < 32; bit++) {
        const own = rows.filter((row) => row.bit === bit);
        const named = own.reduce((sum, { from, to }) => sum + to - from, 0);
        let covered = 0;
        for (let at = horizon.from; at < horizon.to; at++) if (classify(pieces, bit, at) === "") covered++;
        expect(named + covered).toBe(horizon.to - horizon.from);
      }
    }),
    { numRuns: 100 },
  );
});

it("keeps its order where instant and edge do not fit into one number: far ends, infinite ends, twenty thousand pieces", () => {
  const far: Piece[] = [
    { person: 0, mask: 1, from: -8e15, to: 0, known: true },
    { person: 1, mask: 1, from: 0, to: 8e15, known: true },
  ];
  expect(sweep(far, { from: -9e15, to: 9e15 }, 1).map(({ class: kind, from, to }) => [kind, from, to])).toEqual([
    ["gap", -9e15, -8e15],
    ["single", -8e15, 8e15],
    ["gap", 8e15, 9e15],
  ]);
  const open = { person: 0, mask: 1, from: Number.NEGATIVE_INFINITY, to: Number.POSITIVE_INFINITY, known: true };
  expect(sweep([open], { from: 0, to: Number.POSITIVE_INFINITY }, 1)).toEqual([
    { bit: 0, class: "single", from: 0, to: Number.POSITIVE_INFINITY },
  ]);
  // Far beyond the 8,191 pieces at which packing by 16,384 goes wrong without a word; each window touches the next.
  const start = Date.parse("2026-03-02T00:00:00+07:00");
  const many = Array.from({ length: 20_000 }, (_, at): Piece => {
    return { person: 0, mask: 1, from: start + at * minute, to: start + (at + 1) * minute, known: true };
  });
  many.splice(12_345, 1);
  const rows = sweep(many, { from: start, to: start + 20_000 * minute }, 1);
  expect(rows.filter((row) => row.class === "gap").map(({ from, to }) => [from - start, to - start])).toEqual([
    [12_345 * minute, 12_346 * minute],
  ]);
});

it("sees a gap of one millisecond", () => {
  const halves = [
    { person: 0, mask: 1, from: 0, to: 10, known: true },
    { person: 0, mask: 1, from: 11, to: 20, known: true },
  ];
  expect(sweep(halves, { from: 0, to: 20 }, 1).filter((row) => row.class === "gap")).toMatchObject([{ from: 10, to: 11 }]);
});

it("refuses a 33rd type aloud instead of giving it the bit of the first one", () => {
  expect(() => assertFit(32)).not.toThrow();
  expect(() => assertFit(33)).toThrow(RangeError);
  expect(() => sweep([], { from: 0, to: 1 }, 33)).toThrow(RangeError);
});
