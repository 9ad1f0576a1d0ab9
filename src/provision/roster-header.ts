import type { CsvRecord } from "../platform/csv.ts";
import { Failure, type Fault } from "../platform/failure.ts";
import type { Words } from "../platform/words.ts";
import { areCitizenIds, hideCitizenIds } from "./citizen-id.ts";
import { toCellText, toCodeText, toNameText } from "./roster-cells.ts";
import {
  faultHeading,
  type Heading,
  type RosterColumn,
  readHeading,
  rosterColumnNames,
  rosterColumns,
  setAsideHeading,
} from "./roster-columns.ts";
import { rosterFileFaults as fileWords } from "./roster-file-words.ts";
import type { RosterTable } from "./roster-table.ts";
import { rosterFaults as words } from "./roster-words.ts";

export interface Header {
  readonly places: ReadonlyMap<RosterColumn, number>;
  /** Places whose content goes nowhere, not even into the file of rows set aside. */
  readonly dropped: ReadonlySet<number>;
  /** Where an earlier reading said what is wrong with a row. */
  readonly faultAt: number | undefined;
  /** The rows that an earlier reading set aside. */
  readonly isPart: boolean;
  readonly notes: readonly Words[];
}

/** Failure kind: invalid, for columns that are missing or there twice. */
export function readHeader({ head, records }: RosterTable, file: string, columns: Readonly<Record<string, string>>): Header {
  const places = new Map<RosterColumn, number>();
  const dropped = new Set<number>();
  const notes: Words[] = [];
  const faults: Fault[] = [];
  head.cells.forEach((text, at) => {
    const heading: Heading = readHeading(text, columns);
    const title = toCellText(text);
    const isCitizenId =
      heading.kind === "citizen-id" || (heading.kind !== "known" && areCitizenIds(records.map(({ cells }) => cells[at] ?? "")));
    if (isCitizenId) {
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
  const own = head.cells.map(toCellText);
  const faultAt = own.findIndex((text) => text === faultHeading || text === setAsideHeading);
  const isPart = own.includes(setAsideHeading);
  if (isPart) notes.push(fileWords.partOfRoster);
  return { places, dropped, faultAt: faultAt < 0 ? undefined : faultAt, isPart, notes };
}

/** Counted from 1. */
export function toColumn(header: Header, column: RosterColumn): number | undefined {
  const at = header.places.get(column);
  return at === undefined ? undefined : at + 1;
}

export function readRaw({ cells }: CsvRecord, header: Header, column: RosterColumn): string {
  return cells[header.places.get(column) ?? -1] ?? "";
}

const nameColumns: readonly RosterColumn[] = ["full_name", "given_name"];
const textColumns: readonly RosterColumn[] = ["department", "position", "staff_class"];

/** A cell as it is read, without a citizen's number. */
export function readCell(record: CsvRecord, header: Header, column: RosterColumn): string {
  const text = hideCitizenIds(readRaw(record, header, column));
  if (nameColumns.includes(column)) return toNameText(text);
  return textColumns.includes(column) ? toCellText(text) : toCodeText(text);
}

/** The columns that a copy may have, each cell as it is read. */
export function toCopiedRow(record: CsvRecord, head: CsvRecord, header: Header): string[] {
  const columns = new Map([...header.places].map(([column, at]) => [at, column]));
  return listCopied(head, header).map((at) => {
    const column = columns.get(at);
    return column === undefined ? hideCitizenIds(toCellText(record.cells[at] ?? "")) : readCell(record, header, column);
  });
}

export function listCopied(head: CsvRecord, { dropped, faultAt }: Header): number[] {
  return head.cells.flatMap((_, at) => (dropped.has(at) || at === faultAt ? [] : [at]));
}
