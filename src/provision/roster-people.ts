import { toNormalText, toToneKey } from "../platform/text.ts";
import type { Words } from "../platform/words.ts";
import type { RosterPerson } from "./roster.ts";
import type { RosterColumn } from "./roster-columns.ts";
import type { RosterRow } from "./roster-row.ts";
import { rosterFaults as words } from "./roster-words.ts";

export interface PlacedRow {
  readonly row: RosterRow;
  readonly line: number;
}

export interface JoinedPeople {
  readonly people: readonly RosterPerson[];
  readonly twins: readonly (readonly string[])[];
}

type Complain = (line: number, column: RosterColumn, value: string, message: Words) => void;

/** Facts about the person, which all rows of a staff id must agree on. */
const personal = [
  ["full_name", "fullName"],
  ["birth_date", "birthDate"],
  ["staff_class", "staffClass"],
  ["given_name", "givenName"],
  ["email", "email"],
  ["phone", "phone"],
  ["username", "username"],
] as const satisfies readonly (readonly [RosterColumn, keyof RosterRow])[];

/** Rows of one staff id are one person with several posts; what contradicts is a fault, never a guess. */
export function joinPeople(rows: readonly PlacedRow[], complain: Complain): JoinedPeople {
  const people = [...Map.groupBy(rows, ({ row }) => row.staffId).values()].map((own) => joinRows(own, complain));
  complainOfSharedNames(rows, complain);
  complainOfNearIds(rows, complain);
  const twins = [
    ...Map.groupBy(people.filter(hasBirthDate), ({ fullName, birthDate }) => `${toToneKey(fullName)}|${birthDate}`).values(),
  ]
    // With a username of their own each, somebody has already said that they are two.
    .filter((alike) => alike.length > 1 && !alike.every(({ username }) => username !== undefined))
    .map((alike) => alike.map(({ staffId }) => staffId).sort());
  return { people, twins };
}

function hasBirthDate(person: RosterPerson): boolean {
  return person.birthDate !== undefined;
}

function joinRows(rows: readonly PlacedRow[], complain: Complain): RosterPerson {
  const [first] = rows as readonly [PlacedRow];
  let merged: RosterRow = first.row;
  for (const { row, line } of rows.slice(1)) {
    for (const [column, key] of personal) {
      const [before, now] = [merged[key], row[key]];
      if (before === undefined || now === undefined || isSame(before, now)) continue;
      complain(line, column, now, words.contradiction(column, first.line, before));
    }
    merged = { ...row, ...merged };
  }
  const seen = new Map<string, number>();
  for (const { row, line } of rows) {
    const key = [row.post.unit, row.post.department ?? "", row.post.position, row.post.from].join("|");
    const before = seen.get(key);
    if (before === undefined) seen.set(key, line);
    else complain(line, "position", row.post.position, words.samePost(before));
  }
  const { post: _, ...person } = merged;
  return { ...person, posts: rows.map(({ row }) => row.post), lines: rows.map(({ line }) => line) };
}

function isSame(a: string, b: string): boolean {
  return toToneKey(toNormalText(a)) === toToneKey(toNormalText(b));
}

/** Systems compare ids without case, and spreadsheets eat zeros: two spellings would be one account of two people. */
function complainOfNearIds(rows: readonly PlacedRow[], complain: Complain): void {
  const first = new Map<string, PlacedRow>();
  for (const placed of rows) {
    const { staffId } = placed.row;
    const key = staffId.toLowerCase().replace(/^0+(?=.)/, "");
    const before = first.get(key);
    if (!before) first.set(key, placed);
    else if (before.row.staffId !== staffId) {
      complain(placed.line, "staff_id", staffId, words.nearStaffId(before.line, before.row.staffId));
    }
  }
}

function complainOfSharedNames(rows: readonly PlacedRow[], complain: Complain): void {
  const owners = new Map<string, PlacedRow>();
  for (const placed of rows) {
    const { username, staffId } = placed.row;
    if (username === undefined) continue;
    const before = owners.get(username);
    if (before && before.row.staffId !== staffId) complain(placed.line, "username", username, words.usernameTwice(before.line));
    else owners.set(username, placed);
  }
}
