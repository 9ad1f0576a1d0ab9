import { isUtf8 } from "node:buffer";
import { toCsvFailure, toOpenQuoteFailure } from "./csv-faults.ts";
import { createScanner } from "./csv-scan.ts";
import { type CsvSlab, createSlabWriter } from "./csv-slab.ts";
import { type Encoding, findEncoding, streamText, throwNotUtf8 } from "./decode.ts";
import { openReusedBytes } from "./files.ts";
import { toPlainLineEnds } from "./line-ends.ts";

export interface StreamOptions {
  readonly delimiter?: string;
  readonly encoding?: Encoding;
  /** none: whoever wrote the file put quotation marks around nothing, so one is a letter like any other. */
  readonly quotes?: "double" | "none";
  /** Sees every byte read, for a digest. */
  readonly onBytes?: (bytes: Uint8Array) => void;
}

/** Bytes from the disk at once. */
const readLength = 262_144;
/** How far apart two quotation marks may stand to be handed to csv-parse together. */
const quoteGap = 2_000;
/** So many records read between two that need csv-parse, and those are handed to it one by one; else more and more of them together. */
const longRun = 64;
const mostDoublings = 20;
/** A quotation mark that is not closed within so many bytes never will be, and a file of any size is not to be held for it. */
const longestRecord = 8 * 1024 * 1024;

/**
 * The records of a file of any size, in slabs; each is good until the next one is asked for. csv-parse is the reader of record: what
 * is not plain goes to it, and where records are plain the scanner reads what it would read. Failure kinds: invalid, denied.
 */
export async function* streamSlabs(path: string, file: string, options: StreamOptions = {}): AsyncGenerator<CsvSlab> {
  const { parse } = await import("csv-parse/sync");
  let delimiter = options.delimiter;
  let scan: ReturnType<typeof createScanner> | undefined;
  let line = 1;
  let rest: Buffer = Buffer.alloc(0);
  let doublings = 0;
  let room = Buffer.allocUnsafe(readLength * 2);
  for await (const { piece, isLast } of markLast(openUtf8(path, file, options))) {
    const length = rest.length + piece.length;
    if (length > room.length) room = Buffer.allocUnsafe(length * 2);
    room.set(rest);
    room.set(piece, rest.length);
    const bytes = room.subarray(0, length);
    delimiter ??= findDelimiter(bytes, isLast);
    if (delimiter === undefined) {
      rest = Buffer.from(bytes);
      continue;
    }
    scan ??= createScanner(delimiter.charCodeAt(0), { quotes: options.quotes !== "none" });
    // What is read now ends with a line; a character cut in two by the reads lies behind it.
    const whole = isLast ? bytes.length : findLastBreak(bytes);
    if (!isUtf8(bytes.subarray(0, whole))) throwNotUtf8(bytes.subarray(0, whole), file, line);
    let at = 0;
    for (;;) {
      const scanned = scan(bytes, at, line, isLast);
      ({ at, line } = scanned);
      if (scanned.slab) yield scanned.slab;
      if (scanned.stop === "end") break;
      doublings = (scanned.slab?.size ?? 0) >= longRun ? 0 : Math.min(doublings + 1, mostDoublings);
      const found = findCleanEnd(bytes, at, isLast, 2 ** doublings);
      if (found === undefined && bytes.length - at < longestRecord) break;
      const end = found ?? bytes.length;
      const text = toPlainLineEnds(bytes.toString("utf8", at, end));
      let slab: CsvSlab | undefined;
      try {
        slab = toSlab(parse(text, { ...parserOptions, delimiter }) as unknown as ParsedRow[], line);
      } catch (error) {
        throw found === undefined ? toOpenQuoteFailure(error, file, line) : toCsvFailure(error, file, line - 1);
      }
      if (slab) yield slab;
      for (let feed = text.indexOf("\n"); feed >= 0; feed = text.indexOf("\n", feed + 1)) line += 1;
      at = end;
    }
    rest = Buffer.from(bytes.subarray(at));
  }
}

/** Line ends are made plain before the parser sees them: left to itself it settles on the first it meets and keeps the others inside cells. */
export const parserOptions = { record_delimiter: "\n", info: true, relax_column_count: true, skip_empty_lines: true } as const;

export interface ParsedRow {
  readonly record: string[];
  readonly info: { readonly lines: number };
}

