import type { Instant } from "../platform/clock.ts";
import type { Database, Sql, SqlValue } from "../platform/database.ts";
import type { BasisKind, GrantedCapacity } from "./capacity.ts";
import { listKeys, toMask } from "./doc-types.ts";
import type { CarriageReading, CarriedRight, PersonReading } from "./evidence.ts";
import type { Grant, GrantEvent, GrantEventKind } from "./grant.ts";

/**
 * What has been recorded of grants and of what systems showed. Insert-only; the engine itself refuses anything else. Inside a
 * transaction its handle must be given to every call.
 */
export interface DelegationStore {
  addGrants(grants: readonly Grant[], tx: Sql): Promise<void>;
  addEvents(events: readonly GrantEvent[], tx: Sql): Promise<void>;
  addCarriage(reading: CarriageReading, tx: Sql): Promise<void>;
  addPeople(readings: readonly PersonReading[], tx: Sql): Promise<void>;
  findGrant(id: string, sql?: Sql): Promise<Grant | undefined>;
  /** In order of unit and id. */
  listGrants(unit?: string, sql?: Sql): Promise<Grant[]>;
  listEvents(unit?: string, sql?: Sql): Promise<GrantEvent[]>;
  /** The last word of each system read at or before `at`, as known at `knownAt`. */
  listCarriage(at: Instant, knownAt: Instant): Promise<CarriageReading[]>;
  listPeople(at: Instant, knownAt: Instant): Promise<PersonReading[]>;
}

