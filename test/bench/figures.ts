import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createDirectory } from "../../src/directory/directory.ts";
import { vietnamZone } from "../../src/platform/time.ts";
import { createCounts } from "../../src/records/counts.ts";
import type { Figures } from "../../src/records/figures.ts";
import { recordsSettings } from "../../src/records/settings.ts";
import { type Bench, type BenchResult, median } from "./bench.ts";
import { type Ledger, makeLedger, units, writeNaiveSql } from "./figures-ledger.ts";

const directory = createDirectory("2025-07-03")!;
const settings = recordsSettings.parse({
  sources: {
    s: {
      kind: "csv",
      content: "dossiers",
      units: "province:79",
      columns: { code: "a", unit: "b", procedure: "c", channel: "d", status: "e", received: "f" },
      channels: { "1": "direct" },
      status: { "1": "pending" },
    },
  },
});

type Rows = readonly (readonly number[])[];

const flatten = (f: Figures): number[] => [
  f.carriedOver,
  f.received.online,
  f.received.direct,
  f.received.post,
  f.resolved.early,
  f.resolved.onTime,
  f.resolved.late,
  f.inProgress.total,
  f.inProgress.overdue,
  f.paused.total,
  f.returned.withdrawn,
  f.returned.rejectedInBase,
];

interface Measured {
  readonly grown: number;
  readonly naive: number;
  readonly duckdb: number | undefined;
  readonly rows: BenchResult["rows"];
}

/** The figures of an evening report of 168 units after 34 days and after ten times as many, and two rivals over the longer one. */
async function measure(quick: boolean): Promise<Measured> {
  const folder = await mkdtemp(join(tmpdir(), "figures-"));
  const perUnitAndDay = quick ? 12 : 350;
  try {
    const short = await makeLedger(folder, 34, perUnitAndDay);
    // Both end on the same day of the eight from one prefix sum to the next, or one would have more days to add than the other.
    const engine = await import(duckdbName).catch(() => undefined);
    const long = await makeLedger(folder, 346, perUnitAndDay, engine !== undefined);
    const duckdb = engine && (await openDuckdb(engine, long));
    const times: Record<"short" | "long" | "naive" | "duckdb", number[]> = { short: [], long: [], naive: [], duckdb: [] };
    const time = async (name: keyof typeof times, work: () => Promise<Rows>): Promise<Rows> => {
      const start = performance.now();
      const rows = await work();
      times[name].push(performance.now() - start);
      return rows;
    };
    for (let round = 0; round < 5; round += 1) {
      await time("short", () => countOurs(short));
      const ours = await time("long", () => countOurs(long));
      // A pass over twenty million rows takes long enough to need no fifth one.
      if (round < 3) check(ours, await time("naive", () => countNaive(long)));
      if (duckdb) check(ours, await time("duckdb", duckdb));
    }
    const [a, b, naive] = [median(times.short), median(times.long), median(times.naive)];
    const rival = times.duckdb.length > 0 ? median(times.duckdb) : undefined;
    const ms = (n: number): string => `${n.toFixed(1)} ms`;
    await Promise.all([short.database.close(), long.database.close()]);
    return {
      grown: b / a,
      naive: naive / b,
      duckdb: rival === undefined ? undefined : rival / b,
      rows: [
        [`figures over ${short.dossiers} dossiers`, ms(a)],
        [`figures over ${long.dossiers} dossiers`, ms(b)],
        ["GROUP BY over the dossiers (SQLite)", `${ms(naive)}, ${(naive / b).toFixed(0)} times ours`],
        [
          "the same in DuckDB",
          rival === undefined
            ? "SKIPPED: npm install --no-save @duckdb/node-api"
            : `${ms(rival)}, ${(rival / b).toFixed(1)} times ours`,
        ],
      ],
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function countOurs({ database, from, asOf }: Ledger): Promise<Rows> {
  // As a command does: nothing is known from the one before.
  const counts = createCounts(database, settings, { zone: vietnamZone, directory });
  const window = { start: from * 1000, end: asOf * 1000 };
  const counted = await counts.countUnits(
    window,
    await counts.findLatestSeq(),
    units.map(({ code }) => code),
  );
  return counted.map(({ figures }) => flatten(figures as Figures));
}

async function countNaive(ledger: Ledger): Promise<Rows> {
  const rows = await ledger.database.all<Record<string, number>>(writeNaiveSql("dossier", ledger));
  return rows.map(({ unit_id: _unit, ...columns }) => Object.values(columns));
}

/** Not one of our packages: a variable keeps the compiler from looking for it. */
const duckdbName: string = "@duckdb/node-api";

// biome-ignore lint/suspicious/noExplicitAny: its types are not here either.
async function openDuckdb(engine: any, ledger: Ledger): Promise<() => Promise<Rows>> {
  const connection = await (await engine.DuckDBInstance.create(":memory:")).connect();
  await connection.run(`CREATE TABLE dossier AS SELECT * FROM read_csv('${ledger.csv}', header = true, columns = {
    'unit_id': 'SMALLINT', 'channel': 'TINYINT', 'state': 'TINYINT', 'received_at': 'BIGINT', 'due_at': 'BIGINT', 'finished_at': 'BIGINT'})`);
  return async () => {
    const reader = await connection.runAndReadAll(writeNaiveSql("dossier", ledger));
    return (reader.getRows() as unknown[][]).map(([, ...columns]) => columns.map(Number));
  };
}

function check(ours: Rows, theirs: Rows): void {
  if (JSON.stringify(ours) !== JSON.stringify(theirs)) throw new Error("figures: ours and the rival's are not the same");
}

export const bench: Bench = {
  name: "figures",
  unit: "ratio",
  goal: 1.3,
  better: "lower",
  async run(quick) {
    const { grown, rows } = await measure(quick);
    return { value: grown, rows };
  },
};

export const naiveBench: Bench = {
  name: "figures-naive",
  unit: "ratio",
  goal: 200,
  better: "higher",
  async run(quick) {
    const { naive, rows } = await measure(quick);
    return { value: naive, rows };
  },
};

export const duckdbBench: Bench = {
  name: "figures-duckdb",
  unit: "ratio",
  goal: 5,
  better: "higher",
  async run(quick) {
    const { duckdb, rows } = await measure(quick);
    return { value: duckdb, rows, ...(duckdb === undefined && { skipped: "SKIPPED: npm install --no-save @duckdb/node-api" }) };
  },
};
