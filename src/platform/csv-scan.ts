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
  /** Why it stopped there: the bytes end inside a record, or the record holds a quotation mark. */
  readonly stop: "end" | "quote";
}

/** Reads records as far as there is no quotation mark (RFC 4180 without its quoted fields). Pure but for its own room, used again. */
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
    for (;;) {
      const byte = at < length ? (bytes[at] as number) : -1;
      if (byte > quote && byte !== delimiter) {
        at += 1;
        continue;
      }
      if (byte === delimiter) {
        writer.addCell(cell, at);
        at += 1;
        cell = at;
        continue;
      }
      if (byte === quote && quotes) {
        stop = "quote";
        break;
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
      writer.addCell(cell, at);
      if (isBlank(bytes, start, at, delimiter)) writer.dropRecord();
      else writer.endRecord(line);
      at += byte === carriageReturn && bytes[at + 1] === lineFeed ? 2 : byte === -1 ? 0 : 1;
      if (byte !== -1) line += 1;
      start = at;
      cell = at;
    }
    writer.dropRecord();
    return { slab: writer.size > 0 ? writer.finish(bytes) : undefined, at: start, line, stop };
  };
}

function isBlank(bytes: Buffer, from: number, to: number, delimiter: number): boolean {
  const first = bytes[from] as number;
  if (from < to && first > 0x20 && first < 0x80 && first !== delimiter) return false;
  const text = bytes.toString("utf8", from, to).replaceAll(String.fromCharCode(delimiter), "");
  return text.trim() === "";
}
