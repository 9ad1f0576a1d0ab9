import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createDirectory } from "../../../src/directory/directory.ts";
import type { Database } from "../../../src/platform/database.ts";
import { openPostgres } from "../../../src/platform/postgres.ts";
import { openSqlite } from "../../../src/platform/sqlite.ts";
import { vietnamZone } from "../../../src/platform/time.ts";
import { addBatch, ensureSource, takeSeq } from "../../../src/records/batch-store.ts";
import { createCounts } from "../../../src/records/counts.ts";
import { parseDossierCode } from "../../../src/records/dossier-code.ts";
import { createIntake } from "../../../src/records/intake.ts";
import { recordsMigrations } from "../../../src/records/migrations.ts";
import type { Observation } from "../../../src/records/observation.ts";
import { recordsSettings } from "../../../src/records/settings.ts";
import { countNaively } from "../../support/naive-counts.ts";
import { hasPostgres, usePostgres } from "../../support/postgres-server.ts";

const postgres = usePostgres();

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
/** Files, each with the hour at which it is imported: sums are kept up to that day only. */
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

const engines: readonly { readonly name: string; readonly runs: number; readonly open: (() => Promise<Database>) | undefined }[] =
  [
    { name: "SQLite", runs: 120, open: () => openSqlite(":memory:", recordsMigrations, () => "") },
    {
      name: "PostgreSQL",
      runs: 12,
      open: hasPostgres ? () => openPostgres(postgres.makeUrl(), recordsMigrations, () => "") : undefined,
    },
  ];

describe.each(engines)("the ledger on $name", ({ runs, open }) => {
  it.skipIf(!open)(
    "counts what a naive replay of the raw rows counts, at any (T, K), with every import sent twice",
    async () => {
      await fc.assert(
        fc.asyncProperty(
          imports,
          fc.array(fc.tuple(hourOf, hourOf, fc.nat()), { minLength: 3, maxLength: 6 }),
          async (files, questions) => {
            const database = await (open as () => Promise<Database>)();
            try {
              await checkLedger(database, files, questions);
            } finally {
              await database.close();
            }
          },
        ),
        { numRuns: runs },
      );
    },
    60_000,
  );
});

type File = typeof imports extends fc.Arbitrary<(infer F)[]> ? F : never;

async function checkLedger(
  database: Database,
  files: readonly File[],
  questions: readonly [number, number, number][],
): Promise<void> {
  const seen: Parameters<typeof countNaively>[0][number][] = [];
  for (const { at, rows } of [...files, ...files]) {
    await database.transaction(async (tx) => {
      const seq = await takeSeq(tx);
      const source = await ensureSource(tx, "s");
      const intake = await createIntake(tx, { source, seq, rules, now: start + 1000 * hour });
      await intake.take(
        rows.map((r, index) => ({
          ord: index + 1,
          row: {
            code: parseDossierCode(`H57.1-250703-000${r.dossier}`)!,
            codeText: "",
            updatedIsExport: false,
            observation: toObservation(r),
          },
        })),
      );
      const { counts, unitIds } = await intake.finish({ full: false });
      const known = { read: rows.length, refused: 0, ...counts };
      const times = { startedAt: seq, finishedAt: start + at * hour, exportAt: undefined };
      const origin = { file: undefined, sha256: undefined, declaredRows: undefined };
      await addBatch(tx, { seq, sourceId: source.id, ...times, ...origin, rows: known, state: "done" }, [], unitIds);
      for (const [index, r] of rows.entries())
        seen.push({ seq, ord: index + 1, dossier: r.dossier, observation: toObservation(r) });
      if (seq > files.length) expect(counts).toEqual({ new: 0, changed: 0, same: rows.length, stale: 0 });
    });
  }
  const counts = createCounts(database, settings, { zone: vietnamZone, directory: createDirectory("2025-07-03")! });
  const last = await counts.findLatestSeq();
  for (const [index, [a, b, k]] of questions.entries()) {
    const [from, to] = [start + Math.min(a, b) * hour, start + Math.max(a, b) * hour];
    // What is known now is counted another way than what was known then.
    const knownSeq = index % 2 === 0 ? last : 1 + (k % last);
    const answers = await counts.countUnits({ start: from * 1000, end: to * 1000 }, knownSeq, units);
    for (const { unit, figures } of answers) {
      const known = seen.filter(({ seq }) => seq <= knownSeq);
      const naive = countNaively(known, unit, { start: from, end: to }, { first: start, hour, hours: lastHour + 1 });
      if (figures) expect(figures).toEqual(naive);
      else expect(naive.received.total + naive.pendingIntake + naive.refusedAtIntake).toBe(0);
    }
  }
  const zeros = await database.get<{ n: number }>("SELECT COUNT(*) AS n FROM point WHERE n = 0");
  expect(zeros?.n).toBe(0);
}
