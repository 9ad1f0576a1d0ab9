import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, it } from "vitest";
import { openSqlite } from "../../../src/platform/sqlite.ts";
import { vietnamZone } from "../../../src/platform/time.ts";
import { importFile } from "../../../src/records/import-file.ts";
import { allMigrations } from "../../../src/workspace/migrations.ts";
import { directory, now, source, writeExport } from "../../bench/import-data.ts";
import { makeTestFolder } from "../../support/run-wardctl.ts";

it("a file in which every row changed is in history row by row, however many parts it was written in", async () => {
  const path = join(await makeTestFolder(), "export.csv");
  const database = await openSqlite(":memory:", allMigrations, () => "2030-01-01T00:00:00+07:00");
  const take = () =>
    importFile({
      database,
      source,
      path,
      file: "export.csv",
      directory,
      scope: { province: "46", alsoUnits: [] },
      zone: vietnamZone,
      now: () => now,
      lang: "en",
      skipInvalid: false,
      force: true,
      exportedAt: undefined,
      signal: new AbortController().signal,
    });
  const rows = 2_700;
  writeExport(path, rows);
  await take();
  const text = await readFile(path, "utf8");
  // The last cell: when the row was changed last.
  await writeFile(path, text.replace(/\d{4}( \S+)\n/g, "2026$1\n"));
  expect((await take()).rows).toMatchObject({ read: rows, new: 0, changed: rows, same: 0 });
  expect((await take()).rows).toMatchObject({ read: rows, changed: 0, same: rows });
  const [held] = await database.all<{ now: number; before: number; alike: number }>(
    `SELECT COUNT(*) AS now, COUNT(h.id) AS before, SUM(CASE WHEN h.src_updated_at < d.src_updated_at AND h.seq_to = d.seq THEN 1 ELSE 0 END) AS alike
     FROM dossier d LEFT JOIN dossier_hist h ON h.id = d.id WHERE d.seq = 2`,
  );
  expect(held).toEqual({ now: rows, before: rows, alike: rows });
  await database.close();
});
