import { rmSync, statSync } from "node:fs";
import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Endpoint } from "../../src/health/endpoint.ts";
import { keepRun } from "../../src/health/keep-run.ts";
import { healthMigrations } from "../../src/health/migrations.ts";
import type { ProbeResult } from "../../src/health/probe-result.ts";
import { createRunStore, type RunStore } from "../../src/health/run-store.ts";
import type { Database, Migration } from "../../src/platform/database.ts";
import { createRandom, type Random } from "../../src/platform/random.ts";
import { openSqlite } from "../../src/platform/sqlite.ts";
import { toIso, vietnamZone } from "../../src/platform/time.ts";
import { type Bench, median } from "./bench.ts";

const zone = vietnamZone;
const start = Date.UTC(2025, 6, 3, 0);
const minuteMs = 60_000;

/** What everybody does first: a row for each probe of each sweep, and an index to find the last ones by. */
const rowMigrations: readonly Migration[] = [
  {
    name: "rows/0001",
    statements: ({ int, text, strict }) => [
      `CREATE TABLE probe_row (endpoint_id ${int} NOT NULL, at ${int} NOT NULL, state ${int} NOT NULL, reason ${text}, total_ms ${int}) ${strict}`,
      "CREATE INDEX probe_row_endpoint ON probe_row (endpoint_id, at)",
    ],
  },
];

function makeCountry(): Endpoint[] {
  const systems = ["dossiers", "documents", "land", "civil", "portal"];
  return Array.from({ length: 3_321 }, (_, at) => String(10_000 + at)).flatMap((unit, at) =>
    systems.map((system): Endpoint => {
      const host = `${system}.test`;
      const labels = { carrier: ["VNPT", "Viettel", "MobiFone"][at % 3] as string, province: String(at % 34) };
      return { id: `${unit}/${system}`, unit, system, url: `https://${host}/`, host, port: 443, addresses: [], ...labels };
    }),
  );
}

/** One sweep: two in a hundred fail, half of them the same ones every time. */
function makeResults(endpoints: readonly Endpoint[], random: Random, at: number): ProbeResult[] {
  return endpoints.map(({ id, unit, system }, place): ProbeResult => {
    const fails = place % 100 === 7 || random.next() < 0.01;
    const common = { at, endpoint: id, unit, system, hard: false, attempts: 1, loopLagMs: 0, comparable: true };
    const totalMs = 20 + random.integer(400);
    return fails
      ? { ...common, state: "fail", layer: "network", reason: "net.timeout", totalMs }
      : { ...common, state: "pass", totalMs };
  });
}

async function sizeOf(file: string, database: Database): Promise<number> {
  await database.all("PRAGMA wal_checkpoint(TRUNCATE)");
  return statSync(file).size;
}

async function saveRows(database: Database, results: readonly ProbeResult[], at: number): Promise<void> {
  await database.runMany(
    "INSERT INTO probe_row (endpoint_id, at, state, reason, total_ms) VALUES (?, ?, ?, ?, ?)",
    results.map(({ state, reason, totalMs }, place) => [place, at, state === "pass" ? 0 : 1, reason ?? null, totalMs]),
  );
}

/**
 * What a sweep of the country costs in the store (check.md A16): bytes an endpoint and run with everything that SQLite adds, and the write of one
 * sweep, against a row a probe in the same run. The figure is the bytes; the write must be at most 60 ms.
 */
export const bench: Bench = {
  name: "check-history",
  unit: "count",
  goal: 8,
  better: "lower",
  async run(quick) {
    const endpoints = makeCountry();
    const sweeps = quick ? 20 : 40;
    const folder = await mkdtemp(join(tmpdir(), "wardctl-bench-"));
    const files = { blobs: join(folder, "blobs.db"), rows: join(folder, "rows.db"), whole: join(folder, "whole.db") };
    const now = (): string => toIso(start, zone);
    const blobs = await openSqlite(files.blobs, healthMigrations, now);
    const rows = await openSqlite(files.rows, rowMigrations, now);
    const whole = await openSqlite(files.whole, healthMigrations, now);
    const store: RunStore = createRunStore(blobs, zone);
    const random = createRandom("check-history");
    const emptyBytes = {
      blobs: await sizeOf(files.blobs, blobs),
      rows: await sizeOf(files.rows, rows),
      whole: await sizeOf(files.whole, whole),
    };
    const timed = { ours: [] as number[], rival: [] as number[], judged: [] as number[] };
    const time = async (into: number[], work: () => Promise<unknown>): Promise<void> => {
      const from = performance.now();
      await work();
      into.push(performance.now() - from);
    };
    const settings = { maintenance: [], keep: { runsDays: 35, dailyDays: 1_095 }, holdMinutes: 60 };
    for (let sweep = 0; sweep < sweeps; sweep++) {
      const at = start + sweep * 5 * minuteMs;
      const results = makeResults(endpoints, random, at);
      const run = { at, scope: "all", results } as const;
      await time(timed.ours, () => blobs.transaction(() => Promise.resolve()).then(() => store.save(run)));
      await time(timed.rival, () => saveRows(rows, results, at));
      const retention = { zone, measureHours: () => 0 };
      await time(timed.judged, () => keepRun(whole, { run, endpoints, settings, retention }));
    }
    const each = sweeps * endpoints.length;
    const bytes = {
      blobs: ((await sizeOf(files.blobs, blobs)) - emptyBytes.blobs) / each,
      rows: ((await sizeOf(files.rows, rows)) - emptyBytes.rows) / each,
      whole: ((await sizeOf(files.whole, whole)) - emptyBytes.whole) / each,
    };
    // The layout is written once, whatever the number of sweeps; with few of them it weighs more than it does in a day.
    const layout = endpoints.reduce((sum, { id }) => sum + id.length + 1, 0) / each;
    await Promise.all([blobs, rows, whole].map((database) => database.close()));
    rmSync(folder, { recursive: true, force: true });
    const spread = (values: readonly number[]): string =>
      `${median(values).toFixed(1)} ms (worst ${Math.max(...values).toFixed(1)})`;
    return {
      value: bytes.whole,
      rows: [
        ["endpoints × sweeps", `${endpoints.length} × ${sweeps}`],
        ["bytes an endpoint and run, all that is kept", bytes.whole.toFixed(2)],
        ["of these the list of endpoints, kept once", layout.toFixed(2)],
        ["bytes, runs alone (goal 8, better 4.5)", bytes.blobs.toFixed(2)],
        ["bytes, a row a probe", bytes.rows.toFixed(2)],
        ["times ours", (bytes.rows / bytes.whole).toFixed(1)],
        ["write of a sweep (goal 60 ms)", spread(timed.ours)],
        ["write of a row a probe", spread(timed.rival)],
        ["judged, explained and written", spread(timed.judged)],
      ],
    };
  },
};
