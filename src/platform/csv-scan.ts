import { type CsvSlab, createSlabWriter } from "./csv-slab.ts";

const quote = 0x22;
const lineFeed = 0x0a;
const carriageReturn = 0x0d;

export interface Scan {
  /** What could be read; undefined where nothing was. Good until the scanner is asked again. */
  readonly slab: CsvSlab | undefined;
  /** The first byte that was not read, the start of a record. */
  readonly at: number;
  /** Its line. */
  readonly line: number;
  /** Why it stopped there: the bytes end inside a record, or the record holds a quotation mark that is not plainly one around a cell. */
  readonly stop: "end" | "quote";
}

/**
 * Reads records as far as cells are bare, or stand whole between two quotation marks on one line with none among them (RFC 4180 without its
 * doubled marks and without line breaks in cells). Pure but for its own room, used again.
 */
export type Scanner = (bytes: Buffer, from: number, line: number, isLast: boolean) => Scan;

/** A line ends with LF, CR LF or CR. Blank records are left out. `delimiter` is one ASCII character; without `quotes` a quotation mark is a letter. */
export function createScanner(delimiter: number, { quotes = true }: { readonly quotes?: boolean } = {}): Scanner {
  const writer = createSlabWriter();
  return (bytes, from, firstLine, isLast) => {
    const length = bytes.length;
    let line = firstLine;
    let start = from;
    let cell = from;
    let at = from;
    let stop: Scan["stop"] = "end";
    /** The mark that closes the cell; -1 of a bare one. */
    let closed = -1;
    let hasMarks = false;
    for (;;) {
      const byte = at < length ? (bytes[at] as number) : -1;
      if (byte > quote && byte !== delimiter) {
        at += 1;
        continue;
      }
      if (byte === delimiter) {
        writer.addCell(cell, closed < 0 ? at : closed);
        closed = -1;
        at += 1;
        cell = at;
        continue;
      }
      if (byte === quote && quotes) {
        closed = at === cell ? findClosing(bytes, at + 1, delimiter, isLast) : notPlain;
        if (closed < 0) {
          if (closed === notPlain) stop = "quote";
          break;
        }
        hasMarks = true;
        cell = at + 1;
        at = closed + 1;
        continue;
      }
      const ends = byte === lineFeed || byte === carriageReturn || (byte === -1 && isLast);
      if (!ends) {
        if (byte === -1) break;
        at += 1;
        continue;
      }
      // Whether a CR at the very end stands alone is not known yet.
      if (byte === carriageReturn && at + 1 === length && !isLast) break;
      if (byte === -1 && at === start) break;
      // Whether nothing but marks and blanks stands there is for the parser to see.
      if (hasMarks && !beginsPlainly(bytes, start, delimiter)) {
        stop = "quote";
        break;
      }
      writer.addCell(cell, closed < 0 ? at : closed);
      if (!hasMarks && isBlank(bytes, start, at, delimiter)) writer.dropRecord();
      else writer.endRecord(line);
      at += byte === carriageReturn && bytes[at + 1] === lineFeed ? 2 : byte === -1 ? 0 : 1;
      if (byte !== -1) line += 1;
      start = at;
      cell = at;
      closed = -1;
      hasMarks = false;
    }
    writer.dropRecord();
    return { slab: writer.size > 0 ? writer.finish(bytes) : undefined, at: start, line, stop };
  };
}

const cutOff = -1;
const notPlain = -2;

/** The mark that ends a cell whose first byte is at `from`. `cutOff`: behind these bytes; `notPlain`: it is doubled, or not on this line. */
function findClosing(bytes: Buffer, from: number, delimiter: number, isLast: boolean): number {
  const { length } = bytes;
  let at = from;
  for (; at < length; at++) {
    const byte = bytes[at] as number;
    if (byte === quote) break;
    if (byte === lineFeed || byte === carriageReturn) return notPlain;
  }
  if (at + 1 >= length && !isLast) return cutOff;
  if (at === length) return notPlain;
  const next = at + 1 < length ? (bytes[at + 1] as number) : lineFeed;
  return next === delimiter || next === lineFeed || next === carriageReturn ? at : notPlain;
}

/** A record with marks whose first cell certainly holds something. */
function beginsPlainly(bytes: Buffer, start: number, delimiter: number): boolean {
  const isMarked = bytes[start] === quote;
  const first = bytes[isMarked ? start + 1 : start] as number;
  return first > 0x20 && first < 0x80 && first !== quote && (isMarked || first !== delimiter);
}

function isBlank(bytes: Buffer, from: number, to: number, delimiter: number): boolean {
  const first = bytes[from] as number;
  if (from < to && first > 0x20 && first < 0x80 && first !== delimiter) return false;
  const text = bytes.toString("utf8", from, to).replaceAll(String.fromCharCode(delimiter), "");
  return text.trim() === "";
}
