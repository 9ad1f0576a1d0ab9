import { readBytes } from "../../platform/files.ts";
import { parseXlsx, type Sheet } from "../../platform/xlsx.ts";
import { readHeadings } from "../sources/sheet-headings.ts";
import { chooseSheet } from "../sources/xlsx.ts";
import { isKnownHeading } from "./field-words.ts";
import type { FileSample } from "./sample.ts";

const rowsSearched = 20;
const deepest = 4;
const rowsKept = 20_000;

/** Failure kinds: invalid, denied. */
export async function sampleSheet(path: string, file: string, name: string | undefined): Promise<Omit<FileSample, "totalRows">> {
  const sheet = chooseSheet(await parseXlsx(await readBytes(path), file), name, file);
  const headerRows = findHeaderRows(sheet);
  const { headings, bodyFrom } = readHeadings(sheet, headerRows);
  const body = sheet.rows.slice(bodyFrom - 1).filter(({ cells }) => cells.some(({ text }) => text.trim() !== ""));
  const step = Math.ceil(body.length / rowsKept) || 1;
  const rows = body
    .filter((_, at) => at % step === 0)
    .map(({ cells }) => headings.map((_, at) => cells[at] ?? ({ kind: "empty", text: "" } as const)));
  const shared = { format: "xlsx", encoding: undefined, delimiter: undefined, quotes: undefined } as const;
  return { ...shared, sheet: sheet.name, headerRows, headings, rows, whole: step === 1 };
}

/** The rows whose headings are known best; of equals the fewest. */
function findHeaderRows(sheet: Sheet): [number, number] {
  let best: { readonly rows: [number, number]; readonly known: number } = { rows: [1, 1], known: 0 };
  for (let deep = 1; deep <= deepest; deep++) {
    for (let first = 1; first <= Math.min(rowsSearched, sheet.rows.length); first++) {
      const { headings } = readHeadings(sheet, [first, first + deep - 1]);
      const known = new Set(headings.filter(isKnownHeading)).size;
      if (known > best.known) best = { rows: [first, first + deep - 1], known };
    }
  }
  return best.rows;
}
