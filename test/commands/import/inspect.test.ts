import { appendFile, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { listLeaks, readPlaces } from "../../support/canaries.ts";
import { exportHead, toExportLine } from "../../support/dossier-export.ts";
import { makeTestFolder, runWardctl } from "../../support/run-wardctl.ts";
import { writeSheets } from "../../support/sheet-file.ts";

const env = { WARDCTL_NOW: "2025-07-03T17:00:00+07:00" };
const names = ["Nguyễn Thị Bí Mật", "Trần Văn Kín", "Lê Hoàng Giấu"];
const ids = ["046199000111", "046199000222", "046199000333"];

const lines = Array.from({ length: 60 }, (_, n) =>
  toExportLine({
    code: `H57.101-250703-${String(n + 1).padStart(4, "0")}`,
    name: names[n % 3] as string,
    id: ids[n % 3] as string,
    unit: n % 2 === 0 ? "19753" : "19777",
    channel: String(1 + (n % 3)),
    status: n % 4 === 0 ? "9" : "4",
    finished: n % 4 === 0 ? "03/07/2025 09:00:00" : "",
  }),
);
const text = `${[exportHead, ...lines].join("\r\n")}\r\n`;

/** Bytes of the old code page: letter and tone apart, as programs of its time wrote them. */
function toWindows1258(value: string): Buffer {
  const decoder = new TextDecoder("windows-1258");
  const bytes = new Map(Array.from({ length: 256 }, (_, byte) => [decoder.decode(Uint8Array.of(byte)), byte]));
  const own = (letter: string): number[] => {
    const whole = bytes.get(letter);
    if (whole !== undefined) return [whole];
    const [base = "", ...marks] = [...letter.normalize("NFD")];
    const tone = marks.find((mark) => bytes.has(mark)) ?? "";
    const shaped = [base, ...marks.filter((mark) => mark !== tone)].join("").normalize("NFC");
    return [bytes.get(shaped) as number, bytes.get(tone) as number];
  };
  return Buffer.from([...value.normalize("NFC")].flatMap(own));
}

async function prepare(bytes: string | Uint8Array, name = "xuat.csv"): Promise<string> {
  const folder = await makeTestFolder();
  await writeFile(join(folder, "wardctl.yaml"), '# của phường\nname: Huế\nprovince: "46"\n# chưa có nguồn\n');
  await writeFile(join(folder, name), bytes);
  return folder;
}

describe("wardctl import --inspect", () => {
  it("tells encoding, separator, fields, dates and codes of a CSV in every encoding, and the draft imports the file", async () => {
    const files: readonly (readonly [string, string | Uint8Array])[] = [
      ["utf-8", text],
      ["utf-8", `\uFEFF${text}`],
      ["utf-8", text.normalize("NFD")],
      ["windows-1258", toWindows1258(text)],
      ["utf-16le", Buffer.from(`\uFEFF${text}`, "utf16le")],
      ["utf-16le", Buffer.from(text, "utf16le")],
    ];
    for (const [encoding, bytes] of files) {
      const folder = await prepare(bytes);
      const { code, stdout, stderr } = await runWardctl("import --inspect xuat.csv --json --yes", { cwd: folder, env });
      expect([code, stderr.includes("fault")]).toEqual([0, false]);
      const found = JSON.parse(stdout);
      expect(found).toMatchObject({
        schema: "wardctl.inspect/1",
        encoding,
        delimiter: ";",
        whole: true,
        missing: [],
        profile: {
          dates: ["dd/MM/yyyy HH:mm:ss", "dd/MM/yyyy"],
          columns: {
            code: "Mã hồ sơ",
            unit: "Mã đơn vị",
            due: "Ngày hẹn trả",
            finished: "Ngày kết thúc xử lý",
            updated: "Cập nhật lúc",
          },
          status: { "4": "in_progress", "9": "resolved" },
          channels: { "1": "direct", "2": "online", "3": "post" },
        },
      });
      expect(found.columns.find(({ heading }: { heading: string }) => heading === "Trạng thái").values).toEqual([
        { value: "4", count: 45 },
        { value: "9", count: 15 },
      ]);
      const imported = await runWardctl("import xuat.csv --json", { cwd: folder, env });
      expect([imported.code, imported.stderr, JSON.parse(imported.stdout).rows]).toMatchObject([0, "", { new: 60 }]);
    }
  });

  it("shows no value of a column that holds people, and writes none", async () => {
    const folder = await prepare(text);
    for (const flags of ["", "--json", "--lang vi", "--yes"]) {
      const { stdout, stderr } = await runWardctl(`import --inspect xuat.csv ${flags}`, { cwd: folder, env });
      const places = (await readPlaces([folder])).filter(([name]) => !name.endsWith("xuat.csv"));
      expect(
        listLeaks([...names, ...ids], [["stdout", Buffer.from(stdout)], ["stderr", Buffer.from(stderr)], ...places]),
      ).toEqual([]);
      if (flags === "") expect(stdout).toContain("Họ tên: holds personal data: will be dropped");
    }
  });

  it("shows nothing of a file whose first row is no heading, nor of a code column that people slipped into", async () => {
    const bare = await prepare(`${lines.join("\r\n")}\r\n`);
    const result = await runWardctl("import --inspect xuat.csv", { cwd: bare, env });
    expect([result.code, result.stderr]).toEqual([3, expect.stringContaining("no heading is recognised")]);
    expect(listLeaks([...names, ...ids], [["out", Buffer.from(result.stdout + result.stderr)]])).toEqual([]);

    const slipped = await prepare(`${[exportHead, ...lines, toExportLine({ status: names[1] as string })].join("\r\n")}\r\n`);
    const other = await runWardctl("import --inspect xuat.csv --json", { cwd: slipped, env });
    expect(other.stdout).toContain('"Trạng thái"');
    expect(listLeaks([...names, ...ids], [["out", Buffer.from(other.stdout + other.stderr)]])).toEqual([]);
  });

  it("names codes that mean nothing known and columns it did not find, instead of guessing", async () => {
    const folder = await prepare(text.replaceAll(";4;", ";17;").replace("Mã TTHC", "Mã thủ tục").replaceAll("2.000815", "abc"));
    const { code, stdout } = await runWardctl("import --inspect xuat.csv", { cwd: folder, env });
    expect(code).toBe(8);
    expect(stdout).toContain("# no column was found for the procedure's code (procedure)");
    expect(stdout).toContain("Mã thủ tục: names, not the procedure's code: will be dropped");
    expect(stdout).toContain("# status '17' (45 rows) means nothing known");
    const refused = await runWardctl("import --inspect xuat.csv --yes", { cwd: folder, env });
    expect([refused.code, refused.stderr]).toEqual([2, expect.stringContaining("columns that are needed are missing")]);
    expect(await readFile(join(folder, "wardctl.yaml"), "utf8")).not.toContain("sources");
  });

  it("keeps the comments of wardctl.yaml, and does not write over a source that is there", async () => {
    const folder = await prepare(text);
    expect((await runWardctl("import --inspect xuat.csv --yes --source mot-cua", { cwd: folder, env })).code).toBe(0);
    const yaml = await readFile(join(folder, "wardctl.yaml"), "utf8");
    expect(yaml).toContain("# của phường\n");
    expect(yaml).toContain("# chưa có nguồn\n");
    expect(yaml).toContain("records:\n  sources:\n    mot-cua:\n      kind: csv\n");
    const again = await runWardctl("import --inspect xuat.csv --yes --source mot-cua", { cwd: folder, env });
    expect([again.code, again.stderr]).toEqual([2, expect.stringContaining("there is a source 'mot-cua' already")]);
    expect(await readFile(join(folder, "wardctl.yaml"), "utf8")).toBe(yaml);
  });

  it("finds the headings of a spreadsheet below its title, and drafts dossiers and tables of totals", async () => {
    const folder = await prepare("");
    await writeSheets(join(folder, "so.xlsx"), [
      {
        name: "DS",
        merges: ["A1:H1", "A3:B3", "C3:C4", "D3:D4", "E3:F3", "G3:G4", "H3:H4"],
        rows: [
          ["SỔ THEO DÕI"],
          [],
          ["Hồ sơ", null, "Họ và tên", "Mã đơn vị", "Thời gian", null, "Tình trạng", "Hình thức nộp"],
          ["Mã hồ sơ", "Mã TTHC", null, null, "Ngày tiếp nhận", "Cập nhật", null, null],
          ["(1)", "(2)", "(3)", "(4)", "(5)", "(6)", "(7)", "(8)"],
          ...[1, 2, 3, 4].map((n) => [
            `H57.101-250703-000${n}`,
            "2.000815",
            names[n % 3] as string,
            4,
            new Date("2025-07-03T08:00:00Z"),
            new Date("2025-07-03T09:00:00Z"),
            "Đang xử lý",
            "Trực tuyến",
          ]),
        ],
      },
    ]);
    const { code, stdout, stderr } = await runWardctl("import --inspect so.xlsx --json --yes", { cwd: folder, env });
    expect([code, JSON.parse(stdout).profile]).toMatchObject([
      0,
      {
        kind: "xlsx",
        headerRows: [3, 4],
        padCodes: true,
        columns: { code: "Hồ sơ / Mã hồ sơ", received: "Thời gian / Ngày tiếp nhận" },
        status: { "Đang xử lý": "in_progress" },
        channels: { "Trực tuyến": "online" },
      },
    ]);
    expect(listLeaks(names, [["out", Buffer.from(stdout + stderr)]])).toEqual([]);
    const imported = await runWardctl("import so.xlsx --source so --json", { cwd: folder, env });
    expect([imported.code, imported.stderr]).toEqual([0, ""]);

    await writeSheets(join(folder, "bang.xlsx"), [
      {
        name: "Bảng",
        merges: ["A1:A2", "B1:C1", "D1:D2"],
        rows: [
          ["Mã đơn vị", "Tiếp nhận", null, "Đúng hạn"],
          [null, "Tổng số", "Trực tuyến", null],
          ["19753", 12, 4, 7],
        ],
      },
    ]);
    const table = await runWardctl("import --inspect bang.xlsx --json", { cwd: folder, env });
    expect(JSON.parse(table.stdout).profile).toMatchObject({
      content: "counts",
      columns: { unit: "Mã đơn vị" },
      metrics: {
        "received.total": "Tiếp nhận / Tổng số",
        "received.online": "Tiếp nhận / Trực tuyến",
        "resolved.onTime": "Đúng hạn",
      },
    });
  });

  it("never takes a total for a unit's code, and drafts a table of totals that can be imported", async () => {
    const folder = await prepare(text);
    const head = "Mã đơn vị,Tên,Từ ngày,Tính đến,Tiếp nhận,Đã giải quyết,Đúng hạn,Quá hạn";
    await writeFile(
      join(folder, "bang-2025-09-23.csv"),
      `${head}\n,Thành phố Huế,01/07/2025,23/09/2025,531.269,510.541,509.772,763\n`,
    );
    const { code, stderr } = await runWardctl("import --inspect bang-2025-09-23.csv --yes", { cwd: folder, env });
    expect([code, stderr]).toEqual([0, expect.stringContaining("wardctl import FILE --source bang\n")]);
    const later = { WARDCTL_NOW: "2025-09-24T07:00:00+07:00" };
    const taken = await runWardctl("import bang-2025-09-23.csv --json", { cwd: folder, env: later });
    expect([taken.code, JSON.parse(taken.stdout)]).toMatchObject([0, { source: "bang", rows: { new: 1 } }]);

    await writeFile(join(folder, "thieu.csv"), "Đơn vị,Tiếp nhận,Trước hạn và đúng hạn,Quá hạn\nThành phố Huế,12,9,763\n");
    const lacking = await runWardctl("import --inspect thieu.csv --json", { cwd: folder, env });
    expect([lacking.code, JSON.parse(lacking.stdout)]).toMatchObject([8, { missing: ["unit", "asOf"] }]);
    expect(JSON.parse(lacking.stdout).profile.metrics).toEqual({ "received.total": "Tiếp nhận", "resolved.late": "Quá hạn" });
  });

  it("reads the beginning and samples of a huge file", async () => {
    const folder = await prepare(text);
    const block = Buffer.from(`${lines.join("\r\n")}\r\n`.repeat(600));
    for (let n = 0; n < 8; n++) await appendFile(join(folder, "xuat.csv"), block);
    await appendFile(join(folder, "xuat.csv"), `${toExportLine({ status: "16" })}\r\n`);
    const { code, stdout } = await runWardctl("import --inspect xuat.csv --json", { cwd: folder, env });
    expect(code).toBe(8);
    // The last line of all is among the samples.
    expect(JSON.parse(stdout)).toMatchObject({ whole: false, encoding: "utf-8", unknownStatus: [{ value: "16", count: 1 }] });
  });
});

describe("wardctl import of several files", () => {
  it("takes each as a seq of its own, and a faulty one stops none of the others", async () => {
    const folder = await prepare(text);
    await runWardctl("import --inspect xuat.csv --yes", { cwd: folder, env });
    const [head, ...rows] = text.trim().split("\r\n");
    await writeFile(join(folder, "a.csv"), [head, ...rows.slice(0, 20)].join("\n"));
    await writeFile(join(folder, "b.csv"), [head, ...rows.slice(20, 40), toExportLine({ status: "15" })].join("\n"));
    await writeFile(join(folder, "c.csv"), [head, ...rows.slice(20)].join("\n"));
    const { code, stdout, stderr } = await runWardctl("import a.csv b.csv c.csv --json", { cwd: folder, env });
    expect(code).toBe(7);
    expect(JSON.parse(stdout)).toMatchObject({
      schema: "wardctl.imports/1",
      files: [
        { file: "a.csv", seq: 1, rows: { new: 20 } },
        { file: "b.csv", state: "failed", kind: "invalid", faults: [{ line: 22, value: "15" }] },
        { file: "c.csv", seq: 2, rows: { new: 40 } },
      ],
    });
    expect(stderr).toContain("b.csv:22: status '15' is not in the status map");
    // As the shells of Windows hand it on.
    const { files } = JSON.parse((await runWardctl("import '?.csv' --json", { cwd: folder, env })).stdout);
    expect(files.map(({ file }: { file: string }) => file)).toEqual(["a.csv", "b.csv", "c.csv"]);
    const none = await runWardctl("import 'z*.csv'", { cwd: folder, env });
    expect([none.code, none.stderr]).toEqual([3, "wardctl: z*.csv: no file is named so\n"]);
    const missing = await runWardctl("import a.csv khong-co.csv --lang vi", { cwd: folder, env });
    expect([missing.code, missing.stdout]).toEqual([7, expect.stringContaining("đã được nhập ở lần nhập 1")]);
    await writeFile(join(folder, "grants.csv"), "unit,capacity,doc_types,basis_kind\n19753,KT,qd,law\n");
    const mixed = await runWardctl("import a.csv grants.csv --json", { cwd: folder, env });
    expect(mixed.code).toBe(7);
    expect(JSON.parse(mixed.stdout).files[1]).toMatchObject({ state: "failed", hint: expect.stringContaining("delegate grant") });
    expect((await runWardctl("import a.csv grants.csv", { cwd: folder, env })).stderr).toContain(
      "delegate grant --file grants.csv",
    );
  });
});
