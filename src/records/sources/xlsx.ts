import type { Fault } from "../../platform/failure.ts";
import { readBytes } from "../../platform/files.ts";
import { findNearest, toNormalText } from "../../platform/text.ts";
import { formatCellName, parseXlsx, type Sheet, type SheetCell } from "../../platform/xlsx.ts";
import { parseDossierCode } from "../dossier-code.ts";
import { faultyInput } from "../faulty-input.ts";
import { rowWords } from "../row-words.ts";
import type { SourceProfile } from "../source.ts";
import type { FileLine } from "./file-lines.ts";
import { createCellReader } from "./sheet-cells.ts";
import { readHeadings } from "./sheet-headings.ts";
import { sheetWords } from "./xlsx-words.ts";

export type XlsxProfile = Extract<SourceProfile, { kind: "xlsx" }>;

/** What a sheet says besides its rows. */
export interface SheetNews {
  /** Rows that `skipRows` names, with the whole numbers in them: a table's own total, of all rows or of a group. */
  readonly totals: readonly {
    readonly line: number;
    readonly place: string;
    readonly numbers: readonly number[];
    readonly rowsBefore: number;
  }[];
  /** Rows and mapped columns that the sheet does not show; they were read all the same. */
  readonly hiddenRows: readonly number[];
  readonly hiddenColumns: readonly string[];
}

export interface SheetRequest<Name extends string> {
  readonly path: string;
  readonly file: string;
  readonly profile: XlsxProfile;
  readonly columns: Readonly<Record<Name, string>>;
  readonly onBytes: (bytes: Uint8Array) => void;
  readonly onNews?: (news: SheetNews) => void;
}

const batchSize = 1000;

/**
 * Rows of one sheet under headings of one or several rows (records-and-reports.md §1). A formula is its stored result; one without a result
 * is a fault of its row. Failure kinds: invalid (no such sheet, headings missing or doubled), denied.
 */
export async function* readSheetLines<Name extends string>(
  request: SheetRequest<Name>,
): AsyncGenerator<readonly FileLine<Name>[]> {
  const { path, file, profile, onBytes, onNews } = request;
  const bytes = await readBytes(path);
  onBytes(bytes);
  const sheet = chooseSheet(await parseXlsx(bytes, file), profile.sheet, file);
  const place = (row: number, column: number): string => `${sheet.name}!${formatCellName(row, column)}`;
  const { headings, bodyFrom, headRow } = readHeadings(sheet, profile.headerRows);
  const columns = findColumns(headings, request, headRow, sheet.name);
  const shown = new Map(columns.map(([name, at]) => [name, at]));
  const read = createCellReader(profile, sheet.from1904);
  const fill = createFill(sheet, bodyFrom);
  const body = sheet.rows
    .slice(bodyFrom - 1)
    .filter(({ cells }) => cells.some(({ kind, text }) => kind === "empty-formula" || text.trim() !== ""));
  const keyColumn = shown.get((profile.content === "dossiers" ? "code" : "unit") as Name) as number;
  const totals: { line: number; place: string; numbers: number[]; rowsBefore: number }[] = [];
  const lines: FileLine<Name>[] = [];
  for (const { line, cells } of body) {
    const placeOf = (name: Name | undefined): string => place(line, (name === undefined ? 0 : (shown.get(name) ?? 0)) + 1);
    // A row that has its key is what it says, even of a ward whose name begins like a total.
    const key = cells[keyColumn]?.text ?? "";
    const hasKey = profile.content === "dossiers" ? parseDossierCode(key.trim()) !== undefined : /^\d{1,5}$/.test(key.trim());
    const isTotal = !hasKey && isSkipped(cells, profile.skipRows);
    if (isTotal) totals.push({ line, place: place(line, 1), numbers: listWholeNumbers(cells), rowsBefore: lines.length });
    if (isTotal && profile.content === "dossiers") continue;
    const texts: Partial<Record<Name, string>> = {};
    let broken: FileLine<Name> | undefined;
    for (const [name, at] of columns) {
      const cell = fill(line, at) ?? cells[at];
      if (cell?.kind === "empty-formula" || cell?.kind === "error") {
        const fault = cell.kind === "error" ? sheetWords.errorCell(cell.text) : sheetWords.emptyFormula;
        broken ??= { line, fault, placeOf: () => place(line, at + 1) };
      } else texts[name] = read(name, cell);
    }
    // Who states a total states it of no unit; what stands under the unit's heading there is the word "total".
    if (isTotal) for (const name of ["unit", "name"] as Name[]) texts[name] = "";
    lines.push(broken ?? { line, texts: texts as Record<Name, string>, placeOf });
  }
  onNews?.({
    totals,
    hiddenRows: body.filter(({ hidden }) => hidden).map(({ line }) => line),
    hiddenColumns: columns.filter(([, at]) => sheet.hiddenColumns.includes(at + 1)).map(([name]) => request.columns[name]),
  });
  for (let from = 0; from < lines.length; from += batchSize) yield lines.slice(from, from + batchSize);
}

