import { pipeline, Readable } from "node:stream";
import { decodeText, type Encoding, streamText } from "./decode.ts";
import { Failure } from "./failure.ts";
import { openByteStream, readBytes } from "./files.ts";

/** One record and the line it starts on, counting from 1. */
export interface CsvRecord {
  readonly line: number;
  readonly cells: readonly string[];
}

export interface CsvOptions {
  /** Without it the separator is the one of `,` `;` TAB that the first line holds most of. */
  readonly delimiter?: string;
  readonly encoding?: Encoding;
}

/** Hand-edited exports mix them; left to itself the parser settles on the first one it meets and keeps the others inside cells. */
const lineEnds = ["\r\n", "\n", "\r"];

/** All records of a CSV file, blank lines left out. Failure kinds: invalid, denied. */
export async function readCsv(path: string, options: CsvOptions = {}): Promise<CsvRecord[]> {
  return parseCsv(decodeText(await readBytes(path), path, options.encoding), path, options);
}

export async function parseCsv(text: string, file: string, options: CsvOptions = {}): Promise<CsvRecord[]> {
  const { parse } = await import("csv-parse/sync");
  try {
    const rows = parse(text, {
      delimiter: options.delimiter ?? guessDelimiter(text),
      bom: true,
      record_delimiter: lineEnds,
      info: true,
      relax_column_count: true,
      skip_empty_lines: true,
    }) as unknown as ParsedRow[];
    const findLine = createLineFinder();
    return rows
      .map((row) => ({ line: findLine(row), cells: row.record }))
      .filter(({ cells }) => cells.some((cell) => cell.trim() !== ""));
  } catch (error) {
    throw toFailure(error, file);
  }
}

const batchSize = 1000;

/**
 * The same records as readCsv in batches, without ever holding the whole file. `onBytes` sees every byte read, for a digest.
 * Cells are as they stand: whoever keeps one brings it to NFC. Failure kinds: invalid, denied.
 */
export async function* streamCsv(
  path: string,
  file: string,
  options: CsvOptions & { readonly onBytes?: (bytes: Uint8Array) => void } = {},
): AsyncGenerator<readonly CsvRecord[]> {
  const { parse } = await import("csv-parse");
  const texts = streamText(openByteStream(path), file, options.encoding, options.onBytes);
  const first = await texts.next();
  if (first.done) return;
  const parser = parse({
    delimiter: options.delimiter ?? guessDelimiter(first.value),
    record_delimiter: lineEnds,
    info: true,
    relax_column_count: true,
    skip_empty_lines: true,
  });
  const whole = (async function* () {
    yield first.value;
    yield* texts;
  })();
  // A failure of the feed destroys the parser with it, so it is thrown by the loop below.
  pipeline(Readable.from(whole), parser, () => undefined);
  const findLine = createLineFinder();
  let batch: CsvRecord[] = [];
  try {
    for await (const row of parser as AsyncIterable<ParsedRow>) {
      const line = findLine(row);
      const cells = row.record;
      if (cells.every((cell) => cell.trim() === "")) continue;
      batch.push({ line, cells });
      if (batch.length < batchSize) continue;
      yield batch;
      batch = [];
    }
  } catch (error) {
    throw toFailure(error, file);
  }
  if (batch.length > 0) yield batch;
}

interface ParsedRow {
  readonly record: string[];
  readonly info: { readonly lines: number };
}

/**
 * The line a record starts on. The parser tells the one it ends on, and counts a CR LF inside quotes as two: both are taken back.
 * Ask for every row, in order.
 */
function createLineFinder(): (row: ParsedRow) => number {
  let doubled = 0;
  return ({ record, info }) => {
    let line = info.lines - doubled;
    for (const cell of record) {
      if (!/[\r\n]/.test(cell)) continue;
      line -= cell.match(/[\r\n]/g)?.length ?? 0;
      doubled += cell.match(/\r\n/g)?.length ?? 0;
    }
    return line;
  };
}

function toFailure(error: unknown, file: string): unknown {
  const { code, lines } = error as { code?: string; lines?: number };
  if (!code?.startsWith("CSV_") && !code?.startsWith("INVALID_")) return error;
  // No cause: the parser's error carries the record, and a record may hold what must not be shown.
  return new Failure(
    "invalid",
    { vi: `${file}: không đọc được CSV`, en: `${file}: not readable as CSV` },
    { faults: [{ file, line: lines, message: { vi: `dấu nháy không đúng (${code})`, en: `faulty quoting (${code})` } }] },
  );
}

function guessDelimiter(text: string): string {
  const first = text.slice(0, text.search(/[\r\n]|$/));
  const count = (mark: string): number => first.split(mark).length - 1;
  return [",", ";", "\t"].reduce((best, mark) => (count(mark) > count(best) ? mark : best));
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
