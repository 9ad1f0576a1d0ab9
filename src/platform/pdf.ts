import { findFontFile } from "./be-vietnam-pro.ts";
import type { Instant } from "./clock.ts";
import { drawFields, drawTable, type PdfFields, type PdfTable } from "./pdf-table.ts";
import type { Lang } from "./words.ts";

/** What stands on a page, from top to bottom. */
export type PdfBlock =
  | { readonly kind: "title" | "heading" | "text" | "small"; readonly text: string }
  /** Labels and values side by side below a heading and further lines, and a square that a camera can read. Never parted by a page's end. */
  | PdfCard
  | PdfTable
  | PdfFields
  | { readonly kind: "rule" };

export interface PdfCard {
  readonly kind: "card";
  readonly heading: string;
  readonly lines: readonly string[];
  /** A value is in heavier, larger type, on one line as long as it fits, and never joined into ligatures. */
  readonly fields: readonly { readonly label: string; readonly value: string }[];
  readonly foot: string;
  /** What the square says (QR, ISO/IEC 18004); `says` is its text for who cannot see it. */
  readonly code?: { readonly text: string; readonly says: string };
}

export interface PdfDocument {
  readonly title: string;
  /** For programs that look what a file is; plain ASCII. */
  readonly keyword?: string;
  readonly lang: Lang;
  readonly madeAt: Instant;
  /** At the foot of each page: `Trang 1/2`. */
  readonly footer?: (page: number, pages: number) => string;
  /** Each begins on a new sheet of A4. */
  readonly pages: readonly (readonly PdfBlock[])[];
}

/** Tag of the structure, face and size of each kind of text. */
const styles = {
  title: { tag: "H1", font: "bold", size: 17, gap: 10 },
  heading: { tag: "H2", font: "bold", size: 12, gap: 4 },
  text: { tag: "P", font: "regular", size: 11, gap: 4 },
  small: { tag: "P", font: "regular", size: 9, gap: 3 },
} as const;

const margin = 56;

/** A tagged PDF with its fonts inside, whole in memory: nothing of it touches a disk here. */
export async function formatPdf({ title, keyword, lang, madeAt, footer, pages }: PdfDocument): Promise<Uint8Array> {
  const { default: PdfKit } = await import("pdfkit");
  const document = new PdfKit({
    size: "A4",
    margins: { top: margin, bottom: margin, left: margin, right: margin },
    autoFirstPage: false,
    bufferPages: footer !== undefined,
    pdfVersion: "1.7",
    tagged: true,
    displayTitle: true,
    lang: lang === "vi" ? "vi-VN" : "en",
    info: { Title: title, ...(keyword === undefined ? {} : { Keywords: keyword }), CreationDate: new Date(madeAt) },
  });
  const pieces: Uint8Array[] = [];
  document.on("data", (piece: Uint8Array) => pieces.push(piece));
  const ended = new Promise<void>((resolve, reject) => {
    document.on("end", resolve);
    document.on("error", reject);
  });
  for (const face of ["regular", "bold"] as const) document.registerFont(face, findFontFile(face));
  const whole = document.struct("Document");
  document.addStructure(whole);
  const drawing: Drawing = { document, whole, encodeQr: await loadQr(pages) };
  for (const page of pages) {
    document.addPage();
    for (const block of page) drawBlock(drawing, block);
  }
  if (footer) drawFooters(document, footer);
  whole.end();
  document.end();
  await ended;
  return Buffer.concat(pieces);
}

interface Drawing {
  readonly document: PDFKit.PDFDocument;
  readonly whole: PDFKit.PDFStructureElement;
  /** Rows of dark and light; no margin of its own. */
  readonly encodeQr: (text: string) => readonly (readonly boolean[])[];
}

async function loadQr(pages: PdfDocument["pages"]): Promise<Drawing["encodeQr"]> {
  if (!pages.some((page) => page.some((block) => block.kind === "card" && block.code))) return () => [];
  const { encode } = await import("uqr");
  // M: a fold or a stamp may hide a seventh of it.
  return (text) => encode(text, { ecc: "M", border: 0 }).data;
}

/** Draws something that is to be read, as an element of the document's structure. */
function draw({ document, whole }: Drawing, tag: string, write: () => void, alt?: string): void {
  const element = alt === undefined ? document.struct(tag) : document.struct(tag, { alt });
  whole.add(element);
  element.add(write);
  element.end();
}