export function createDelegationStore(database: Database): DelegationStore {
  return {
    async addGrants(grants, tx) {
      await tx.runMany(
        `INSERT INTO delegation_grant (id, unit, from_position, from_department, to_position, to_department, person, capacity,
          doc_types, valid_from, valid_to, basis_kind, basis_number, basis_date, clause, legal_basis, parent, needs_approval,
          ruleset, recorded_at, recorded_by) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
        grants.map(toGrantRow),
      );
    },
    async addEvents(events, tx) {
      await tx.runMany(
        "INSERT INTO delegation_event (grant_id, kind, at, until, reason, recorded_at, recorded_by) VALUES (?, ?, ?, ?, ?, ?, ?)",
        events.map((event) => [
          event.grantId,
          event.kind,
          event.at,
          event.until ?? null,
          event.reason ?? null,
          event.recordedAt,
          event.recordedBy,
        ]),
      );
    },
    async addCarriage({ system, at, ttlMs, hash, rights, recordedAt }, tx) {
      await tx.run(
        "INSERT INTO delegation_carriage_set (hash, rights) VALUES (?, ?) ON CONFLICT (hash) DO NOTHING",
        hash,
        JSON.stringify(rights.map(toStoredRight)),
      );
      await tx.run(
        "INSERT INTO delegation_carriage_seen (system, at, ttl_ms, hash, recorded_at) VALUES (?, ?, ?, ?, ?)",
        system,
        at,
        ttlMs,
        hash,
        recordedAt,
      );
    },
    async addPeople(readings, tx) {
      await tx.runMany(
        `INSERT INTO delegation_person_seen (system, staff_id, at, ttl_ms, user_name, active, cert_serial, cert_not_before,
          cert_not_after, cert_bound, recorded_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
        readings.map(toPersonRow),
      );
    },
    async findGrant(id, sql = database) {
      const row = await sql.get<GrantRow>("SELECT * FROM delegation_grant WHERE id = ?", id);
      return row && toGrant(row);
    },
    async listGrants(unit, sql = database) {
      const rows = await sql.all<GrantRow>(
        `SELECT * FROM delegation_grant${unit === undefined ? "" : " WHERE unit = ?"} ORDER BY unit, id`,
        ...(unit === undefined ? [] : [unit]),
      );
      return rows.map(toGrant);
    },
    async listEvents(unit, sql = database) {
      const rows = await sql.all<EventRow>(
        `SELECT * FROM delegation_event${
          unit === undefined ? "" : " WHERE grant_id IN (SELECT id FROM delegation_grant WHERE unit = ?)"
        } ORDER BY seq`,
        ...(unit === undefined ? [] : [unit]),
      );
      return rows.map(toEvent);
    },
    async listCarriage(at, knownAt) {
      const rows = await database.all<{
        system: string;
        at: number;
        ttl_ms: number;
        hash: string;
        rights: string;
        recorded_at: number;
      }>(
        `SELECT seen.system, seen.at, seen.ttl_ms, seen.hash, content.rights, seen.recorded_at
          FROM delegation_carriage_seen AS seen JOIN delegation_carriage_set AS content ON content.hash = seen.hash
          WHERE seen.seq IN (SELECT MAX(seq) FROM delegation_carriage_seen WHERE at <= ? AND recorded_at <= ? GROUP BY system)`,
        at,
        knownAt,
      );
      return rows.map((row) => ({
        system: row.system,
        at: row.at,
        ttlMs: row.ttl_ms,
        hash: row.hash,
        rights: (JSON.parse(row.rights) as StoredRight[]).map(toRight),
        recordedAt: row.recorded_at,
      }));
    },
    async listPeople(at, knownAt) {
      const rows = await database.all<PersonRow>(
        `SELECT * FROM delegation_person_seen WHERE seq IN
          (SELECT MAX(seq) FROM delegation_person_seen WHERE at <= ? AND recorded_at <= ? GROUP BY system, staff_id)`,
        at,
        knownAt,
      );
      return rows.map(toPerson);
    },
  };
}

interface GrantRow {
  readonly id: string;
  readonly unit: string;
  readonly from_position: string;
  readonly from_department: string | null;
  readonly to_position: string;
  readonly to_department: string | null;
  readonly person: string | null;
  readonly capacity: GrantedCapacity;
  readonly doc_types: string;
  readonly valid_from: number;
  readonly valid_to: number | null;
  readonly basis_kind: BasisKind;
  readonly basis_number: string | null;
  readonly basis_date: number | null;
  readonly clause: string | null;
  readonly legal_basis: string | null;
  readonly parent: string | null;
  readonly needs_approval: number;
  readonly ruleset: string;
  readonly recorded_at: number;
  readonly recorded_by: string;
}

function toGrantRow(grant: Grant): SqlValue[] {
  const { basis } = grant;
  return [
    grant.id,
    grant.unit,
    grant.from.position,
    grant.from.department ?? null,
    grant.to.position,
    grant.to.department ?? null,
    grant.person ?? null,
    grant.capacity,
    // Keys, not bits: a mask means something only to the version that wrote it.
    listKeys(grant.docTypes).join(","),
    grant.validFrom,
    grant.validTo ?? null,
    basis.kind,
    basis.number ?? null,
    basis.date ?? null,
    basis.clause ?? null,
    basis.legalBasis ?? null,
    grant.parent ?? null,
    grant.needsApproval ? 1 : 0,
    grant.ruleset,
    grant.recordedAt,
    grant.recordedBy,
  ];
}

function toGrant(row: GrantRow): Grant {
  return {
    id: row.id,
    unit: row.unit,
    from: { position: row.from_position, department: row.from_department ?? undefined },
    to: { position: row.to_position, department: row.to_department ?? undefined },
    person: row.person ?? undefined,
    capacity: row.capacity,
    docTypes: toMask(row.doc_types.split(",")),
    validFrom: row.valid_from,
    validTo: row.valid_to ?? undefined,
    basis: {
      kind: row.basis_kind,
      number: row.basis_number ?? undefined,
      date: row.basis_date ?? undefined,
      clause: row.clause ?? undefined,
      legalBasis: row.legal_basis ?? undefined,
    },
    parent: row.parent ?? undefined,
    needsApproval: row.needs_approval === 1,
    ruleset: row.ruleset,
    recordedAt: row.recorded_at,
    recordedBy: row.recorded_by,
  };
}

interface EventRow {
  readonly grant_id: string;
  readonly kind: GrantEventKind;
  readonly at: number;
  readonly until: number | null;
  readonly reason: string | null;
  readonly recorded_at: number;
  readonly recorded_by: string;
}

function toEvent(row: EventRow): GrantEvent {
  return {
    grantId: row.grant_id,
    kind: row.kind,
    at: row.at,
    until: row.until ?? undefined,
    reason: row.reason ?? undefined,
    recordedAt: row.recorded_at,
    recordedBy: row.recorded_by,
  };
}

/** As a right stands in the file: keys for types, null for no end. */
export type StoredRight = Omit<CarriedRight, "docTypes" | "to"> & {
  readonly docTypes: readonly string[];
  readonly to: number | null;
};

export function toStoredRight(right: CarriedRight): StoredRight {
  return { ...right, docTypes: listKeys(right.docTypes), to: right.to === Number.POSITIVE_INFINITY ? null : right.to };
}

function toRight(stored: StoredRight): CarriedRight {
  return { ...stored, docTypes: toMask(stored.docTypes), to: stored.to ?? Number.POSITIVE_INFINITY };
}

interface PersonRow {
  readonly system: string;
  readonly staff_id: string;
  readonly at: number;
  readonly ttl_ms: number;
  readonly user_name: string | null;
  readonly active: number | null;
  readonly cert_serial: string | null;
  readonly cert_not_before: number | null;
  readonly cert_not_after: number | null;
  readonly cert_bound: number | null;
  readonly recorded_at: number;
}

function toPersonRow({ system, staffId, at, ttlMs, account, recordedAt }: PersonReading): SqlValue[] {
  const certificate = account?.certificate;
  const toFlag = (value: boolean | undefined): number | null => (value === undefined ? null : value ? 1 : 0);
  return [
    system,
    staffId,
    at,
    ttlMs,
    account?.userName ?? null,
    toFlag(account?.active),
    certificate?.serial ?? null,
    certificate?.notBefore ?? null,
    certificate?.notAfter ?? null,
    toFlag(certificate?.bound),
    recordedAt,
  ];
}

function toPerson(row: PersonRow): PersonReading {
  const { system, staff_id: staffId, at, ttl_ms: ttlMs, recorded_at: recordedAt } = row;
  if (row.user_name === null) return { system, staffId, at, ttlMs, recordedAt };
  const certificate =
    row.cert_serial === null
      ? undefined
      : {
          serial: row.cert_serial,
          notBefore: row.cert_not_before ?? undefined,
          notAfter: row.cert_not_after ?? undefined,
          bound: row.cert_bound === 1,
        };
  return { system, staffId, at, ttlMs, recordedAt, account: { userName: row.user_name, active: row.active === 1, certificate } };
}
