import type { Instant } from "../platform/clock.ts";
import type { Database, Sql } from "../platform/database.ts";
import type { Absence, Return } from "./absence.ts";
import {
  type AbsenceRow,
  type EventRow,
  type GrantRow,
  type PersonRow,
  type ReturnRow,
  type StoredRight,
  toAbsence,
  toAbsenceRow,
  toEvent,
  toGrant,
  toGrantRow,
  toPerson,
  toPersonRow,
  toReturn,
  toRight,
  toStoredRight,
} from "./delegation-rows.ts";
import type { CarriageReading, PersonReading } from "./evidence.ts";
import type { EvidenceGrade } from "./grades/evidence-grade.ts";
import type { Grant, GrantEvent } from "./grant.ts";

/**
 * What has been recorded of grants and of what systems showed. Insert-only; the engine itself refuses anything else. Inside a
 * transaction its handle must be given to every call.
 */
export interface DelegationStore {
  addGrants(grants: readonly Grant[], tx: Sql): Promise<void>;
  addEvents(events: readonly GrantEvent[], tx: Sql): Promise<void>;
  addCarriage(reading: CarriageReading, tx: Sql): Promise<void>;
  addAbsence(absence: Absence, tx: Sql): Promise<void>;
  addReturn(back: Return, tx: Sql): Promise<void>;
  addPeople(readings: readonly PersonReading[], tx: Sql): Promise<void>;
  findGrant(id: string, sql?: Sql): Promise<Grant | undefined>;
  /** In order of unit and id. */
  listGrants(unit?: string, sql?: Sql): Promise<Grant[]>;
  listEvents(unit?: string, sql?: Sql): Promise<GrantEvent[]>;
  /**
   * The grants that may still count after `since`, by what was known at `knownAt`, with what they rest on: acting heads of every time, who
   * gave them, and parents. And the events of these.
   */
  listStanding(filter: {
    readonly unit: string | undefined;
    readonly since: Instant;
    readonly knownAt: Instant;
  }): Promise<{ readonly grants: Grant[]; readonly events: GrantEvent[] }>;
  /** In the order in which they were recorded. */
  listAbsences(sql?: Sql): Promise<Absence[]>;
  listReturns(sql?: Sql): Promise<Return[]>;
  /** The last word of each system read at or before `at`, as known at `knownAt`. */
  listCarriage(at: Instant, knownAt: Instant): Promise<CarriageReading[]>;
  listPeople(at: Instant, knownAt: Instant): Promise<PersonReading[]>;
}

const idsAtOnce = 250;

/** Of a grant by that name in the statement; its values: since, since, known at. */
function mayCount(grant: string): string {
  return `(${grant}.valid_to IS NULL OR ${grant}.valid_to > ?) AND NOT EXISTS
    (SELECT 1 FROM delegation_event AS ending WHERE ending.grant_id = ${grant}.id AND ending.kind = 'revoked'
      AND ending.at <= ? AND ending.recorded_at <= ?)`;
}

export function createDelegationStore(database: Database): DelegationStore {
  return {
    async addGrants(grants, tx) {
      await tx.runMany(
        `INSERT INTO delegation_grant (id, unit, from_position, from_department, to_position, to_department, person, capacity,
          doc_types, valid_from, valid_to, basis_kind, basis_number, basis_date, clause, legal_basis, parent, needs_approval,
          ruleset, recorded_at, recorded_by, narrowing, basis_signed_at, basis_sha256)
          VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
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
    async addCarriage({ system, at, ttlMs, hash, grade, rights, recordedAt }, tx) {
      await tx.run(
        "INSERT INTO delegation_carriage_set (hash, rights) VALUES (?, ?) ON CONFLICT (hash) DO NOTHING",
        hash,
        JSON.stringify(rights.map(toStoredRight)),
      );
      await tx.run(
        "INSERT INTO delegation_carriage_seen (system, at, ttl_ms, hash, grade, recorded_at) VALUES (?, ?, ?, ?, ?, ?)",
        system,
        at,
        ttlMs,
        hash,
        grade ?? null,
        recordedAt,
      );
    },
    async addAbsence(absence, tx) {
      await tx.run(
        `INSERT INTO delegation_absence (id, staff_id, away_from, away_to, reason, cover_staff_id, cover_grant, recorded_at,
          recorded_by) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
        ...toAbsenceRow(absence),
      );
    },
    async addReturn({ absenceId, at, recordedAt, recordedBy }, tx) {
      await tx.run(
        "INSERT INTO delegation_return (absence_id, at, recorded_at, recorded_by) VALUES (?, ?, ?, ?)",
        absenceId,
        at,
        recordedAt,
        recordedBy,
      );
    },
    async addPeople(readings, tx) {
      await tx.runMany(
        `INSERT INTO delegation_person_seen (system, staff_id, at, ttl_ms, user_name, active, cert_serial, cert_not_before,
          cert_not_after, cert_bound, recorded_at, grade) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
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
    async listStanding({ unit, since, knownAt }) {
      const values = [since, since, knownAt, since, since, knownAt, ...(unit === undefined ? [] : [unit])];
      const where = `WHERE (own.capacity = 'Q' OR (${mayCount("own")}) OR own.id IN
        (SELECT child.parent FROM delegation_grant AS child WHERE child.parent IS NOT NULL AND ${mayCount("child")}))${
          unit === undefined ? "" : " AND own.unit = ?"
        }`;
      const grants = await database.all<GrantRow>(
        `SELECT own.* FROM delegation_grant AS own ${where} ORDER BY own.unit, own.id`,
        ...values,
      );
      const events: EventRow[] = [];
      for (let from = 0; from < grants.length; from += idsAtOnce) {
        const ids = grants.slice(from, from + idsAtOnce).map(({ id }) => id);
        const marks = ids.map(() => "?").join(", ");
        events.push(
          ...(await database.all<EventRow>(`SELECT * FROM delegation_event WHERE grant_id IN (${marks}) ORDER BY seq`, ...ids)),
        );
      }
      return { grants: grants.map(toGrant), events: events.map(toEvent) };
    },
    async listAbsences(sql = database) {
      return (await sql.all<AbsenceRow>("SELECT * FROM delegation_absence ORDER BY seq")).map(toAbsence);
    },
    async listReturns(sql = database) {
      return (await sql.all<ReturnRow>("SELECT * FROM delegation_return ORDER BY seq")).map(toReturn);
    },
    async listCarriage(at, knownAt) {
      const rows = await database.all<{
        system: string;
        at: number;
        ttl_ms: number;
        hash: string;
        grade: EvidenceGrade | null;
        rights: string;
        recorded_at: number;
      }>(
        `SELECT seen.system, seen.at, seen.ttl_ms, seen.hash, seen.grade, content.rights, seen.recorded_at
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
        grade: row.grade ?? undefined,
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
