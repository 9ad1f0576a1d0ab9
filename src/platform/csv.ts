import { decodeText, type Encoding } from "./decode.ts";
import { Failure } from "./failure.ts";
import { readBytes } from "./files.ts";

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
      info: true,
      raw: true,
      relax_column_count: true,
      skip_empty_lines: true,
    }) as unknown as { record: string[]; raw: string; info: { lines: number } }[];
    return (
      rows
        .filter((row) => row.record.some((cell) => cell.trim() !== ""))
        // The raw text of a record begins with the empty lines that were skipped before it.
        .map((row) => ({
          line: row.info.lines - countLineBreaks(row.raw.replace(/^[\r\n]+|(\r\n|\n|\r)$/g, "")),
          cells: row.record,
        }))
    );
  } catch (error) {
    const { code, lines } = error as { code?: string; lines?: number };
    if (!code?.startsWith("CSV_") && !code?.startsWith("INVALID_")) throw error;
    throw new Failure(
      "invalid",
      { vi: `${file}: không đọc được CSV`, en: `${file}: not readable as CSV` },
      {
        cause: error,
        faults: [{ file, line: lines, message: { vi: `dấu nháy không đúng (${code})`, en: `faulty quoting (${code})` } }],
      },
    );
  }
}

function guessDelimiter(text: string): string {
  const first = text.slice(0, text.search(/[\r\n]|$/));
  const count = (mark: string): number => first.split(mark).length - 1;
  return [",", ";", "\t"].reduce((best, mark) => (count(mark) > count(best) ? mark : best));
}

function countLineBreaks(raw: string): number {
  return raw.match(/\r\n|\n|\r/g)?.length ?? 0;
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
