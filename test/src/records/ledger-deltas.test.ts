import fc from "fast-check";
import { expect, it } from "vitest";
import { createDeltaRun, mergeRuns } from "../../../src/records/delta-runs.ts";
import { createDeltas } from "../../../src/records/ledger-deltas.ts";
import { sortOrder } from "../../../src/records/sort-order.ts";

const delta = fc.record({
  // Few seconds and keys, so that many meet; now and then one that lies further away than 32 bits reach.
  at: fc.oneof({ weight: 30, arbitrary: fc.integer({ min: 0, max: 40 }) }, { weight: 1, arbitrary: fc.constant(2 ** 33) }),
  what: fc.oneof(fc.integer({ min: 0, max: 3 }), fc.constantFrom(2 ** 32 - 1, 2 ** 32, 2 ** 47 + 5)),
  n: fc.constantFrom(1, -1),
});

it("runs that are merged say what their differences sum up to, in order, and nothing of what came to nothing", () => {
  fc.assert(
    fc.property(fc.array(fc.array(delta, { maxLength: 60 }), { maxLength: 9 }), (parts) => {
      const runs = parts.map((part) =>
        createDeltaRun(
          Float64Array.from(part, ({ at }) => at),
          Float64Array.from(part, ({ what }) => what),
          Int8Array.from(part, ({ n }) => n),
          part.length,
        ),
      );
      const sums = new Map<string, [number, number, number]>();
      for (const { at, what, n } of parts.flat()) {
        const sum = sums.get(`${at} ${what}`) ?? [at, what, 0];
        sum[2] += n;
        sums.set(`${at} ${what}`, sum);
      }
      const found: number[][] = [];
      for (const merged = mergeRuns(runs); merged.next(); ) found.push([merged.at, merged.what, merged.n]);
      const expected = [...sums.values()].filter(([, , n]) => n !== 0).sort((a, b) => a[0] - b[0] || a[1] - b[1]);
      expect(found).toEqual(expected);
    }),
    { numRuns: 300 },
  );
});

it("differences come back part by part with all that they were, more of them than one run holds", () => {
  const deltas = createDeltas();
  const size = 300_000;
  // By steps that meet each place once: 7 has no divisor in common with so many.
  for (let n = 0; n < size; n++) {
    const k = (n * 7) % size;
    deltas.add(k - 1000, k % 5000, k % 21, k % 3, k % 4001, 1);
    if (k % 3 === 0) deltas.add(k - 1000, k % 5000, k % 21, k % 3, k % 4001, -1);
  }
  expect(deltas.size).toBe(size + size / 3);
  let k = 0;
  let wrong = 0;
  for (const part of deltas.take(7_000)) {
    for (let row = 0; row < part.size; row++, k++) {
      if (k % 3 === 0) k++;
      const got = [part.at[row], part.unit[row], part.kind[row], part.channel[row], part.procedure[row], part.n[row]];
      const expected = [k - 1000, k % 5000, k % 21, k % 3, k % 4001, 1];
      if (got.some((value, n) => value !== expected[n])) wrong++;
    }
  }
  expect({ wrong, k, left: deltas.size }).toEqual({ wrong: 0, k: size, left: 0 });
});

it("places are sorted as a stable comparison sorts them, whatever the distance of the keys", () => {
  const key = fc.oneof(
    fc.integer({ min: -5, max: 5 }),
    fc.maxSafeInteger(),
    fc.constantFrom(Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER, 2 ** 40, 2 ** 40 + 1),
  );
  fc.assert(
    fc.property(fc.array(key, { maxLength: 80 }), (keys) => {
      const expected = keys.map((_, n) => n).sort((a, b) => (keys[a] as number) - (keys[b] as number) || a - b);
      expect([...sortOrder(Float64Array.from(keys), keys.length)]).toEqual(expected);
    }),
    { numRuns: 500 },
  );
});
