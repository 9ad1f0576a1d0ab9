import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { beforeAll, describe, expect, it } from "vitest";
import { parseCsv } from "../../../src/platform/csv.ts";
import { formatSheets } from "../../../src/platform/pdf-paper.ts";
import { readPdfTexts } from "../../../src/platform/pdf-text.ts";
import { vietnamZone } from "../../../src/platform/time.ts";
import type { Lang } from "../../../src/platform/words.ts";
import { verbatim } from "../../../src/platform/words.ts";
import { parseXlsx } from "../../../src/platform/xlsx.ts";
import { toSheetNames } from "../../../src/platform/xlsx-book.ts";
import { count, delta, left, rateCell, right, table, text } from "../../../src/reports/blocks.ts";
import { formatCell } from "../../../src/reports/formats/cell-text.ts";
import type { FormatName } from "../../../src/reports/formats/index.ts";
import type { MadeReport } from "../../../src/reports/report-desk.ts";
import { bigProvince, makeFullReport, renderMade } from "../../support/full-report.ts";
import { hueUnits } from "../../support/hue-day.ts";
import { at } from "../../support/report-desk.ts";
import { makeTestFolder } from "../../support/run-wardctl.ts";
import { readParts } from "../../support/word-file.ts";

const binary: readonly FormatName[] = ["xlsx", "docx", "pdf", "png"];

/** What a spreadsheet, a browser, a word processor or a terminal could take for something else than text. */
const hostile = [
  "=cmd|'/C calc'!A0",
  "+1+1",
  "-2+3",
  "@SUM(A1)",
  "＝1",
  "\t=1",
  "\r=1",
  'x",=1',
  "<script>alert(1)</script>",
  "</w:t><w:br/>&amp;&#0;",
  "\u0000\u0007\u001B[2J",
  "\u202Egpj.exe\u200F",
  "\uD800 half",
  "Xa\u0303 Ti\u00EA\u0301n Tha\u0306\u0301ng",
  "Đ".repeat(400),
  "a'b[c]:*?/\\",
];

function spoil(made: MadeReport): MadeReport {
  const [unit, ...units] = made.report.units;
  const rows = hostile.map((own) => [
    text(verbatim(own)),
    count(-15),
    delta(-3),
    rateCell({ numerator: 1, denominator: 3, definition: "online" }),
  ]);
  const columns = [left(verbatim("=1")), right(verbatim("+n")), right(verbatim("−n")), right(verbatim("%"))];
  const blocks = [
    table(verbatim("=HYPERLINK(1)"), columns, rows),
    ...hostile.map((own) => ({ block: "paragraph" as const, text: verbatim(own) })),
  ];
  const report = {
    ...made.report,
    city: `=Huế ${hostile.join(" ")}`,
    units: [...hostile.map((name) => ({ ...unit!, name })), ...units],
    sections: [{ id: "hostile", title: verbatim("=1'[]"), state: "ok" as const, reason: null, blocks }, ...made.report.sections],
  };
  return { ...made, report };
}

let hue: MadeReport;
let province: MadeReport;
let spoiled: MadeReport;
beforeAll(async () => {
  hue = await makeFullReport(hueUnits, "Thành phố Huế");
  province = await makeFullReport(bigProvince, "Thành phố Hồ Chí Minh");
  spoiled = spoil(hue);
});

const bytesOf = async (made: MadeReport, name: FormatName, lang: Lang = "vi") => Buffer.from(await renderMade(made, name, lang));

describe("every document", () => {
  it("is the same bytes a second later and under another time zone of the machine", async () => {
    const zone = process.env["TZ"];
    const names: readonly FormatName[] = [...binary, "csv", "html", "md", "json"];
    const first = new Map<FormatName, Buffer>();
    for (const name of names) first.set(name, await bytesOf(hue, name));
    // ZIP times are kept to two seconds.
    await setTimeout(2_050);
    process.env["TZ"] = "America/New_York";
    for (const name of names) expect((await bytesOf(hue, name)).equals(first.get(name)!), name).toBe(true);
    process.env["TZ"] = zone;
  });

  it("says which model it was printed from", async () => {
    for (const name of ["pdf", "png", "csv", "md", "html"] as const)
      expect((await bytesOf(hue, name)).toString("latin1"), name).toContain(hue.modelSha256);
    for (const name of ["xlsx", "docx"] as const) {
      const parts = readParts(await bytesOf(hue, name));
      expect(parts.get("docProps/custom.xml")).toContain(hue.modelSha256);
      expect(parts.get("docProps/core.xml")).toContain(`wardctl-model:${hue.modelSha256}`);
    }
  });

  it("holds whatever data can hold, without a control character", async () => {
    for (const name of binary)
      for (const lang of ["vi", "en"] as const) expect((await bytesOf(spoiled, name, lang)).length).toBeGreaterThan(1000);
    for (const name of ["xlsx", "docx"] as const) {
      for (const [part, xml] of readParts(await bytesOf(spoiled, name))) {
        if (!part.endsWith(".xml")) continue;
        expect(xml, part).not.toMatch(/[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF\u202E\u200F]|<script|<w:br\/>&amp;/);
      }
    }
  });
});

