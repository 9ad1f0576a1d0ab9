import { Failure } from "./failure.ts";
import { toPlainLineEnds } from "./line-ends.ts";
import type { Words } from "./words.ts";

/** `linesBefore`: how many lines stand before the text that was parsed. */
export function toCsvFailure(error: unknown, file: string, linesBefore: number, text?: string): unknown {
  const { code, lines } = error as { code?: string; lines?: number };
  if (!code?.startsWith("CSV_") && !code?.startsWith("INVALID_")) return error;
  const open = code === "CSV_QUOTE_NOT_CLOSED" && text !== undefined ? findOpenQuote(toPlainLineEnds(text)) : undefined;
  if (open !== undefined) return notClosed(file, open);
  // No cause: the parser's error carries the record, and a record may hold what must not be shown.
  return new Failure("invalid", unreadable(file), {
    hint: doubleQuotes,
    faults: [
      {
        file,
        line: lines === undefined ? undefined : linesBefore + lines,
        message: { vi: `dấu nháy không đúng (${code})`, en: `faulty quoting (${code})` },
      },
    ],
  });
}

/** Of a record that begins on `line` and does not end where what was parsed ends. */
export function toOpenQuoteFailure(error: unknown, file: string, line: number): unknown {
  return (error as { code?: string }).code === "CSV_QUOTE_NOT_CLOSED"
    ? notClosed(file, line)
    : toCsvFailure(error, file, line - 1);
}

function notClosed(file: string, line: number): Failure {
  const message = { vi: "dấu nháy mở ở đây mà không đóng", en: "a quotation mark is opened here and never closed" };
  return new Failure("invalid", unreadable(file), { hint: doubleQuotes, faults: [{ file, line, message }] });
}

/** Of every failure over quotation marks. */
export const doubleQuotes: Words = {
  vi: 'ô có dấu " phải nằm trong dấu nháy và dấu " bên trong viết đôi ("")',
  en: 'a cell that holds a " must stand in quotation marks, the ones inside it doubled ("")',
};

function unreadable(file: string): Words {
  return { vi: `${file}: không đọc được CSV`, en: `${file}: not readable as CSV` };
}

/** The line of the last quotation mark that opens a cell. */
function findOpenQuote(text: string): number {
  const marks = [...text.matchAll(/"/g)];
  return text.slice(0, marks.at(-1)?.index ?? 0).split("\n").length;
}
