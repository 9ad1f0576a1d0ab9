import { toCsvFailure } from "./csv-faults.ts";
import { countCells, readCell } from "./csv-slab.ts";
import {
  guessDelimiter,
  isBlank,
  type ParsedRow,
  parserOptions,
  type StreamOptions,
  streamSlabs,
  toStartLine,
} from "./csv-stream.ts";
import { decodeText, type Encoding } from "./decode.ts";
import { readBytes } from "./files.ts";
import { toPlainLineEnds } from "./line-ends.ts";

/** One record and the line it starts on, counting from 1. */
export interface CsvRecord {
  readonly line: number;
  readonly cells: readonly string[];
}

export interface CsvOptions {
  /** Without it the separator is the one of `,` `;` TAB that the first line holds most of. */
  readonly delimiter?: string;
  readonly encoding?: Encoding;
  /** A quotation mark inside a cell that does not begin with one is just that: lists typed by hand have nicknames in quotes. */
  readonly looseQuotes?: boolean;
  /** none: a quotation mark is a letter like any other. */
  readonly quotes?: "double" | "none";
}

/** All records of a CSV file, blank lines left out, a line end inside quotes as `\n`. Failure kinds: invalid, denied. */
export async function readCsv(path: string, options: CsvOptions = {}): Promise<CsvRecord[]> {
  return parseCsv(decodeText(await readBytes(path), path, options.encoding), path, options);
}

export async function parseCsv(text: string, file: string, options: CsvOptions = {}): Promise<CsvRecord[]> {
  const { parse } = await import("csv-parse/sync");
  try {
    const plain = toPlainLineEnds(text);
    const delimiter = options.delimiter ?? guessDelimiter(plain);
    const rows = parse(plain, {
      ...parserOptions,
      delimiter,
      bom: true,
      relax_quotes: options.looseQuotes === true,
      ...(options.quotes === "none" && { quote: false }),
    }) as unknown as ParsedRow[];
    return rows.map((row) => ({ line: toStartLine(row), cells: row.record })).filter(({ cells }) => !isBlank(cells));
  } catch (error) {
    throw toCsvFailure(error, file, 0, options.looseQuotes === true ? text : undefined);
  }
}

/**
 * The same records as readCsv in batches, without ever holding the whole file. `onBytes` sees every byte read, for a digest.
 * Cells are as they stand: whoever keeps one brings it to NFC. Failure kinds: invalid, denied.
 */
export async function* streamCsv(path: string, file: string, options: StreamOptions = {}): AsyncGenerator<readonly CsvRecord[]> {
  for await (const slab of streamSlabs(path, file, options)) {
    const batch: CsvRecord[] = [];
    for (let n = 0; n < slab.size; n++) {
      const cells = Array.from({ length: countCells(slab, n) }, (_, column) => readCell(slab, n, column));
      batch.push({ line: slab.lines[n] as number, cells });
    }
    yield batch;
  }
}

export type CsvCell = string | number | undefined;

/**
 * RFC 4180 text. A text cell that a spreadsheet would run as a formula gets a leading `'` (CWE-1236); numbers never do.
 */
export function formatCsv(rows: Iterable<readonly CsvCell[]>, delimiter = ","): string {
  let text = "";
  for (const row of rows) text += `${row.map((cell) => formatCell(cell, delimiter)).join(delimiter)}\r\n`;
  return text;
}

function formatCell(cell: CsvCell, delimiter: string): string {
  if (cell === undefined) return "";
  if (typeof cell === "number") return String(cell);
  const safe = /(^|["\n\r,;\t])[=+\-@\t\r\0＝＋－＠]/u.test(cell) ? `'${cell}` : cell;
  return /["\r\n]/.test(safe) || safe.includes(delimiter) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
