import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { openSqlite } from "../../../src/platform/sqlite.ts";
import { allMigrations } from "../../../src/workspace/migrations.ts";
import { listLeaks, readPlaces } from "../../support/canaries.ts";
import { exportHead, readCache, toExportLine, writeExportWorkspace } from "../../support/dossier-export.ts";
import { item, openPages, send } from "../../support/page-server.ts";
import { makeTestFolder, runWardctl } from "../../support/run-wardctl.ts";
import { writeSheets } from "../../support/sheet-file.ts";

const env = { WARDCTL_NOW: "2025-07-03T17:00:00+07:00" };
const head = exportHead.replace("Mã đơn vị", "Đơn vị tiếp nhận");

const closers: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  await Promise.all(closers.splice(0).map((close) => close()));
});

function toCode(n: number): string {
  return `H57.101-250703-${String(n + 1).padStart(4, "0")}`;
}

function toFile(units: readonly string[]): string {
  return `${[head, ...units.map((unit, n) => toExportLine({ code: toCode(n), unit }))].join("\r\n")}\r\n`;
}

async function prepare(text: string): Promise<string> {
  const folder = await makeTestFolder();
  await writeExportWorkspace(folder, "      unitNames: true\n      export: full\n");
  const file = join(folder, "wardctl.yaml");
  await writeFile(file, (await readFile(file, "utf8")).replace("Mã đơn vị", "Đơn vị tiếp nhận"));
  await writeFile(join(folder, "xuat.csv"), text);
  return folder;
}

async function listUnits(folder: string): Promise<unknown[]> {
  const { points } = await readCache(folder);
  return points.flatMap((point) => (point["kind"] === 0 ? new Array(Number(point["n"])).fill(point["unit"]) : [])).sort();
}

describe("an export that names its units", () => {
  it("is drafted so, and counts under the codes: with the agency, in capitals, with the other tone mark, beside codes", async () => {
    const units = ["Phường Phú Xuân", "UBND phường Kim Long", "P. Vỹ Dạ, TP Huế", "PHƯỜNG THUẬN HOÁ", "19813"];
    const folder = await makeTestFolder();
    await writeFile(join(folder, "wardctl.yaml"), 'name: Huế\nprovince: "46"\n');
    await writeFile(join(folder, "xuat.csv"), toFile([...units, ...units, ...units]).normalize("NFD"));
    const drafted = await runWardctl("import --inspect xuat.csv --json --yes", { cwd: folder, env });
    expect([drafted.code, JSON.parse(drafted.stdout)]).toMatchObject([
      0,
      { unknownUnits: 0, profile: { unitNames: true, columns: { unit: "Đơn vị tiếp nhận" } } },
    ]);
    const { code, stdout } = await runWardctl("import xuat.csv --json", { cwd: folder, env });
    expect([code, JSON.parse(stdout).rows.new]).toEqual([0, 15]);
    expect([...new Set(await listUnits(folder))]).toEqual(["19753", "19774", "19777", "19789", "19813"]);
  });

  it("is refused where a name fits none or not exactly, with what it may be, and no word of an applicant", async () => {
    const folder = await prepare(
      toFile([
        "Phường Phú Xuân",
        "Phuong Phu Xuan",
        "Xã Phú Xuân",
        "Phường Phú Xuâ",
        "Trần Văn Kín",
        "Phường Phú Xuân, Trần Văn Kín",
      ]),
    );
    const refused = await runWardctl("import xuat.csv", { cwd: folder, env });
    expect([refused.code, refused.stderr]).toEqual([3, expect.stringContaining("5 faults, nothing was imported")]);
    expect(refused.stderr).toContain("xuat.csv:3: 'Phuong Phu Xuan': the diacritics do not fit; if 19753 Phường Phú Xuân");
    expect(refused.stderr).toContain("xuat.csv:4: 'Xã Phú Xuân': the kind of unit does not fit; if 19753");
    expect(refused.stderr).toContain("xuat.csv:5: 'Phường Phú Xuâ' is not a unit (did you mean 19753 Phường Phú Xuân?)");
    expect(refused.stderr).toContain("xuat.csv:6: '…' is not a unit");
    const skipped = await runWardctl("import xuat.csv --skip-invalid", { cwd: folder, env });
    expect(skipped.code).toBe(7);
    await writeFile(join(folder, "xuat.csv"), "");
    const places = await readPlaces([folder]);
    expect(
      listLeaks(["Trần Văn Kín"], [...places, ["output", Buffer.from(refused.stderr + skipped.stdout + skipped.stderr)]]),
    ).toEqual([]);
    // What was told can be mended with the code and fed back.
    const path = join(folder, "xuat.csv.rejected.csv");
    const [first, ...lines] = (await readFile(path, "utf8")).split("\r\n");
    const mended = lines
      .filter((line) => /Phuong Phu Xuan|Xã Phú Xuân/.test(line))
      .map((line) => line.replace(/;[^;]*Ph[^;]*Xu[^;]*;/, ";19753;"));
    await writeFile(path, [first, ...mended, ""].join("\r\n"));
    expect((await runWardctl("import xuat.csv.rejected.csv", { cwd: folder, env })).code).toBe(0);
    expect(await listUnits(folder)).toEqual(["19753", "19753", "19753"]);
  });

  it("may be a table of totals in a sheet, where a ward called like a total is a ward, and pages over REST", async () => {
    const folder = await makeTestFolder();
    const source = (kind: string): string =>
      `kind: ${kind}, content: counts, unitNames: true, columns: { unit: Đơn vị }, metrics: { received.total: Tiếp nhận }`;
    await writeFile(
      join(folder, "wardctl.yaml"),
      `name: Bắc Ninh\nprovince: "24"\nrecords:\n  sources:\n    so: { ${source("xlsx")}, skipRows: [Tổng cộng, Phường] }\n    van-ban: { ${source("csv")} }\n`,
    );
    const rows = [
      ["Đơn vị", "Tiếp nhận"],
      ["Phường Kinh Bắc", "12"],
      ["Tổng cộng", "12"],
    ] as const;
    await writeSheets(join(folder, "so.xlsx"), [{ name: "Bảng", rows }]);
    await writeFile(join(folder, "so.csv"), rows.map((row) => row.join(";")).join("\n"));
    for (const command of ["import so.xlsx --source so", "import so.csv --source van-ban"]) {
      const taken = await runWardctl(`${command} --exported-at 2025-07-03T10:00 --json`, { cwd: folder, env });
      expect([taken.code, JSON.parse(taken.stdout).rows]).toMatchObject([0, { read: 2, new: 2, refused: 0 }]);
    }
    const store = await openSqlite(join(folder, ".wardctl", "cache.db"), allMigrations, () => "");
    const declared = await store.all("SELECT seq, unit, low FROM declared ORDER BY seq, ord");
    await store.close();
    // The total is nobody's.
    expect(declared.map(({ seq, unit, low }) => [seq, unit || null, low])).toEqual(
      [1, 2].flatMap((seq) => [
        [seq, "09187", 12],
        [seq, null, 12],
      ]),
    );
    const opened = await openPages(
      (_url, _request, response) => send(response, { total: 1, items: [item(1, { unit: "UBND phường Kim Long" })] }),
      "      unitNames: true\n",
    );
    closers.push(opened.close);
    expect((await runWardctl("sync --json", { cwd: opened.folder, env })).code).toBe(0);
    expect(await listUnits(opened.folder)).toEqual(["19774"]);
  });
});
