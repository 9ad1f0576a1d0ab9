import { Failure } from "../../platform/failure.ts";
import { readFileMark } from "../../platform/files.ts";
import { toNormalText } from "../../platform/text.ts";
import type { SheetCellKind } from "../../platform/xlsx.ts";
import { parseDossierCode } from "../dossier-code.ts";
import { assertTable, fileWords, findFormat } from "../sources/file-lines.ts";
import { isSkipped, totalWords } from "../sources/total-rows.ts";
import { sampleCsv } from "./sample-csv.ts";
import { sampleSheet } from "./sample-sheet.ts";

export interface SampledCell {
  readonly kind: SheetCellKind;
  readonly text: string;
}

/** Rows of a file nobody has described yet. What they hold may be anybody's: only what `describeColumns` lets through is ever shown. */
export interface FileSample {
  readonly format: "csv" | "xlsx";
  readonly encoding: "utf-8" | "windows-1258" | "utf-16le" | "utf-16be" | undefined;
  readonly delimiter: string | undefined;
  readonly quotes: "double" | "none" | undefined;
  readonly sheet: string | undefined;
  readonly headerRows: readonly [number, number] | undefined;
  readonly headings: readonly string[];
  /** Without those of totals, which an import skips. */
  readonly rows: readonly (readonly SampledCell[])[];
  readonly totalRows: number;
  /** False where the file was too large to be read whole. */
  readonly whole: boolean;
}

/** Failure kinds: invalid, denied. */
export async function sampleFile(path: string, file: string, sheet: string | undefined): Promise<FileSample> {
  if ((await readFileMark(path)) === undefined) throw new Failure("invalid", fileWords.noPlainFile(file));
  const format = await findFormat(path);
  assertTable(format, file);
  const sample = await (format === "xlsx" ? sampleSheet(path, file, sheet) : sampleCsv(path, file));
  const own = sample.rows.filter((row) =>
    row.some(({ text }, at) => toNormalText(text) !== toNormalText(sample.headings[at] ?? "")),
  );
  const rows = own.filter((row) => !isTotal(row));
  return { ...sample, rows, totalRows: own.length - rows.length };
}

/** As an import knows it: it begins like a total and has neither a dossier's code nor a unit's. */
function isTotal(row: readonly SampledCell[]): boolean {
  return isSkipped(row, totalWords) && !row.some(({ text }) => parseDossierCode(text) !== undefined || /^\d{5}$/.test(text));
}
