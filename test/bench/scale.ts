import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Database } from "../../src/platform/database.ts";
import { openPostgres } from "../../src/platform/postgres.ts";
import { openSqlite } from "../../src/platform/sqlite.ts";
import { vietnamZone } from "../../src/platform/time.ts";
import { createCounts } from "../../src/records/counts.ts";
import { importFile } from "../../src/records/import-file.ts";
import { type RecordsSettings, recordsSettings } from "../../src/records/settings.ts";
import type { NamedSource } from "../../src/records/source.ts";
import type { FileProfile } from "../../src/records/sources/file-lines.ts";
import { allMigrations } from "../../src/workspace/migrations.ts";
import { hasPostgres, startPostgres } from "../support/postgres-server.ts";
import { type Bench, type BenchResult, median } from "./bench.ts";
import { directory, dueRules, source as fullSource } from "./import-data.ts";
import { listCityUnits, nation, toDayStart, writeDay } from "./scale-month.ts";

const nowIso = (): string => "2025-02-01T00:00:00+07:00";
const source = {
  name: fullSource.name,
  profile: { ...fullSource.profile, export: "changes" },
} as NamedSource<Extract<FileProfile, { content: "dossiers" }>>;
const settings = {
  ...recordsSettings.parse({}),
  sources: { igate: { ...source.profile, units: "province:79" } },
} as RecordsSettings;

interface Month {
  readonly rows: number;
  /** Of each day: microseconds a row of its import, milliseconds of its evening report's figures. */
  readonly perRowUs: readonly number[];
  readonly cpuPerRowUs: readonly number[];
  readonly reportMs: readonly number[];
  readonly bytes: number;
}

/** A month of evenings: the day's export is imported, then the evening report's figures of all units are read. */
async function simulate(
  database: Database,
  folder: string,
  { days, units, perUnitAndDay }: { readonly days: number; readonly units: readonly string[]; readonly perUnitAndDay: number },
): Promise<Omit<Month, "bytes">> {
  const [perRowUs, cpuPerRowUs, reportMs]: [number[], number[], number[]] = [[], [], []];
  let all = 0;
  for (let day = 0; day < days; day++) {
    const path = join(folder, "day.csv");
    const rows = writeDay(path, day, units, perUnitAndDay);
    const evening = (toDayStart(day) + 16.5 * 3600) * 1000;
    const cpu = process.cpuUsage();
    const start = performance.now();
    const receipt = await importFile({
      database,
      source,
      path,
      file: "day.csv",
      directory,
      zone: vietnamZone,
      now: () => evening,
      lang: "en",
      skipInvalid: false,
      force: false,
      exportedAt: undefined,
      dueRules,
      signal: new AbortController().signal,
    });
    const { user, system } = process.cpuUsage(cpu);
    perRowUs.push(((performance.now() - start) * 1000) / rows);
    cpuPerRowUs.push((user + system) / rows);
    if (receipt.rows.read !== rows || receipt.rows.new !== units.length * perUnitAndDay) {
      throw new Error(`scale: ${JSON.stringify(receipt.rows)} of ${rows} rows`);
    }
    all += rows;
    // As a command does: nothing is known from the one before.
    const began = performance.now();
    const counts = createCounts(database, settings, { zone: vietnamZone, directory });
    const window = { start: toDayStart(day) * 1000, end: evening };
    const figures = await counts.countUnits(window, await counts.findLatestSeq(), units);
    reportMs.push(performance.now() - began);
    const received = figures.reduce((sum, { figures: f }) => sum + (f?.received.total ?? 0), 0);
    if (received !== units.length * perUnitAndDay) throw new Error(`scale: ${received} received on day ${day}`);
  }
  return { rows: all, perRowUs, cpuPerRowUs, reportMs };
}

async function onSqlite(root: string, size: Parameters<typeof simulate>[2]): Promise<Month> {
  const file = join(root, "cache.db");
  const database = await openSqlite(file, allMigrations, nowIso);
  const month = await simulate(database, root, size);
  await database.close();
  return { ...month, bytes: statSync(file).size };
}