function drawBlock(drawing: Drawing, block: PdfBlock): void {
  const { document } = drawing;
  const width = document.page.width - 2 * margin;
  if (block.kind === "table") return drawTable({ ...drawing, margin }, block);
  if (block.kind === "fields") return drawFields({ ...drawing, margin }, block);
  if (block.kind === "rule") {
    const y = document.y + 4;
    document.markContent("Artifact", { type: "Layout" });
    document
      .moveTo(margin, y)
      .lineTo(margin + width, y)
      .lineWidth(0.5)
      .stroke("#777777");
    document.endMarkedContent();
    document.y += 12;
    return;
  }
  if (block.kind === "card") return drawCard(drawing, block);
  const { tag, font, size, gap } = styles[block.kind];
  draw(drawing, tag, () => document.font(font).fontSize(size).fillColor("black").text(block.text, margin, document.y, { width }));
  document.y += gap;
}

function drawFooters(document: PDFKit.PDFDocument, footer: NonNullable<PdfDocument["footer"]>): void {
  const { start, count } = document.bufferedPageRange();
  for (let at = 0; at < count; at++) {
    document.switchToPage(start + at);
    // Below the margin, where text would otherwise begin a page of its own.
    document.page.margins.bottom = 0;
    document.markContent("Artifact", { type: "Pagination" });
    document
      .font("regular")
      .fontSize(8)
      .fillColor("#444444")
      .text(footer(at + 1, count), margin, document.page.height - margin + 16, {
        width: document.page.width - 2 * margin,
        align: "right",
        lineBreak: false,
      });
    document.endMarkedContent();
  }
}

const codeSide = 68;
const gutter = 18;
/** Heading, labels, values and foot of a card, each on one line. */
const headAndFeet = 66;
const valueSizes = [14, 12.5, 11, 10, 9, 8];

function drawCard(drawing: Drawing, { heading, lines, fields, foot, code }: PdfCard): void {
  const { document } = drawing;
  const whole = document.page.width - 2 * margin;
  // Cards without a square leave its place free: columns stand below each other.
  const width = whole - codeSide - gutter;
  const column = (width - gutter * (fields.length - 1)) / fields.length;
  const line = (
    tag: string,
    font: "regular" | "bold",
    size: number,
    color: string,
    text: string,
    x: number,
    y: number,
    w: number,
  ) => draw(drawing, tag, () => document.font(font).fontSize(size).fillColor(color).text(text, x, y, { width: w }));
  const linesHeight = lines.reduce(
    (sum, text) => sum + 1 + document.font("regular").fontSize(9).heightOfString(text, { width }),
    0,
  );
  const height = Math.max(linesHeight + headAndFeet, code ? codeSide + 4 : 0);
  if (document.y + height > document.page.height - margin) document.addPage();
  const top = document.y;
  line("H2", "bold", 12, "black", heading, margin, top, width);
  for (const text of lines) line("P", "regular", 9, "#444444", text, margin, document.y + 1, width);
  const labelsAt = document.y + 4;
  const labelHeight = Math.max(
    ...fields.map(({ label }) => document.font("regular").fontSize(9).heightOfString(label, { width: column })),
  );
  let end = labelsAt;
  for (const [at, { label, value }] of fields.entries()) {
    const x = margin + at * (column + gutter);
    line("P", "regular", 9, "#444444", label, x, labelsAt, column);
    // No ligatures: in a password `fi` is two characters, and it is read from paper.
    const features: PDFKit.Mixins.OpenTypeFeatures[] = [];
    const size = valueSizes.find((one) => document.font("bold").fontSize(one).widthOfString(value, { features }) <= column) ?? 8;
    draw(drawing, "P", () =>
      document
        .font("bold")
        .fontSize(size)
        .fillColor("black")
        .text(value, x, labelsAt + labelHeight, { features, width: column }),
    );
    end = Math.max(end, document.y);
  }
  line("P", "regular", 9, "black", foot, margin, end + 2, width);
  if (code) drawCode(drawing, code, margin + whole - codeSide, top + 2);
  document.y = Math.max(document.y, code ? top + codeSide + 4 : 0);
}

/** One path for all dark squares: viewers draw no hairlines between them. */
function drawCode(drawing: Drawing, { text, says }: NonNullable<PdfCard["code"]>, x: number, y: number): void {
  const rows = drawing.encodeQr(text);
  const side = codeSide / rows.length;
  const { document } = drawing;
  draw(
    drawing,
    "Figure",
    () => {
      for (const [down, row] of rows.entries()) {
        for (const [across, dark] of row.entries()) if (dark) document.rect(x + across * side, y + down * side, side, side);
      }
      document.fill("black");
    },
    says,
  );
}
