import type { CsvRecord } from "../platform/csv.ts";
import { toFold } from "../platform/text.ts";
import type { Words } from "../platform/words.ts";
import { toCellText } from "./roster-cells.ts";
import type { RosterColumn } from "./roster-columns.ts";
import { rosterFileFaults } from "./roster-file-words.ts";
import { rosterFaults as words } from "./roster-words.ts";

/** What a row that is nobody begins with, and what says so. */
export interface Noise {
  readonly value: string;
  readonly message: Words;
}

type Places = ReadonlyMap<RosterColumn, number>;

/** Groups that lists are divided into: rooms of a unit, never a family name (Bàn, Phòng and Tô are). */
const group =
  /^((?=[ivx]+\b|\d+\b|[a-d]\b)\w+[.)\s:-]+)?(van phong (hdnd|ubnd)|phong (kinh te|van hoa)|trung tam (phuc vu|hanh chinh|pvhcc)|uy ban nhan dan|hoi dong nhan dan|ubnd\b|hdnd\b|lanh dao\b|khoi (dang|chinh quyen|uy ban|mat tran)|dang uy\b)/;

/**
 * Rows that are not people: totals, headings printed again on the next page, column numbers, group titles, the lines of date and signature. A row
 * that may be somebody is never one of them.
 */
export function findNoise(cells: CsvRecord["cells"], places: Places, isHeading: boolean): Noise | undefined {
  const filled = cells.map(toCellText).filter((text) => text !== "");
  const value = filled[0] ?? "";
  if (isHeading) return { value, message: words.secondHeading };
  if (/^(tong( cong| so)?|cong( don)?|total)\b/.test(toFold(value))) return { value, message: words.totalRow };
  if (filled.length >= 3 && filled.every((text, at) => text.replace(/[()]/g, "") === String(at + 1))) {
    return { value, message: words.numberRow };
  }
  const read = (column: RosterColumn): string => toCellText(cells[places.get(column) ?? -1] ?? "");
  const [id, name] = [read("staff_id"), read("full_name")];
  const isBare = filled.length <= 2 && ["unit_code", "start_date"].every((column) => read(column as RosterColumn) === "");
  const isSignature = id === "" && name === "" && isBare;
  const isGroup = isBare && filled.some((text) => group.test(toFold(text)));
  return isSignature || isGroup ? { value, message: rosterFileFaults.noPerson } : undefined;
}

/** Where each known column stands among the headings. */
export function readPlaces(head: readonly string[], toColumn: (text: string) => RosterColumn | undefined): Places {
  const places = new Map<RosterColumn, number>();
  head.forEach((text, at) => {
    const column = toColumn(text);
    if (column && !places.has(column)) places.set(column, at);
  });
  return places;
}
