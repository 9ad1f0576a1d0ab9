/** Columns of text that go on over pages, and labels with their values. */
export interface PdfTable {
  readonly kind: "table";
  /** `share` of the width against the other columns'. */
  readonly columns: readonly { readonly title: string; readonly share: number; readonly align?: "left" | "right" }[];
  readonly rows: readonly (readonly string[])[];
}

export interface PdfFields {
  readonly kind: "fields";
  /** An empty value is a line to be written on by hand. */
  readonly fields: readonly { readonly label: string; readonly value: string }[];
}

export interface TableSheet {
  readonly document: PDFKit.PDFDocument;
  /** The element that the table becomes part of. */
  readonly whole: PDFKit.PDFStructureElement;
  readonly margin: number;
}

interface Row {
  readonly tag: "TH" | "TD";
  readonly cells: readonly string[];
}

const size = 8.5;
const gap = 8;
const padding = 3;
const afterwards = 12;

/** Rows are never parted by a page's end; the head stands again on every page, as an artifact from the second on. */
export function drawTable(sheet: TableSheet, { columns, rows }: PdfTable): void {
  const { document, margin } = sheet;
  const width = document.page.width - 2 * margin;
  const shares = columns.reduce((sum, { share }) => sum + share, 0);
  const widths = columns.map(({ share }) => (share / shares) * (width - gap * (columns.length - 1)));
  const table = document.struct("Table");
  sheet.whole.add(table);
  const head: Row = { tag: "TH", cells: columns.map(({ title }) => title) };
  const measured = (row: Row): number => measure(document, row, widths);
  const draw = (row: Row, isRepeat: boolean): void =>
    drawRow(sheet, table, { row, widths, height: measured(row), isRepeat, aligns: columns.map(({ align }) => align ?? "left") });
  const first = rows[0] ? measured({ tag: "TD", cells: rows[0] }) : 0;
  if (document.y + measured(head) + first > bottom(sheet)) document.addPage();
  draw(head, false);
  for (const cells of rows) {
    const row: Row = { tag: "TD", cells };
    if (document.y + measured(row) > bottom(sheet)) {
      document.addPage();
      draw(head, true);
    }
    draw(row, false);
  }
  table.end();
  document.y += afterwards;
}

const labelShare = 0.3;
const valueSize = 10;

export function drawFields(sheet: TableSheet, { fields }: PdfFields): void {
  const { document, margin } = sheet;
  const width = document.page.width - 2 * margin;
  const widths = [width * labelShare, width * (1 - labelShare) - gap];
  const table = document.struct("Table");
  sheet.whole.add(table);
  for (const { label, value } of fields) {
    const height = Math.max(
      document.font("regular").fontSize(valueSize).heightOfString(label, { width: widths[0] }),
      document.heightOfString(value || " ", { width: widths[1] }),
    );
    if (document.y + height + 2 * padding > bottom(sheet)) document.addPage();
    const top = document.y + padding;
    const row = document.struct("TR");
    table.add(row);
    cell(sheet, row, { tag: "TH", text: label, x: margin, y: top, width: widths[0] as number, color: "#444444" });
    const x = margin + (widths[0] as number) + gap;
    if (value === "") line(sheet, x, top + height, margin + width, [1, 2]);
    else cell(sheet, row, { tag: "TD", text: value, x, y: top, width: widths[1] as number, color: "black" });
    row.end();
    document.y = top + height + padding + (value === "" ? 4 : 0);
  }
  table.end();
  document.y += afterwards;
}

function cell(
  { document }: TableSheet,
  row: PDFKit.PDFStructureElement,
  {
    tag,
    text,
    x,
    y,
    width,
    color,
  }: Readonly<Record<"text" | "color" | "tag", string>> & Readonly<Record<"x" | "y" | "width", number>>,
): void {
  const element = document.struct(tag);
  row.add(element);
  element.add(() => document.font("regular").fontSize(valueSize).fillColor(color).text(text, x, y, { width }));
  element.end();
}

function measure(document: PDFKit.PDFDocument, { tag, cells }: Row, widths: readonly number[]): number {
  document.font(tag === "TH" ? "bold" : "regular").fontSize(size);
  const heights = cells.map((text, at) => document.heightOfString(text || " ", { width: widths[at] }));
  return Math.max(...heights) + 2 * padding;
}

interface DrawnRow {
  readonly row: Row;
  readonly widths: readonly number[];
  readonly aligns: readonly ("left" | "right")[];
  readonly height: number;
  readonly isRepeat: boolean;
}

function drawRow(
  sheet: TableSheet,
  table: PDFKit.PDFStructureElement,
  { row: { tag, cells }, widths, aligns, height, isRepeat }: DrawnRow,
): void {
  const { document, margin } = sheet;
  const top = document.y + padding;
  const element = isRepeat ? undefined : document.struct("TR");
  if (element) table.add(element);
  let x = margin;
  for (const [at, text] of cells.entries()) {
    const width = widths[at] as number;
    const left = x;
    const write = () =>
      document
        .font(tag === "TH" ? "bold" : "regular")
        .fontSize(size)
        .fillColor("black")
        .text(text, left, top, { width, align: aligns[at] });
    if (element) {
      const own = document.struct(tag);
      element.add(own);
      own.add(write);
      own.end();
    } else {
      document.markContent("Artifact", { type: "Pagination" });
      write();
      document.endMarkedContent();
    }
    x += width + gap;
  }
  element?.end();
  const end = top - padding + height;
  line(sheet, margin, end, document.page.width - margin, undefined, tag === "TH" ? 1 : 0.4);
  document.y = end;
}

function line(
  { document }: TableSheet,
  from: number,
  y: number,
  to: number,
  dash?: readonly [number, number],
  width = 0.5,
): void {
  document.markContent("Artifact", { type: "Layout" });
  document.save().moveTo(from, y).lineTo(to, y).lineWidth(width);
  if (dash) document.dash(dash[0], { space: dash[1] });
  document.stroke(dash ? "#333333" : "#777777").restore();
  document.endMarkedContent();
}

function bottom({ document, margin }: TableSheet): number {
  return document.page.height - margin;
}
