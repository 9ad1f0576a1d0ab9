import type { Instant } from "../../platform/clock.ts";
import { type Database, insertOnly, type Migration, type Sql } from "../../platform/database.ts";
import type { GrantedCapacity } from "../capacity.ts";
import { listKeys, toMask } from "../doc-types.ts";
import type { EvidenceGrade } from "./evidence-grade.ts";
import type { Sight } from "./sight.ts";

/** Words on single rights: trials, and screens that two people looked at. Insert-only. */
export interface SightStore {
  add(sights: readonly Sight[], tx: Sql): Promise<void>;
  /** Those of at or before `at`, as known at `knownAt`, that had not run out by then. */
  list(at: Instant, knownAt: Instant): Promise<Sight[]>;
}

export const gradeMigrations: readonly Migration[] = [
  {
    name: "delegation/0005-evidence-grades",
    statements: (c) => [
      // Null is from before grades were kept.
      `ALTER TABLE delegation_carriage_seen ADD COLUMN grade ${c.text}`,
      `ALTER TABLE delegation_person_seen ADD COLUMN grade ${c.text}`,
      `CREATE TABLE delegation_sight (
        seq ${c.serial}, system ${c.text} NOT NULL, unit ${c.text} NOT NULL, staff_id ${c.text} NOT NULL, capacity ${c.text} NOT NULL,
        doc_types ${c.text} NOT NULL, grade ${c.text} NOT NULL CHECK (grade IN ('probe', 'attested')),
        carried ${c.int} NOT NULL CHECK (carried IN (0, 1)), held_from ${c.int} NOT NULL, held_to ${c.int}, at ${c.int} NOT NULL,
        ttl_ms ${c.int} NOT NULL, recorded_at ${c.int} NOT NULL
      ) ${c.strict}`,
      "CREATE INDEX delegation_sight_by_time ON delegation_sight (at)",
      ...insertOnly("delegation_sight", c),
      `CREATE TABLE delegation_attestation (
        seq ${c.serial}, id ${c.text} NOT NULL UNIQUE, system ${c.text} NOT NULL, at ${c.int} NOT NULL, seen ${c.text} NOT NULL,
        sha256 ${c.text} NOT NULL, note ${c.text}, recorded_at ${c.int} NOT NULL, recorded_by ${c.text} NOT NULL
      ) ${c.strict}`,
      ...insertOnly("delegation_attestation", c),
      `CREATE TABLE delegation_attestation_confirmed (
        attestation_id ${c.text} PRIMARY KEY REFERENCES delegation_attestation (id), recorded_at ${c.int} NOT NULL,
        recorded_by ${c.text} NOT NULL
      ) ${c.strict}`,
      ...insertOnly("delegation_attestation_confirmed", c),
      `CREATE TABLE delegation_drift_seen (
        seq ${c.serial}, system ${c.text} NOT NULL, at ${c.int} NOT NULL, units ${c.text} NOT NULL, differences ${c.text} NOT NULL
      ) ${c.strict}`,
      "CREATE INDEX delegation_drift_seen_by_system ON delegation_drift_seen (system, seq)",
      ...insertOnly("delegation_drift_seen", c),
      `CREATE TABLE delegation_seal_bound (
        seq ${c.serial}, system ${c.text} NOT NULL, unit ${c.text} NOT NULL, at ${c.int} NOT NULL, ttl_ms ${c.int} NOT NULL,
        serial ${c.text}, not_before ${c.int}, not_after ${c.int}, bound ${c.int} CHECK (bound IN (0, 1)), recorded_at ${c.int} NOT NULL
      ) ${c.strict}`,
      "CREATE INDEX delegation_seal_bound_by_unit ON delegation_seal_bound (unit, at)",
      ...insertOnly("delegation_seal_bound", c),
      `CREATE TABLE delegation_seal_checked (
        seq ${c.serial}, unit ${c.text} NOT NULL, serial ${c.text} NOT NULL, sha256 ${c.text} NOT NULL, at ${c.int} NOT NULL,
        not_before ${c.int} NOT NULL, not_after ${c.int} NOT NULL, revoked_at ${c.int}, next_update ${c.int},
        verdict ${c.text} NOT NULL CHECK (verdict IN ('VALID', 'INVALID', 'UNKNOWN')), codes ${c.text} NOT NULL,
        recorded_at ${c.int} NOT NULL
      ) ${c.strict}`,
      "CREATE INDEX delegation_seal_checked_by_unit ON delegation_seal_checked (unit, serial)",
      ...insertOnly("delegation_seal_checked", c),
    ],
  },
];

interface SightRow {
  readonly system: string;
  readonly unit: string;
  readonly staff_id: string;
  readonly capacity: GrantedCapacity;
  readonly doc_types: string;
  readonly grade: EvidenceGrade;
  readonly carried: number;
  readonly held_from: number;
  readonly held_to: number | null;
  readonly at: number;
  readonly ttl_ms: number;
  readonly recorded_at: number;
}

export function createSightStore(database: Database): SightStore {
  return {
    async add(sights, tx) {
      await tx.runMany(
        `INSERT INTO delegation_sight (system, unit, staff_id, capacity, doc_types, grade, carried, held_from, held_to, at, ttl_ms,
          recorded_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
        sights.map((sight) => [
          sight.system,
          sight.unit,
          sight.staffId,
          sight.capacity,
          listKeys(sight.docTypes).join(","),
          sight.grade,
          sight.carried ? 1 : 0,
          sight.from,
          sight.to === Number.POSITIVE_INFINITY ? null : sight.to,
          sight.at,
          sight.ttlMs,
          sight.recordedAt,
        ]),
      );
    },
    async list(at, knownAt) {
      const rows = await database.all<SightRow>(
        "SELECT * FROM delegation_sight WHERE at <= ? AND recorded_at <= ? AND at + ttl_ms > ? ORDER BY seq",
        at,
        knownAt,
        at,
      );
      return rows.map((row) => ({
        system: row.system,
        unit: row.unit,
        staffId: row.staff_id,
        capacity: row.capacity,
        docTypes: toMask(row.doc_types.split(",")),
        grade: row.grade,
        carried: row.carried === 1,
        from: row.held_from,
        to: row.held_to ?? Number.POSITIVE_INFINITY,
        at: row.at,
        ttlMs: row.ttl_ms,
        recordedAt: row.recorded_at,
      }));
    },
  };
}
