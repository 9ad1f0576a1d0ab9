import { findFontFile } from "./be-vietnam-pro.ts";
import type { SheetBlock, SheetDocument } from "./sheet-blocks.ts";
import { type Desk, decorate, drawText, inks, isLandscape, margin, turnPage, widthOf } from "./sheet-desk.ts";
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
  document: SheetDocument,
  contents: Desk["contents"],
): Promise<{ readonly bytes: Uint8Array; readonly headings: Desk["headings"] }> {
  const { default: PdfKit } = await import("pdfkit");
  const date = new Date(document.at);
  const pdf = new PdfKit({
    size: "A4",
    margins: { top: margin.top, bottom: margin.bottom, left: margin.side, right: margin.side },
    autoFirstPage: false,
    bufferPages: true,
    pdfVersion: "1.7",
    tagged: true,
    displayTitle: true,
    lang: document.lang === "vi" ? "vi-VN" : "en",
    info: { Title: document.title, Keywords: document.keywords, Creator: "wardctl", CreationDate: date, ModDate: date },
  });
  const pieces: Uint8Array[] = [];
  pdf.on("data", (piece: Uint8Array) => pieces.push(piece));
  const ended = new Promise<void>((resolve, reject) => {
    pdf.on("end", resolve);
    pdf.on("error", reject);
  });
  for (const face of ["regular", "bold"] as const) pdf.registerFont(face, findFontFile(face));
  const whole = pdf.struct("Document");
  pdf.addStructure(whole);
  const desk: Desk = { pdf, whole, headings: [], contents, alertLabel: document.alertLabel, lies: document.lies === true };
  turnPage(desk, desk.lies);
  for (const [at, block] of document.blocks.entries()) drawBlock(desk, block, document.blocks[at + 1]);
  whole.end();
  drawFeet(desk, document);
  pdf.end();
  await ended;
  return { bytes: Buffer.concat(pieces), headings: desk.headings };
}

function drawBlock(desk: Desk, block: SheetBlock, next: SheetBlock | undefined): void {
  const table = block.kind === "table" ? block : block.kind === "heading" && next?.kind === "table" ? next : undefined;
  const needsWide = desk.lies || (table !== undefined && isWide(desk, table));
  if (needsWide !== isLandscape(desk)) turnPage(desk, needsWide);
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
