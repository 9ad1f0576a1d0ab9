import { type CsvRecord, parseCsv } from "../platform/csv.ts";
import { decodeText, type Encoding } from "../platform/decode.ts";
import { Failure, type Fault } from "../platform/failure.ts";
import { toFold, toNormalText } from "../platform/text.ts";
import type { Words } from "../platform/words.ts";
import { formatCellName, parseXlsx, type Sheet } from "../platform/xlsx.ts";
import { findColumn } from "./roster-columns.ts";
import { rosterFaults as words } from "./roster-words.ts";

/** A roster file as rows of text under one heading row, wherever it came from. Lines and columns are those of the file. */
export interface RosterTable {
  readonly format: "csv" | "xlsx";
  readonly head: CsvRecord;
  readonly records: readonly CsvRecord[];
  /** What no row can be blamed for by its content: merged cells, formulas without a result, totals among the rows. */
  readonly faults: readonly TableFault[];
  readonly notes: readonly Words[];
}

/** `dropsRow`: the row is nobody; it is no record, and a mended copy goes without it. */
export interface TableFault extends Fault {
  readonly dropsRow?: true;
}

type Mapping = Readonly<Record<string, string>>;

/** Failure kinds: invalid. `file` is how messages name it. */
export async function parseRosterTable(
  bytes: Uint8Array,
  file: string,
  mapping: Mapping,
  encoding: Encoding | undefined,
): Promise<RosterTable> {
  const table = isZip(bytes) ? await readSheets(bytes, file, mapping) : await readCsvText(bytes, file, mapping, encoding);
  const noise = findNoise(table, file, mapping);
  const noisy = new Set(noise.map(({ line }) => line));
  return { ...table, records: table.records.filter(({ line }) => !noisy.has(line)), faults: [...table.faults, ...noise] };
}

function isZip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x50 && bytes[1] === 0x4b;
}

async function readCsvText(
  bytes: Uint8Array,
  file: string,
  mapping: Mapping,
  encoding: Encoding | undefined,
): Promise<RosterTable> {
  const { text, notes } = decodeRoster(bytes, file, encoding);
  const records = await parseCsv(text, file);
  const { at } = findHead(
    records.map(({ cells }) => cells),
    mapping,
  );
  const head = records[at];
  if (!head) throw new Failure("invalid", words.faults(file, 1), { faults: [{ file, line: 1, message: words.noRows }] });
  return { format: "csv", head, records: records.slice(at + 1), faults: [], notes };
}

/** Windows-1258 is what older office machines still write; it is taken where strict UTF-8 fails and Vietnamese comes out, and said. */
function decodeRoster(
  bytes: Uint8Array,
  file: string,
  declared: Encoding | undefined,
): { readonly text: string; readonly notes: readonly Words[] } {
  if (declared !== undefined) return { text: decodeText(bytes, file, declared), notes: [] };
  try {
    return { text: decodeText(bytes, file), notes: [] };
  } catch (error) {
    const text = decodeText(bytes, file, "windows-1258");
    const vietnamese = /[ăâđêôơưĂÂĐÊÔƠƯ\u1EA0-\u1EF9]/.test(text) && !/[\u0080-\u009F]/.test(text);
    if (!vietnamese) throw error;
    return { text, notes: [words.readAsWindows1258] };
  }
}

async function readSheets(bytes: Uint8Array, file: string, mapping: Mapping): Promise<RosterTable> {
  const sheets = (await parseXlsx(bytes, file)).filter(({ hidden, rows }) => !hidden && rows.length > 0);
  const found = sheets.map((sheet) => ({ sheet, ...findHead(toHeadings(sheet), mapping) }));
  const rosters = found.filter(({ known }) => known >= enoughHeadings);
  if (rosters.length > 1) {
    const message = words.manySheets(rosters.map(({ sheet }) => sheet.name));
    throw new Failure("invalid", words.faults(file, 1), { faults: [{ file, message }] });
  }
  const [chosen] = rosters.length > 0 ? rosters : found;
  if (!chosen) throw new Failure("invalid", words.faults(file, 1), { faults: [{ file, line: 1, message: words.noRows }] });
  return readSheet(chosen.sheet, chosen.at, file);
}

