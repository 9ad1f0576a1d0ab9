import { writeFile } from "node:fs/promises";
import type { Cell, CellValue, MergeRange } from "hucre/xlsx";

/** A cell of a test's sheet: a value, a number under a format, a formula with its stored result (or none), an error. */
export type TestCell =
  | CellValue
  | { readonly number: number; readonly format: string }
  | { readonly formula: string; readonly result?: CellValue };

export interface TestSheet {
  readonly name: string;
  readonly rows: readonly (readonly TestCell[])[];
  /** `A1:C1`. */
  readonly merges?: readonly string[];
  readonly hidden?: boolean;
  readonly hiddenRows?: readonly number[];
  readonly hiddenColumns?: readonly number[];
}

/** Writes a workbook as an office's system does: rows and columns count from 1, dates are real dates of the sheet. */
export async function writeSheets(
  path: string,
  sheets: readonly TestSheet[],
  dateSystem: "1900" | "1904" = "1900",
): Promise<void> {
  const { writeXlsx } = await import("hucre/xlsx");
  const bytes = await writeXlsx({
    dateSystem,
    sheets: sheets.map(({ name, rows, merges = [], hidden = false, hiddenRows = [], hiddenColumns = [] }) => {
      const cells = new Map<string, Partial<Cell>>();
      const values = rows.map((row, at) =>
        row.map((cell, column) => {
          if (cell instanceof Date) {
            const hasTime = cell.getTime() % 86_400_000 !== 0;
            cells.set(`${at},${column}`, {
              value: cell,
              type: "date",
              style: { numFmt: hasTime ? "dd/mm/yyyy hh:mm:ss" : "dd/mm/yyyy" },
            });
            return cell;
          }
          if (cell === null || typeof cell !== "object") return cell;
          if ("number" in cell) {
            const { number, format } = cell as { number: number; format: string };
            cells.set(`${at},${column}`, { value: number, type: "number", style: { numFmt: format } });
            return number;
          }
          const { formula, result } = cell as { formula: string; result?: CellValue };
          cells.set(`${at},${column}`, {
            value: result ?? null,
            type: "formula",
            formula,
            ...(result !== undefined && { formulaResult: result }),
          });
          return result ?? null;
        }),
      );
      return {
        name,
        hidden,
        rows: values,
        cells,
        merges: merges.map(toRange),
        columns: Array.from({ length: Math.max(...rows.map((row) => row.length)) }, (_, at) => ({
          hidden: hiddenColumns.includes(at + 1),
        })),
        rowDefs: new Map(hiddenRows.map((row) => [row - 1, { hidden: true }])),
      };
    }),
  });
  await writeFile(path, bytes);
}

function toRange(text: string): MergeRange {
  const [from, to] = text.split(":").map((cell) => {
    const [, letters = "", row = ""] = /^([A-Z]+)(\d+)$/.exec(cell) ?? [];
    return { row: Number(row) - 1, column: [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1 };
  }) as [{ row: number; column: number }, { row: number; column: number }];
  return { startRow: from.row, startCol: from.column, endRow: to.row, endCol: to.column };
}
