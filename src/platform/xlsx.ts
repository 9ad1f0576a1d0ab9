import type { Cell } from "hucre/xlsx";
import { Failure } from "./failure.ts";
import { findFilledRange, findTooLargePart, toLetters } from "./sheet-extent.ts";

export type SheetCellKind = "empty" | "text" | "number" | "date" | "boolean" | "error" | "empty-formula";

/**
 * What a cell shows as machine-neutral text: a date as `2025-07-01` (with a time where it has one), a number as JavaScript writes it. A formula
 * is its stored result; `empty-formula` has none, because the file was never calculated.
 */
export interface SheetCell {
  readonly kind: SheetCellKind;
  readonly text: string;
  /** A number under a format of fixed decimals, as it is shown: `99.85%` of 0.998505, `32.1` of 32.075. */
  readonly shown?: string;
}

/** Rows and columns count from 1; both ends belong to the range. */
export interface SheetRange {
  readonly fromRow: number;
  readonly fromColumn: number;
  readonly toRow: number;
  readonly toColumn: number;
}

export interface Sheet {
  readonly name: string;
  readonly hidden: boolean;
  readonly rows: readonly { readonly line: number; readonly hidden: boolean; readonly cells: readonly SheetCell[] }[];
  readonly merges: readonly SheetRange[];
  /** Counted from 1. */
  readonly hiddenColumns: readonly number[];
  /** Its numbers of days count from 1904, as the file says. */
  readonly from1904: boolean;
}

/** Both the 1900 and the 1904 date system are read as the file says. Failure kind: invalid. */
export async function parseXlsx(bytes: Uint8Array, file: string): Promise<readonly Sheet[]> {
  const tooLarge = findTooLargePart(bytes);
  if (tooLarge !== undefined) {
    const megabytes = Math.round(tooLarge / 1024 / 1024);
    throw new Failure(
      "invalid",
      { vi: `${file}: mở nén ra ${megabytes} MB, quá lớn`, en: `${file}: unpacks to ${megabytes} MB, which is too large` },
      { hint: { vi: "lưu thành CSV: không giới hạn số dòng", en: "save it as CSV, which may have any number of rows" } },
    );
  }
  const { readXlsx } = await import("hucre/xlsx");
  const range = findFilledRange(bytes);
  const workbook = await readXlsx(bytes, { readStyles: true, dateSystem: "auto", ...(range !== undefined && { range }) }).catch(
    (error: unknown) => {
      throw new Failure(
        "invalid",
        { vi: `${file}: không đọc được bảng tính`, en: `${file}: not readable as a spreadsheet` },
        {
          cause: error,
          hint: {
            vi: "mở bằng Excel rồi lưu lại dạng .xlsx, hoặc lưu thành CSV",
            en: "open it in Excel and save it as .xlsx, or as CSV",
          },
        },
      );
    },
  );
  return workbook.sheets.map((sheet) => ({
    name: sheet.name,
    hidden: sheet.hidden === true || sheet.veryHidden === true,
    rows: sheet.rows.map((values, row) => ({
      line: row + 1,
      hidden: sheet.rowDefs?.get(row)?.hidden === true,
      cells: values.map((value, column) => toSheetCell(value, sheet.cells?.get(`${row},${column}`))),
    })),
    from1904: workbook.dateSystem === "1904",
    hiddenColumns: (sheet.columns ?? []).flatMap((column, at) => (column?.hidden === true ? [at + 1] : [])),
    merges: (sheet.merges ?? []).map(({ startRow, startCol, endRow, endCol }) => ({
      fromRow: startRow + 1,
      fromColumn: startCol + 1,
      toRow: endRow + 1,
      toColumn: endCol + 1,
    })),
  }));
}

function toSheetCell(value: unknown, cell: Partial<Cell> | undefined): SheetCell {
  const empty = value === null || value === undefined || value === "";
  // `=""` was calculated and shows nothing; a formula without any result was not.
  if (cell?.formula !== undefined && empty && value !== "") return { kind: "empty-formula", text: "" };
  if (empty) return { kind: "empty", text: "" };
  if (value instanceof Date) return { kind: "date", text: value.toISOString().replace(/T00:00:00\.000Z$|\.000Z$/, "") };
  if (cell?.type === "error") return { kind: "error", text: String(value) };
  if (typeof value === "number") {
    const shown = showFixed(value, cell?.style?.numFmt);
    return { kind: "number", text: formatNumber(value), ...(shown !== undefined && { shown }) };
  }
  if (typeof value === "boolean") return { kind: "boolean", text: String(value) };
  return { kind: "text", text: String(value) };
}

/** Only what needs no more than rounding: `0`, `0.00`, `#,##0.0`, each with or without `%`. */
function showFixed(value: number, format: string | undefined): string | undefined {
  const [, decimals = "", percent = ""] = /^(?:#,##)?0(\.0{1,4})?(%)?$/.exec(format ?? "") ?? [];
  if (decimals === "" && percent === "") return undefined;
  const digits = Math.max(0, decimals.length - 1);
  // Fifteen digits are what a spreadsheet has; of them 0.98365 is a half, not what lies just below it.
  const scaled = Number((Math.abs(value) * 10 ** (digits + (percent ? 2 : 0))).toPrecision(15));
  const rounded = Math.round(scaled) / 10 ** digits;
  return `${value < 0 && rounded !== 0 ? "-" : ""}${rounded.toFixed(digits)}${percent}`;
}

/** A spreadsheet keeps fifteen digits: of a longer number the last ones are made up, and it is written so that this shows. */
function formatNumber(value: number): string {
  return Math.abs(value) >= 1e15 ? value.toExponential().toUpperCase() : String(value);
}

/** `C12`, as a spreadsheet names a cell. */
export function formatCellName(row: number, column: number): string {
  return `${toLetters(column)}${row}`;
}

/** A sheet of text cells: nothing in it is a formula or loses a zero. The first row is the heading, frozen. */
export async function formatXlsx(name: string, rows: readonly (readonly string[])[]): Promise<Uint8Array> {
  const { writeXlsx } = await import("hucre/xlsx");
  const width = Math.max(...rows.map((row) => row.length));
  const cells = new Map<string, Partial<Cell>>();
  rows.forEach((row, at) => {
    row.forEach((value, column) => {
      cells.set(`${at},${column}`, { value, type: "string", style: { numFmt: "@", font: { bold: at === 0 } } });
    });
  });
  const columns = Array.from({ length: width }, (_, at) => ({
    width: Math.min(40, Math.max(...rows.map((row) => (row[at] ?? "").length)) + 2),
  }));
  return await writeXlsx({ sheets: [{ name, rows: rows.map((row) => [...row]), cells, columns, freezePane: { rows: 1 } }] });
}
