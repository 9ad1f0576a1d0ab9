import { sha256 } from "../platform/canonical-json.ts";
import { type CsvRecord, formatCsv } from "../platform/csv.ts";
import type { Encoding } from "../platform/decode.ts";
import { Failure, type Fault, formatFault } from "../platform/failure.ts";
import { readBytes } from "../platform/files.ts";
import { findFontReading } from "../platform/vietnamese-fonts.ts";
import { both, type Lang, type Words } from "../platform/words.ts";
import { formatCellName } from "../platform/xlsx.ts";
import type { Roster, SkippedRows } from "./roster.ts";
import { countUntidy, toCellText } from "./roster-cells.ts";
import { type RosterColumn, setAsideHeading } from "./roster-columns.ts";
import { rosterFileFaults as fileWords } from "./roster-file-words.ts";
import { type Header, listCopied, readCell, readHeader, readRaw, toColumn, toCopiedRow } from "./roster-header.ts";
import { joinPeople, type PlacedRow } from "./roster-people.ts";
import { type Complain, type RosterRow, type RosterRules, readRosterRow } from "./roster-row.ts";
import { parseRosterTable, type RosterTable, type TableFault } from "./roster-table.ts";
import { rosterFaults as words } from "./roster-words.ts";

/** Today's units that took over a former one, by its old code or full old name. */
export type FindSuccessors = (
  text: string,
) => Promise<readonly { readonly code: string; readonly name: string; readonly partial: boolean }[]>;

export interface RosterRequest {
  readonly path: string;
  /** As the person named it, for messages. */
  readonly file: string;
  readonly encoding?: Encoding;
  readonly columns?: Readonly<Record<string, string>>;
  readonly rules: RosterRules;
  /** Without it former units are just unknown ones. */
  readonly findSuccessors?: FindSuccessors;
  /** Set faulty rows aside instead of refusing the file. */
  readonly skipInvalid?: boolean;
  /** Of the faults in the file of rows set aside. */
  readonly lang?: Lang;
}

/** A fault and, where what is meant is sure, the value to put in its place. */
export interface RosterFault extends TableFault {
  readonly repair?: string;
}

/** A roster as it stands, with everything that is wrong with it. */
export interface ExaminedRoster {
  readonly roster: Omit<Roster, "skipped">;
  readonly table: RosterTable;
  readonly header: Header;
  /** In order of line and column. */
  readonly faults: readonly RosterFault[];
}

/**
 * Reads a roster, CSV or XLSX, and judges every row: lines and columns are those of the file. Failure kinds: invalid (no rows can be told at all),
 * denied.
 */
export async function examineRoster({
  path,
  file,
  encoding,
  columns = {},
  rules,
  findSuccessors,
}: RosterRequest): Promise<ExaminedRoster> {
  const bytes = await readBytes(path);
  const table = await parseRosterTable(bytes, file, columns, encoding);
  const header = readHeader(table, file, columns);
  const faults: RosterFault[] = [...table.faults];
  // What a cell without a value lacks is told once.
  const isDead = createDeadCells(faults);
  const rows: PlacedRow[] = [];
  const before = new Map<string, number>();
  const records: CsvRecord[] = [];
  for (const record of table.records) {
    const { found, repairs, row } = readRecord(record, header, { ...rules, from1904: table.from1904 }, isDead);
    const same = [...header.places.keys()]
      .map((column) => repairs.get(column) ?? readCell(record, header, column))
      .join("\u0000");
    const twice = before.get(same);
    if (twice !== undefined) {
      faults.push({ file, line: record.line, message: fileWords.sameRow(twice), dropsRow: true });
      continue;
    }
    before.set(same, record.line);
    records.push(record);
    faults.push(...found.map((fault) => ({ file, ...fault })));
    if (row) rows.push({ row, line: record.line });
  }
  const joined = joinPeople(rows, (line, column, value, message) => {
    faults.push({ file, line, column: toColumn(header, column), value, message });
  });
  const told = await Promise.all(faults.map((fault) => tellFormerUnit(fault, toColumn(header, "unit_code"), findSuccessors)));
  return {
    roster: {
      file,
      sha256: sha256(bytes),
      isPart: header.isPart,
      ...joined,
      notes: [...table.notes, ...header.notes, ...listUntidy(records, header)],
    },
    table: { ...table, records },
    header,
    faults: told
      .sort((a, b) => (a.line ?? 0) - (b.line ?? 0) || (a.column ?? 0) - (b.column ?? 0))
      .map((fault) => (table.sheet === undefined ? fault : { ...fault, place: toPlace(table.sheet, fault) })),
  };
}

/** Whether a cell, or a whole row, is not to be judged: one fault tells of it already. */
function createDeadCells(faults: readonly TableFault[]): (line: number, column?: number) => boolean {
  const lines = new Set(faults.filter(({ unclear }) => unclear).map(({ line }) => line));
  const cells = new Set(faults.filter(({ column }) => column !== undefined).map(({ line, column }) => `${line}/${column}`));
  for (const { covers } of faults) {
    if (!covers) continue;
    for (let line = covers.fromRow; line <= covers.toRow; line++) {
      for (let column = covers.fromColumn; column <= covers.toColumn; column++) cells.add(`${line}/${column}`);
    }
  }
  return (line, column) => lines.has(line) || (column !== undefined && cells.has(`${line}/${column}`));
}

/** `DS!H8`, as the person sees it in the spreadsheet. */
function toPlace(sheet: string, { line, column }: Fault): string {
  if (line === undefined) return sheet;
  return `${sheet}!${column === undefined ? line : formatCellName(line, column)}`;
}

