import { parseCsv } from "../../platform/csv.ts";
import { readFileParts } from "../../platform/file-parts.ts";
import type { FileSample } from "./sample.ts";

const megabyte = 2 ** 20;
const delimiters = [";", ",", "\t", "|"] as const;
const byteOrders = { le: "utf-16le", be: "utf-16be" } as const;

type SampledEncoding = FileSample["encoding"];

/** The beginning of the file and windows of the rest: a file of any size takes a second. Failure kinds: invalid, denied. */
export async function sampleCsv(path: string, file: string): Promise<Omit<FileSample, "totalRows">> {
  const { size, parts } = await readFileParts(path, { headBytes: 4 * megabyte, windowBytes: megabyte / 4, windows: 8 });
  const encoding = guessEncoding(parts.map(({ bytes }) => bytes));
  const texts = parts.map(({ at, bytes }) => {
    const text = new TextDecoder(encoding).decode(bytes).normalize("NFC");
    // A window begins and ends somewhere in a line.
    const from = at === 0 ? 0 : text.indexOf("\n") + 1;
    return at + bytes.length < size ? text.slice(from, text.lastIndexOf("\n") + 1) : text.slice(from);
  });
  const delimiter = guessDelimiter(texts[0] as string);
  const records: string[][] = [];
  const quotes = await guessQuotes(texts[0] as string, file, delimiter);
  for (const [at, text] of texts.entries()) {
    const found = await parseCsv(text, file, { delimiter, quotes }).catch((error: unknown) => {
      // A window may begin inside quotes; only the beginning must be readable.
      if (at === 0) throw error;
      return [];
    });
    records.push(...found.map(({ cells }) => [...cells]));
  }
  const [head = [], ...rows] = records;
  return {
    format: "csv",
    encoding,
    delimiter,
    quotes,
    sheet: undefined,
    headerRows: undefined,
    headings: head,
    rows: rows.filter((row) => row.length === head.length).map((row) => row.map((text) => ({ kind: "text", text: text.trim() }))),
    whole: parts.length === 1,
  };
}

/** Where the marks are not those of a CSV, and without them every row has as many cells as the first: they are letters. */
async function guessQuotes(text: string, file: string, delimiter: string): Promise<FileSample["quotes"]> {
  try {
    await parseCsv(text, file, { delimiter });
    return "double";
  } catch {
    const [head, ...rows] = await parseCsv(text, file, { delimiter, quotes: "none" });
    // The last row may be cut by the end of what was read.
    return rows.slice(0, -1).every(({ cells }) => cells.length === head?.cells.length) ? "none" : "double";
  }
}

/** A byte-order mark, zeros in every other byte, strict UTF-8, else the old Vietnamese code page. */
function guessEncoding(parts: readonly Uint8Array[]): SampledEncoding {
  const head = parts[0] as Uint8Array;
  if (head[0] === 0xff && head[1] === 0xfe) return byteOrders.le;
  if (head[0] === 0xfe && head[1] === 0xff) return byteOrders.be;
  const begin = head.subarray(0, 4096);
  const zeros = (odd: number): number => begin.reduce((sum, byte, at) => sum + (byte === 0 && at % 2 === odd ? 1 : 0), 0);
  const [high, low] = [zeros(0), zeros(1)];
  if (Math.max(high, low) > begin.length / 8) return high > low ? byteOrders.be : byteOrders.le;
  return parts.every((bytes, at) => isUtf8(bytes, at > 0)) ? "utf-8" : "windows-1258";
}

function isUtf8(bytes: Uint8Array, isWindow: boolean): boolean {
  let from = 0;
  // A window may begin inside a letter.
  while (isWindow && from < 3 && ((bytes[from] ?? 0) & 0xc0) === 0x80) from += 1;
  try {
    // As of a stream: a letter that the end cuts is no fault.
    new TextDecoder("utf-8", { fatal: true }).decode(bytes.subarray(from), { stream: true });
    return true;
  } catch {
    return false;
  }
}

/** The one that the first lines hold equally often, and most of. */
function guessDelimiter(text: string): string {
  const lines = text
    .split(/\r?\n|\r/, 50)
    .filter((line) => line.trim() !== "")
    .slice(0, 30);
  const score = (mark: string): number => {
    const counts = lines.map((line) => line.replaceAll(/"[^"]*"/g, "").split(mark).length - 1);
    const first = counts[0] ?? 0;
    return first * counts.filter((count) => count === first).length;
  };
  return delimiters.reduce((best: string, mark) => (score(mark) > score(best) ? mark : best), delimiters[0]);
}
