import { copyFile, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { beforeEach, describe, expect, it } from "vitest";
import { formatXlsx, parseXlsx } from "../../../src/platform/xlsx.ts";
import { makeTestFolder, runWardctl } from "../../support/run-wardctl.ts";

const rosters = fileURLToPath(new URL("../../../fixtures/rosters/", import.meta.url));
const merges = fileURLToPath(new URL("../../../fixtures/directory/merges-sample.csv", import.meta.url));
const now = { env: { WARDCTL_NOW: "2025-07-03T08:00:00+07:00" } };

let cwd: string;

beforeEach(async () => {
  cwd = await makeTestFolder();
  await writeFile(join(cwd, "wardctl.yaml"), 'name: TP.HCM\nprovince: "79"\nunits: ["27004", "27094"]\nalsoUnits: ["00004"]\n');
});

async function doctor(words: readonly string[]) {
  const { code, stdout, stderr } = await runWardctl(["provision", "doctor", ...words, "--json"], { cwd, ...now });
  return { code, stderr, document: stdout === "" ? undefined : (JSON.parse(stdout) as Document) };
}

interface Document {
  readonly people: number;
  readonly faults: readonly {
    readonly line: number;
    readonly column?: number;
    readonly repair: string | null;
    readonly message: string;
  }[];
  readonly notes: readonly string[];
  readonly repaired: number;
  readonly left: number;
}

describe("a roster as a spreadsheet", () => {
  it("is read under merged headings of two rows, with real dates, rich text, NFD and Icelandic Ð, hidden rows too", async () => {
    const { code, document } = await doctor([join(rosters, "tan-binh.xlsx")]);
    expect(code).toBe(0);
    expect(document?.people).toBe(4);
    expect(document?.notes).toEqual([
      "1 hidden row was read too",
      "sheet 'Danh sách' was read; not read: Ghi chú",
      "1 cell has Icelandic Ð (U+00D0), read as Đ",
      "1 name is in capitals or small letters only, read as names are written",
      "1 cell has hidden characters, spare spaces or loose marks (NFD), read without them",
    ]);
  });

  it("tells every fault with the line and column of the sheet, and which it can mend", async () => {
    const { code, document } = await doctor([join(rosters, "dirty.xlsx")]);
    expect(code).toBe(3);
    const told = document?.faults.map(
      ({ line, column, repair }) => `${line}:${column ?? ""}${repair === null ? "" : ` → ${repair}`}`,
    );
    expect(told).toEqual(["7:4 → 00004", "8:8", "9:2", "10:5", "11:", "12:", "13:5", "16:4", "16:8"]);
    expect([document?.repaired, document?.left]).toEqual([3, 6]);
  });

  it("gets a mended copy: sure repairs made, nobody's rows gone, the rest named in its last column, the source untouched", async () => {
    const source = join(cwd, "dirty.xlsx");
    await copyFile(join(rosters, "dirty.xlsx"), source);
    const before = await readFile(source);
    expect((await doctor(["dirty.xlsx", "--fix", "copy.xlsx"])).code).toBe(3);
    expect(await readFile(source)).toEqual(before);
    const again = await doctor(["copy.xlsx"]);
    // Merged cells are split by the copy; the rows below the first now lack what they shared.
    expect(again.document?.faults.map(({ line, column }) => `${line}:${column}`)).toEqual([
      "4:8",
      "5:2",
      "6:5",
      "8:5",
      "10:4",
      "10:8",
    ]);
    const [sheet] = await parseXlsx(await readFile(join(cwd, "copy.xlsx")), "copy.xlsx");
    expect(sheet?.rows[2]?.cells[3]).toEqual({ kind: "text", text: "00004" });
    expect(sheet?.rows[9]?.cells.at(-1)?.text).toContain("31/02/2025");
    expect((await doctor(["dirty.xlsx", "--fix", "copy.xlsx"])).code).toBe(6);
  });

  it("knows a former unit's full name where the conversion table is imported, and never chooses among several", async () => {
    const head = "staff_id,full_name,unit_code,department,position,staff_class,start_date\n";
    const row = (id: string, unit: string): string =>
      `${id},Nguyễn Thị ${id === "A1" ? "Hà" : "Yến"},${unit},,chu-tich,cán bộ,01/07/2025\n`;
    await writeFile(join(cwd, "old.csv"), head + row("A1", "Phường Thảo Điền") + row("A2", "Phường An Phú"));
    expect((await doctor(["old.csv"])).document?.faults.map(({ repair }) => repair)).toEqual([null, null]);
    await runWardctl(["wards", "import", merges], { cwd, ...now });
    const told = (await doctor(["old.csv"])).document?.faults;
    expect(told?.map(({ repair }) => repair)).toEqual(["27094", null]);
    expect(told?.[1]?.message).toContain("now one of");
  });

  it("in Windows-1258 is read and said so; what is neither that nor UTF-8 is refused", async () => {
    const { code, document } = await doctor([join(rosters, "tan-binh-windows-1258.csv")]);
    expect([code, document?.people]).toEqual([0, 2]);
    expect(document?.notes[0]).toContain("Windows-1258");
    await writeFile(join(cwd, "garbage.csv"), Uint8Array.of(0xff, 0x80, 0x81, 0x2c, 0x90));
    expect((await doctor(["garbage.csv"])).code).toBe(3);
    await writeFile(join(cwd, "garbage.xlsx"), "PK not a zip");
    expect((await doctor(["garbage.xlsx"])).stderr).toContain("not readable as a spreadsheet");
  });
});

describe("a spreadsheet of ours", () => {
  it("holds text only: nothing is a formula, no zero is lost", async () => {
    const rows = [
      ["a", "b"],
      ["=1+1", "00004"],
      ["-5", "@x"],
    ];
    const [sheet] = await parseXlsx(await formatXlsx("S", rows), "s.xlsx");
    expect(sheet?.rows.map(({ cells }) => cells.map(({ kind, text }) => `${kind} ${text}`))).toEqual(
      rows.map((row) => row.map((text) => `text ${text}`)),
    );
  });
});