/** The sheet named, or the only one that shows anything. */
export function chooseSheet(sheets: readonly Sheet[], name: string | undefined, file: string): Sheet {
  const filled = sheets.filter(({ rows }) => rows.some(({ cells }) => cells.some(({ text }) => text.trim() !== "")));
  const found =
    name === undefined
      ? filled.filter(({ hidden }) => !hidden)
      : filled.filter((each) => toNormalText(each.name) === toNormalText(name));
  const [only, ...others] = found;
  if (only && others.length === 0) return only;
  const names = filled.map((each) => each.name);
  const unnamed = found.length === 0 ? sheetWords.noSheetFilled : sheetWords.whichSheet(names);
  const message = name === undefined ? unnamed : sheetWords.noSheet(name, names, findNearest(name, names));
  throw faultyInput(file, [{ file, message }]);
}

function findColumns<Name extends string>(
  headings: readonly string[],
  { columns, file }: SheetRequest<Name>,
  line: number,
  sheet: string,
): [Name, number][] {
  // Without one heading of ours the row may be a person's, and its cells are not told.
  const near = Object.values<string>(columns).some((title) => headings.includes(toHeading(title))) ? headings : [];
  const faults: Fault[] = [];
  const places = (Object.entries(columns) as [Name, string][]).map(([name, title]): [Name, number] => {
    const wanted = toHeading(title);
    const at = headings.indexOf(wanted);
    const place = `${sheet}!${line}`;
    if (at < 0) faults.push({ file, line, place, value: title, message: rowWords.noColumn(title, findNearest(wanted, near)) });
    else if (headings.lastIndexOf(wanted) !== at)
      faults.push({ file, line, place, value: title, message: rowWords.twoColumns(title) });
    return [name, at];
  });
  if (faults.length > 0) throw faultyInput(file, faults, faults.length, rowWords.inspect(file));
  return places;
}

/** `Tiếp nhận / Trong kỳ`, whatever spaces stand around the strokes. */
export function toHeading(text: string): string {
  return text.split("/").map(toNormalText).join(" / ");
}

/** A cell merged over several rows of one column is the value of each: the sheet shows it so. */
function createFill(sheet: Sheet, bodyFrom: number): (row: number, column: number) => SheetCell | undefined {
  const tall = new Map<string, SheetCell>();
  for (const { fromRow, fromColumn, toRow, toColumn } of sheet.merges) {
    if (fromColumn !== toColumn || toRow < bodyFrom) continue;
    const top = sheet.rows[fromRow - 1]?.cells[fromColumn - 1];
    if (!top) continue;
    for (let row = fromRow + 1; row <= toRow; row++) tall.set(`${row},${fromColumn - 1}`, top);
  }
  return (row, column) => tall.get(`${row},${column}`);
}

/** `Tổng cộng`, `II. Lĩnh vực Tư pháp`: by how the row's first text begins, its numbering left out. */
function isSkipped(cells: readonly SheetCell[], skipRows: readonly string[]): boolean {
  const first = cells.find(({ kind }) => kind === "text");
  const text = toWords((first?.text ?? "").replace(/^\s*(?:[IVXLC]+|[A-Z]|\d+)[.)]\s*/, ""));
  return skipRows.some((start) => {
    const rest = text.startsWith(toWords(start)) ? text.slice(toWords(start).length) : undefined;
    return rest !== undefined && !/^[\p{L}\p{M}\d]/u.test(rest);
  });
}

function toWords(text: string): string {
  return toNormalText(text).toLocaleLowerCase("vi");
}

/** In cells of their own, or after the word: `Tổng cộng: 120 hồ sơ`. */
function listWholeNumbers(cells: readonly SheetCell[]): number[] {
  return cells.flatMap(({ kind, text }) => {
    if (kind === "number") return /^\d{1,15}$/.test(text) ? [Number(text)] : [];
    const said = kind === "text" ? /(?:^|[^\d.,])(\d{1,3}(?:\.\d{3})+|\d{1,9})(?=$|[^\d.,/])/.exec(text) : null;
    return said ? [Number((said[1] as string).replaceAll(".", ""))] : [];
  });
}
