import type { Cell, CellStyle, WriteSheet } from "hucre/xlsx";
import type { Instant } from "./clock.ts";
import { toLocalTime, type Zone } from "./time.ts";
import { setZipDates } from "./zip-dates.ts";

/** A number keeps its value and says how it is shown; text is text whatever it begins with, also after somebody edits the cell. */
export type BookCell =
  | { readonly kind: "text"; readonly text: string; readonly style?: "title" | "heading" | "strong" | "soft" | "aside" }
  | { readonly kind: "number"; readonly value: number; readonly format: string; readonly strong?: boolean }
  | { readonly kind: "date"; readonly at: Instant }
  | undefined;

export interface BookSheet {
  /** Made valid and unique here. */
  readonly name: string;
  /** Rows before the table: its caption, or nothing. */
  readonly above: readonly (readonly BookCell[])[];
  /** A heading row that is frozen, filtered and printed on every page, with its rows. Without it the sheet is lines of text. */
  readonly table: { readonly columns: readonly BookColumn[]; readonly rows: readonly (readonly BookCell[])[] } | undefined;
  /** In characters; for a sheet without a table. */
  readonly widths?: readonly number[];
}

export interface BookColumn {
  readonly title: string;
  readonly align: "left" | "right";
}

export interface Book {
  readonly title: string;
  readonly keywords: string;
  /** Kept as properties of the file by name. */
  readonly properties: Readonly<Record<string, string>>;
  /** Its only date: the same book is the same bytes. */
  readonly at: Instant;
  readonly zone: Zone;
  /** At the foot of each printed page, left of its number. */
  readonly foot: string;
  readonly sheets: readonly BookSheet[];
}

const black = { rgb: "14212B" };
const band = { rgb: "0C3D4A" };

const face = { name: "Times New Roman", size: 12 } as const;

const headStyle: CellStyle = {
  font: { ...face, bold: true, color: { rgb: "FFFFFF" } },
  fill: { type: "pattern", pattern: "solid", fgColor: band },
  alignment: { wrapText: true, vertical: "center" },
  numFmt: "@",
};
const border: CellStyle["border"] = { bottom: { style: "thin", color: { rgb: "D5DCDF" } } };

/** Real numbers and real dates; no formula is ever written. Landscape A4, as wide as the page. */
export async function formatBook({ title, keywords, properties, at, zone, foot, sheets }: Book): Promise<Uint8Array> {
  const { writeXlsx } = await import("hucre/xlsx");
  const names = toSheetNames(sheets.map(({ name }) => name));
  const date = new Date(at);
  const bytes = await writeXlsx({
    sheets: sheets.map((sheet, own) => toWriteSheet(sheet, names[own] as string, foot, zone)),
    properties: {
      title,
      keywords,
      creator: "wardctl",
      lastModifiedBy: "wardctl",
      created: date,
      modified: date,
      custom: { ...properties },
    },
    namedRanges: sheets.flatMap(({ above, table }, own) =>
      table ? [toPrintTitles(names[own] as string, above.length + 1)] : [],
    ),
    defaultFont: face,
  });
  return setZipDates(bytes, at, zone);
}

/** Written here: the library does not put a sheet's name into apostrophes, and a name with a space then spoils the file. */
function toPrintTitles(sheet: string, rows: number) {
  const name = `'${sheet.replaceAll("'", "''")}'`;
  return { name: "_xlnm.Print_Titles", range: `${name}!$A:$A,${name}!$1:$${rows}`, scope: sheet };
}

function toWriteSheet({ above, table, widths }: BookSheet, name: string, foot: string, zone: Zone): WriteSheet {
  const lines: (readonly BookCell[])[] = [...above];
  const head = above.length;
  if (table)
    lines.push(
      table.columns.map(({ title }) => ({ kind: "text", text: title })),
      ...table.rows,
    );
  const cells = new Map<string, Partial<Cell>>();
  for (const [row, line] of lines.entries()) {
    for (const [column, cell] of line.entries()) {
      if (!cell) continue;
      const inTable = table !== undefined && row >= head;
      const own = toCell(cell, zone, inTable);
      const style =
        inTable && row === head
          ? {
              ...headStyle,
              alignment: {
                ...headStyle.alignment,
                horizontal: table.columns[column]?.align,
                indent: table.columns[column]?.align === "left" ? 1 : 0,
              },
            }
          : own.style;
      cells.set(`${row},${column}`, { ...own, style });
    }
  }
  const last = table?.columns.length ?? 1;
  const range = `A${head + 1}:${toLetters(last)}${Math.max(lines.length, head + 2)}`;
  const shown = table ? planWidths(table) : (widths ?? []);
  return {
    name,
    rowDefs: new Map(
      lines.map((line, row) => [row, { height: heightOf(line, row < head && table ? undefined : shown, row < head || !table) }]),
    ),
    rows: lines.map((line) => line.map((cell) => (cell ? (toCell(cell, zone, false).value ?? null) : null))),
    cells,
    columns: shown.map((width) => ({ width })),
    ...(table && {
      freezePane: { rows: head + 1, columns: 1 },
      autoFilter: { range },
    }),
    pageSetup: {
      paperSize: "a4",
      orientation: "landscape",
      fitToPage: true,
      fitToWidth: table ? Math.ceil(table.columns.length / columnsOfAPage) : 1,
      fitToHeight: 0,
      margins: { left: 0.5, right: 0.5, top: 0.6, bottom: 0.7, header: 0.3, footer: 0.3 },
    },
    headerFooter: { oddFooter: `&L&8${foot.replaceAll("&", "&&")}&R&8&P/&N` },
    view: { showGridLines: false },
  };
}

