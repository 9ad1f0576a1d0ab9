import { beforeAll, describe, expect, it } from "vitest";
import { formatSheets } from "../../../src/platform/pdf-paper.ts";
import { readPdfTexts } from "../../../src/platform/pdf-text.ts";
import type { SheetBlock } from "../../../src/platform/sheet-blocks.ts";
import { verbatim } from "../../../src/platform/words.ts";
import { parseXlsx } from "../../../src/platform/xlsx.ts";
import { left, table, text } from "../../../src/reports/blocks.ts";
import type { MadeReport } from "../../../src/reports/report-desk.ts";
import { makeFullReport, renderMade } from "../../support/full-report.ts";
import { hueUnits } from "../../support/hue-day.ts";
import { findParagraph, readParts } from "../../support/word-file.ts";

/** As people paste them into the title of a difficulty. */
const address = `https://motcua.hue.gov.vn/${"dichvucong".repeat(14)}?maHoSo=1`;

let hue: MadeReport;
let pasted: MadeReport;
beforeAll(async () => {
  hue = await makeFullReport(hueUnits, "Thành phố Huế");
  const columns = ["Số", "Vướng mắc", "Mã", "Chủ trì", "Hạn"].map((title) => left(verbatim(title)));
  const rows = [address, "Chưa thu được phí, lệ phí"].map((title, at) =>
    [`VM-${at + 1}`, title, "PAY-CALLBACK", "VNPT", "04/7/2025"].map((own) => text(verbatim(own))),
  );
  const section = { id: "difficulties", title: verbatim("Khó khăn"), state: "ok" as const, reason: null };
  const blocks = [table(verbatim("Đang mở"), columns, rows)];
  pasted = { ...hue, report: { ...hue.report, sections: [{ ...section, blocks }] } };
});

const wordOf = async (made: MadeReport): Promise<string> =>
  readParts(Buffer.from(await renderMade(made, "docx", "vi"))).get("word/document.xml")!;

const sheetsOf = async (blocks: readonly SheetBlock[]) =>
  readPdfTexts(
    await formatSheets({
      title: "x",
      keywords: "",
      lang: "vi",
      at: 0,
      blocks,
      foot: "",
      pageOf: (page, of) => `Trang ${page}/${of}`,
      alertLabel: "",
    }),
  );

describe("a pasted address in one cell", () => {
  it("leaves the other columns of a Word table their words", async () => {
    const xml = await wordOf(pasted);
    const [grid] = /<w:tblGrid>.*?<\/w:tblGrid>/.exec(xml.slice(xml.indexOf("Đang mở")))!;
    const widths = [...grid.matchAll(/w:w="(\d+)"/g)].map(([, width]) => Number(width));
    expect(widths).toHaveLength(5);
    // Twips: `PAY-CALLBACK` at 9 points needs some 1,300.
    expect(widths[2]).toBeGreaterThan(1300);
    expect(Math.min(...widths)).toBeGreaterThan(500);
    expect(xml).not.toContain('w:orient="landscape"');
  });

  it("leaves the other columns of a PDF table theirs", async () => {
    const texts = readPdfTexts(Buffer.from(await renderMade(pasted, "pdf", "vi"))).map((own) => own.text);
    expect(texts).toEqual(expect.arrayContaining(["PAY-CALLBACK", "VNPT", "04/7/2025"]));
  });

  it("is marked as what may break on a page", async () => {
    expect(await renderMade(pasted, "html", "vi")).toContain('<td class="left unbroken">https://motcua');
  });
});

describe("an official form as a Word file", () => {
  it("lies on all its pages and begins on the first", async () => {
    const form = await wordOf({ ...hue, report: { ...hue.report, layout: "ii06a" } });
    expect(form.match(/<w:sectPr/g)).toHaveLength(1);
    expect(form).toContain('w:orient="landscape"');
    // The two halves of its head are as wide as the sheet between the margins.
    const [head] = /<w:tblGrid>.*?<\/w:tblGrid>/.exec(form)!;
    const widths = [...head.matchAll(/w:w="(\d+)"/g)].map(([, width]) => Number(width));
    expect(widths.reduce((sum, width) => sum + width, 0)).toBe(16_838 - 1701 - 850);
  });
});

