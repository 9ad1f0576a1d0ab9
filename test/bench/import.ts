import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { hasPostgres, startPostgres } from "../support/postgres-server.ts";
import { type Bench, type BenchResult, median } from "./bench.ts";
import { writeExport } from "./import-data.ts";

interface Ran {
  readonly wallMs: number;
  readonly cpuMs: number;
  readonly rssMb: number;
  readonly rows?: unknown;
  readonly points?: number;
}

const script = fileURLToPath(new URL("./import-process.ts", import.meta.url));

/** WARDCTL_BENCH_ROWS=20000000 asks for another size, WARDCTL_BENCH_ROUNDS=1 for fewer rounds. */
const rowCount = (quick: boolean): number => Number(process.env["WARDCTL_BENCH_ROWS"] ?? (quick ? 200_000 : 2_000_000));
const roundCount = (quick: boolean): number => Number(process.env["WARDCTL_BENCH_ROUNDS"] ?? (quick ? 3 : 5));

function runArm(arm: string, file: string, store: string): Ran {
  const child = spawnSync(process.execPath, [script, arm, file, store], { encoding: "utf8" });
  if (child.status !== 0) throw new Error(`${arm}: ${child.stderr.slice(0, 2_000)}`);
  return JSON.parse(child.stdout) as Ran;
}

/** Nine text columns with a key; the time of the whole program, as a person would wait for it. */
function runSqliteImport(file: string, folder: string): Ran {
  const names = ["unit", "proc", "channel", "received", "due", "finished", "status", "updated"];
  const table = `CREATE TABLE d (code TEXT PRIMARY KEY, ${names.join(" TEXT, ")} TEXT)`;
  const start = performance.now();
  const child = spawnSync("sqlite3", [join(folder, "rival.db"), table, ".mode csv", `.import --skip 1 ${file} d`], {
    encoding: "utf8",
  });
  if (child.status !== 0 || child.stderr !== "") throw new Error(`sqlite3: ${child.error?.message ?? child.stderr}`);
  return { wallMs: performance.now() - start, cpuMs: Number.NaN, rssMb: Number.NaN };
}

async function inFolder(
  quick: boolean,
  work: (file: string, makeFolder: () => string) => Promise<BenchResult>,
): Promise<BenchResult> {
  const root = mkdtempSync(join(tmpdir(), "wardctl-bench-"));
  try {
    const file = join(root, "export.csv");
    writeExport(file, rowCount(quick));
    const result = await work(file, () => mkdtempSync(join(root, "store-")));
    const size = `${rowCount(quick)}, ${Math.round(statSync(file).size / 1e6)} MB, ${roundCount(quick)}`;
    return { ...result, rows: [["rows, file, rounds", size], ...result.rows] };
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

const told = (runs: readonly Ran[]): string => {
  const of = (read: (run: Ran) => number): number => Math.round(median(runs.map(read)));
  return `${of((run) => run.wallMs)} ms wall, ${of((run) => run.cpuMs)} ms CPU, ${of((run) => run.rssMb)} MB`;
};
const ratio = (ours: readonly Ran[], theirs: readonly Ran[], read: (run: Ran) => number): number =>
  median(ours.map((run, n) => read(run) / read(theirs[n] as Ran)));
const wall = (run: Ran): number => run.wallMs;
const cpu = (run: Ran): number => run.cpuMs;

/** Not like for like: nine texts in a plain table against typed rows with a ledger and a log that survives a kill. Its layout is the larger one. */
export const bench: Bench = {
  name: "import",
  unit: "ratio",
  goal: 1.5,
  better: "lower",
  run: (quick) =>
    inFolder(quick, async (file, makeFolder) => {
      const [ours, again, rival]: [Ran[], Ran[], Ran[]] = [[], [], []];
      for (let round = 0; round < roundCount(quick); round++) {
        const folder = makeFolder();
        ours.push(runArm("import", file, folder));
        rival.push(runSqliteImport(file, folder));
        again.push(runArm("import", file, folder));
        rmSync(folder, { recursive: true, force: true });
      }
      const [last] = again.slice(-1) as [Ran];
      const written = Object.entries(last.rows as Record<string, number>).filter(([kind]) => kind !== "read" && kind !== "same");
      return {
        value: ratio(ours, rival, wall),
        rows: [
          ["import with history and ledger", told(ours)],
          ["sqlite3 .import, texts with a key", `${Math.round(median(rival.map(wall)))} ms wall`],
          ["the same file again, without its digest", told(again)],
          ["again against first (goal 0.5)", ratio(again, ours, wall).toFixed(2)],
          ["rows, points written again (goal 0, 0)", `${written.reduce((sum, [, n]) => sum + n, 0)}, ${last.points}`],
          ["most memory (goal 350 MB)", `${Math.round(Math.max(...[...ours, ...again].map((run) => run.rssMb)))} MB`],
        ],
      };
    }),
};

export const objectsBench: Bench = {
  name: "import-objects",
  unit: "ratio",
  goal: 4,
  better: "higher",
  run: (quick) =>
    inFolder(quick, async (file, makeFolder) => {
      const [ours, rival]: [Ran[], Ran[]] = [[], []];
      for (let round = 0; round < roundCount(quick); round++) {
        const folder = makeFolder();
        ours.push(runArm("upsert", file, folder));
        rival.push(runArm("objects", file, folder));
        rmSync(folder, { recursive: true, force: true });
      }
      return {
        value: ratio(rival, ours, cpu),
        rows: [
          ["ours, no history, no ledger", told(ours)],
          ["csv-parse objects, an upsert a row", told(rival)],
        ],
      };
    }),
};

export const duckdbBench: Bench = {
  name: "import-duckdb",
  unit: "ratio",
  goal: 2.5,
  better: "lower",
  run: async (quick) => {
    const isThere = await import("@duckdb/node-api" as string).then(
      () => true,
      () => false,
    );
    if (!isThere) return { value: undefined, rows: [], skipped: "SKIPPED: npm install --no-save @duckdb/node-api" };
    return inFolder(quick, async (file, makeFolder) => {
      const [ours, rival]: [Ran[], Ran[]] = [[], []];
      for (let round = 0; round < roundCount(quick); round++) {
        const folder = makeFolder();
        ours.push(runArm("import", file, folder));
        rival.push(runArm("duckdb", file, folder));
        rmSync(folder, { recursive: true, force: true });
      }
      const rows = [
        ["import with history and ledger", told(ours)],
        ["DuckDB insert from read_csv, texts with a key", told(rival)],
      ] as const;
      return { value: ratio(ours, rival, wall), rows };
    });
  },
};

export const postgresBench: Bench = {
  name: "import-postgres",
  unit: "ratio",
  goal: 1.3,
  better: "lower",
  run: async (quick) => {
    if (!hasPostgres) return { value: undefined, rows: [], skipped: "SKIPPED: PostgreSQL 15 or newer is not installed" };
    const server = await startPostgres();
    try {
      return await inFolder(quick, async (file) => {
        const [ours, rival]: [Ran[], Ran[]] = [[], []];
        for (let round = 0; round < roundCount(quick); round++) {
          ours.push(runArm("import", file, server.urlFor(`ours${round}`)));
          rival.push(runArm("copy", file, server.urlFor(`bare${round}`)));
        }
        const rows = [
          ["import with history and ledger", told(ours)],
          ["bare COPY and one INSERT … ON CONFLICT", told(rival)],
        ] as const;
        return { value: ratio(ours, rival, wall), rows };
      });
    } finally {
      await server.stop();
    }
  },
};
