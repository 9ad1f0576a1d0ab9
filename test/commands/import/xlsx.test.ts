import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { findFilledRange } from "../../../src/platform/sheet-extent.ts";
import { openSqlite } from "../../../src/platform/sqlite.ts";
import { replaceZipText } from "../../../src/platform/zip-replace.ts";
import { allMigrations } from "../../../src/workspace/migrations.ts";
import { listLeaks, readPlaces } from "../../support/canaries.ts";
import { readCache } from "../../support/dossier-export.ts";
import { makeTestFolder, runWardctl } from "../../support/run-wardctl.ts";
import { type TestCell, type TestSheet, writeSheets } from "../../support/sheet-file.ts";

const env = { WARDCTL_NOW: "2025-07-03T17:00:00+07:00" };

/** As a one-stop system exports it: a title, headings over two rows, a row that numbers the columns, a total at the end. */
const head: readonly (readonly TestCell[])[] = [
  ["ỦY BAN NHÂN DÂN PHƯỜNG PHÚ XUÂN"],
  ["DANH SÁCH HỒ SƠ TIẾP NHẬN"],
  [],
  ["STT", "Hồ sơ", null, "Người nộp", null, "Đơn vị", "Kênh", "Thời gian", null, null, "Trạng thái"],
  [null, "Mã hồ sơ", "Mã TTHC", "Họ tên", "CCCD", null, null, "Tiếp nhận", "Hẹn trả", "Cập nhật", null],
  ["(1)", "(2)", "(3)", "(4)", "(5)", "(6)", "(7)", "(8)", "(9)", "(10)", "(11)"],
];
const merges = ["A1:K1", "A2:K2", "A4:A5", "B4:C4", "D4:E4", "F4:F5", "G4:G5", "H4:J4", "K4:K5"];

const applicant = { name: "Trần Thị Kín Đáo", id: "046199000777" };

function row(
  n: number,
  changes: Partial<Record<"unit" | "procedure" | "got" | "due" | "updated" | "status", TestCell>> = {},
): TestCell[] {
  const given = {
    unit: "19753",
    procedure: "2.000815",
    got: new Date("2025-07-03T08:00:00Z"),
    due: new Date("2025-07-04T00:00:00Z"),
    updated: new Date("2025-07-03T08:05:00Z"),
    status: 4,
    ...changes,
  };
  const code = `H57.101-250703-${String(n).padStart(4, "0")}`;
  return [
    n,
    code,
    given.procedure,
    applicant.name,
    applicant.id,
    given.unit,
    1,
    given.got,
    given.due,
    given.updated,
    given.status,
  ];
}

const source = `name: Huế
province: "46"
records:
  sources:
    so:
      kind: xlsx
      content: dossiers
      headerRows: [4, 5]
      dates: ["dd/MM/yyyy HH:mm:ss", "dd/MM/yyyy"]
EXTRA      columns: { code: "Hồ sơ/Mã hồ sơ", unit: Đơn vị, procedure: Hồ sơ / Mã TTHC, channel: Kênh, received: Thời gian / Tiếp nhận,
                 due: Thời gian / Hẹn trả, updated: Thời gian / Cập nhật, status: Trạng thái }
      channels: { "1": direct }
      status: { "4": in_progress, "9": resolved }
`;

async function prepare(sheets: readonly TestSheet[], extra = "", dateSystem: "1900" | "1904" = "1900"): Promise<string> {
  const folder = await makeTestFolder();
  await writeFile(join(folder, "wardctl.yaml"), source.replace("EXTRA", extra));
  await writeSheets(join(folder, "so.xlsx"), sheets, dateSystem);
  return folder;
}

const sheetOf = (rows: readonly (readonly TestCell[])[], more: Partial<TestSheet> = {}): TestSheet => ({
  name: "DS",
  rows: [...head, ...rows],
  merges,
  ...more,
});

