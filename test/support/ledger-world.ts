import fc from "fast-check";
import { expect } from "vitest";
import { createDirectory } from "../../src/directory/directory.ts";
import type { Database } from "../../src/platform/database.ts";
import { vietnamZone } from "../../src/platform/time.ts";
import { addBatch, ensureSource, takeSeq } from "../../src/records/batch-store.ts";
import { createCounts } from "../../src/records/counts.ts";
import { parseDossierCode } from "../../src/records/dossier-code.ts";
import { createIntake } from "../../src/records/intake.ts";
import type { Observation } from "../../src/records/observation.ts";
import { rebuildLedger } from "../../src/records/rebuild-ledger.ts";
import { pruneRecords } from "../../src/records/retention.ts";
import { recordsSettings } from "../../src/records/settings.ts";
import { countNaively } from "./naive-counts.ts";

const rules = { onTime: "date" as const, dueIncludesPauses: true, offsetSeconds: 25_200 };
// Midnight of 1 July in Vietnam; two of the days at which prefix sums stand lie within what follows.
const start = Date.UTC(2025, 5, 30, 17) / 1000;
const hour = 3600;
const lastHour = 240;
const units = ["19753", "19777"];
const settings = recordsSettings.parse({
  sources: {
    s: {
      kind: "csv",
      content: "dossiers",
      units,
      columns: { code: "a", unit: "b", procedure: "c", channel: "d", status: "e", received: "f" },
      channels: { "1": "direct" },
      status: { "1": "pending" },
    },
  },
});

const hourOf = fc.integer({ min: 0, max: lastHour });
const maybeHour = fc.option(hourOf, { nil: undefined, freq: 2 });
const accepted = ["in_progress", "supplement", "fee", "stopped", "resolved", "handed_over", "withdrawn", "rejected"] as const;

/** A row that a source could send: anything at all about its dates, as long as what is accepted was received. */
const row = fc.record({
  dossier: fc.integer({ min: 1, max: 5 }),
  unit: fc.constantFrom(...units),
  channel: fc.constantFrom("online", "direct", "post"),
  state: fc.oneof(
    { weight: 6, arbitrary: fc.constantFrom(...accepted) },
    { weight: 1, arbitrary: fc.constantFrom("pending", "refused") },
  ),
  submitted: maybeHour,
  received: hourOf,
  due: maybeHour,
  finished: maybeHour,
  handedOver: maybeHour,
  updated: hourOf,
  exported: maybeHour,
});
/** Files, each with the hour at which it is imported: prefix sums are kept up to that day only. */
const imports = fc.array(fc.record({ at: hourOf, rows: fc.array(row, { minLength: 1, maxLength: 8 }) }), {
  minLength: 1,
  maxLength: 6,
});

type Row = typeof row extends fc.Arbitrary<infer R> ? R : never;

function toObservation(r: Row): Observation {
  const at = (h: number | undefined): number | undefined => (h === undefined ? undefined : start + h * hour);
  return {
    unit: r.unit,
    competentUnit: undefined,
    procedure: "2.000815",
    channel: r.channel as Observation["channel"],
    state: r.state as Observation["state"],
    submitted: at(r.submitted),
    received: at(r.received),
    due: at(r.due),
    finished: at(r.finished),
    handedOver: at(r.handedOver),
    pausedFrom: undefined,
    pausedTo: undefined,
    updated: at(r.updated) as number,
    exported: at(r.exported) ?? -1,
  };
}

const dayMs = 86_400_000;
const lastImport = start + 400 * hour;
const codeKey = "khoa-cua-phuong";
/** Days since the last import when what is past its keeping goes: nothing, codes, points and rows too. */
const lapses = [0, 8, 60] as const;

/**
 * Imports random rows, every file twice, codes, points and rows going in between, and asks at random (T, K): every figure of every unit must be what a naive replay of the raw rows
 * counts. How many (T, K) were asked.
 */