/** Excel shows a number of its own for a date without a zone: the wall clock of `zone` is written. */
function toCell(cell: NonNullable<BookCell>, zone: Zone, inTable: boolean): Partial<Cell> {
  const lined = inTable ? { border } : {};
  if (cell.kind === "number")
    return {
      value: cell.value,
      type: "number",
      style: {
        numFmt: cell.format,
        alignment: { horizontal: "right", vertical: "top" },
        ...(cell.strong && { font: { ...face, bold: true } }),
        ...lined,
      },
    };
  if (cell.kind === "date") {
    const { year, month, day, hour, minute, second } = toLocalTime(cell.at, zone);
    return {
      value: new Date(Date.UTC(year, month - 1, day, hour, minute, second)),
      type: "date",
      style: { numFmt: "dd/mm/yyyy hh:mm", alignment: { horizontal: "left", vertical: "top" }, ...lined },
    };
  }
  return {
    value: cell.text.slice(0, longestText),
    type: "string",
    style: {
      ...textStyles[cell.style ?? "plain"],
      ...(inTable && { alignment: { wrapText: true, vertical: "top", horizontal: "left", indent: 1 } }),
      ...lined,
    },
  };
}

/** What a cell can hold is 32,767 signs. */
const longestText = 32_000;

const textStyles = {
  plain: { numFmt: "@", alignment: { wrapText: true, vertical: "top", horizontal: "left" } },
  /** One line that may run over its neighbours. */
  aside: { numFmt: "@", font: { ...face, italic: true, color: { rgb: "475863" } } },
  title: { numFmt: "@", font: { ...face, bold: true, size: 16, color: band } },
  heading: { numFmt: "@", font: { ...face, bold: true, size: 13, color: band } },
  strong: { numFmt: "@", font: { ...face, bold: true, color: black }, alignment: { vertical: "top", wrapText: true } },
  soft: { numFmt: "@", font: { ...face, color: { rgb: "475863" } }, alignment: { wrapText: true, vertical: "top" } },
} satisfies Record<string, CellStyle>;

const widest = 60;

/** Of a row, in points: more no program takes. */
const highest = 409;

/** More than these side by side would be too small to read; the first column comes again on each page. */
const columnsOfAPage = 16;

/** In points. Programs differ in whether they make room for lines that wrap, so it is said; a line without widths runs over its neighbours. */
function heightOf(line: readonly BookCell[], widths: readonly number[] | undefined, isHeading: boolean): number {
  const lines = line.map((cell, column) => {
    const width = widths?.[column];
    return cell?.kind === "text" && width !== undefined && cell.style !== "title" ? countLines(cell.text, width - 2) : 1;
  });
  const titled = isHeading && line.some((cell) => cell?.kind === "text" && (cell.style === "title" || cell.style === "heading"));
  return Math.min(highest, Math.max(1, ...lines) * 16 + (titled ? 6 : 1));
}

function countLines(text: string, width: number): number {
  let lines = 1;
  let used = 0;
  for (const word of text.split(" ")) {
    if (used > 0 && used + 1 + word.length > width) {
      lines += 1;
      used = 0;
    }
    lines += Math.floor(word.length / (width + 1));
    used += word.length + (used > 0 ? 1 : 0);
  }
  return lines;
}

/** Of the longest cell, within reason; a heading breaks at its words. */
function planWidths({ columns, rows }: NonNullable<BookSheet["table"]>): number[] {
  return columns.map(({ title }, at) => {
    const word = Math.max(...title.split(/\s+/).map((part) => part.length)) + 3;
    const cells = rows.map((row) => lengthOf(row[at]));
    return Math.min(widest, Math.max(9, word, Math.ceil(title.length / 3) + 3, ...cells.map((length) => length + 4)));
  });
}

function lengthOf(cell: BookCell): number {
  if (!cell) return 1;
  // A code in capitals is wider than its letters are many, and breaks at its dashes where it does not fit.
  if (cell.kind === "text") return cell.text.length + Math.ceil((cell.text.match(/\p{Lu}/gu)?.length ?? 0) * 0.4);
  // Thousands' marks, decimals and what the format says in quotes.
  return cell.kind === "date"
    ? 16
    : Math.round(cell.value).toString().length + 4 + (/"([^"]*)"/.exec(cell.format)?.[1]?.length ?? 0);
}

function toLetters(column: number): string {
  let letters = "";
  for (let rest = column; rest > 0; rest = Math.floor((rest - 1) / 26))
    letters = String.fromCharCode(65 + ((rest - 1) % 26)) + letters;
  return letters;
}

const longestName = 31;

/** At most 31 UTF-16 units, none of `[]:*?/\`, no apostrophe at an end, not empty, not `History`, no two alike but for case. */
export function toSheetNames(wanted: readonly string[]): string[] {
  const taken = new Set<string>(["history"]);
  return wanted.map((text) => {
    const plain = text
      .replace(/[[\]:*?/\\\u0000-\u001F]/g, " ")
      .replace(/\s+/g, " ")
      .trim();
    const stem = shorten(plain, longestName) || "–";
    let name = stem;
    for (let n = 2; taken.has(name.toLowerCase()); n++) name = `${shorten(stem, longestName - ` ${n}`.length)} ${n}`;
    taken.add(name.toLowerCase());
    return name;
  });
}

/** Cut at a word where one ends in its second half, never inside a pair of surrogates. */
function shorten(text: string, length: number): string {
  const trim = (own: string): string => own.replace(/^['\s]+|['\s,;·]+$/gu, "");
  if (text.length <= length) return trim(text);
  const cut = text.slice(0, length).replace(/[\uD800-\uDBFF]$/u, "");
  const space = cut.lastIndexOf(" ");
  return trim(text[cut.length] !== " " && space > length / 2 ? cut.slice(0, space) : cut);
}