interface ReadRecord {
  readonly found: readonly Omit<RosterFault, "file">[];
  readonly repairs: ReadonlyMap<RosterColumn, string>;
  /** Undefined where something is wrong that only a person can mend. */
  readonly row: RosterRow | undefined;
}

/** One row. Where every fault of it has its repair, the row is what the copy will hold: what else is wrong then is told at once. */
function readRecord(
  record: CsvRecord,
  header: Header,
  rules: RosterRules,
  isDead: (line: number, column?: number) => boolean,
): ReadRecord {
  const found: Omit<RosterFault, "file">[] = [];
  const repairs = new Map<RosterColumn, string>();
  const { line } = record;
  const nothing = { found, repairs, row: undefined };
  if (isDead(line)) return nothing;
  const complain: Complain = (column, value, message, repair) => {
    const at = toColumn(header, column);
    if (isDead(line, at)) return;
    found.push({ line, column: at, value: value || undefined, message, repair });
    if (repair !== undefined) repairs.set(column, repair);
  };
  const read = (column: RosterColumn): string => readCell(record, header, column);
  const reading = findFontReading(readRaw(record, header, "full_name"));
  if (reading !== undefined) complain("full_name", read("full_name"), fileWords.oldFontName(reading));
  const row = readRosterRow(read, rules, (column, ...fault) => {
    if (reading === undefined || column !== "full_name") complain(column, ...fault);
  });
  if (reading !== undefined) return nothing;
  const isMended = row === undefined && found.length > 0 && found.every(({ repair }) => repair !== undefined);
  return isMended
    ? {
        found,
        repairs,
        row: readRosterRow(
          (column) => repairs.get(column) ?? read(column),
          rules,
          () => undefined,
        ),
      }
    : { found, repairs, row };
}

function listUntidy(records: readonly CsvRecord[], header: Header): Words[] {
  const name = header.places.get("full_name");
  const at = [...header.places.values()];
  const { icelandic, capitals, invisible } = countUntidy(
    records.flatMap(({ cells }) => at.map((place) => ({ text: cells[place] ?? "", isName: place === name }))),
  );
  return [
    ...(icelandic > 0 ? [fileWords.icelandic(icelandic)] : []),
    ...(capitals > 0 ? [fileWords.capitals(capitals)] : []),
    ...(invisible > 0 ? [fileWords.invisible(invisible)] : []),
  ];
}

/**
 * The roster, or a Failure (invalid) with every fault. Rows of a person who has a faulty row are set aside together: half of somebody's
 * posts would be a change.
 */
export async function readRoster(request: RosterRequest): Promise<Roster> {
  const { roster, table, header, faults } = await examineRoster(request);
  if (faults.length > 0 && request.skipInvalid !== true) {
    throw new Failure("invalid", words.faults(request.file, faults.length), { faults, hint: words.mend });
  }
  if (faults.length === 0) return { ...roster, skipped: undefined };
  // A row that is nobody is left out, not set aside: there is nothing to mend in it.
  const own = faults.filter(({ dropsRow }) => dropsRow !== true);
  const notes = [...roster.notes, ...faults.filter(({ dropsRow }) => dropsRow).map(toNote)];
  if (own.length === 0) return { ...roster, notes, skipped: undefined };
  const skipped = setAside(table, header, own, request.lang ?? "vi");
  const skippedIds = new Set(skipped.staffIds);
  return {
    ...roster,
    notes,
    people: roster.people.filter(({ staffId }) => !skippedIds.has(staffId)),
    twins: roster.twins.map((ids) => ids.filter((id) => !skippedIds.has(id))).filter((ids) => ids.length > 1),
    skipped,
  };
}

function toNote(fault: Fault): Words {
  return both((lang) => formatFault(fault, lang));
}

/** A code or name that is no unit today may be one of before July 2025: one whole successor is meant, several are a person's choice. */
async function tellFormerUnit(fault: RosterFault, unitColumn: number | undefined, find?: FindSuccessors): Promise<RosterFault> {
  const { value, column, repair } = fault;
  if (!find || value === undefined || column !== unitColumn || repair !== undefined || /^\d{1,4}$/.test(value)) return fault;
  const successors = await find(value);
  const [only] = successors;
  if (!only) return fault;
  if (successors.length > 1 || only.partial) {
    return {
      ...fault,
      message: words.formerUnitSplit(
        value,
        successors.map(({ code, name }) => `${code} ${name}`),
      ),
    };
  }
  return { ...fault, message: words.formerUnit(value, only.code, only.name), repair: only.code };
}

function setAside({ head, records }: RosterTable, header: Header, faults: readonly Fault[], lang: Lang): SkippedRows {
  const toStaffId = (record: CsvRecord): string => readCell(record, header, "staff_id");
  const byLine = Map.groupBy(faults, (fault) => fault.line);
  const staffIds = new Set(records.filter((record) => byLine.has(record.line)).map(toStaffId));
  const rows = records.filter((record) => byLine.has(record.line) || staffIds.has(toStaffId(record)));
  const csv = formatCsv([
    [...listCopied(head, header).map((at) => toCellText(head.cells[at] ?? "")), setAsideHeading],
    ...rows.map((record) => [
      ...toCopiedRow(record, head, header),
      (byLine.get(record.line) ?? []).map(({ message }) => message[lang]).join("; "),
    ]),
  ]);
  return { faults, staffIds: [...staffIds], rows: rows.length, csv };
}