describe("what belongs together", () => {
  it("keeps a Word file's signatures with the last words before them, and an opening line with its table", async () => {
    const xml = await wordOf(hue);
    const paragraphs = xml.split("</w:p>");
    const signs = paragraphs.findIndex((own) => own.includes("NGƯỜI LẬP BÁO CÁO"));
    expect(paragraphs[signs - 1]).toContain("<w:keepNext/>");
    expect(findParagraph(xml, "Kiểm tra lúc")).toContain("<w:keepNext/>");
  });

  it("keeps a short table of a PDF on one sheet, and its last words off a sheet of their own", async () => {
    const columns = [
      { title: "Giờ", align: "left" },
      { title: "Số", align: "right" },
    ] as const;
    const rows = Array.from({ length: 10 }, (_own, at) => [`giờ ${at}`, String(at)]);
    const filler = Array.from({ length: 40 }, (_own, at): SheetBlock => ({ kind: "text", text: `dòng ${at}` }));
    for (let before = 20; before < 40; before += 1) {
      const texts = await sheetsOf([
        { kind: "heading", level: 1, text: "Đầu" },
        ...filler.slice(0, before),
        { kind: "table", caption: "Bảng", columns, rows, wide: false, bars: undefined },
        { kind: "heading", level: 1, text: "Nguồn số liệu" },
        ...filler.slice(0, 5),
        { kind: "note", text: "mã kiểm" },
      ]);
      const pageOf = (text: string): number | undefined => texts.findLast((own) => own.text === text)?.page;
      expect(new Set(rows.map(([name]) => pageOf(name!))).size, String(before)).toBe(1);
      expect(pageOf("Bảng")).toBe(pageOf("giờ 0"));
      expect(pageOf("mã kiểm"), String(before)).toBe(pageOf("Nguồn số liệu"));
    }
  });
});

describe("the PDF's typeface", () => {
  it("shows a mark for a sign that it lacks, a plain letter for a full-width one, and nothing for what is never seen", async () => {
    const texts = await sheetsOf([
      { kind: "heading", level: 1, text: "中心 ＳＵＭ" },
      { kind: "text", text: "Nghĩa Đô \u{1F600}\uFE0F → ≥ 5\u2060%" },
    ]);
    const said = texts.map(({ text }) => text);
    expect(said).toEqual(expect.arrayContaining(["?? SUM", "Nghĩa Đô ? ? ≥ 5%"]));
  });

  it("ends a cell that is higher than a sheet with a mark, on that sheet", async () => {
    const columns = ["Số", "Vướng mắc"].map((title) => ({ title, align: "left" as const }));
    const rows = [
      ["VM-1", "chưa thu được phí ".repeat(700)],
      ["VM-2", "sau"],
    ];
    const texts = await sheetsOf([{ kind: "table", caption: "Bảng", columns, rows, wide: false, bars: undefined }]);
    expect(Math.max(...texts.map(({ page }) => page))).toBeLessThanOrEqual(3);
    expect(texts.some(({ text }) => text.endsWith("…"))).toBe(true);
    expect(texts.map(({ text }) => text)).toContain("VM-2");
  });
});

describe("the workbook's columns", () => {
  it("hold a code of capitals on one line", async () => {
    const bytes = Buffer.from(await renderMade(pasted, "xlsx", "vi"));
    const [, sheet] = await parseXlsx(bytes, "x.xlsx");
    const at = sheet!.rows[1]!.cells.findIndex((cell) => cell.text === "Mã");
    const columns = [
      ...readParts(bytes)
        .get("xl/worksheets/sheet2.xml")!
        .matchAll(/<col [^>]*width="([\d.]+)"/g),
    ];
    // In widths of a digit: a capital of Times New Roman is nearly half as wide again.
    expect(Number(columns[at]![1])).toBeGreaterThanOrEqual("PAY-CALLBACK".length * 1.35 + 2);
  });
});
