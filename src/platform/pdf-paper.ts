import { findFontFile } from "./be-vietnam-pro.ts";
import type { Instant } from "./clock.ts";
import { type ColumnNeed, planWidths } from "./column-widths.ts";
import type { Drawing, Shape } from "./drawing.ts";
import type { Lang } from "./words.ts";

/** What stands on the sheets, from top to bottom. */
export type SheetBlock =
  /** The title is drawn in a band across the sheet, with smaller lines below it. */
  | { readonly kind: "title"; readonly above: string; readonly text: string; readonly lines: readonly string[] }
  /** A heading of the first level is a bookmark too. */
  | { readonly kind: "heading"; readonly level: 1 | 2; readonly text: string }
  | { readonly kind: "text" | "note" | "alert"; readonly text: string }
  /** `start`: the first item's number; without it each has a dot. */
  | { readonly kind: "list"; readonly items: readonly string[]; readonly start?: number | undefined }
  /** Headings of the first level with their sheets' numbers. */
  | { readonly kind: "contents"; readonly title: string }
  /** Lines to be copied as they stand. */
  | { readonly kind: "code"; readonly text: string }
  | { readonly kind: "tiles"; readonly items: readonly SheetTile[] }
  | SheetTable
  | { readonly kind: "picture"; readonly caption: string; readonly drawing: Drawing; readonly alt: string };

export interface SheetTile {
  readonly label: string;
  readonly value: string;
  readonly detail: string | undefined;
  readonly loud: boolean;
}

export interface SheetTable {
  readonly kind: "table";
  readonly caption: string;
  readonly columns: readonly { readonly title: string; readonly align: "left" | "right" }[];
  readonly rows: readonly (readonly string[])[];
  /** On sheets of its own, lying on their long side. */
  readonly wide: boolean;
  readonly bars: { readonly column: number; readonly shares: readonly (number | undefined)[] } | undefined;
}

export interface SheetDocument {
  readonly title: string;
  /** For programs that look what a file is; plain ASCII. */
  readonly keywords: string;
  readonly lang: Lang;
  /** Its only date: the same document is the same bytes. */
  readonly at: Instant;
  readonly blocks: readonly SheetBlock[];
  /** At the foot of each sheet, beside its number. */
  readonly foot: string;
  readonly pageOf: (page: number, of: number) => string;
  /** Set before an alert. */
  readonly alertLabel: string;
}

const margin = { side: 42, top: 40, bottom: 46 } as const;
const inks = {
  ink: "#14212b",
  soft: "#475863",
  line: "#c3ccd0",
  faint: "#eef2f2",
  band: "#0c3d4a",
  bar: "#cfe5e7",
  alarm: "#a5182a",
  alert: "#7a3d00",
  alertGround: "#fff3df",
};

type Face = "regular" | "bold";

interface Desk {
  readonly pdf: PDFKit.PDFDocument;
  /** Headings of the first level drawn so far, with the sheet that each stands on. */
  readonly headings: { readonly text: string; readonly sheet: number }[];
  /** The same as an earlier drawing found them, for the contents. */
  readonly contents: readonly { readonly text: string; readonly sheet: number }[];
  readonly whole: PDFKit.PDFStructureElement;
  readonly alertLabel: string;
}

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
  const desk: Desk = { pdf, whole, headings: [], contents, alertLabel: document.alertLabel };
  turnPage(desk, false);
  for (const [at, block] of document.blocks.entries()) drawBlock(desk, block, document.blocks[at + 1]);
  whole.end();
  drawFeet(desk, document);
  pdf.end();
  await ended;
  return { bytes: Buffer.concat(pieces), headings: desk.headings };
}

function turnPage({ pdf }: Desk, landscape: boolean): void {
  pdf.addPage({
    size: "A4",
    layout: landscape ? "landscape" : "portrait",
    margins: { top: margin.top, bottom: margin.bottom, left: margin.side, right: margin.side },
  });
  pdf.y = margin.top;
}

