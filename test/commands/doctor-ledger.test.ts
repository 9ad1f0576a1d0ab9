import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { Database } from "../../src/platform/database.ts";
import { openPostgres } from "../../src/platform/postgres.ts";
import { openSqlite } from "../../src/platform/sqlite.ts";
import { allMigrations } from "../../src/workspace/migrations.ts";
import { exportHead, toExportLine, writeExportWorkspace } from "../support/dossier-export.ts";
import { hasPostgres, usePostgres } from "../support/postgres-server.ts";
import { makeTestFolder, runWardctl } from "../support/run-wardctl.ts";

const pad = (n: number): string => String(n).padStart(2, "0");

/** A dossier of one of the days 1–9 July, closed later or not; one code is of the odd kind. */
function makeLine(n: number): string {
  const day = pad(1 + (n % 9));
  return toExportLine({
    code: n === 1 ? "H57.101-250701-0000001" : `H57.101-2507${day}-${String(n).padStart(4, "0")}`,
    unit: n % 2 === 0 ? "19753" : "19777",
    received: `${day}/07/2025 ${pad(8 + (n % 8))}:15:00`,
    due: `${pad(10 + (n % 13))}/07/2025`,
    status: n % 3 === 0 ? "9" : "4",
    finished: n % 3 === 0 ? `${pad(10 + (n % 9))}/07/2025 09:00:00` : "",
    updated: "20/07/2025 08:00:00",
  });
}

const tables = ["point", "roll_day", "roll_cum"] as const;

async function readAll(database: Database): Promise<unknown> {
  return Promise.all(
    tables.map(async (table) => {
      const rows = await database.all(`SELECT * FROM ${table}`);
      return rows.map((row) => JSON.stringify(row)).sort();
    }),
  );
}

/** Three imports: rows, changes of them, and a changed rule with it. */
async function prepare(store: string, url: string) {
  const folder = await makeTestFolder();
  await writeExportWorkspace(folder);
  const yaml = join(folder, "wardctl.yaml");
  const change = async (from: string, to: string): Promise<void> =>
    writeFile(yaml, (await readFile(yaml, "utf8")).replace(from, to));
  await change("records:", `${store}records:`);
  const lines = Array.from({ length: 40 }, (_, n) => makeLine(n));
  const run = (line: string, signal?: AbortSignal) =>
    runWardctl(line, { cwd: folder, signal, env: { WARDCTL_NOW: "2025-07-25T10:00:00+07:00", WARDCTL_PG: url } });
  const take = async (name: string, rows: readonly string[]): Promise<void> => {
    await writeFile(join(folder, name), `${[exportHead, ...rows].join("\n")}\n`);
    const { code, stderr } = await run(`import ${name}`);
    expect([0, 8], stderr).toContain(code);
  };
  await take("a.csv", lines);
  await take(
    "b.csv",
    lines.map((line, n) => (n % 4 === 1 ? line.replace("20/07/2025 08:00", "21/07/2025 08:00").replace(";4;", ";7;") : line)),
  );
  await change("      delimiter", "      onTime: instant\n      delimiter");
  await take("c.csv", [makeLine(60), ...lines.slice(3)]);
  return { folder, run };
}

async function check(store: string, url: string, open: (folder: string) => Promise<Database>): Promise<void> {
  const { folder, run } = await prepare(store, url);
  const sound = await run("doctor --rebuild --compare --json");
  expect([sound.code, JSON.parse(sound.stdout)]).toEqual([
    0,
    { schema: "wardctl.doctor-ledger/1", mended: false, unsureRules: [], count: 0, differences: [] },
  ]);
  const database = await open(folder);
  try {
    const right = await readAll(database);
    // More, less, and gone altogether.
    await database.run("UPDATE point SET n = n + 1 WHERE kind = 0 AND seq = 1 AND t = (SELECT MIN(t) FROM point)");
    await database.run(
      "UPDATE roll_day SET n = n - 2 WHERE kind = 0 AND seq = 1 AND unit_id = 1 AND day = (SELECT MIN(day) FROM roll_day)",
    );
    await database.run("DELETE FROM roll_cum WHERE kind = 0 AND unit_id = 1 AND day = (SELECT MAX(day) FROM roll_cum)");
    // And what no import wrote.
    await database.run("INSERT INTO roll_cum (day, unit_id, kind, channel, n) VALUES (20003, 1, 0, 0, 7)");
    const wrong = await readAll(database);
    expect(wrong).not.toEqual(right);

    const found = await run("doctor --compare --json");
    expect(found.code).toBe(8);
    const { count, differences } = JSON.parse(found.stdout);
    expect(count).toBe(differences.length);
    const told = differences.map(({ table, kind, seq, stored, derived }: Record<string, number>) => {
      return `${table} ${kind} ${seq}: ${Number(stored) - Number(derived)}`;
    });
    expect(told.slice(0, 2)).toEqual(["point 0 1: 1", "roll_day 0 1: -2"]);
    expect(differences.slice(2)).toMatchObject([
      { table: "roll_cum", at: 20003, procedure: null, seq: null, stored: 7, derived: 0 },
      { table: "roll_cum", kind: 0, stored: 0, derived: 21 },
    ]);
    // Looking changes nothing.
    expect(await readAll(database)).toEqual(wrong);

    const stopped = await run("doctor --rebuild --lang vi", AbortSignal.abort());
    expect([stopped.code, stopped.stdout, stopped.stderr]).toEqual([130, "", "wardctl: đã dừng; sổ cái như cũ\n"]);
    expect(await readAll(database)).toEqual(wrong);

    const mended = await run("doctor --rebuild --lang vi");
    expect([mended.code, mended.stdout]).toEqual([0, expect.stringContaining("Đã sửa 4 ô của sổ cái")]);
    expect(mended.stdout).toContain("roll_cum 20003 · ");
    expect(await readAll(database)).toEqual(right);
    expect((await run("doctor --compare")).stdout).toContain("are what the sources said");
    const rows = await database.all("SELECT 1 FROM derived_point");
    expect(rows).toEqual([]);
    const { stdout } = await run("audit show --json");
    expect(stdout).toContain('"records.rebuild"');
    // As a store of an older version has it.
    await database.run("UPDATE source_rules SET seq = 0 WHERE seq = 1");
    expect((await run("doctor --rebuild --compare")).stderr).toContain(
      "source igate-hue: imports of before this version did not keep their rules",
    );
  } finally {
    await database.close();
  }
}

describe("doctor --rebuild --compare", () => {
  const { makeUrl } = usePostgres();

  it("derives the very ledger that imports wrote, names each planted difference and mends those alone", async () => {
    await check("", "", (folder) => openSqlite(join(folder, ".wardctl", "cache.db"), allMigrations, () => ""));
  });

  it.skipIf(!hasPostgres)("does so on PostgreSQL too", async () => {
    const url = makeUrl();
    await check("store: { kind: postgres, url: env:WARDCTL_PG }\n", url, () => openPostgres(url, allMigrations, () => ""));
  });
});
