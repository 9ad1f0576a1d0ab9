import { pipeline, Readable } from "node:stream";
import { decodeText, type Encoding, streamText } from "./decode.ts";
import { Failure } from "./failure.ts";
import { openByteStream, readBytes } from "./files.ts";
import { createLineEnds, toPlainLineEnds } from "./line-ends.ts";
import type { Words } from "./words.ts";

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
}

/** Line ends are made plain before the parser sees them: left to itself it settles on the first it meets and keeps the others inside cells. */
const parserOptions = { record_delimiter: "\n", info: true, relax_column_count: true, skip_empty_lines: true } as const;

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
    }) as unknown as ParsedRow[];
    return rows.map(toRecord).filter(({ cells }) => !isBlank(cells));
  } catch (error) {
    throw toFailure(error, file, options.looseQuotes === true ? text : undefined);
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
  const texts = toPieces(streamText(openByteStream(path), file, options.encoding, options.onBytes));
  const first = await texts.next();
  if (first.done) return;
  const parser = parse({ ...parserOptions, delimiter: options.delimiter ?? guessDelimiter(first.value) });
  const whole = (async function* () {
    yield first.value;
    yield* texts;
  })();
  // A failure of the feed destroys the parser with it, so it is thrown by the loop below.
  pipeline(Readable.from(whole), parser, () => undefined);
  let batch: CsvRecord[] = [];
  try {
    for await (const row of parser as AsyncIterable<ParsedRow>) {
      if (isBlank(row.record)) continue;
      batch.push(toRecord(row));
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

/** The parser tells the line a record ends on; the lines inside its cells are taken back. */
function toRecord({ record, info }: ParsedRow): CsvRecord {
  let line = info.lines;
  for (const cell of record) if (cell.includes("\n")) line -= cell.split("\n").length - 1;
  return { line, cells: record };
}

function isBlank(cells: readonly string[]): boolean {
  return cells.every((cell) => cell.trim() === "");
}

/** Pieces with plain line ends; the first holds the whole first line, which the separator is read from. */
async function* toPieces(texts: AsyncIterable<string>): AsyncGenerator<string> {
  const toPlain = createLineEnds();
  let head: string | undefined = "";
  for await (const text of texts) {
    const plain = toPlain(text);
    if (head === undefined) {
      yield plain;
      continue;
    }
    head += plain;
    if (!/[^\n]\n/.test(head)) continue;
    yield head;
    head = undefined;
  }
  yield (head ?? "") + toPlain(undefined);
}

function toFailure(error: unknown, file: string, text?: string): unknown {
  const { code, lines } = error as { code?: string; lines?: number };
  if (!code?.startsWith("CSV_") && !code?.startsWith("INVALID_")) return error;
  const open = code === "CSV_QUOTE_NOT_CLOSED" && text !== undefined ? findOpenQuote(toPlainLineEnds(text)) : undefined;
  if (open !== undefined) {
    const message = { vi: "dấu nháy mở ở đây mà không đóng", en: "a quotation mark is opened here and never closed" };
    return new Failure("invalid", unreadable(file), { faults: [{ file, line: open, message }] });
  }
  // No cause: the parser's error carries the record, and a record may hold what must not be shown.
  return new Failure("invalid", unreadable(file), {
    faults: [{ file, line: lines, message: { vi: `dấu nháy không đúng (${code})`, en: `faulty quoting (${code})` } }],
  });
}

function unreadable(file: string): Words {
  return { vi: `${file}: không đọc được CSV`, en: `${file}: not readable as CSV` };
}

/** The line of the last quotation mark that opens a cell. */
function findOpenQuote(text: string): number {
  const marks = [...text.matchAll(/"/g)];
  return text.slice(0, marks.at(-1)?.index ?? 0).split("\n").length;
}

function guessDelimiter(text: string): string {
  const first = /[^\n]+/.exec(text)?.[0] ?? "";
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