const isLandscape = ({ pdf }: Desk): boolean => pdf.page.width > pdf.page.height;
const widthOf = ({ pdf }: Desk): number => pdf.page.width - 2 * margin.side;
const bottomOf = ({ pdf }: Desk): number => pdf.page.height - margin.bottom;

/** A new sheet where less than `height` is left of this one. */
function keep(desk: Desk, height: number): void {
  if (desk.pdf.y + height > bottomOf(desk)) turnPage(desk, isLandscape(desk));
}

function drawBlock(desk: Desk, block: SheetBlock, next: SheetBlock | undefined): void {
  const table = block.kind === "table" ? block : block.kind === "heading" && next?.kind === "table" ? next : undefined;
  const needsWide = table !== undefined && isWide(desk, table);
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

interface TextStyle {
  readonly face?: Face;
  readonly size?: number;
  readonly ink?: string;
  readonly gap?: number;
  readonly indent?: number;
}

/** Text that runs over lines and sheets, as an element of the document's structure. */
function drawText(desk: Desk, parent: PDFKit.PDFStructureElement, tag: string, text: string, style: TextStyle = {}): void {
  const { face = "regular", size = 10, ink = inks.ink, gap = 0, indent = 0 } = style;
  const { pdf } = desk;
  const width = widthOf(desk) - indent;
  const height = pdf.font(face).fontSize(size).heightOfString(text, { width });
  if (height < 200) keep(desk, height);
  tagged(desk, parent, tag, () =>
    pdf
      .font(face)
      .fontSize(size)
      .fillColor(ink)
      .text(text, margin.side + indent, pdf.y, { width }),
  );
  pdf.y += gap;
}

/** What pdfkit takes and its types do not say yet. */
interface ElementOptions {
  readonly alt?: string;
  readonly bbox?: readonly [number, number, number, number];
  readonly scope?: "Row" | "Column";
}

function tagged(
  { pdf }: Desk,
  parent: PDFKit.PDFStructureElement,
  tag: string,
  write: () => void,
  options: ElementOptions = {},
): void {
  const element = pdf.struct(tag, { ...options });
  parent.add(element);
  element.add(write);
  element.end();
}

/** What only decorates: readers of the page's structure pass over it. */
function decorate({ pdf }: Desk, draw: () => void, type: "Layout" | "Pagination" = "Layout"): void {
  pdf.markContent("Artifact", { type });
  draw();
  pdf.endMarkedContent();
}

function drawTitle(desk: Desk, { above, text, lines }: Extract<SheetBlock, { kind: "title" }>): void {
  const { pdf } = desk;
  drawText(desk, desk.whole, "P", above, { face: "bold", size: 11, ink: inks.soft });
  drawText(desk, desk.whole, "H1", text, { face: "bold", size: 21, ink: inks.band, gap: 2 });
  for (const line of lines) drawText(desk, desk.whole, "P", line, { size: 9.5, ink: inks.soft });
  const y = pdf.y + 5;
  decorate(desk, () =>
    pdf
      .moveTo(margin.side, y)
      .lineTo(margin.side + widthOf(desk), y)
      .lineWidth(1.6)
      .stroke(inks.band),
  );
  pdf.y = y + 8;
}

/** What a heading is kept together with. */
function leastOf(next: SheetBlock | undefined): number {
  if (next?.kind === "picture") return next.drawing.height * 0.8 + 20;
  return next?.kind === "tiles" ? 70 : 60;
}

function drawHeading(desk: Desk, { level, text }: Extract<SheetBlock, { kind: "heading" }>, next: SheetBlock | undefined): void {
  const { pdf } = desk;
  const atTop = pdf.y <= margin.top + 1;
  if (!atTop) pdf.y += level === 1 ? 12 : 5;
  keep(desk, 24 + leastOf(next));
  if (level === 1) {
    pdf.outline.addItem(text);
    desk.headings.push({ text, sheet: pdf.bufferedPageRange().count });
  }
  drawText(desk, desk.whole, level === 1 ? "H2" : "H3", text, {
    face: "bold",
    size: level === 1 ? 13.5 : 10.5,
    ink: level === 1 ? inks.band : inks.ink,
    gap: 4,
  });
}

function drawAlert(desk: Desk, text: string): void {
  const { pdf } = desk;
  const told = `${desk.alertLabel}: ${text}`;
  const width = widthOf(desk) - 34;
  const height = pdf.font("regular").fontSize(9.5).heightOfString(told, { width }) + 10;
  keep(desk, height + 4);
  const y = pdf.y;
  decorate(desk, () => {
    pdf.rect(margin.side, y, widthOf(desk), height).fill(inks.alertGround);
    // The typeface has no such sign.
    pdf.polygon([margin.side + 8, y + 16], [margin.side + 20, y + 16], [margin.side + 14, y + 6]).fill(inks.alert);
  });
  tagged(desk, desk.whole, "P", () =>
    pdf
      .font("regular")
      .fontSize(9.5)
      .fillColor(inks.ink)
      .text(told, margin.side + 28, y + 5, { width }),
  );
  pdf.y = y + height + 4;
}

function drawContents(desk: Desk, title: string): void {
  const { pdf } = desk;
  drawText(desk, desk.whole, "H2", title, { face: "bold", size: 13.5, ink: inks.band, gap: 4 });
  const list = pdf.struct("TOC");
  desk.whole.add(list);
  const numberWidth = 28;
  const width = widthOf(desk) - numberWidth - 10;
  for (const { text, sheet } of desk.contents) {
    keep(desk, pdf.font("regular").fontSize(9.5).heightOfString(text, { width }) + 2.5);
    const top = pdf.y;
    const item = pdf.struct("TOCI");
    list.add(item);
    item.add(() => {
      pdf.font("regular").fontSize(9.5).fillColor(inks.ink).text(text, margin.side, top, { width });
      const bottom = pdf.y;
      const number = String(sheet);
      pdf.text(number, margin.side + widthOf(desk) - pdf.widthOfString(number), bottom - pdf.currentLineHeight(true), {
        lineBreak: false,
      });
      pdf.y = bottom + 2.5;
    });
    item.end();
  }
  list.end();
  turnPage(desk, false);
}

function drawCode(desk: Desk, text: string): void {
  const { pdf } = desk;
  const width = widthOf(desk) - 20;
  const height = pdf.font("regular").fontSize(9).heightOfString(text, { width }) + 8;
  keep(desk, height + 4);
  const y = pdf.y;
  decorate(desk, () => pdf.rect(margin.side, y, widthOf(desk), height).fill(inks.faint));
  tagged(desk, desk.whole, "Code", () =>
    pdf
      .font("regular")
      .fontSize(9)
      .fillColor(inks.ink)
      // No ligatures: it is typed letter by letter.
      .text(text, margin.side + 10, y + 4, { width, features: [] }),
  );
  pdf.y = y + height + 4;
}

function drawList(desk: Desk, items: readonly string[], start: number | undefined): void {
  const { pdf } = desk;
  const list = pdf.struct("L");
  desk.whole.add(list);
  for (const [at, text] of items.entries()) {
    const item = pdf.struct("LI");
    list.add(item);
    drawText(desk, item, "LBody", `${start === undefined ? "•" : `${start + at}.`}  ${text}`, { size: 9.5, gap: 1.5, indent: 6 });
    item.end();
  }
  list.end();
  pdf.y += 3;
}

const tileGap = 8;

/** Four in a row where that is even, else three; the label above its figure. */
function drawTiles(desk: Desk, items: readonly SheetTile[]): void {
  const { pdf } = desk;
  const across = items.length <= 4 ? items.length : items.length % 4 === 0 || items.length > 6 ? 4 : 3;
  for (let from = 0; from < items.length; from += across) {
    const row = items.slice(from, from + across);
    const width = (widthOf(desk) - tileGap * (row.length - 1)) / row.length;
    const inside = width - 16;
    const detailHeight = Math.max(
      0,
      ...row.map(({ detail }) => (detail ? pdf.font("regular").fontSize(8).heightOfString(detail, { width: inside }) : 0)),
    );
    const labelHeight = Math.max(
      ...row.map(({ label }) => pdf.font("regular").fontSize(9).heightOfString(label, { width: inside })),
    );
    const height = labelHeight + 28 + detailHeight + 12;
    keep(desk, height + tileGap);
    const top = pdf.y;
    for (const [at, { label, value, detail, loud }] of row.entries()) {
      const x = margin.side + at * (width + tileGap);
      decorate(desk, () => {
        pdf.rect(x, top, width, height).fill(inks.faint);
        pdf.rect(x, top, 3, height).fill(loud ? inks.alarm : inks.band);
      });
      tagged(desk, desk.whole, "P", () => {
        pdf
          .font("regular")
          .fontSize(9)
          .fillColor(inks.soft)
          .text(label, x + 10, top + 5, { width: inside });
        const size = [20, 17, 14, 11].find((one) => pdf.font("bold").fontSize(one).widthOfString(value) <= inside) ?? 9;
        pdf
          .font("bold")
          .fontSize(size)
          .fillColor(loud ? inks.alarm : inks.ink)
          .text(value, x + 10, top + labelHeight + 5, { lineBreak: false });
        if (detail)
          pdf
            .font("regular")
            .fontSize(8)
            .fillColor(inks.soft)
            .text(detail, x + 10, top + labelHeight + 32, { width: inside });
      });
    }
    pdf.y = top + height + tileGap;
  }
}

function drawPicture(desk: Desk, { caption, drawing, alt }: Extract<SheetBlock, { kind: "picture" }>): void {
  const { pdf } = desk;
  const scale = Math.min(1, widthOf(desk) / drawing.width);
  keep(desk, drawing.height * scale + 22);
  drawText(desk, desk.whole, "P", caption, { face: "bold", size: 10, gap: 4 });
  const top = pdf.y;
  const bbox = [margin.side, top, margin.side + drawing.width * scale, top + drawing.height * scale] as const;
  tagged(
    desk,
    desk.whole,
    "Figure",
    () => {
      pdf.save().translate(margin.side, top).scale(scale);
      for (const shape of drawing.shapes) drawShape(pdf, shape);
      pdf.restore();
    },
    { alt, bbox },
  );
  pdf.y = top + drawing.height * scale + 8;
}

function drawShape(pdf: PDFKit.PDFDocument, shape: Shape): void {
  switch (shape.shape) {
    case "rect":
      pdf.rect(shape.x, shape.y, shape.width, shape.height).fill(shape.fill);
      return;
    case "circle":
      pdf.circle(shape.x, shape.y, shape.radius).fill(shape.fill);
      return;
    case "area":
      pdf.polygon(...shape.points.map(([x, y]) => [x, y])).fill(shape.fill);
      return;
    case "line": {
      const [first, ...rest] = shape.points;
      if (!first) return;
      pdf
        .save()
        .lineWidth(shape.width)
        .lineJoin("round")
        .moveTo(...first);
      for (const point of rest) pdf.lineTo(...point);
      if (shape.dash) pdf.dash(shape.dash[0], { space: shape.dash[1] });
      pdf.stroke(shape.stroke).restore();
      return;
    }
    case "text": {
      pdf
        .font(shape.bold ? "bold" : "regular")
        .fontSize(shape.size)
        .fillColor(shape.fill);
      const width = pdf.widthOfString(shape.text);
      const x = shape.anchor === "end" ? shape.x - width : shape.anchor === "middle" ? shape.x - width / 2 : shape.x;
      pdf.text(shape.text, x, shape.y, { lineBreak: false, baseline: "alphabetic" });
    }
  }
}

const pad = { x: 4, y: 2.6 } as const;

/** In widths of the type's size: enough to compare bars. */
const leastBar = 16;

interface TablePlan {
  readonly size: number;
  readonly widths: readonly number[];
  readonly headHeight: number;
}

/** By size of type: widths grow in step with it, so that they are measured once. */
function measureColumns({ pdf }: Desk, { columns, rows, bars }: SheetTable): ColumnNeed[] {
  const measure = (face: Face, text: string): number => pdf.font(face).fontSize(10).widthOfString(text) / 10;
  return columns.map(({ title, align }, at): ColumnNeed => {
    const cells = rows.map((row) => row[at] ?? "");
    const face: Face = at === bars?.column ? "bold" : "regular";
    // Digits are equally wide: the longest of a column of figures is the widest, near enough to measure only a few.
    const longest = [...new Set(cells)].sort((a, b) => b.length - a.length).slice(0, 12);
    // A word that breaks a line is measured with its space.
    const word = (own: Face, text: string): number => Math.max(0, ...text.split(/\s+/).map((part) => measure(own, `${part} `)));
    const least = Math.max(word("bold", title), ...longest.map((text) => word(face, text)));
    const whole = Math.max(least, ...longest.map((text) => measure(face, text)));
    const flexible = align === "left";
    const barred = at === bars?.column ? leastBar : 0;
    return { whole: Math.max(whole, barred, flexible ? measure("bold", `${title} `) : 0), least, flexible };
  });
}

function toSize(needs: readonly ColumnNeed[], size: number): ColumnNeed[] {
  const own = (width: number): number => width * size + 2 * pad.x + 0.5;
  return needs.map(({ whole, least, flexible }) => ({ whole: own(whole), least: own(least), flexible }));
}

/** A name stays on its line in type that can be read; a sentence may break. */
function isWide(desk: Desk, table: SheetTable): boolean {
  if (table.wide) return true;
  return sumUnbroken(toSize(measureColumns(desk, table), 8)) > uprightWidth;
}

/** With every name on one line. */
function sumUnbroken(needs: readonly ColumnNeed[]): number {
  return needs.reduce(
    (sum, { whole, least, flexible }) => sum + (flexible ? Math.max(least, Math.min(whole, longestName)) : whole),
    0,
  );
}

const longestName = 150;
const uprightWidth = 595.28 - 2 * margin.side;

/** The largest type in which names stay on their line; where there is none, words stay whole. */
function planTable(desk: Desk, table: SheetTable): TablePlan {
  const available = widthOf(desk);
  const needs = measureColumns(desk, table);
  const fits = (size: number): boolean =>
    toSize(needs, size).reduce((sum, { whole, least, flexible }) => sum + (flexible ? least : whole), 0) <= available;
  const size =
    [9.5, 9, 8.5, 8].find((own) => sumUnbroken(toSize(needs, own)) <= available) ?? [9, 8.5, 8, 7.5, 7].find(fits) ?? 6.5;
  const widths = planWidths(toSize(needs, size), available);
  const headHeight = Math.max(...table.columns.map(({ title }, at) => heightOf(desk, "bold", size, title, widths[at] as number)));
  return { size, widths, headHeight };
}

function heightOf({ pdf }: Desk, face: Face, size: number, text: string, width: number): number {
  return (
    pdf
      .font(face)
      .fontSize(size)
      .heightOfString(text, { width: width - 2 * pad.x }) +
    2 * pad.y
  );
}

function drawTable(desk: Desk, table: SheetTable): void {
  const { pdf } = desk;
  const plan = planTable(desk, table);
  const { columns, rows, bars } = table;
  const captionHeight = 18;
  keep(desk, captionHeight + plan.headHeight + 40);
  const element = pdf.struct("Table");
  drawText(desk, desk.whole, "P", table.caption, { face: "bold", size: 10, gap: 2 });
  desk.whole.add(element);
  const head = pdf.struct("TR");
  element.add(head);
  drawHead(desk, table, plan, head);
  head.end();
  const name = columns.findIndex(({ align }) => align === "left");
  for (const [at, row] of rows.entries()) {
    const height = Math.max(
      ...row.map((text, column) =>
        columns[column]?.align === "left"
          ? heightOf(desk, "regular", plan.size, text, plan.widths[column] as number)
          : plan.size * 1.25 + 2 * pad.y,
      ),
    );
    if (pdf.y + height > bottomOf(desk)) {
      turnPage(desk, isLandscape(desk));
      drawHead(desk, table, plan, undefined);
    }
    const top = pdf.y;
    const share = bars?.shares[at];
    decorate(desk, () => {
      if (at % 2 === 1 && !bars) pdf.rect(margin.side, top, widthOf(desk), height).fill(inks.faint);
      if (bars && share !== undefined) drawBar(desk, plan, bars.column, share, top, height);
      pdf
        .moveTo(margin.side, top + height)
        .lineTo(margin.side + widthOf(desk), top + height)
        .lineWidth(0.4)
        .stroke(inks.line);
    });
    const line = pdf.struct("TR");
    element.add(line);
    let x: number = margin.side;
    for (const [column, text] of row.entries()) {
      const width = plan.widths[column] as number;
      const place = x;
      const face: Face = column === bars?.column ? "bold" : "regular";
      tagged(
        desk,
        line,
        column === name ? "TH" : "TD",
        () => drawCell(desk, text, columns[column]?.align ?? "left", face, plan.size, place, top + pad.y, width, inks.ink),
        column === name ? { scope: "Row" } : {},
      );
      x += width;
    }
    line.end();
    pdf.y = top + height;
  }
  element.end();
  pdf.y += 8;
}

/** Behind the figure, growing from the left edge of its column. */
function drawBar({ pdf }: Desk, { widths }: TablePlan, column: number, share: number, top: number, height: number): void {
  const x = margin.side + widths.slice(0, column).reduce((sum, width) => sum + width, 0);
  const room = (widths[column] as number) - 2;
  pdf.rect(x + 1, top + 1.5, Math.max(0, Math.min(1, share)) * room, height - 3).fill(inks.bar);
}

/** Without a row of the structure it is the head again on a further sheet, which a reader has heard already. */
function drawHead(
  desk: Desk,
  { columns }: SheetTable,
  { widths, size, headHeight }: TablePlan,
  row: PDFKit.PDFStructureElement | undefined,
): void {
  const { pdf } = desk;
  const top = pdf.y;
  decorate(desk, () => pdf.rect(margin.side, top, widthOf(desk), headHeight).fill(inks.band));
  let x: number = margin.side;
  for (const [column, { title, align }] of columns.entries()) {
    const width = widths[column] as number;
    const place = x;
    const own = heightOf(desk, "bold", size, title, width);
    const write = (): void =>
      drawCell(desk, title, align, "bold", size, place, top + headHeight - own + pad.y, width, "#ffffff", true);
    if (row) tagged(desk, row, "TH", write, { scope: "Column" });
    else decorate(desk, write, "Pagination");
    x += width;
  }
  pdf.y = top + headHeight;
}

function drawCell(
  { pdf }: Desk,
  text: string,
  align: "left" | "right",
  face: Face,
  size: number,
  x: number,
  y: number,
  width: number,
  ink: string,
  wraps = align === "left",
): void {
  pdf.font(face).fontSize(size).fillColor(ink);
  if (wraps) {
    pdf.text(text, x + pad.x, y, { width: width - 2 * pad.x, align });
    return;
  }
  pdf.text(text, x + width - pad.x - pdf.widthOfString(text), y, { lineBreak: false });
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
