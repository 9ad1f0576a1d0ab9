import { copyFile, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { exportHead, readCache, toExportLine, writeExportWorkspace } from "../../support/dossier-export.ts";
import { makeTestFolder, runWardctl } from "../../support/run-wardctl.ts";

const exportsFolder = fileURLToPath(new URL("../../../fixtures/exports/", import.meta.url));

type Given = Parameters<typeof toExportLine>[0];

async function writeExport(folder: string, lines: readonly Given[], name = "dossiers.csv"): Promise<void> {
  await writeFile(join(folder, name), `${[exportHead, ...lines.map(toExportLine)].join("\r\n")}\r\n`);
}

async function prepare(lines: readonly Given[], extra = ""): Promise<string> {
  const folder = await makeTestFolder();
  await writeExportWorkspace(folder, extra);
  await writeExport(folder, lines);
  return folder;
}

async function importAgain(folder: string, lines: readonly Given[], flags = "") {
  await writeExport(folder, lines, "next.csv");
  const result = await runWardctl(`import next.csv --json ${flags}`, { cwd: folder });
  return { ...result, receipt: JSON.parse(result.stdout || "{}") as Receipt };
}

interface Receipt {
  readonly seq: number;
  readonly rows: Record<string, number>;
  readonly warnings: { readonly code: string; readonly unit: string; readonly count: number; readonly dossiers: string[] }[];
}

describe("wardctl import", () => {
  it("says that the separator is another one instead of missing every column", async () => {
    const folder = await prepare([{}]);
    const text = await readFile(join(folder, "dossiers.csv"), "utf8");
    const separator = text.includes(";") ? ";" : ",";
    await writeFile(join(folder, "tab.csv"), text.replaceAll(separator, "\t"));
    const { code, stderr } = await runWardctl("import tab.csv --source igate-hue", { cwd: folder });
    expect(code).toBe(3);
    expect(stderr).toContain('tab.csv:1: the header is separated by TAB, the source says delimiter: ";"');
    expect(stderr).toContain("1 fault, nothing was imported");
  });

  it("takes a file once: the receipt is one JSON document, and the same bytes again do nothing", async () => {
    const folder = await prepare([{}, { code: "H57.101-250703-0002", status: "9", finished: "03/07/2025 09:00:00" }]);
    const first = await runWardctl("import dossiers.csv --source igate-hue --json", { cwd: folder });
    expect(first.code).toBe(0);
    expect(JSON.parse(first.stdout)).toMatchObject({
      schema: "wardctl.import/1",
      seq: 1,
      file: "dossiers.csv",
      sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
      rows: { read: 2, new: 2, changed: 0, same: 0, stale: 0, refused: 0 },
      warnings: [],
    });
    const before = await readCache(folder);
    const again = await runWardctl("import dossiers.csv", { cwd: folder });
    expect([again.code, again.stdout]).toEqual([0, expect.stringContaining("already imported as seq 1")]);
    expect(await readCache(folder)).toEqual(before);
    const forced = await runWardctl("import dossiers.csv --force --json", { cwd: folder });
    expect(JSON.parse(forced.stdout)).toMatchObject({ seq: 2, rows: { same: 2, new: 0 } });
    expect((await readCache(folder)).points).toEqual(before.points);
    const audit = await runWardctl("audit show --json", { cwd: folder });
    expect(JSON.parse(audit.stdout).records).toMatchObject([
      { action: "records.import", actor: "Lan", subject: "igate-hue" },
      {},
    ]);
  });

  it("reads the same bytes anew once the source's profile reads them otherwise, and what was known before stays", async () => {
    const folder = await prepare([{ status: "8" }]);
    const settings = join(folder, "wardctl.yaml");
    const read = async (flags = "") => {
      const { stdout } = await runWardctl(`import dossiers.csv --json ${flags}`, { cwd: folder });
      return JSON.parse(stdout) as Receipt;
    };
    expect((await read()).rows).toMatchObject({ new: 1 });
    const yaml = await readFile(settings, "utf8");
    expect(yaml).toContain('"8": stopped');
    await writeFile(settings, yaml.replace("expectEvery: 12h", "expectEvery: 13h"));
    expect(await read()).toMatchObject({ alreadyImportedAs: 1 });
    await writeFile(settings, yaml.replace('"8": stopped', '"8": rejected'));
    expect(await read()).toMatchObject({ seq: 2, rows: { changed: 1 } });
    expect(await read()).toMatchObject({ alreadyImportedAs: 2 });
    const known = async (seq: number) => {
      const { stdout } = await runWardctl(`report range 2025-07-01 --json --known-as-of ${seq}`, { cwd: folder });
      const { paused, returned } = JSON.parse(stdout).total.figures;
      return [paused.stopped, returned.rejectedInBase];
    };
    expect([await known(1), await known(2)]).toEqual([
      [1, 0],
      [0, 1],
    ]);
  });

  it("counts a dossier of 1900, as systems date what they know no date of, in every figure of now as of then", async () => {
    const old = { code: "H57.101-250703-0001", received: "01/01/1900 00:00:00", due: "31/12/1969" };
    const folder = await prepare([old, { code: "H57.101-250703-0002" }]);
    const read = async (flags: string) => {
      const { stdout } = await runWardctl(`report range 2025-07-01 --json ${flags}`, { cwd: folder });
      const { carriedOver, inProgress } = JSON.parse(stdout).total.figures;
      return [carriedOver, inProgress.total, inProgress.overdue >= 1];
    };
    await runWardctl("import dossiers.csv", { cwd: folder });
    expect(await read("")).toEqual([1, 2, true]);
    await importAgain(folder, [{ code: "H57.101-250703-0003" }]);
    expect([await read(""), await read("--known-as-of 1")]).toEqual([
      [1, 3, true],
      [1, 2, true],
    ]);
    await importAgain(folder, [{ ...old, updated: "03/07/2025 16:00:00", received: "02/07/2025 08:00:00" }], "--force");
    expect(await read("")).toEqual([0, 3, true]);
    expect((await runWardctl("doctor --compare", { cwd: folder })).code).toBe(0);
  });

  it("tells every fault of a file at once, with line and value, and takes nothing of it", async () => {
    const folder = await prepare([
      {},
      { code: "H57.101-250703-0002", status: "15" },
      { code: "H57.101-250703-0003", channel: "bưu chính" },
      { code: "H57.101-250703-0004", unit: "1975" },
      { code: "H57.101-250703-0005", unit: "99999" },
      { code: "H57.101-250703-0006", received: "31/02/2025 08:00:00" },
      { code: "H57.101-250231-0007" },
      { code: "H57.101-250703-0008", procedure: "815" },
      { code: "H57.101-250703-0009", received: "" },
      { code: "H57.101-250703-0010", updated: "" },
      { code: "H57.101-250703-0011", name: "Lê Thị; Kín" },
    ]);
    const result = await runWardctl("import dossiers.csv", { cwd: folder });
    expect(result.code).toBe(3);
    expect(result.stdout).toBe("");
    expect(result.stderr.split("\n")).toEqual([
      "dossiers.csv:3: status '15' is not in the status map of source 'igate-hue' (known: 1, 2, 3, 4, 5, 6, 7, 8, 9, 10)",
      "dossiers.csv:4: channel 'bưu chính' is not in the channel map of source 'igate-hue' (known: 1, 2, 3)",
      "dossiers.csv:5: unit code '1975' has 4 digits, need 5 (did you mean 19753 Phường Phú Xuân?)",
      "dossiers.csv:6: unit code '99999' is not a unit",
      "dossiers.csv:7: column 'Ngày tiếp nhận': '31/02/2025 08:00:00' is no real date by the pattern dd/MM/yyyy HH:mm:ss | dd/MM/yyyy",
      "dossiers.csv:8: 'H57.101-250231-0007' is not a dossier code (such as H57.19753-250703-0012)",
      "dossiers.csv:9: '815' is not a procedure code (such as 2.000815)",
      "dossiers.csv:10: status '4' means accepted, but column 'Ngày tiếp nhận' is empty",
      "dossiers.csv:11: column 'Cập nhật lúc' is empty",
      "dossiers.csv:12: the row has 12 cells, the header has 11: perhaps a separator without quotes around it",
      "wardctl: dossiers.csv: 10 faults, nothing was imported",
      "What to do: mend the data where they come from, or the source's profile; or take the good rows first with --skip-invalid",
      "",
    ]);
    expect(await readCache(folder)).toMatchObject({ points: [], dossiers: 0, batches: [] });
    const vietnamese = await runWardctl("import dossiers.csv --lang vi", { cwd: folder });
    expect(vietnamese.stderr).toContain("dossiers.csv:3: trạng thái '15' không có trong bảng trạng thái của nguồn 'igate-hue'");
    const json = await runWardctl("import dossiers.csv --json", { cwd: folder });
    expect(JSON.parse(json.stderr)).toMatchObject({ schema: "wardctl.error/1", kind: "invalid", exitCode: 3 });
    expect(JSON.parse(json.stderr).faults).toHaveLength(10);
    expect(JSON.parse(json.stderr).faults[0]).toMatchObject({ line: 3, value: "15" });
  });

  it("tells and writes nothing of an applicant, however a row slipped under its headings", async () => {
    const folder = await makeTestFolder();
    await copyFile(join(exportsFolder, "wardctl.yaml"), join(folder, "wardctl.yaml"));
    const text = await readFile(join(exportsFolder, "long-quang-2025-07-03.csv"), "utf8");
    const [head, ...rows] = text.trimEnd().split(/\r?\n/) as [string, ...string[]];
    const applicants = rows.flatMap((row) => row.split(";").slice(2, 5));
    const width = head.split(";").length;
    // One cell is lost and an empty one comes in elsewhere: as wide as the header, and all between stands under a neighbour's heading.
    const slipped = Array.from({ length: width * width }, (_, n) => {
      const cells = (rows[n % rows.length] as string).split(";");
      cells.splice(Math.floor(n / width), 1);
      cells.splice(n % width, 0, "");
      return cells.join(";");
    });
    await writeFile(join(folder, "slipped.csv"), [head, ...slipped].join("\n"));
    await writeFile(join(folder, "headless.csv"), rows.join("\n"));
    const env = { WARDCTL_NOW: "2025-07-03T18:00" };
    const told = await Promise.all(
      ["slipped.csv", "slipped.csv --json", "headless.csv"].map((line) => runWardctl(`import ${line}`, { cwd: folder, env })),
    );
    expect(told.map(({ code }) => code)).toEqual([3, 3, 3]);
    const skipped = await runWardctl("import slipped.csv --skip-invalid", { cwd: folder, env });
    expect(skipped.code).toBe(7);
    const kept = (await readdir(folder, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile());
    expect(kept.map(({ name }) => name)).toContain("slipped.csv.rejected.csv");
    const written = await Promise.all(
      kept
        .filter(({ name }) => name !== "slipped.csv" && name !== "headless.csv")
        .map(({ parentPath, name }) => readFile(join(parentPath, name), "utf8")),
    );
    const all = [...written, ...[...told, skipped].flatMap(({ stdout, stderr }) => [stdout, stderr])].join("\n");
    expect(applicants.filter((value) => all.includes(value))).toEqual([]);
  });

  it("quotes a cell without its control characters and without a novel", async () => {
    const folder = await prepare([{ status: "\u001B[31m4" }, { procedure: "x".repeat(5000) }]);
    const { stderr } = await runWardctl("import dossiers.csv", { cwd: folder });
    expect(stderr).toContain("status '\uFFFD[31m4' is not in the status map");
    expect(stderr).not.toContain("\u001B");
    expect(stderr.length).toBeLessThan(600);
  });

  it("counts every fault of a file that is wrong throughout, and tells the first ten thousand", async () => {
    const folder = await prepare(Array.from({ length: 10_500 }, () => ({ status: "15" })));
    const result = await runWardctl("import dossiers.csv --json", { cwd: folder });
    const { message, faults } = JSON.parse(result.stderr);
    expect([message, faults.length]).toEqual(["dossiers.csv: 10,500 faults, nothing was imported", 10_000]);
  });

  it("with --skip-invalid takes the good rows and writes the others to a file that can be mended and fed back", async () => {
    const folder = await prepare([{}, { code: "H57.101-250703-0002", status: "15" }]);
    const result = await runWardctl("import dossiers.csv --skip-invalid --json", { cwd: folder });
    expect(result.code).toBe(7);
    expect(JSON.parse(result.stdout)).toMatchObject({
      rows: { read: 2, new: 1, refused: 1 },
      warnings: [{ code: "W-REJECTED", count: 1 }],
      rejectedFile: "dossiers.csv.rejected.csv",
    });
    expect(JSON.parse(result.stdout).refusals).toEqual([
      { reason: expect.stringContaining("status '…' is not in the status map"), count: 1 },
    ]);
    const rejected = await readFile(join(folder, "dossiers.csv.rejected.csv"), "utf8");
    expect(rejected).toContain("Cập nhật lúc;line;reason");
    expect(rejected).not.toContain("Bí Mật");
    await writeFile(join(folder, "mended.csv"), rejected.replace(";15;", ";5;"));
    const mended = await runWardctl("import mended.csv --json", { cwd: folder });
    expect(mended.code).toBe(0);
    expect(JSON.parse(mended.stdout)).toMatchObject({ rows: { read: 1, new: 1 } });
    expect((await readCache(folder)).dossiers).toBe(2);
  });

  it("never writes a value of the applicant's columns anywhere, whatever is wrong with the row", async () => {
    const canaries = ["Nguyễn Thị Bí Mật", "046199000111", "Kín Đáo", "0461CANARY"];
    const folder = await prepare([
      {},
      { code: "H57.101-250703-0002", status: "15" },
      { code: "H57.101-250703-0003", name: "Lê; Kín Đáo" },
      { code: "H57.101-250703-0004", name: '"Kín Đáo', id: '0461CANARY"' },
      { code: "sai", name: "Kín Đáo", id: "0461CANARY" },
    ]);
    const lines = [
      "import dossiers.csv",
      "import dossiers.csv --json",
      "import dossiers.csv --skip-invalid",
      "audit show --json",
    ];
    let said = "";
    for (const line of lines) {
      const { stdout, stderr } = await runWardctl(line, { cwd: folder });
      said += stdout + stderr;
    }
    // Faulty quotes end in another failure, which must be as silent: the parser's own message quotes the cell.
    for (const name of ['"Kín Đáo', 'Kín Đáo"x', '"Kín Đáo"x']) {
      await writeFile(join(folder, "broken.csv"), `${exportHead}\n${toExportLine({ name, id: "0461CANARY" })}\n`);
      for (const flags of ["", "--json"]) {
        const broken = await runWardctl(`import broken.csv ${flags}`, { cwd: folder });
        expect([broken.code, broken.stderr]).toEqual([3, expect.stringContaining("faulty quoting")]);
        said += broken.stderr;
      }
    }
    const files = (await readdir(folder, { recursive: true, withFileTypes: true })).filter(
      (entry) => entry.isFile() && !["dossiers.csv", "broken.csv"].includes(entry.name),
    );
    expect(files.map((entry) => entry.name)).toEqual(expect.arrayContaining(["cache.db", "dossiers.csv.rejected.csv"]));
    for (const entry of files) said += await readFile(join(entry.parentPath, entry.name), "latin1");
    for (const canary of canaries) {
      expect(said.includes(canary)).toBe(false);
      expect(said.includes(Buffer.from(canary).toString("latin1"))).toBe(false);
    }
  });

  it("follows the rules of idempotence: newer, reopened, corrected, stale, conflicting, doubled", async () => {
    const closed = { status: "9", finished: "03/07/2025 09:00:00", updated: "03/07/2025 09:00:00" };
    const folder = await prepare([{}]);
    await runWardctl("import dossiers.csv", { cwd: folder });

    const newer = await importAgain(folder, [closed]);
    expect([newer.receipt.rows, newer.receipt.warnings]).toEqual([expect.objectContaining({ changed: 1 }), []]);

    const corrected = await importAgain(folder, [{ ...closed, finished: "03/07/2025 09:30:00", updated: "03/07/2025 10:00:00" }]);
    expect(corrected.receipt.warnings).toMatchObject([
      { code: "W-CORRECTED", unit: "19753", count: 1, dossiers: ["H57.101-250703-0001"] },
    ]);
    expect(corrected.code).toBe(0);

    const reopened = await importAgain(folder, [{ updated: "03/07/2025 11:00:00" }]);
    expect(reopened.receipt.rows).toMatchObject({ changed: 1 });

    const stale = await importAgain(folder, [{ status: "5", updated: "03/07/2025 08:30:00" }]);
    expect(stale.receipt.rows).toMatchObject({ stale: 1, changed: 0 });

    const conflict = await importAgain(folder, [{ status: "6", updated: "03/07/2025 11:00:00" }]);
    expect(conflict.receipt).toMatchObject({ rows: { changed: 1 }, warnings: [{ code: "W-CONFLICT", count: 1 }] });
    expect(conflict.code).toBe(8);

    const doubled = await importAgain(folder, [
      { code: "H57.101-250703-0002", status: "5", updated: "03/07/2025 09:00:00" },
      { code: "H57.101-250703-0002", updated: "03/07/2025 08:05:00" },
    ]);
    expect(doubled.receipt).toMatchObject({ rows: { new: 1, changed: 1 }, warnings: [{ code: "W-DUP", count: 1 }] });

    const same = await importAgain(folder, [closed, {}]);
    expect(same.receipt.rows).toMatchObject({ same: 2, changed: 0, stale: 0 });
    expect((await readCache(folder)).points.filter((point) => point["seq"] === same.receipt.seq)).toEqual([]);

    const moved = await importAgain(folder, [{ unit: "19777", status: "6", updated: "03/07/2025 12:00:00" }]);
    const { points } = await readCache(folder);
    const received = points.filter((point) => point["kind"] === 0 && point["seq"] === moved.receipt.seq);
    expect(received.map(({ unit, n }) => [unit, n])).toEqual([
      ["19753", -1],
      ["19777", 1],
    ]);
  });

  it("names what a full export no longer holds, and keeps it", async () => {
    const folder = await prepare([{}, { code: "H57.101-250703-0002" }], "      export: full\n");
    await runWardctl("import dossiers.csv", { cwd: folder });
    const next = await importAgain(folder, [{}]);
    expect(next.code).toBe(8);
    expect(next.receipt.warnings).toMatchObject([
      { code: "W-MISSING", unit: "19753", count: 1, dossiers: ["H57.101-250703-0002"] },
    ]);
    expect((await readCache(folder)).dossiers).toBe(2);
  });

  it("takes refused rows that were mended for what they are, not for all that a full export holds", async () => {
    const folder = await prepare([{}, { code: "H57.101-250703-0002", status: "15" }], "      export: full\n");
    await runWardctl("import dossiers.csv --skip-invalid", { cwd: folder });
    const rejected = await readFile(join(folder, "dossiers.csv.rejected.csv"), "utf8");
    await writeFile(join(folder, "mended.csv"), rejected.replace(";15;", ";5;"));
    const mended = await runWardctl("import mended.csv --json", { cwd: folder });
    expect([mended.code, JSON.parse(mended.stdout).warnings]).toEqual([0, []]);
    expect((await importAgain(folder, [{}])).receipt.warnings).toMatchObject([{ code: "W-MISSING" }]);
  });

  it("advises the encoding that the bytes speak for", async () => {
    const folder = await prepare([{}]);
    const file = join(folder, "dossiers.csv");
    await writeFile(file, Buffer.from(await readFile(file, "utf8"), "utf16le"));
    expect((await runWardctl("import dossiers.csv", { cwd: folder })).stderr).toContain("try encoding: utf-16le");
  });

  it("names a dossier once that stands in a file three times", async () => {
    const folder = await prepare([{}, {}, {}]);
    const { warnings } = JSON.parse((await runWardctl("import dossiers.csv --json", { cwd: folder })).stdout) as Receipt;
    expect(warnings).toMatchObject([{ code: "W-DUP", count: 1, dossiers: ["H57.101-250703-0001"] }]);
  });

  it("warns of a result before its receipt and of dates that have not come", async () => {
    const folder = await prepare([
      { status: "9", finished: "02/07/2025 09:00:00", updated: "03/07/2025 09:00:00" },
      { code: "H57.101-250703-0002", updated: "03/07/2025 19:00:00" },
      // A day without a time stands for its first second, which is no contradiction.
      { code: "H57.101-250703-0003", status: "9", finished: "03/07/2025", updated: "03/07/2025 09:00:00" },
    ]);
    const result = await runWardctl("import dossiers.csv --json", { cwd: folder, env: { WARDCTL_NOW: "2025-07-03T10:00" } });
    expect(result.code).toBe(8);
    expect(JSON.parse(result.stdout).warnings).toMatchObject([
      { code: "W-FUTURE", count: 1, dossiers: ["H57.101-250703-0002"] },
      { code: "W-ORDER", count: 1, dossiers: ["H57.101-250703-0001"] },
    ]);
  });

  it("says which headings are missing, with the one that was perhaps meant", async () => {
    const folder = await prepare([{}]);
    const text = await readFile(join(folder, "dossiers.csv"), "utf8");
    await writeFile(join(folder, "dossiers.csv"), text.replace("Mã TTHC", "Mã TTHC1").replace("Kênh", "Đường"));
    const result = await runWardctl("import dossiers.csv", { cwd: folder });
    expect(result.code).toBe(3);
    expect(result.stderr).toContain("dossiers.csv:1: there is no column 'Mã TTHC' (did you mean 'Mã TTHC1'?)");
    expect(result.stderr).toContain("dossiers.csv:1: there is no column 'Kênh'");
    expect(result.stderr).toContain("What to do: see what the file holds: wardctl import --inspect dossiers.csv");
  });

  it("derives again when the on-time rule of a source changes, at the new seq, and leaves the old one as it was", async () => {
    const folder = await prepare([{ status: "9", finished: "03/07/2025 09:00:00", updated: "03/07/2025 09:00:00" }]);
    await runWardctl("import dossiers.csv", { cwd: folder });
    const before = (await readCache(folder)).points;
    await writeExportWorkspace(folder, "      onTime: instant\n");
    const next = await importAgain(folder, [{ code: "H57.101-250703-0002" }]);
    const { points } = await readCache(folder);
    expect(points.filter(({ seq }) => seq === 1)).toEqual(before);
    const changed = points.filter(({ seq, kind }) => seq === next.receipt.seq && (kind === 1 || kind === 2));
    expect(changed.map(({ kind, n }) => [kind, n])).toEqual([
      [1, -1],
      [2, 1],
    ]);
  });

  it("reads an office's Windows-1258 file, and says what to do with bytes that are not what the profile says", async () => {
    const folder = await prepare([]);
    // "Mã đơn vị" as Windows-1258 stores it: letter and tone apart.
    const bytes = [...`${exportHead}\r\n${toExportLine({})}\r\n`.normalize("NFC")].flatMap(toWindows1258);
    await writeFile(join(folder, "dossiers.csv"), Uint8Array.from(bytes));
    const refused = await runWardctl("import dossiers.csv", { cwd: folder });
    expect(refused.code).toBe(3);
    expect(refused.stderr).toContain("try encoding: windows-1258");
    await writeExportWorkspace(folder, "      encoding: windows-1258\n");
    const result = await runWardctl("import dossiers.csv --json", { cwd: folder });
    expect(JSON.parse(result.stdout)).toMatchObject({ rows: { new: 1 } });
  });

  it("reads the example export with the example profile", async () => {
    const folder = await makeTestFolder();
    for (const name of ["wardctl.yaml", "long-quang-2025-07-03.csv"])
      await copyFile(join(exportsFolder, name), join(folder, name));
    const result = await runWardctl("import long-quang-2025-07-03.csv", { cwd: folder });
    expect([result.code, result.stdout]).toEqual([
      0,
      "Imported long-quang-2025-07-03.csv: seq 1\n17 rows: 17 new, 0 changed, 0 same, 0 stale, 0 refused\n",
    ]);
  });

  it("says which source to name when it cannot know", async () => {
    const folder = await prepare([{}]);
    const result = await runWardctl("import dossiers.csv --source igate", { cwd: folder });
    expect(result.code).toBe(2);
    expect(result.stderr).toContain("there is no source 'igate' (there is: igate-hue)");
    const missing = await runWardctl("import nowhere.csv", { cwd: folder });
    expect([missing.code, missing.stderr]).toEqual([3, expect.stringContaining("no such file")]);
  });
});

const decoder = new TextDecoder("windows-1258");
const table = new Map(Array.from({ length: 256 }, (_, byte) => [decoder.decode(Uint8Array.of(byte)), byte]));

function toWindows1258(letter: string): number[] {
  const whole = table.get(letter);
  if (whole !== undefined) return [whole];
  const marks = [...letter.normalize("NFD")];
  // The tone is the mark that the code page keeps apart; the rest of the letter stays one.
  const tone = marks.find((mark) => /[\u0300\u0301\u0303\u0309\u0323]/.test(mark)) as string;
  const base = marks
    .filter((mark) => mark !== tone)
    .join("")
    .normalize("NFC");
  return [table.get(base) as number, table.get(tone) as number];
}
