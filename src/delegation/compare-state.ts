import type { AuditRecord } from "../audit/audit-log.ts";
import { sha256, toCanonicalJson } from "../platform/canonical-json.ts";
import type { Zone } from "../platform/time.ts";
import type { DelegationStore } from "./delegation-store.ts";
import { type Replayed, replayLog } from "./replay-log.ts";

export type StateTable = "grants" | "events" | "absences" | "returns";

export const stateTables: readonly StateTable[] = ["grants", "events", "absences", "returns"];

/** A row that is not what the log makes of it. */
export interface StateDifference {
  /** missing: the log has it, the table has not · extra: the other way round · differs: both, not alike · order: alike, at other places. */
  readonly kind: "missing" | "extra" | "differs" | "order";
  readonly table: StateTable;
  /** The grant's or the absence's id; of several events of one grant, which one: `0mcn6prk0#2`. Of an order: the first row out of place. */
  readonly row: string;
  /** What is not alike, as both have it. */
  readonly fields: readonly { readonly name: string; readonly logged: unknown; readonly stored: unknown }[];
}

export interface StateVerdict {
  readonly rows: Readonly<Record<StateTable, number>>;
  /** SHA-256 of the canonical JSON of all four tables: as the log makes them, and as they stand. */
  readonly loggedSha256: string;
  readonly storedSha256: string;
  readonly differences: readonly StateDifference[];
  /** Records of signing authority out of which no row can be made. */
  readonly unreadable: readonly number[];
}

/** The log said what was recorded; is that, byte for byte, what stands in the tables (I20)? */
export async function compareState(records: Iterable<AuditRecord>, stored: Replayed, zone: Zone): Promise<StateVerdict> {
  const { state, unreadable } = replayReadable(records, zone);
  const logged = { ...state, grants: [...state.grants].sort(byUnit) };
  const differences: StateDifference[] = [];
  const texts: [logged: string[], stored: string[]] = [[], []];
  for (const table of stateTables) {
    const left = await toRows(table, logged);
    const right = await toRows(table, stored);
    texts[0].push(toText(left));
    texts[1].push(toText(right));
    differences.push(...compareRows(table, left, right));
  }
  const [grants, events, absences, returns] = stateTables.map((table) => stored[table].length) as [
    number,
    number,
    number,
    number,
  ];
  return {
    rows: { grants, events, absences, returns },
    loggedSha256: sha256(toText(texts[0])),
    storedSha256: sha256(toText(texts[1])),
    differences,
    unreadable,
  };
}

export async function readState(store: DelegationStore): Promise<Replayed> {
  const [grants, events, absences, returns] = await Promise.all([
    store.listGrants(),
    store.listEvents(),
    store.listAbsences(),
    store.listReturns(),
  ]);
  return { grants: [...grants].sort(byUnit), events, absences, returns };
}

function byUnit(a: { readonly unit: string; readonly id: string }, b: { readonly unit: string; readonly id: string }): number {
  return a.unit < b.unit ? -1 : a.unit > b.unit ? 1 : a.id < b.id ? -1 : a.id > b.id ? 1 : 0;
}

/** One record that makes no sense must not keep the others from being compared. */
function replayReadable(
  records: Iterable<AuditRecord>,
  zone: Zone,
): { readonly state: Replayed; readonly unreadable: readonly number[] } {
  const parts: Replayed[] = [];
  const unreadable: number[] = [];
  for (const record of records) {
    try {
      parts.push(replayLog([record], zone));
    } catch {
      unreadable.push(record.seq);
    }
  }
  const state = {
    grants: parts.flatMap(({ grants }) => grants),
    events: parts.flatMap(({ events }) => events),
    absences: parts.flatMap(({ absences }) => absences),
    returns: parts.flatMap(({ returns }) => returns),
  };
  return { state, unreadable };
}

interface Row {
  readonly id: string;
  readonly text: string;
  readonly fields: Readonly<Record<string, unknown>>;
}

async function toRows(table: StateTable, state: Replayed): Promise<Row[]> {
  const counts = new Map<string, number>();
  const rows: Row[] = [];
  for (const item of state[table]) {
    const key = "grantId" in item ? item.grantId : "absenceId" in item ? item.absenceId : item.id;
    const nth = (counts.get(key) ?? 0) + 1;
    counts.set(key, nth);
    // What is not there and what is undefined are one and the same here.
    const fields = JSON.parse(JSON.stringify(item)) as Record<string, unknown>;
    rows.push({ id: nth === 1 ? key : `${key}#${nth}`, text: await toCanonicalJson(fields), fields });
  }
  return rows;
}

function toText(parts: readonly (string | Row)[]): string {
  return `[${parts.map((part) => (typeof part === "string" ? part : part.text)).join(",")}]`;
}

function compareRows(table: StateTable, logged: readonly Row[], stored: readonly Row[]): StateDifference[] {
  const differences: StateDifference[] = [];
  const standing = new Map(stored.map((row) => [row.id, row]));
  for (const row of logged) {
    const own = standing.get(row.id);
    standing.delete(row.id);
    if (!own) differences.push({ kind: "missing", table, row: row.id, fields: [] });
    else if (own.text !== row.text) {
      differences.push({ kind: "differs", table, row: row.id, fields: compareFields(row.fields, own.fields) });
    }
  }
  for (const id of standing.keys()) differences.push({ kind: "extra", table, row: id, fields: [] });
  if (differences.length > 0) return differences;
  const moved = logged.find((row, at) => stored[at]?.text !== row.text);
  return moved ? [{ kind: "order", table, row: moved.id, fields: [] }] : [];
}

function compareFields(logged: Row["fields"], stored: Row["fields"], path = ""): StateDifference["fields"] {
  const names = [...new Set([...Object.keys(logged), ...Object.keys(stored)])].sort();
  return names.flatMap((name) => {
    const [left, right] = [logged[name], stored[name]];
    if (isGroup(left) && isGroup(right)) return compareFields(left, right, `${path}${name}.`);
    return JSON.stringify(left) === JSON.stringify(right)
      ? []
      : [{ name: `${path}${name}`, logged: left ?? null, stored: right ?? null }];
  });
}

function isGroup(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
