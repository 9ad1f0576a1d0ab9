import fc from "fast-check";
import { expect, it } from "vitest";
import { hash53 } from "../../../src/platform/canonical-json.ts";
import { putLonePoints } from "../../../src/records/lone-points.ts";
import { dossierStates, type Observation, toContentText } from "../../../src/records/observation.ts";
import { listPoints, type Point } from "../../../src/records/points.ts";
import { addRow, completeBatch, createRowBatch, toObservation } from "../../../src/records/row-batch.ts";
import { createTimeline } from "../../../src/records/timeline.ts";
import { createCodesInMemory } from "../../support/codes-in-memory.ts";

const start = Date.UTC(2025, 6, 2, 17) / 1000;
const time = fc.integer({ min: -3, max: 100 }).map((step) => start + step * 21_600 + (step % 3 === 0 ? 1 : 0));
const maybe = fc.option(time, { nil: undefined, freq: 3 });
const observation: fc.Arbitrary<Observation> = fc.record({
  unit: fc.constantFrom("19753", "19777"),
  competentUnit: fc.constantFrom(undefined, "19750"),
  procedure: fc.constantFrom("2.000815", "1.001193.H57"),
  channel: fc.constantFrom("online", "direct", "post"),
  state: fc.constantFrom(...dossierStates),
  submitted: maybe,
  received: maybe,
  due: maybe,
  finished: maybe,
  handedOver: maybe,
  pausedFrom: fc.option(time, { nil: undefined, freq: 1 }),
  pausedTo: fc.option(time, { nil: undefined, freq: 1 }),
  updated: time,
  exported: fc.constantFrom(-1, start),
});
const code = { agency: "H57.1", day: 9315, serial: "0001" };

const toBatch = (o: Observation) => {
  const codes = createCodesInMemory();
  const batch = createRowBatch(1);
  addRow(batch, { code, codeText: "", updatedIsExport: false, observation: o }, 1, codes);
  return { batch, codes };
};

it("one row's points put at once are those that its timeline gives", () => {
  const rules = fc.record({
    onTime: fc.constantFrom("date" as const, "instant" as const),
    dueIncludesPauses: fc.boolean(),
    offsetSeconds: fc.constantFrom(25_200, 0, -3600),
  });
  let put = 0;
  fc.assert(
    fc.property(observation, rules, (o, r) => {
      const points: Point[] = [];
      const taken = putLonePoints(toBatch(o).batch, 0, r, (at, kind) => void points.push({ at, kind }));
      const order = (a: Point, b: Point): number => a.kind - b.kind || a.at - b.at;
      const expected = listPoints(createTimeline([{ ...o, seq: 1, ord: 1 }], r));
      if (taken) expect(points.sort(order)).toEqual(expected.sort(order));
      else expect(points).toEqual([]);
      if (taken) put++;
    }),
    { numRuns: 4000 },
  );
  expect(put).toBeGreaterThan(1000);
});

it("a row in columns comes back as it went in, with the hash of its content", () => {
  fc.assert(
    fc.property(observation, (o) => {
      const { batch, codes } = toBatch(o);
      expect(toObservation(batch, 0, codes)).toEqual(o);
      completeBatch(batch, codes);
      expect(batch.hash[0]).toBe(hash53(toContentText(o)));
    }),
    { numRuns: 500 },
  );
});