describe("wardctl import of a spreadsheet", () => {
  it("reads headings over two merged rows, skips the row that numbers the columns, and keeps nothing of applicants", async () => {
    const folder = await prepare([sheetOf([row(1), row(2), ["Tổng cộng: 2 hồ sơ"]])]);
    const { code, stdout, stderr } = await runWardctl("import so.xlsx --json", { cwd: folder, env });
    expect([code, stderr]).toEqual([0, ""]);
    expect(JSON.parse(stdout)).toMatchObject({ source: "so", rows: { read: 2, new: 2 }, warnings: [] });
    const { points } = await readCache(folder);
    expect(points).toContainEqual(expect.objectContaining({ t: Date.parse("2025-07-03T08:00:00+07:00") / 1000, kind: 0, n: 2 }));
    const places = (await readPlaces([folder])).filter(([name]) => !name.endsWith(".xlsx"));
    expect(listLeaks([applicant.name, applicant.id], places)).toEqual([]);
  });

  it("counts the same whether dates are dates, bare day numbers of either epoch, or text", async () => {
    const days = (text: string, epoch: string): number => (Date.parse(text) - Date.parse(epoch)) / 86_400_000;
    const serial = (epoch: string) =>
      row(1, {
        got: days("2025-07-03T08:00:00Z", epoch),
        due: days("2025-07-04", epoch),
        updated: days("2025-07-03T08:05:00Z", epoch),
      });
    const folders = await Promise.all([
      prepare([sheetOf([row(1)])]),
      prepare([sheetOf([row(1)])], "", "1904"),
      prepare([sheetOf([serial("1899-12-30")])]),
      prepare([sheetOf([serial("1904-01-01")])], "", "1904"),
      prepare([sheetOf([row(1, { got: "03/07/2025 08:00:00", due: "04/07/2025", updated: "03/07/2025 08:05:00" })])]),
    ]);
    const caches = [];
    for (const folder of folders) {
      expect((await runWardctl("import so.xlsx", { cwd: folder, env })).code).toBe(0);
      caches.push((await readCache(folder)).points);
    }
    expect(caches[0]).toHaveLength(2);
    for (const cache of caches) expect(cache).toEqual(caches[0]);
  });

  it("names every faulty cell as a spreadsheet does, and takes nothing", async () => {
    const folder = await prepare([
      sheetOf([
        row(1),
        row(2, { got: "31/02/2025" }),
        row(3, { status: 15 }),
        row(4, { updated: { formula: "NOW()" } }),
        row(5, { unit: { formula: 'CONCAT("197";"53")', result: "19753" } }),
      ]),
    ]);
    const { code, stderr } = await runWardctl("import so.xlsx", { cwd: folder, env });
    expect(code).toBe(3);
    expect(stderr).toContain("so.xlsx DS!H8: column 'Thời gian / Tiếp nhận': '31/02/2025' is no real date");
    expect(stderr).toContain("so.xlsx DS!K9: status '15' is not in the status map of source 'so' (known: 4, 9)");
    expect(stderr).toContain("so.xlsx DS!J10: a formula without a result");
    expect(stderr).toContain("3 faults, nothing was imported");
    expect((await readCache(folder)).dossiers).toBe(0);
  });

  it("puts refused rows into a CSV that the same source takes when it is mended", async () => {
    const folder = await prepare([sheetOf([row(1), row(2, { status: 15 })])]);
    const first = await runWardctl("import so.xlsx --skip-invalid --json", { cwd: folder, env });
    expect([first.code, JSON.parse(first.stdout).rows]).toMatchObject([7, { new: 1, refused: 1 }]);
    const rejected = await readFile(join(folder, "so.xlsx.rejected.csv"), "utf8");
    expect(listLeaks([applicant.name, applicant.id], [["rejected", Buffer.from(rejected)]])).toEqual([]);
    await writeFile(join(folder, "mended.csv"), rejected.replace(",15,", ",4,"));
    const mended = await runWardctl("import mended.csv --json", { cwd: folder, env });
    expect([mended.code, JSON.parse(mended.stdout).rows]).toMatchObject([0, { read: 1, new: 1 }]);
  });

  it("gives back lost zeros only where the profile says so", async () => {
    const sheets = [sheetOf([row(1, { unit: 1, procedure: 1.00346 })])];
    const without = await runWardctl("import so.xlsx", { cwd: await prepare(sheets), env });
    expect(without.stderr).toContain("DS!F7: unit code '1' has 1 digit, need 5");
    expect(without.stderr).toContain("DS!C7: '1.00346' is not a procedure code");
    const padded = await prepare([sheetOf([row(1, { unit: 4, procedure: 1.00346 })])], "      padCodes: true\n");
    const result = await runWardctl("import so.xlsx --json", { cwd: padded, env });
    expect([result.code, result.stderr]).toEqual([0, ""]);
    expect((await readCache(padded)).points[0]).toMatchObject({ unit: "00004", procedure: "1.003460" });
  });

  it("tells hidden rows and columns, and a total that is not the number of rows", async () => {
    const folder = await prepare([
      sheetOf([row(1), row(2), row(3), ["Tổng cộng", 4]], { hiddenRows: [8, 9], hiddenColumns: [7] }),
    ]);
    const { code, stdout } = await runWardctl("import so.xlsx --json", { cwd: folder, env });
    expect(code).toBe(8);
    const { rows, warnings } = JSON.parse(stdout);
    expect(rows).toMatchObject({ read: 3, new: 3 });
    expect(warnings).toMatchObject([
      { code: "W-DECLARED", note: "DS!A10: 4 ≠ 3" },
      { code: "W-HIDDEN", note: "8–9; Kênh" },
    ]);
  });

  it("asks which sheet is meant, and refuses a sheet or an old file that it cannot read", async () => {
    const two = [sheetOf([row(1)]), { ...sheetOf([row(2)]), name: "Cũ" }];
    const unsure = await runWardctl("import so.xlsx", { cwd: await prepare(two), env });
    expect([unsure.code, unsure.stderr]).toEqual([3, expect.stringContaining("which sheet is meant is not clear")]);
    const named = await prepare(two, "      sheet: DS\n");
    expect((await runWardctl("import so.xlsx", { cwd: named, env })).code).toBe(0);
    const wrong = await runWardctl("import so.xlsx", { cwd: await prepare(two, "      sheet: DSS\n"), env });
    expect(wrong.stderr).toContain("there is no sheet 'DSS' (did you mean 'DS'?)");
    await writeFile(join(named, "old.xls"), Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]));
    const old = await runWardctl("import old.xls", { cwd: named, env });
    expect([old.code, old.stderr]).toEqual([3, expect.stringContaining("an .xls of the old kind")]);
  });

  it("takes a ward's printed table of totals as of the instant its title tells, total row included", async () => {
    const folder = await makeTestFolder();
    await writeFile(
      join(folder, "wardctl.yaml"),
      `name: Huế
province: "46"
records:
  sources:
    bang:
      kind: xlsx
      content: counts
      headerRows: [2, 3]
      padCodes: true
      columns: { unit: Mã đơn vị, name: Đơn vị }
      metrics: { received.total: Tiếp nhận / Tổng, received.online: Tiếp nhận / Trực tuyến, rate.onTimeResolved: Đúng hạn }
`,
    );
    await writeSheets(join(folder, "bang.xlsx"), [
      {
        name: "Bảng",
        merges: ["A1:E1", "A2:A3", "B2:B3", "C2:D2", "E2:E3", "A6:B6"],
        rows: [
          ["TÍNH ĐẾN 17 GIỜ 03/7/2025"],
          ["Mã đơn vị", "Đơn vị", "Tiếp nhận", null, "Đúng hạn"],
          [null, null, "Tổng", "Trực tuyến", null],
          [19753, "Phường Phú Xuân", 1283, 382, "96,3%"],
          ["19777", "Phường Vỹ Dạ", "151", { formula: "D4-300", result: 82 }, null],
          ["Tổng cộng", null, "1.434", 464, null],
        ],
      },
    ]);
    const refused = await runWardctl("import bang.xlsx", { cwd: folder, env });
    expect([refused.code, refused.stderr]).toEqual([3, expect.stringContaining("say with --exported-at")]);
    const { code, stdout, stderr } = await runWardctl("import bang.xlsx --exported-at 2025-07-03T17:00:00+07:00 --json", {
      cwd: folder,
      env,
    });
    expect([code, stderr, JSON.parse(stdout || "{}").rows]).toMatchObject([0, "", { read: 3 }]);
    const database = await openSqlite(join(folder, ".wardctl", "cache.db"), allMigrations, () => "");
    const stated = await database.all("SELECT unit, metric, low, hundredths FROM declared ORDER BY unit, metric");
    await database.close();
    expect(stated).toEqual([
      { unit: null, metric: "received.online", low: 464, hundredths: null },
      { unit: null, metric: "received.total", low: 1434, hundredths: null },
      { unit: "19753", metric: "rate.onTimeResolved", low: null, hundredths: 9630 },
      { unit: "19753", metric: "received.online", low: 382, hundredths: null },
      { unit: "19753", metric: "received.total", low: 1283, hundredths: null },
      { unit: "19777", metric: "received.online", low: 82, hundredths: null },
      { unit: "19777", metric: "received.total", low: 151, hundredths: null },
    ]);
  });

  it("reads what is filled of a sheet that is formatted to its last row and column", async () => {
    const folder = await prepare([sheetOf([row(1), row(2)])]);
    const path = join(folder, "so.xlsx");
    const far = '<row r="1048576"><c r="XFD1048576" s="1"/></row></sheetData>';
    const bytes = replaceZipText(await readFile(path), "xl/worksheets/sheet1.xml", (xml) => xml.replace("</sheetData>", far));
    await writeFile(path, bytes);
    expect(findFilledRange(bytes)).toBe("A1:K8");
    const { code, stdout } = await runWardctl("import so.xlsx --json", { cwd: folder, env });
    expect([code, JSON.parse(stdout).rows]).toMatchObject([0, { read: 2, new: 2 }]);
  });

  it("compares a total with its own group, what stands above it, or the whole sheet", async () => {
    const groups = [row(1), row(2), ["Cộng", 2], row(3), ["Cộng: 1 hồ sơ"], ["Tổng cộng", 3]];
    const right = await runWardctl("import so.xlsx --json", { cwd: await prepare([sheetOf(groups)]), env });
    expect([right.code, JSON.parse(right.stdout).warnings]).toEqual([0, []]);
    const wrong = [row(1), row(2), ["Cộng", 4], row(3), ["Tổng cộng", 3]];
    const told = await runWardctl("import so.xlsx --json", { cwd: await prepare([sheetOf(wrong)]), env });
    expect([told.code, JSON.parse(told.stdout).warnings]).toMatchObject([8, [{ code: "W-DECLARED", note: "DS!A9: 4 ≠ 3" }]]);
  });

  it("says what a file is that only has a spreadsheet's name", async () => {
    const folder = await prepare([{ name: "Trống", rows: [[null]] }]);
    const open = Buffer.concat([
      Buffer.from("504b030414000000000000000000", "hex"),
      Buffer.alloc(16),
      Buffer.from("mimetypeapplication/vnd.oasis.opendocument.spreadsheet"),
    ]);
    const locked = Buffer.concat([
      Buffer.from("d0cf11e0a1b11ae1", "hex"),
      Buffer.alloc(500),
      Buffer.from("EncryptedPackage", "utf16le"),
    ]);
    // Says of itself that it unpacks to four gigabytes.
    const bomb = Buffer.from(await readFile(join(folder, "so.xlsx")));
    bomb.writeUInt32LE(0xffffffff, bomb.lastIndexOf(Buffer.from([0x50, 0x4b, 1, 2])) + 24);
    const files = { "ods.xlsx": open, "khoa.xlsx": locked, "bom.xlsx": bomb };
    for (const [name, bytes] of Object.entries(files)) await writeFile(join(folder, name), bytes);
    const said = {
      "so.xlsx": "no visible sheet with anything in it",
      "ods.xlsx": "is an OpenDocument spreadsheet",
      "khoa.xlsx": "is protected with a password",
      "bom.xlsx": "unpacks to 4096 MB, which is too large",
    };
    for (const [name, text] of Object.entries(said)) {
      const { code, stderr } = await runWardctl(`import ${name} --source so`, { cwd: folder, env });
      expect([code, stderr]).toEqual([3, expect.stringContaining(text)]);
    }
  });

  it("takes form II.06a as it is printed: rates as they are shown, dashes for nothing, who signs left out, and shows what does not tie", async () => {
    const folder = await makeTestFolder();
    await writeFile(
      join(folder, "wardctl.yaml"),
      `name: Huế
province: "46"
records:
  sources:
    bieu:
      kind: xlsx
      content: counts
      headerRows: [2, 3]
      columns: { unit: Đơn vị }
      metrics: { base: Tiếp nhận / Tổng số, carriedOver: Tiếp nhận / Kỳ trước, received.total: Tiếp nhận / Trong kỳ, resolved.total: Đã giải quyết,
        inProgress.total: Đang giải quyết, paused.total: Tạm dừng, rate.onTimeResolved: Đúng hạn, rate.online: Trực tuyến (%) }
`,
    );
    const rate = (number: number, format: string): TestCell => ({ number, format });
    const table = (more: readonly (readonly TestCell[])[]) => ({
      name: "II.06a",
      merges: ["A2:A3", "B2:D2", ...["E2:E3", "F2:F3", "G2:G3", "H2:H3", "I2:I3"]],
      rows: [
        ["Biểu số II.06a/VPCP/KSTT"],
        ["Đơn vị", "Tiếp nhận", null, null, "Đã giải quyết", "Đang giải quyết", "Tạm dừng", "Đúng hạn", "Trực tuyến (%)"],
        [null, "Tổng số", "Kỳ trước", "Trong kỳ"],
        ["19753", 163, 10, 151, 61, 99, "-", rate(0.98365, "0.00%"), rate(66.225, "0.00")],
        ["19867", "151", "–", 151, 60, 91, 0, rate(0.5, "0%"), "40,4"],
        ...more,
      ] as TestCell[][],
    });
    await writeSheets(join(folder, "bieu.xlsx"), [
      table([
        ["Tổng cộng", 314, 10, 302, 121, 191, 0],
        [null, null, null, null, null, "Huế, ngày 03 tháng 7 năm 2025"],
        ["Người lập biểu", null, null, null, null, "THỦ TRƯỞNG ĐƠN VỊ"],
        ["Trần Thị Kín Đáo", null, null, null, null, "Lê Văn Kín"],
      ]),
    ]);
    const options = { cwd: folder, env };
    const line = "import bieu.xlsx --exported-at 2025-07-03T16:00:00+07:00 --json";
    const { code, stdout, stderr } = await runWardctl(line, options);
    expect([code, stderr, JSON.parse(stdout || "{}").rows]).toMatchObject([0, "", { read: 3 }]);
    const database = await openSqlite(join(folder, ".wardctl", "cache.db"), allMigrations, () => "");
    const stated = await database.all(
      "SELECT unit, metric, hundredths FROM declared WHERE metric LIKE 'rate%' ORDER BY unit, metric",
    );
    const given = await database.all("SELECT metric FROM declared WHERE unit = '19867' AND metric = 'carriedOver'");
    await database.close();
    expect([stated, given]).toEqual([
      [
        { unit: "19753", metric: "rate.onTimeResolved", hundredths: 9837 },
        { unit: "19753", metric: "rate.online", hundredths: 6623 },
        { unit: "19867", metric: "rate.onTimeResolved", hundredths: 5000 },
        { unit: "19867", metric: "rate.online", hundredths: 4040 },
      ],
      [],
    ]);
    const report = await runWardctl("report range 2025-07-01 2025-07-03 --json", options);
    const balances = JSON.parse(report.stdout).warnings.filter((warning: { code: string }) => warning.code === "W-BALANCE");
    expect(balances.map(({ unit, expected, found, delta }: Record<string, unknown>) => [unit, expected, found, delta])).toEqual(
      expect.arrayContaining([
        ["19753", 163, 160, -3],
        ["19753", 163, 161, -2],
        [null, 314, 312, -2],
      ]),
    );
    await writeSheets(join(folder, "bieu.xlsx"), [table([["Phường Vỹ Dạ", null, null, "chưa báo cáo"]])]);
    expect((await runWardctl(line, options)).code).toBe(3);
  });
});