async function onPostgres(root: string, size: Parameters<typeof simulate>[2]): Promise<Month | undefined> {
  if (!hasPostgres) return undefined;
  const server = await startPostgres();
  try {
    const database = await openPostgres(server.urlFor("scale"), allMigrations, nowIso);
    const month = await simulate(database, root, size);
    const [held] = await database.all<{ bytes: number }>(
      "SELECT SUM(pg_total_relation_size(c.oid)) AS bytes FROM pg_class c WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind = 'r'",
    );
    await database.close();
    return { ...month, bytes: Number(held?.bytes) };
  } finally {
    await server.stop();
  }
}

/** What a month costs a row and a report, and what that makes for the nation. */
function describe(name: string, month: Month, size: Parameters<typeof simulate>[2]): BenchResult["rows"] {
  const { units, perUnitAndDay, days } = size;
  const [row, cpu, report] = [median(month.perRowUs), median(month.cpuPerRowUs), median(month.reportMs)];
  const rowsPerDossier = month.rows / (units.length * perUnitAndDay * days);
  const dossiersADay = nation.units * nation.perUnitAndDay;
  const rowsADay = dossiersADay * rowsPerDossier;
  const hours = (rowsADay * row) / 1e6 / 3600;
  const bytes = month.bytes / (units.length * perUnitAndDay * days);
  return [
    [`${name}: a row imported`, `${row.toFixed(1)} µs wall, ${cpu.toFixed(1)} µs of our CPU`],
    [
      `${name}: last week against first`,
      `${growth(month.perRowUs).toFixed(2)} a row, ${growth(month.reportMs).toFixed(2)} a report`,
    ],
    [`${name}: figures of ${units.length} units`, `${report.toFixed(0)} ms`],
    [`${name}: kept`, `${(month.bytes / 1e6).toFixed(0)} MB, ${bytes.toFixed(0)} bytes a dossier`],
    [
      `${name}: the nation's day, one writer`,
      `${(rowsADay / 1e6).toFixed(1)} million rows in ${(hours * 60).toFixed(0)} min; ${((hours * 3600) / nation.provinces).toFixed(1)} s a province`,
    ],
    [
      `${name}: the nation's figures`,
      `${((report * nation.units) / units.length / 1000).toFixed(1)} s of all units, one after the other`,
    ],
    [`${name}: the nation's month`, `${((bytes * dossiersADay * 30) / 1e9).toFixed(0)} GB`],
  ];
}

/** The last seven days' median against that of the first seven that have what later days have: dossiers to close. */
function growth(values: readonly number[]): number {
  return median(values.slice(-7)) / median(values.slice(7, 14));
}

export const bench: Bench = {
  name: "scale",
  unit: "ratio",
  goal: 1.3,
  better: "lower",
  async run(quick) {
    const size = {
      days: quick ? 15 : 30,
      units: listCityUnits(quick ? 12 : 168),
      perUnitAndDay: nation.perUnitAndDay,
    };
    const root = mkdtempSync(join(tmpdir(), "wardctl-bench-"));
    try {
      const sqlite = await onSqlite(root, size);
      const postgres = await onPostgres(root, size);
      return {
        value: Math.max(...[sqlite, postgres].flatMap((month) => (month ? [growth(month.perRowUs)] : []))),
        rows: [
          ["dossiers, rows, days", `${size.units.length * size.perUnitAndDay * size.days}, ${sqlite.rows}, ${size.days}`],
          ...describe("SQLite", sqlite, size),
          ...(postgres
            ? describe("PostgreSQL", postgres, size)
            : [["PostgreSQL", "SKIPPED: PostgreSQL 15 or newer is not installed"] as const]),
        ],
      };
    } finally {
      rmSync(root, { recursive: true, force: true });
    }
  },
};
