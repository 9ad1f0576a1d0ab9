import type { CsvRecord } from "../platform/csv.ts";
import type { Encoding } from "../platform/decode.ts";
import { Failure, type Fault } from "../platform/failure.ts";
import type { Words } from "../platform/words.ts";
import { formatCellName, parseXlsx, type Sheet, type SheetRange } from "../platform/xlsx.ts";
import { findColumn, type RosterColumn, rosterColumns } from "./roster-columns.ts";
import { assertNoOldFont, decodeRoster, readRecords, readRosterKind } from "./roster-file.ts";
import { rosterFileFaults as fileWords } from "./roster-file-words.ts";
import { findNoise, readPlaces } from "./roster-noise.ts";
import { rosterFaults as words } from "./roster-words.ts";

/** A roster file as rows of text under one heading row, wherever it came from. Lines and columns are those of the file. */
export interface RosterTable {
  readonly format: "csv" | "xlsx";
  /** Name of the sheet that was read. */
  readonly sheet?: string;
  /** Its numbers of days count from 1904. */
  readonly from1904?: boolean;
  readonly head: CsvRecord;
  readonly records: readonly CsvRecord[];
  /** What no row can be blamed for by its content: merged cells, formulas without a result, totals among the rows. */
  readonly faults: readonly TableFault[];
  readonly notes: readonly Words[];
}

export interface TableFault extends Fault {
  /** The row is nobody, or stands above already; it is no record, and a mended copy goes without it. */
  readonly dropsRow?: true;
  /** What the row's cells are cannot be told: none of them is judged. */
  readonly unclear?: true;
  /** Cells that this one fault is about: none of them is judged. */
  readonly covers?: SheetRange;
}

type Mapping = Readonly<Record<string, string>>;

/** Failure kinds: invalid. `file` is how messages name it. */
export async function parseRosterTable(
  bytes: Uint8Array,
  file: string,
  mapping: Mapping,
  encoding: Encoding | undefined,
): Promise<RosterTable> {
  const kind = readRosterKind(bytes, file);
  const table = kind === "xlsx" ? await readSheets(bytes, file, mapping) : await readCsvText(bytes, file, mapping, encoding);
  const places = readPlaces(table.head.cells, (text) => findColumn(text, mapping));
  if (places.size === 0) {
    assertNoOldFont([table.head, ...table.records.slice(0, 20)].map(({ cells }) => cells.join(",")).join("\n"), file);
    throw new Failure("invalid", words.faults(file, 1), { faults: [{ file, message: fileWords.noHeadings }] });
  }
  const named = places.get("full_name") ?? 0;
  const noise = table.records.flatMap(({ line, cells }): TableFault[] => {
    const isHeading = findColumn(cells[named] ?? "", mapping) !== undefined && countHeadings(cells, mapping) >= enoughHeadings;
    const found = findNoise(cells, places, isHeading);
    return found ? [{ file, line, ...found, dropsRow: true }] : [];
  });
  const noisy = new Set(noise.map(({ line }) => line));
  const records = table.records.filter(({ line }) => !noisy.has(line));
  const ragged = kind === "csv" ? findRagged(records, table.head.cells.length, places, file) : [];
  const faults = [...table.faults.filter(({ line = 0 }) => !noisy.has(line)), ...noise, ...ragged];
  return { ...table, records, faults };
}

/** Rows whose cells cannot be told apart: a separator too many or too few. What stands in them is not judged. */
function findRagged(
  records: readonly CsvRecord[],
  headings: number,
  places: ReadonlyMap<RosterColumn, number>,
  file: string,
): TableFault[] {
  const needed = 1 + Math.max(...[...places].filter(([column]) => rosterColumns[column].required).map(([, at]) => at));
  return records.flatMap(({ line, cells }): TableFault[] => {
    const beyond = cells.findLastIndex((text) => text.trim() !== "") >= headings;
    if (beyond) return [{ file, line, message: fileWords.tooManyCells(cells.length, headings), unclear: true }];
    return cells.length < needed ? [{ file, line, message: fileWords.tooFewCells(cells.length, headings), unclear: true }] : [];
  });
}

