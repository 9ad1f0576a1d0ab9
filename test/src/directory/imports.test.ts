import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { openDirectoryCache } from "../../../src/directory/directory-cache.ts";
import { createDirectory, type Directory } from "../../../src/directory/directory.ts";
import { findUnits } from "../../../src/directory/find-units.ts";
import { importDirectoryFile, type ImportRequest } from "../../../src/directory/import-file.ts";
import { directoryMigrations } from "../../../src/directory/migrations.ts";
import type { Database } from "../../../src/platform/database.ts";
import { openSqlite } from "../../../src/platform/sqlite.ts";
import { needSharedData } from "../../support/shared-data.ts";
const d = createDirectory("2026-11-21") as Directory;
describe("x", () => {
  it("y", async (t) => {
    const database = await openSqlite(":memory:", directoryMigrations, () => "2025-07-01T00:00:00+07:00");
    const path = needSharedData("merges.csv", t);
    const req = { path, file: "merges.csv", effective: undefined, today: "2026-11-21", province: undefined, changes: { units: [], provinces: [] }, database, nowIso: "x", record: async () => {} };
    console.time("i"); const r = await importDirectoryFile(req); console.timeEnd("i"); console.log(r);
    console.log(await importDirectoryFile({ ...req, path: needSharedData("former_names.csv", t), file: "f.csv" }));
    console.log(await importDirectoryFile({ ...req, path: needSharedData("changes_since_2025.csv", t), file: "c.csv" }));
    const c = openDirectoryCache(database);
    for (const text of ["Thảo Điền", "thao dien", "An Phú", "27439", "20023", "P.14, Q. Tân Bình", "Nguyễn Trung Trực","Phường Thảo Điền, TP Thủ Đức, TP.HCM", "Hương Sơ"]) {
      const f = await findUnits({ text, directory: d, formerUnits: c.formerUnits });
      console.log(text, f.match, f.doubt, f.units.map((u) => u.code + u.name).join(), f.former.map((x) => `${x.former.code} ${x.former.name}(${x.retiredName})→${x.successors.map((s) => s.code + (s.partial ? "*" : ""))}`).join("; "));
    }
    const f = await findUnits({ text: "27439", directory: d, before: "2025-06-30", formerUnits: c.formerUnits });
    console.log(f.match, JSON.stringify(f));
  });
});
