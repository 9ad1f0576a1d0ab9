import { sha256 } from "../platform/canonical-json.ts";
import { type CsvRecord, formatCsv } from "../platform/csv.ts";
import type { Encoding } from "../platform/decode.ts";
import { Failure, type Fault } from "../platform/failure.ts";
import { readBytes } from "../platform/files.ts";
import { toNormalText } from "../platform/text.ts";
import type { Words } from "../platform/words.ts";
import type { Roster } from "./roster.ts";
import {
  faultHeading,
  type Heading,
  type RosterColumn,
  readHeading,
  rosterColumnNames,
  rosterColumns,
} from "./roster-columns.ts";
import { joinPeople, type PlacedRow } from "./roster-people.ts";
import { type RosterRules, readRosterRow } from "./roster-row.ts";
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
  const header = readHeader(table.head, file, columns);
  const faults: RosterFault[] = [...table.faults];
  // What a cell without a value lacks is told once.
  const dead = new Set(table.faults.map(({ line, column }) => `${line}/${column}`));
  const rows: PlacedRow[] = [];
  for (const record of table.records) {
    const cell = (column: RosterColumn): string => toNormalText(record.cells[header.places.get(column) ?? -1] ?? "");
    const row = readRosterRow(cell, rules, (column, value, message, repair) => {
      const place = { file, line: record.line, column: toColumn(header, column) };
      if (!dead.has(`${place.line}/${place.column}`)) faults.push({ ...place, value: value || undefined, message, repair });
    });
    if (row) rows.push({ row, line: record.line });
    faults.push(...findUneven(table, record, header, file));
  }
  const joined = joinPeople(rows, (line, column, value, message) => {
    faults.push({ file, line, column: toColumn(header, column), value, message });
  });
  const told = await Promise.all(faults.map((fault) => tellFormerUnit(fault, toColumn(header, "unit_code"), findSuccessors)));
  return {
    roster: { file, sha256: sha256(bytes), ...joined, notes: [...table.notes, ...header.notes] },
    table,
    header,
    faults: told.sort((a, b) => (a.line ?? 0) - (b.line ?? 0) || (a.column ?? 0) - (b.column ?? 0)),
  };
}

/**
 * A row of a CSV with fewer cells than headings was cut off somewhere, or saved by an Excel that leaves out the separators of the last empty cells; one
 * with more has a separator inside a value. A sheet has no such rows. What it means is sure only where no cell is missing that everybody has.
 */
function findUneven({ format, head }: RosterTable, { line, cells }: CsvRecord, header: Header, file: string): RosterFault[] {
  const width = head.cells.findLastIndex((text) => text.trim() !== "") + 1;
  if (format !== "csv") return [];
  const extra = cells.slice(width).find((text) => text.trim() !== "");
  if (extra !== undefined)
    return [{ file, line, column: width + 1, value: extra, message: words.manyCells(cells.length, width) }];
  if (cells.length >= width) return [];
  const lost = [...header.places].some(([column, at]) => at >= cells.length && rosterColumns[column].required);
  const message = words.fewCells(cells.length, width);
  return [{ file, line, column: cells.length + 1, message, ...(lost ? {} : { repair: "" }) }];
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
  const skipped = setAside(table.head, table.records, header, faults);
  const skippedIds = new Set(skipped?.staffIds);
  return {
    ...roster,
    people: roster.people.filter(({ staffId }) => !skippedIds.has(staffId)),
    twins: roster.twins.map((ids) => ids.filter((id) => !skippedIds.has(id))).filter((ids) => ids.length > 1),
    skipped,
  };
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

export interface Header {
  readonly places: ReadonlyMap<RosterColumn, number>;
  /** Places whose content goes nowhere, not even into the file of rows set aside. */
  readonly dropped: ReadonlySet<number>;
  readonly notes: readonly Words[];
}

function readHeader(head: CsvRecord, file: string, columns: Readonly<Record<string, string>>): Header {
  const places = new Map<RosterColumn, number>();
  const dropped = new Set<number>();
  const notes: Words[] = [];
  const faults: Fault[] = [];
  head.cells.forEach((text, at) => {
    const heading: Heading = readHeading(text, columns);
    const title = toNormalText(text);
    if (heading.kind === "citizen-id") {
      dropped.add(at);
      notes.push(words.citizenIdDropped(title));
    } else if (heading.kind === "unknown") notes.push(words.unknownHeading(title, heading.near));
    else if (heading.kind === "known" && places.has(heading.column)) {
      faults.push({ file, line: head.line, column: at + 1, value: title, message: words.twiceColumn(title, heading.column) });
    } else if (heading.kind === "known") places.set(heading.column, at);
  });
  for (const column of rosterColumnNames) {
    if (rosterColumns[column].required && !places.has(column)) {
      faults.push({ file, line: head.line, message: words.missingColumn(column) });
    }
  }
  if (faults.length > 0) throw new Failure("invalid", words.faults(file, faults.length), { faults });
  return { places, dropped, notes };
}

function toColumn(header: Header, column: RosterColumn): number | undefined {
  const at = header.places.get(column);
  return at === undefined ? undefined : at + 1;
}

function setAside(head: CsvRecord, records: readonly CsvRecord[], header: Header, faults: readonly Fault[]): Roster["skipped"] {
  const place = header.places.get("staff_id") as number;
  const toStaffId = (record: CsvRecord): string => toNormalText(record.cells[place] ?? "");
  const byLine = Map.groupBy(faults, (fault) => fault.line);
  const staffIds = new Set(records.filter((record) => byLine.has(record.line)).map(toStaffId));
  const rows = records.filter((record) => byLine.has(record.line) || staffIds.has(toStaffId(record)));
  const keep = (cells: readonly string[]): string[] =>
    head.cells.map((_, at) => cells[at] ?? "").filter((_, at) => !header.dropped.has(at));
  const known = head.cells.some((text) => toNormalText(text) === faultHeading);
  const csv = formatCsv([
    known ? keep(head.cells) : [...keep(head.cells), faultHeading],
    ...rows.map((record) => {
      const messages = (byLine.get(record.line) ?? []).map(({ message }) => message.vi).join("; ");
      return known ? keep(record.cells) : [...keep(record.cells), messages];
    }),
  ]);
  return { faults, staffIds: [...staffIds], rows: rows.length, csv };
}