/** The parser tells the line a record ends on; the lines inside its cells are taken back. */
export function toStartLine({ record, info }: ParsedRow): number {
  let { lines } = info;
  for (const cell of record) if (cell.includes("\n")) lines -= cell.split("\n").length - 1;
  return lines;
}

export function isBlank(cells: readonly string[]): boolean {
  return cells.every((cell) => cell.trim() === "");
}

function toSlab(rows: readonly ParsedRow[], firstLine: number): CsvSlab | undefined {
  const writer = createSlabWriter();
  const parts: Buffer[] = [];
  let at = 0;
  for (const row of rows) {
    if (isBlank(row.record)) continue;
    for (const cell of row.record) {
      const bytes = Buffer.from(cell);
      parts.push(bytes);
      writer.addCell(at, at + bytes.length);
      at += bytes.length;
    }
    writer.endRecord(firstLine - 1 + toStartLine(row));
  }
  return writer.size > 0 ? writer.finish(Buffer.concat(parts)) : undefined;
}

async function* openUtf8(path: string, file: string, { encoding, onBytes }: StreamOptions): AsyncGenerator<Buffer> {
  const pieces = openReusedBytes(path, readLength)[Symbol.asyncIterator]();
  let first = await pieces.next();
  // A mark of three bytes may come in pieces.
  while (!first.done && first.value.length < 3) {
    const more = await pieces.next();
    if (more.done) break;
    first = { done: false, value: Buffer.concat([first.value, more.value]) };
  }
  const all = (async function* () {
    try {
      if (first.done) return;
      yield first.value;
      for (let next = await pieces.next(); !next.done; next = await pieces.next()) yield next.value;
    } finally {
      // Who stops at a fault leaves no file open.
      await pieces.return?.(undefined);
    }
  })();
  if (first.done || findEncoding(first.value, encoding ?? "utf-8") !== "utf-8") {
    for await (const text of streamText(all, file, encoding, onBytes)) yield Buffer.from(text);
    return;
  }
  let isFirst = true;
  for await (const piece of all) {
    onBytes?.(piece);
    const bytes = Buffer.from(piece.buffer, piece.byteOffset, piece.byteLength);
    const marked = isFirst && bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
    yield marked ? bytes.subarray(3) : bytes;
    isFirst = false;
  }
}

async function* markLast(pieces: AsyncIterable<Buffer>): AsyncGenerator<{ readonly piece: Buffer; readonly isLast: boolean }> {
  let held: Buffer | undefined;
  for await (const piece of pieces) {
    if (held) yield { piece: held, isLast: false };
    held = piece;
  }
  if (held) yield { piece: held, isLast: true };
}

function findLastBreak(bytes: Buffer): number {
  return Math.max(bytes.lastIndexOf(0x0a), bytes.lastIndexOf(0x0d)) + 1;
}

/**
 * Where a record that begins at `from` and holds quotation marks is over, with those behind it that hold some too, `most` lines in all;
 * undefined: not here.
 */
function findCleanEnd(bytes: Buffer, from: number, isLast: boolean, most: number): number | undefined {
  let marks = 0;
  let lines = 0;
  let end: number | undefined;
  for (let at = from; at < bytes.length; at++) {
    const byte = bytes[at];
    if (byte === 0x22) marks += 1;
    else if ((byte === 0x0a || byte === 0x0d) && marks % 2 === 0) {
      if (byte === 0x0d && at + 1 === bytes.length && !isLast) break;
      if (byte === 0x0d && bytes[at + 1] === 0x0a) at += 1;
      end = at + 1;
      lines += 1;
      if (lines >= most) return end;
      const next = bytes.indexOf(0x22, end);
      if (next < 0 || next - end > quoteGap) return end;
    }
  }
  return isLast ? bytes.length : end;
}

/** Undefined while the first line that holds anything is not there whole. */
function findDelimiter(bytes: Buffer, isLast: boolean): string | undefined {
  const whole = isLast ? bytes.length : findLastBreak(bytes);
  const plain = toPlainLineEnds(bytes.toString("utf8", 0, whole));
  return isLast || /[^\n]\n/.test(plain) ? guessDelimiter(plain) : undefined;
}

/** The one of `,` `;` TAB that the first line holds most of. */
export function guessDelimiter(text: string): string {
  const first = /[^\n]+/.exec(text)?.[0] ?? "";
  const count = (mark: string): number => first.split(mark).length - 1;
  return [",", ";", "\t"].reduce((best, mark) => (count(mark) > count(best) ? mark : best));
}