export async function checkLedger(open: () => Promise<Database>, worlds: number, questionCount: number): Promise<number> {
  let asked = 0;
  await fc.assert(
    fc.asyncProperty(
      imports,
      fc.array(fc.tuple(hourOf, hourOf, fc.nat()), { minLength: questionCount, maxLength: questionCount }),
      fc.array(fc.boolean(), { minLength: 6, maxLength: 6 }),
      fc.constantFrom(...lapses),
      async (files, questions, sealedAfter, lapse) => {
        const database = await open();
        const seen: {
          readonly seq: number;
          readonly ord: number;
          readonly dossier: number;
          readonly observation: Observation;
        }[] = [];
        const prune = (days: number) =>
          pruneRecords(database, {
            keep: settings.keep,
            readKey: async () => codeKey,
            now: lastImport * 1000 + days * dayMs,
            zone: vietnamZone,
            again: true,
          });
        for (const [index, { at, rows: file }] of [...files, ...files].entries()) {
          if (index < files.length ? sealedAfter[index] : index === files.length && lapse > 0) {
            await prune(index < files.length ? 8 : lapse);
          }
          await database.transaction(async (tx) => {
            const seq = await takeSeq(tx);
            const source = await ensureSource(tx, "s");
            const intake = await createIntake(tx, { source, seq, rules, now: lastImport, codeKey });
            const rows = file.map((r, index) => ({
              ord: index + 1,
              row: {
                code: parseDossierCode(`H57.1-250703-000${r.dossier}`)!,
                codeText: "",
                updatedIsExport: false,
                observation: toObservation(r),
              },
            }));
            await intake.take(rows);
            const { counts, unitIds } = await intake.finish({ full: false });
            const known = { read: file.length, refused: 0, ...counts };
            const times = { startedAt: seq, finishedAt: start + at * hour, exportAt: undefined };
            const origin = { file: undefined, sha256: undefined, declaredRows: undefined };
            await addBatch(tx, { seq, sourceId: source.id, ...times, ...origin, rows: known, state: "done" }, [], unitIds);
            file.forEach(
              (r, index) => void seen.push({ seq, ord: index + 1, dossier: r.dossier, observation: toObservation(r) }),
            );
            if (seq > files.length) {
              // Of a dossier whose rows are gone only what it said last is known again.
              expect({ ...counts, same: counts.same + (lapse === 60 ? counts.sealed : 0), sealed: 0 }).toEqual({
                new: 0,
                changed: 0,
                same: file.length,
                stale: 0,
                sealed: 0,
              });
              if (lapse < 60) expect(counts.sealed).toBe(0);
            }
          });
        }
        const counts = createCounts(database, settings, { zone: vietnamZone, directory: createDirectory("2025-07-03")! });
        const last = await counts.findLatestSeq();
        for (const [index, drawn] of questions.entries()) {
          asked += 1;
          const k = drawn[2];
          // Days that are kept whole answer at their ends.
          const [a, b] = (lapse === 60 ? drawn.map((h) => h - (h % 24)) : drawn) as [number, number, number];
          const window = { start: (start + Math.min(a, b) * hour) * 1000, end: (start + Math.max(a, b) * hour) * 1000 };
          // What is known now is counted another way than what was known then.
          const knownSeq = index % 2 === 0 ? last : 1 + (k % last);
          const answers = await counts.countUnits(window, knownSeq, units);
          for (const { unit, figures } of answers) {
            const naive = countNaively(
              seen.filter(({ seq }) => seq <= knownSeq),
              unit,
              { start: start + Math.min(a, b) * hour, end: start + Math.max(a, b) * hour },
              { first: start, hour, hours: lastHour + 1 },
            );
            if (figures) expect(figures).toEqual(naive);
            else expect(naive.received.total + naive.pendingIntake + naive.refusedAtIntake).toBe(0);
          }
        }
        expect(await rebuildLedger(database, { zone: vietnamZone, mend: false })).toEqual([]);
        const zeros = await database.get<{ n: number }>("SELECT COUNT(*) AS n FROM point WHERE n = 0");
        expect(zeros?.n).toBe(0);
        await database.close();
      },
    ),
    { numRuns: worlds },
  );
  return asked;
}
