import { findFontFile } from "./be-vietnam-pro.ts";
import type { SheetBlock, SheetDocument } from "./sheet-blocks.ts";
import { type Desk, decorate, drawText, inks, isLandscape, keep, margin, turnPage, widthOf } from "./sheet-desk.ts";
import { drawPicture } from "./sheet-picture.ts";
import { drawTable, isWide } from "./sheet-table.ts";
import { drawAlert, drawCode, drawContents, drawHeading, drawList, drawTitle } from "./sheet-text.ts";
import { drawTiles } from "./sheet-tiles.ts";

/** Tagged sheets of A4 with their fonts inside and charts as vectors, whole in memory. */
export async function formatSheets(document: SheetDocument): Promise<Uint8Array> {
  const titles = document.blocks.flatMap((block) => (block.kind === "heading" && block.level === 1 ? [block.text] : []));
  if (!document.blocks.some(({ kind }) => kind === "contents")) return (await drawSheets(document, [])).bytes;
  // Where a heading falls is known only when all is drawn; the contents are as long without the numbers as with them.
  const trial = await drawSheets(
    document,
    titles.map((text) => ({ text, sheet: 0 })),
  );
  return (await drawSheets(document, trial.headings)).bytes;
}

async function drawSheets(
  given: SheetDocument,
  contents: Desk["contents"],
): Promise<{ readonly bytes: Uint8Array; readonly headings: Desk["headings"] }> {
  const { default: PdfKit } = await import("pdfkit");
  const date = new Date(given.at);
  const pdf = new PdfKit({
    size: "A4",
    margins: { top: margin.top, bottom: margin.bottom, left: margin.side, right: margin.side },
    autoFirstPage: false,
    bufferPages: true,
    pdfVersion: "1.7",
    tagged: true,
    displayTitle: true,
    lang: given.lang === "vi" ? "vi-VN" : "en",
    info: { Title: given.title, Keywords: given.keywords, Creator: "wardctl", CreationDate: date, ModDate: date },
  });
  const pieces: Uint8Array[] = [];
  pdf.on("data", (piece: Uint8Array) => pieces.push(piece));
  const ended = new Promise<void>((resolve, reject) => {
    pdf.on("end", resolve);
    pdf.on("error", reject);
  });
  for (const face of ["regular", "bold"] as const) pdf.registerFont(face, findFontFile(face));
  const document = toDrawable(given, findMissing(pdf));
  const whole = pdf.struct("Document");
  pdf.addStructure(whole);
  const desk: Desk = { pdf, whole, headings: [], contents, alertLabel: document.alertLabel, lies: document.lies === true };
  turnPage(desk, desk.lies);
  const { blocks } = document;
  const last = blocks.findLastIndex((block) => block.kind === "heading" && block.level === 1);
  for (const [at, block] of blocks.entries()) drawBlock(desk, block, blocks[at + 1], at === last ? blocks.slice(at) : []);
  whole.end();
  drawFeet(desk, document);
  pdf.end();
  await ended;
  return { bytes: Buffer.concat(pieces), headings: desk.headings };
}

/** What any Vietnamese or English text is made of; the typeface has all of it. */
const common = /^[\u0020-\u024F\u1EA0-\u1EF9–—…“”‘’·•−≤≥]*$/u;

/** Whether the typeface lacks a sign, asked of the parser that pdfkit opened it with; where that is not to be had, nothing is taken for missing. */
function findMissing(pdf: PDFKit.PDFDocument): (sign: string) => boolean {
  pdf.font("regular");
  const { _font: own } = pdf as unknown as { _font?: { font?: { hasGlyphForCodePoint?: (point: number) => boolean } } };
  return (sign) => own?.font?.hasGlyphForCodePoint?.(sign.codePointAt(0) as number) === false;
}

/** A sign that the typeface lacks would be drawn as nothing at all: a question mark stands for it. */
function toDrawable<T>(value: T, isMissing: (sign: string) => boolean): T {
  const toSign = (sign: string): string => {
    if (!isMissing(sign)) return sign;
    const plain = sign.normalize("NFKC");
    return common.test(plain) ? plain : /\p{Default_Ignorable_Code_Point}/u.test(sign) ? "" : "?";
  };
  const draw = (own: unknown): unknown => {
    if (typeof own === "string") return common.test(own) ? own : [...own].map(toSign).join("");
    if (Array.isArray(own)) return own.map(draw);
    if (typeof own !== "object" || own === null) return own;
    return Object.fromEntries(Object.entries(own).map(([key, part]) => [key, draw(part)]));
  };
  return draw(value) as T;
}

/** The last words of a document do not stand on a sheet of their own: its last part, if it is short, goes with them. */
function keepEnd(desk: Desk, blocks: readonly SheetBlock[]): void {
  const height = blocks.reduce((sum, block) => sum + guessHeight(block), 0);
  if (height <= 330) keep(desk, height);
}

function guessHeight(block: SheetBlock): number {
  const lines = (text: string): number => Math.ceil(text.length / 90);
  switch (block.kind) {
    case "heading":
      return 40;
    case "note":
    case "text":
    case "alert":
      return lines(block.text) * 14 + 8;
    case "list":
      return block.items.reduce((sum, item) => sum + lines(item) * 14 + 2, 4);
    case "table":
      return block.rows.length * 18 + 56;
    default:
      return 200;
  }
}

function drawBlock(desk: Desk, block: SheetBlock, next: SheetBlock | undefined, end: readonly SheetBlock[]): void {
  const table = block.kind === "table" ? block : block.kind === "heading" && next?.kind === "table" ? next : undefined;
  const needsWide = desk.lies || (table !== undefined && isWide(desk, table));
  if (needsWide !== isLandscape(desk)) turnPage(desk, needsWide);
  keepEnd(desk, end);
  switch (block.kind) {
    case "title":
      return drawTitle(desk, block);
    case "heading":
      return drawHeading(desk, block, next);
    case "text":
      return drawText(desk, desk.whole, "P", block.text, { gap: 4 });
    case "note":
      return drawText(desk, desk.whole, "P", block.text, { size: 8.5, ink: inks.soft, gap: 4 });
    case "alert":
      return drawAlert(desk, block.text);
    case "list":
      return drawList(desk, block.items, block.start);
    case "contents":
      return drawContents(desk, block.title);
    case "code":
      return drawCode(desk, block.text);
    case "tiles":
      return drawTiles(desk, block.items);
    case "table":
      return drawTable(desk, block);
    case "picture":
      return drawPicture(desk, block);
  }
}

function drawFeet(desk: Desk, { foot, pageOf }: SheetDocument): void {
  const { pdf } = desk;
  const { start, count } = pdf.bufferedPageRange();
  for (let page = start; page < start + count; page++) {
    pdf.switchToPage(page);
    const y = pdf.page.height - margin.bottom + 16;
    // Below the margin pdfkit would begin a new sheet.
    pdf.page.margins.bottom = 0;
    const number = pageOf(page - start + 1, count);
    decorate(
      desk,
      () => {
        pdf
          .moveTo(margin.side, y - 5)
          .lineTo(margin.side + widthOf(desk), y - 5)
          .lineWidth(0.4)
          .stroke(inks.line);
        pdf.font("regular").fontSize(7).fillColor(inks.soft).text(foot, margin.side, y, { lineBreak: false });
        pdf.fontSize(8).text(number, margin.side + widthOf(desk) - pdf.widthOfString(number), y, { lineBreak: false });
      },
      "Pagination",
    );
  }
}