function readSheet(sheet: Sheet, at: number, file: string): RosterTable {
  const head = { line: at + 1, cells: toHeadings(sheet)[at] as readonly string[] };
  const body = sheet.rows
    .slice(at + 1)
    .filter(({ cells }) => cells.some(({ kind, text }) => kind === "empty-formula" || text.trim() !== ""));
  const merged = sheet.merges.filter(({ fromRow }) => fromRow > at + 1);
  const faults = [
    ...merged.map(({ fromRow, fromColumn, toRow, toColumn }): Fault => {
      const range = `${formatCellName(fromRow, fromColumn)}:${formatCellName(toRow, toColumn)}`;
      return { file, line: fromRow, column: fromColumn, value: range, message: words.mergedCells(range) };
    }),
    ...body.flatMap(({ line, cells }) =>
      cells.flatMap(({ kind, text }, column): Fault[] => {
        const cell = formatCellName(line, column + 1);
        if (kind === "empty-formula") return [{ file, line, column: column + 1, value: cell, message: words.emptyFormula(cell) }];
        if (kind === "error") return [{ file, line, column: column + 1, value: text, message: words.errorCell(cell, text) }];
        return [];
      }),
    ),
  ];
  const hidden = body.filter((row) => row.hidden).length;
  return {
    format: "xlsx",
    head,
    records: body.map(({ line, cells }) => ({ line, cells: cells.map(({ text }) => text) })),
    faults,
    notes: hidden > 0 ? [words.hiddenRows(hidden)] : [],
  };
}

/** Headings over two or three rows: a merged range counts in each of its cells, an empty cell takes the heading above it. */
function toHeadings(sheet: Sheet): string[][] {
  const rows = sheet.rows.slice(0, headSearchRows).map(({ cells }) => cells.map(({ text }) => text));
  for (const { fromRow, fromColumn, toRow, toColumn } of sheet.merges) {
    const text = rows[fromRow - 1]?.[fromColumn - 1];
    // A title merged over most of the sheet is no heading of its columns.
    if (text === undefined || toColumn - fromColumn >= 5) continue;
    for (let row = fromRow; row <= toRow; row++) {
      for (let column = fromColumn; column <= toColumn; column++) {
        const line = rows[row - 1];
        if (line) line[column - 1] = text;
      }
    }
  }
  return rows.map((cells, at) =>
    cells.map((text, column) => (text.trim() === "" && at > 0 ? (rows[at - 1]?.[column] ?? "") : text)),
  );
}

const headSearchRows = 30;
/** Fewer known headings than this, and a row is a title or a person. */
const enoughHeadings = 3;

interface FoundHead {
  readonly at: number;
  readonly known: number;
}

/** The row with most known headings, the first of equals: titles stand above it, and headings may be printed again further down. */
function findHead(rows: readonly (readonly string[])[], mapping: Mapping): FoundHead {
  const counts = rows.slice(0, headSearchRows).map((cells) => countHeadings(cells, mapping));
  const known = Math.max(0, ...counts);
  return { at: Math.max(0, counts.indexOf(known)), known };
}

function countHeadings(cells: readonly string[], mapping: Mapping): number {
  return new Set(cells.flatMap((text) => findColumn(text, mapping) ?? [])).size;
}

/** Rows that are not people: totals, a heading printed again on the next page, the row of column numbers. */
function findNoise({ records }: Pick<RosterTable, "records">, file: string, mapping: Mapping): TableFault[] {
  return records.flatMap(({ line, cells }): TableFault[] => {
    const drop = (value: string, message: Words): TableFault[] => [{ file, line, value, message, dropsRow: true }];
    const filled = cells.map(toNormalText).filter((text) => text !== "");
    const first = filled[0] ?? "";
    if (countHeadings(cells, mapping) >= enoughHeadings) return drop(first, words.secondHeading);
    if (/^(tong( cong| so)?|cong( don)?|total)\b/.test(toFold(first))) return drop(first, words.totalRow);
    if (filled.length >= 3 && filled.every((text, at) => text.replace(/[()]/g, "") === String(at + 1))) {
      return drop(first, words.numberRow);
    }
    return [];
  });
}
