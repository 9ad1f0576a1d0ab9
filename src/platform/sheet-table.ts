import { type ColumnNeed, planWidths } from "./column-widths.ts";
import type { SheetTable } from "./sheet-blocks.ts";
import {
  bottomOf,
  type Desk,
  decorate,
  drawText,
  type Face,
  inks,
  isLandscape,
  keep,
  margin,
  tagged,
  turnPage,
  widthOf,
} from "./sheet-desk.ts";

const pad = { x: 4, y: 2.6 } as const;

/** In ems. A longer one, such as an address of a page, breaks rather than take the room of all other columns. */
const longestWord = 14;

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
    const word = (own: Face, text: string): number =>
      Math.min(longestWord, Math.max(0, ...text.split(/\s+/).map((part) => measure(own, `${part} `))));
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

/** So few rows are no reason to turn the sheet. */
const fewRows = 10;

/** A name stays on its line in type that can be read; a sentence may break, and so does what a short table says. */
export function isWide(desk: Desk, table: SheetTable): boolean {
  if (table.wide) return true;
  if (table.rows.length <= fewRows) return sumBroken(toSize(measureColumns(desk, table), 8)) > uprightWidth;
  return sumUnbroken(toSize(measureColumns(desk, table), 8)) > uprightWidth;
}

/** With every name on one line. */
function sumUnbroken(needs: readonly ColumnNeed[]): number {
  return needs.reduce(
    (sum, { whole, least, flexible }) => sum + (flexible ? Math.max(least, Math.min(whole, longestName)) : whole),
    0,
  );
}

/** With a line for each word. */
function sumBroken(needs: readonly ColumnNeed[]): number {
  return needs.reduce((sum, { whole, least, flexible }) => sum + (flexible ? least : whole), 0);
}

const longestName = 150;
const uprightWidth = 595.28 - 2 * margin.side;

/** The largest type in which names stay on their line; where there is none, words stay whole. */
function planTable(desk: Desk, table: SheetTable): TablePlan {
  const available = widthOf(desk);
  const needs = measureColumns(desk, table);
  const fits = (size: number): boolean => sumBroken(toSize(needs, size)) <= available;
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

export const captionHeight = 18;
/** A heading does not stand without a row or two below it. */
const firstRows = 40;

/** So few rows stay on one sheet, where that leaves no great gap on the one before. */
const shortTable = 14;
const largestGap = 330;

/** What a heading above the table keeps together with it. */
export function measureHead(desk: Desk, table: SheetTable): number {
  return leastHeight(desk, table, planTable(desk, table));
}

function leastHeight(desk: Desk, table: SheetTable, plan: TablePlan): number {
  const head = captionHeight + plan.headHeight;
  if (table.rows.length > shortTable) return head + firstRows;
  const whole = head + table.rows.reduce((sum, row) => sum + rowHeight(desk, table, plan, row), 0);
  return whole <= largestGap ? whole : head + firstRows;
}

function rowHeight(desk: Desk, { columns }: SheetTable, { size, widths, headHeight }: TablePlan, row: readonly string[]): number {
  const most = bottomOf(desk) - margin.top - headHeight;
  const least = Math.max(
    ...row.map((text, column) =>
      columns[column]?.align === "left"
        ? heightOf(desk, "regular", size, text, widths[column] as number)
        : size * 1.25 + 2 * pad.y,
    ),
  );
  return Math.min(most, least);
}

export function drawTable(desk: Desk, table: SheetTable): void {
  const { pdf } = desk;
  const plan = planTable(desk, table);
  const { columns, rows, bars } = table;
  keep(desk, leastHeight(desk, table, plan));
  const element = pdf.struct("Table");
  drawText(desk, desk.whole, "P", table.caption, { face: "bold", size: 10, gap: 2 });
  desk.whole.add(element);
  const head = pdf.struct("TR");
  element.add(head);
  drawHead(desk, table, plan, head);
  head.end();
  const name = columns.findIndex(({ align }) => align === "left");
  for (const [at, row] of rows.entries()) {
    const height = rowHeight(desk, table, plan, row);
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
        () =>
          drawCell(
            desk,
            text,
            columns[column]?.align ?? "left",
            face,
            plan.size,
            place,
            top + pad.y,
            { width, height },
            inks.ink,
          ),
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
      drawCell(desk, title, align, "bold", size, place, top + headHeight - own + pad.y, { width, height: own }, "#ffffff", true);
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
  { width, height }: { readonly width: number; readonly height: number },
  ink: string,
  wraps = align === "left",
): void {
  pdf.font(face).fontSize(size).fillColor(ink);
  if (wraps) {
    // What is higher than a whole sheet ends with a mark; it is whole in the other formats.
    pdf.text(text, x + pad.x, y, { width: width - 2 * pad.x, align, height, ellipsis: "…" });
    return;
  }
  pdf.text(text, x + width - pad.x - pdf.widthOfString(text), y, { lineBreak: false });
}