async function readCsvText(
  bytes: Uint8Array,
  file: string,
  mapping: Mapping,
  encoding: Encoding | undefined,
): Promise<RosterTable> {
  const { text, notes } = decodeRoster(bytes, file, encoding);
  const find = (records: readonly CsvRecord[]): FoundHead =>
    findHead(
      records.map(({ cells }) => cells),
      mapping,
    );
  const records = await readRecords(text, file, (tried) => find(tried).known >= enoughHeadings);
  const { at } = find(records);
  const head = records[at];
  if (!head) throw new Failure("invalid", words.faults(file, 1), { faults: [{ file, line: 1, message: words.noRows }] });
  return { format: "csv", head, records: records.slice(at + 1), faults: [], notes };
}

async function readSheets(bytes: Uint8Array, file: string, mapping: Mapping): Promise<RosterTable> {
  const all = await parseXlsx(bytes, file);
  const sheets = all.filter(({ hidden, rows }) => !hidden && rows.length > 0);
  const found = sheets.map((sheet) => ({ sheet, ...findHead(toHeadings(sheet, mapping), mapping) }));
  const rosters = found.filter(({ known }) => known >= enoughHeadings);
  if (rosters.length > 1) {
    const message = words.manySheets(rosters.map(({ sheet }) => sheet.name));
    throw new Failure("invalid", words.faults(file, 1), { faults: [{ file, message }] });
  }
  const [chosen] = rosters.length > 0 ? rosters : found;
  if (!chosen) throw new Failure("invalid", words.faults(file, 1), { faults: [{ file, line: 1, message: words.noRows }] });
  const others = all.filter((sheet) => sheet !== chosen.sheet && sheet.rows.length > 0).map(({ name }) => name);
  const table = readSheet(chosen.sheet, chosen.at, file, mapping);
  return others.length === 0 ? table : { ...table, notes: [...table.notes, fileWords.otherSheets(chosen.sheet.name, others)] };
}

function readSheet(sheet: Sheet, at: number, file: string, mapping: Mapping): RosterTable {
  const head = { line: at + 1, cells: toHeadings(sheet, mapping)[at] as readonly string[] };
  const body = sheet.rows
    .slice(at + 1)
    .filter(({ cells }) => cells.some(({ kind, text }) => kind === "empty-formula" || text.trim() !== ""));
  const merged = sheet.merges.filter(({ fromRow }) => fromRow > at + 1);
  const faults = [
    ...merged.map(({ fromRow, fromColumn, toRow, toColumn }): TableFault => {
      const range = `${formatCellName(fromRow, fromColumn)}:${formatCellName(toRow, toColumn)}`;
      const covers = { fromRow, fromColumn, toRow, toColumn };
      return { file, line: fromRow, column: fromColumn, value: range, message: words.mergedCells(range), covers };
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
  const columns = sheet.hiddenColumns.filter((column) => (head.cells[column - 1] ?? "").trim() !== "");
  return {
    format: "xlsx",
    sheet: sheet.name,
    from1904: sheet.from1904,
    head,
    records: body.map(({ line, cells }) => ({ line, cells: cells.map(({ text }) => text) })),
    faults,
    notes: [
      ...(hidden > 0 ? [words.hiddenRows(hidden)] : []),
      ...(columns.length > 0 ? [fileWords.hiddenColumns(columns.map((column) => toColumnLetters(column)))] : []),
    ],
  };
}

function toColumnLetters(column: number): string {
  return formatCellName(1, column).replace(/\d+$/, "");
}

/** Headings over two or three rows: a merged range counts in each of its cells, an empty cell takes the heading above it, a part its whole's (`Ngày` over `Bắt đầu`). */
function toHeadings(sheet: Sheet, mapping: Mapping): string[][] {
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
    cells.map((text, column) => {
      const above = at > 0 ? (rows[at - 1]?.[column] ?? "").trim() : "";
      if (text.trim() === "") return above;
      if (above === "" || findColumn(text, mapping)) return text;
      return [`${above} ${text}`, `${text} ${above}`].find((whole) => findColumn(whole, mapping)) ?? text;
    }),
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
