import { Failure } from "../../platform/failure.ts";
import type { SheetCellKind } from "../../platform/xlsx.ts";
import { assertTable, findFormat } from "../sources/file-lines.ts";
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
  readonly sheet: string | undefined;
  readonly headerRows: readonly [number, number] | undefined;
  readonly headings: readonly string[];
  readonly rows: readonly (readonly SampledCell[])[];
  /** False where the file was too large to be read whole. */
  readonly whole: boolean;
}

/** Failure kinds: invalid, denied. */
export async function sampleFile(path: string, file: string, sheet: string | undefined): Promise<FileSample> {
  const format = await findFormat(path);
  assertTable(format, file);
  return format === "xlsx" ? sampleSheet(path, file, sheet) : sampleCsv(path, file);
}
