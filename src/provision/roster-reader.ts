import { sha256 } from "../platform/canonical-json.ts";
import { type CsvRecord, formatCsv, parseCsv } from "../platform/csv.ts";
import { decodeText, type Encoding } from "../platform/decode.ts";
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
import { rosterFaults as words } from "./roster-words.ts";

export interface RosterRequest {
  readonly path: string;
  /** As the person named it, for messages. */
  readonly file: string;
  readonly encoding?: Encoding;
  readonly columns?: Readonly<Record<string, string>>;
  readonly rules: RosterRules;
  /** Set faulty rows aside instead of refusing the file. */
  readonly skipInvalid?: boolean;
}

/**
 * Reads a roster. Every fault of every row at once, with line and column (the column counts the file's cells). Rows of a person who
 * has a faulty row are set aside together: half of somebody's posts would be a change. Failure kinds: invalid, denied.
 */
export async function readRoster({
  path,
  file,
  encoding,
  columns = {},
  rules,
  skipInvalid = false,
}: RosterRequest): Promise<Roster> {
  const bytes = await readBytes(path);
  const [head, ...records] = await parseCsv(decodeText(bytes, file, encoding), file);
  if (!head) throw new Failure("invalid", words.faults(file, 1), { faults: [{ file, line: 1, message: words.noRows }] });
  const header = readHeader(head, file, columns);

  const faults: Fault[] = [];
  const rows: PlacedRow[] = [];
  for (const record of records) {
    const cell = (column: RosterColumn): string => toNormalText(record.cells[header.places.get(column) ?? -1] ?? "");
    const row = readRosterRow(cell, rules, (column, value, message) => {
      faults.push({ file, line: record.line, column: toColumn(header, column), value: value || undefined, message });
    });
    if (row) rows.push({ row, line: record.line });
  }
  const joined = joinPeople(rows, (line, column, value, message) => {
    faults.push({ file, line, column: toColumn(header, column), value, message });
  });
  faults.sort((a, b) => (a.line ?? 0) - (b.line ?? 0) || (a.column ?? 0) - (b.column ?? 0));
  if (faults.length > 0 && !skipInvalid) {
    throw new Failure("invalid", words.faults(file, faults.length), { faults, hint: words.mend });
  }
  const aside = faults.length === 0 ? undefined : setAside(head, records, header, faults);
  const skippedIds = new Set(aside?.staffIds);
  return {
    file,
    sha256: sha256(bytes),
    people: joined.people.filter(({ staffId }) => !skippedIds.has(staffId)),
    twins: joined.twins.map((ids) => ids.filter((id) => !skippedIds.has(id))).filter((ids) => ids.length > 1),
    notes: header.notes,
    skipped: aside,
  };
}

interface Header {
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
