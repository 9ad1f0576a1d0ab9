import fc from "fast-check";
import { expect, it } from "vitest";
import type { LoadedRows, Transaction } from "../../../src/platform/database.ts";
import { createDaySums } from "../../../src/records/day-sums.ts";

const point = fc.record({
  day: fc.integer({ min: 20_000, max: 20_004 }),
  unit: fc.constantFrom(1, 2, 168, 3321),
  kind: fc.integer({ min: 0, max: 20 }),
  channel: fc.integer({ min: 0, max: 2 }),
  n: fc.constantFrom(1, -1, 3),
});

it("days are summed by unit, kind and channel, in the order of the table, and what comes to nothing is not written", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(point, { maxLength: 80 }), async (points) => {
      const loads: (readonly number[])[] = [];
      const dirty: unknown[] = [];
      const tx = {
        load: async (rows: LoadedRows) => void loads.push(...listRows(rows)),
        run: async (_sql: string, day: number) => dirty.push(day),
      } as unknown as Transaction;
      const sums = createDaySums(7, false);
      for (const { day, unit, kind, channel, n } of points.sort((a, b) => a.day - b.day)) sums.add(day, unit, kind, channel, n);
      await sums.finish(tx);
      const expected = new Map<string, number[]>();
      for (const { day, unit, kind, channel, n } of points) {
        const row = expected.get(`${day} ${unit} ${kind} ${channel}`) ?? [day, unit, kind, channel, 0];
        row[4] = (row[4] as number) + n;
        expected.set(`${day} ${unit} ${kind} ${channel}`, row);
      }
      const rows = [...expected.values()].filter((row) => row[4] !== 0).sort(compare);
      expect(loads).toEqual(rows);
      expect(dirty[0]).toEqual(rows[0]?.[0]);
    }),
    { numRuns: 200 },
  );
});

/** What the columns hold now: they are written into again. */
function listRows({ columns, rows }: LoadedRows): number[][] {
  return Array.from({ length: rows as number }, (_, row) =>
    columns.filter(({ name }) => name !== "seq").map(({ values }) => (values as Int32Array)[row] as number),
  );
}

function compare(a: readonly number[], b: readonly number[]): number {
  const at = a.findIndex((value, n) => value !== b[n]);
  return (a[at] as number) - (b[at] as number);
}
