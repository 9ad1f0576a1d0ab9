import type { AuditRecord } from "../audit/audit-log.ts";
import { sha256, toCanonicalJson } from "../platform/canonical-json.ts";
import type { Zone } from "../platform/time.ts";
import type { DelegationStore } from "./delegation-store.ts";
import type { Confirmation } from "./grades/attestation.ts";
import type { AttestationStore } from "./grades/attestation-store.ts";
import { type Replayed, replayLog } from "./replay-log.ts";

export const stateTables = ["grants", "events", "absences", "returns", "attestations", "confirmations"] as const;

export type StateTable = (typeof stateTables)[number];

/** A row that is not what the log makes of it. */
export interface StateDifference {
  /** missing: the log has it, the table has not · extra: the other way round · differs: both, not alike · order: alike, at other places. */
  readonly kind: "missing" | "extra" | "differs" | "order";
  readonly table: StateTable;
  /** The id of the grant, absence or attestation; of several events of one grant, which one: `0mcn6prk0#2`. Of an order: the first row out of place. */
  readonly row: string;
  /** What is not alike, as both have it. */
  readonly fields: readonly { readonly name: string; readonly logged: unknown; readonly stored: unknown }[];
}

export interface StateVerdict {
  readonly rows: Readonly<Record<StateTable, number>>;
  /** SHA-256 of the canonical JSON of all tables: as the log makes them, and as they stand. */
  readonly loggedSha256: string;
  readonly storedSha256: string;
  readonly differences: readonly StateDifference[];
  /** Records of signing authority out of which no row can be made. */
  readonly unreadable: readonly number[];
}

/** The log said what was recorded; is that, byte for byte, what stands in the tables (I20)? */
export async function compareState(records: Iterable<AuditRecord>, stored: Replayed, zone: Zone): Promise<StateVerdict> {
  const { state, unreadable } = replayReadable(records, zone);
  const logged = {
    ...state,
    grants: [...state.grants].sort(byUnit),
    confirmations: [...state.confirmations].sort(byAttestation),
  };
  const differences: StateDifference[] = [];
  const texts: [logged: string[], stored: string[]] = [[], []];
  for (const table of stateTables) {
    const left = await toRows(table, logged);
    const right = await toRows(table, stored);
    texts[0].push(toText(left));
    texts[1].push(toText(right));
    differences.push(...compareRows(table, left, right));
  }
  return {
    rows: Object.fromEntries(stateTables.map((table) => [table, stored[table].length])) as Record<StateTable, number>,
    loggedSha256: sha256(toText(texts[0])),
    storedSha256: sha256(toText(texts[1])),
    differences,
    unreadable,
  };
}

export async function readState(store: DelegationStore, attested: Pick<AttestationStore, "list">): Promise<Replayed> {
  const [grants, events, absences, returns, seen] = await Promise.all([
    store.listGrants(),
    store.listEvents(),
    store.listAbsences(),
    store.listReturns(),
    attested.list(),
  ]);
  return {
    grants: [...grants].sort(byUnit),
    events,
    absences,
    returns,
    attestations: seen.map(({ confirmedAt: _at, confirmedBy: _by, ...rest }) => rest),
    confirmations: seen
      .flatMap(({ id, confirmedAt, confirmedBy }) =>
        confirmedAt === undefined || confirmedBy === undefined
          ? []
          : [{ attestationId: id, recordedAt: confirmedAt, recordedBy: confirmedBy }],
      )
      .sort(byAttestation),
  };
}

/** One at most of each, kept without a place of its own. */
function byAttestation(a: Confirmation, b: Confirmation): number {
  return a.attestationId < b.attestationId ? -1 : a.attestationId > b.attestationId ? 1 : 0;
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
    attestations: parts.flatMap(({ attestations }) => attestations),
    confirmations: parts.flatMap(({ confirmations }) => confirmations),
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
    const key =
      "grantId" in item
        ? item.grantId
        : "absenceId" in item
          ? item.absenceId
          : "attestationId" in item
            ? item.attestationId
            : item.id;
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