describe("the workbook", () => {
  it("has no formula and no text that turns into one when its cell is edited", async () => {
    for (const made of [hue, spoiled]) {
      const parts = readParts(await bytesOf(made, "xlsx"));
      const sheets = [...parts].filter(([name]) => name.startsWith("xl/worksheets/"));
      expect(sheets.length).toBeGreaterThan(5);
      for (const [, xml] of sheets) expect(xml).not.toMatch(/<f[ >]/);
      const styles =
        [...(parts.get("xl/styles.xml") ?? "").matchAll(/<cellXfs.*?<\/cellXfs>/gs)].join("").match(/<xf [^>]*>/g) ?? [];
      const asText = /numFmtId="(\d+)" formatCode="@"/.exec(parts.get("xl/styles.xml") ?? "")?.[1];
      const isText = (style: number): boolean => styles[style]?.includes(`numFmtId="${asText}"`) === true;
      for (const [, xml] of sheets)
        for (const [, attributes] of xml.matchAll(/<c ([^>]*t="s"[^>]*)>/g))
          expect(isText(Number(/s="(\d+)"/.exec(attributes ?? "")?.[1]))).toBe(true);
    }
  });

  it("has numbers and dates that are numbers and dates, a sheet for each table, and each unit in it", async () => {
    const sheets = await parseXlsx(await bytesOf(province, "xlsx"), "x.xlsx");
    const units = sheets.at(-1)!;
    expect(units.rows.length).toBe(bigProvince.length + 2);
    const [, head, ...rows] = units.rows.map(({ cells }) => cells);
    expect(head!.map((cell) => cell.text).slice(0, 3)).toEqual(["Đơn vị", "Mã đơn vị", "Tình trạng số liệu"]);
    const received = head!.findIndex((cell) => cell.text === "Tiếp nhận");
    const sum = rows.reduce((total, cells) => total + (cells[received]?.kind === "number" ? Number(cells[received].text) : 0), 0);
    expect(sum).toBe(province.report.total.figures!.received.total);
    expect(rows[0]!.map((cell) => cell.kind).slice(0, 5)).toEqual(["text", "text", "text", "date", "number"]);
    expect(rows[0]![3]!.text).toBe("2025-07-03T07:20:00");
    const names = rows.map((cells) => cells[0]!.text.replace(/^(Phường|Xã|Đặc khu) /, ""));
    expect(names).toEqual([...names].sort(new Intl.Collator("vi").compare));
  });

  it("freezes, filters and repeats the heading on landscape A4 as wide as the page", async () => {
    const parts = readParts(await bytesOf(hue, "xlsx"));
    const sheet = parts.get("xl/worksheets/sheet4.xml")!;
    expect(sheet).toMatch(/state="frozen"/);
    expect(sheet).toMatch(/<autoFilter ref="A\d+:C\d+"/);
    expect(sheet).toMatch(/<pageSetup[^>]*orientation="landscape"/);
    expect(sheet).toMatch(/<pageSetup[^>]*paperSize="9"/);
    expect(sheet).toMatch(/fitToWidth="1"|fitToPage="1"/);
    // A name with a space spoils the file unless it stands between apostrophes.
    for (const [, range] of parts.get("xl/workbook.xml")!.matchAll(/Print_Titles"[^>]*>([^<]*)</g))
      expect(range).toMatch(/^('|&apos;|&#39;).*('|&apos;|&#39;)!\$A:\$A,('|&apos;|&#39;).*!\$1:\$\d+$/);
  });

  it("names its sheets as spreadsheets want them", () => {
    const names = toSheetNames([
      "",
      "History",
      "a[b]:*?/\\c",
      "'quoted'",
      "x".repeat(40),
      "X".repeat(40),
      "Tỷ lệ giải quyết đúng hạn cao nhất",
    ]);
    expect(new Set(names.map((name) => name.toLowerCase())).size).toBe(names.length);
    for (const name of names) {
      expect(name).toMatch(/^(?!')[^[\]:*?/\\]{1,31}(?<!')$/);
      expect(name.toLowerCase()).not.toBe("history");
    }
    expect(names.at(-1)).toBe("Tỷ lệ giải quyết đúng hạn cao");
  });
});

describe("CSV", () => {
  it("has a line for each unit, with every figure, in a dialect for programs and one for a Vietnamese Excel", async () => {
    const plain = (await renderMade(hue, "csv", "vi")) as string;
    const lines = plain.trimEnd().split("\r\n");
    expect(lines).toHaveLength(hueUnits.length + 1);
    expect(lines[0]).toMatch(
      /^code,name,state,lastDeliveryAt,carriedOver,received\.total,.*,rate\.resolutionPercent,.*,asOf,modelSha256$/,
    );
    const unit = hue.report.units.find(({ code }) => code === hueUnits[0]!.code)!;
    expect(plain).toContain(
      `${unit.code},${unit.name},reporting,2025-07-03T07:20:00+07:00,${unit.figures!.carriedOver},${unit.figures!.received.total},`,
    );
    const excel = (await renderMade(hue, "csv", "vi", { csvDialect: "excel-vi" })) as string;
    expect(excel).toMatch(/^\uFEFFMã đơn vị;Đơn vị;/);
    expect(excel).toMatch(/;\d+,\d\d;.*;03\/07\/2025 16:30;/);
  });

  it("guards text and leaves negative numbers alone", async () => {
    for (const csvDialect of ["rfc4180", "excel-vi"] as const) {
      const units = (await renderMade(spoiled, "csv", "vi", { csvDialect })) as string;
      const own = (await renderMade(spoiled, "csv", "vi", { csvDialect, table: "hostile" })) as string;
      for (const document of [units, own]) {
        const records = await parseCsv(document.replace(/^\uFEFF/, ""), "x.csv");
        const cells = records.flatMap((record) => record.cells);
        expect(cells.filter((cell) => /^[=+@＝\t\r]|^-(?!\d+$)/.test(cell))).toEqual([]);
      }
      expect(own).toMatch(csvDialect === "rfc4180" ? /,-15,-3,33\.33,1,3\r\n/ : /;-15;-3;33,33;1;3\r\n/);
      expect(own).toContain("'-2+3");
    }
  });

  it("names the tables it has when asked for another", async () => {
    await expect(renderMade(hue, "csv", "en", { table: "nope" })).rejects.toMatchObject({ kind: "usage" });
    expect(await renderMade(hue, "csv", "en", { table: "channels" })).toMatch(/^Part,Dossiers,Share,Count,Of\r\nOnline,545,/);
  });
});

describe("the picture", () => {
  it("is opaque, has the figures in it and shows no sign that its typeface lacks", async () => {
    const png = await bytesOf(province, "png");
    expect(png.subarray(1, 4).toString()).toBe("PNG");
    expect(png.readUInt32BE(16)).toBe(1920);
    const { drawPoster } = await import("../../../src/reports/formats/png.ts");
    const { noPaint } = await import("../../../src/platform/paint.ts");
    const options = {
      lang: "vi",
      zone: vietnamZone,
      paint: noPaint,
      all: true,
      modelSha256: "f",
      meeting: undefined,
      clockPinned: false,
    } as const;
    const { shapes, width, height } = drawPoster(province.report, options);
    const said = shapes.flatMap((shape) => (shape.shape === "text" ? [shape.text] : []));
    expect(said).toContain("4.378");
    expect(said.join("")).not.toMatch(/[▲▼✓✕]/);
    expect(shapes.some(({ shape }) => shape === "area")).toBe(true);
    for (const shape of shapes) {
      if (shape.shape !== "text") continue;
      const left = shape.anchor === "end" ? shape.x - shape.text.length * shape.size * 0.45 : shape.x;
      expect(left >= 0 && shape.x <= width && shape.y > 0 && shape.y <= height, shape.text).toBe(true);
    }
  });
});

/** Poppler's, which every Linux has. */
const hasPoppler = ((): boolean => {
  try {
    execFileSync("pdftotext", ["-v"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
})();
if (!hasPoppler) console.warn("SKIPPED: no pdftotext here (poppler-utils), so no PDF is read back");

async function readPdf(pdf: Uint8Array, ...flags: string[]): Promise<string> {
  const file = join(await makeTestFolder(), "x.pdf");
  writeFileSync(file, pdf);
  return execFileSync("pdftotext", [...flags, file, "-"], { encoding: "utf8", maxBuffer: 1 << 26 });
}

describe("the sheets of the PDF", () => {
  it("have no heading alone at the foot of one", async () => {
    for (const made of [hue, province]) {
      const texts = readPdfTexts(await bytesOf(made, "pdf"));
      for (const { title } of made.report.sections) {
        const at = texts.findIndex(({ text }) => text === title.vi);
        const below = texts.slice(at + 1).filter(({ page }) => page === texts[at]?.page);
        // The foot and the number of the sheet are drawn last.
        expect(below.length, title.vi).toBeGreaterThan(2);
      }
    }
  });
});

describe.skipIf(!hasPoppler)("the PDF, read back", () => {
  it("gives every accented letter of Vietnamese", async () => {
    const vowels = ["a", "ă", "â", "e", "ê", "i", "o", "ô", "ơ", "u", "ư", "y"];
    const toned = vowels.flatMap((vowel) =>
      ["", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323"].map((tone) => (vowel + tone).normalize("NFC")),
    );
    const lower = [...toned, "đ"].filter((letter) => letter.normalize("NFD") !== letter || letter === "đ");
    const letters = [...lower, ...lower.map((letter) => letter.toLocaleUpperCase("vi"))];
    expect(new Set(letters).size).toBe(134);
    const cells = letters.map((letter) => [letter.repeat(3), "1"]);
    const columns = [
      { title: "Chữ", align: "left" },
      { title: "Số", align: "right" },
    ] as const;
    const pdf = await formatSheets({
      title: "x",
      keywords: "",
      lang: "vi",
      at: 0,
      blocks: [
        { kind: "heading", level: 1, text: letters.slice(0, 67).join(" ") },
        { kind: "text", text: letters.join(" ") },
        { kind: "table", caption: "x", columns, rows: cells, wide: false, bars: undefined },
      ],
      foot: "",
      pageOf: (page, of) => `Trang ${page}/${of}`,
      alertLabel: "",
    });
    const read = await readPdf(pdf);
    // Poppler takes single letters with spaces between for a word that is spaced out.
    expect(read.replace(/\s+/g, "")).toContain(letters.join(""));
    for (const letter of letters) {
      expect(read).toContain(letter.repeat(3));
    }
  });

  it("gives every row of every table, its head again on each sheet, and the number of sheets", async () => {
    for (const lang of ["vi", "en"] as const) {
      const read = (await readPdf(await bytesOf(province, "pdf", lang), "-layout")).normalize("NFC");
      const flat = read.split("\n").map((line) => line.replace(/\s+/g, " ").trim());
      const units = province.report.sections.find(({ id }) => id === "units")!.blocks.find((block) => block.block === "table")!;
      if (units.block !== "table") throw new Error("no table");
      for (const row of units.rows) {
        const line = row
          .map((cell) => formatCell(cell, lang, vietnamZone))
          .join(" ")
          .trim();
        expect(flat).toContain(line);
      }
      const sheets = read.split("\f").filter((sheet) => sheet.trim() !== "");
      expect(read).toContain(
        lang === "vi" ? `Trang ${sheets.length}/${sheets.length}` : `Page ${sheets.length} of ${sheets.length}`,
      );
      const last = sheets.filter((sheet) => /Phường Vũng Tàu|Vũng Tàu Ward/.test(sheet)).at(-1)!;
      expect(last.split("\n").slice(0, 12).join("\n")).toMatch(lang === "vi" ? /Đơn vị/ : /Unit/);
    }
  });

  it("holds 168 units by 13 columns, lying, in type that can be read", async () => {
    const titles = [
      "Đơn vị",
      "Kỳ trước chuyển sang",
      "Tiếp nhận",
      "Trực tuyến",
      "Trực tiếp",
      "Bưu chính",
      "Đã giải quyết",
      "Trước hạn",
      "Đúng hạn",
      "Quá hạn",
      "Đang giải quyết",
      "Tạm dừng",
      "Trả lại, rút",
    ];
    const rows = bigProvince.map(({ name }, at) => [
      `Phường ${name}`,
      ...titles.slice(1).map((_title, own) => String(1000 * at + own)),
    ]);
    const columns = titles.map((title, own) => ({ title, align: own === 0 ? ("left" as const) : ("right" as const) }));
    const file = join(await makeTestFolder(), "wide.pdf");
    const pdf = await formatSheets({
      title: "x",
      keywords: "",
      lang: "vi",
      at: at("2025-07-03T16:30"),
      blocks: [{ kind: "table", caption: "Bảng", columns, rows, wide: true, bars: undefined }],
      foot: "",
      pageOf: (page, of) => `${page}/${of}`,
      alertLabel: "",
    });
    writeFileSync(file, pdf);
    expect(execFileSync("pdfinfo", [file], { encoding: "utf8" })).toMatch(/Tagged:\s+yes/);
    const flat = (await readPdf(pdf, "-layout")).split("\n").map((line) => line.replace(/\s+/g, " ").trim());
    for (const row of rows) expect(flat).toContain(row.join(" "));
    const bbox = await readPdf(pdf, "-bbox");
    const heights = [...bbox.matchAll(/yMin="([\d.]+)" xMax="[\d.]+" yMax="([\d.]+)">\d{4,6}</g)].map(
      ([, top, bottom]) => Number(bottom) - Number(top),
    );
    expect(Math.min(...heights)).toBeGreaterThan(8);
    expect(bbox).toMatch(/width="841\.89\d*" height="595\.28/);
  });
});
