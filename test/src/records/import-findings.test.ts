import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, it } from "vitest";
import type { Sql } from "../../../src/platform/database.ts";
import { openSqlite } from "../../../src/platform/sqlite.ts";
import { describeFindings } from "../../../src/records/import-file.ts";
import { allMigrations } from "../../../src/workspace/migrations.ts";
import { exportHead, toExportLine, writeExportWorkspace } from "../../support/dossier-export.ts";
import { makeTestFolder, runWardctl } from "../../support/run-wardctl.ts";

async function importTwice(now: string): Promise<string> {
  const folder = await makeTestFolder();
  await writeExportWorkspace(folder);
  const units = ["19753", "19774", "19777", "19789"];
  const write = (name: string, due: string, updated: string) =>
    writeFile(
      join(folder, name),
      // Zeros in front, so that no code packs into a number.
      [exportHead, ...units.map((unit, n) => toExportLine({ code: `H57.101-250703-0000${n}`, unit, due, updated }))].join("\n"),
    );
  await write("first.csv", "04/07/2025", "03/07/2025 08:05:00");
  await write("second.csv", "08/07/2025", "03/07/2025 09:00:00");
  for (const file of ["first.csv", "second.csv"]) {
    expect((await runWardctl(`import ${file}`, { cwd: folder, env: { WARDCTL_NOW: now } })).code).toBe(0);
  }
  return folder;
}

const open = (folder: string) => openSqlite(join(folder, ".wardctl", "cache.db"), allMigrations, () => "");

it("what an import found is told with as many questions for a thousand findings as for one", async () => {
  const database = await open(await importTwice("2025-07-03T16:30:00+07:00"));
  let asked = 0;
  const counting = {
    ...database,
    all: (sql: string, ...params: never[]) => {
      asked += 1;
      return database.all(sql, ...params);
    },
  } as Sql;
  const findings = await describeFindings(counting, 2);
  expect(findings.map(({ code, dossiers }) => [code, dossiers])).toEqual(
    [0, 1, 2, 3].map((n) => ["W-CORRECTED", [`H57.101-250703-0000${n}`]]),
  );
  expect(asked).toBe(3);
  await database.close();
});

it("old records make prefix sums up to the last of their points, not day after day until now", async () => {
  const folder = await importTwice("2027-07-03T16:30:00+07:00");
  const database = await open(folder);
  const days = await database.all<{ day: number }>("SELECT DISTINCT day FROM roll_cum");
  const last = await database.get<{ day: number }>("SELECT MAX(day) AS day FROM roll_day");
  expect(days.length).toBeLessThanOrEqual(2);
  expect(Math.max(...days.map(({ day }) => day))).toBeGreaterThan(last?.day as number);
  await database.close();
  const env = { WARDCTL_NOW: "2027-07-03T16:30:00+07:00" };
  const compared = await runWardctl("doctor --rebuild --compare", { cwd: folder, env });
  expect(compared.code, compared.stderr).toBe(0);
  const report = await runWardctl("report range 2025-07-01 2025-08-01 --json", { cwd: folder, env });
  expect(JSON.parse(report.stdout).total.figures).toMatchObject({ received: { total: 4 }, inProgress: { overdue: 4 } });
});
