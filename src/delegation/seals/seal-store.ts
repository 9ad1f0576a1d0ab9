import type { Instant } from "../../platform/clock.ts";
import type { Database, Sql } from "../../platform/database.ts";
import type { SignerCode } from "../signer-codes.ts";
import type { SealBound, SealCheck } from "./seal.ts";

/** What was seen of units' seals. Insert-only. */
export interface SealStore {
  addBound(readings: readonly SealBound[], tx: Sql): Promise<void>;
  addChecks(checks: readonly SealCheck[], tx: Sql): Promise<void>;
  /** The last word of each system on each unit read at or before `at`, as known at `knownAt`. */
  listBound(at: Instant, knownAt: Instant): Promise<SealBound[]>;
  /** The last word on each certificate of each unit, as known at `knownAt`. */
  listChecks(knownAt: Instant): Promise<SealCheck[]>;
}

interface BoundRow {
  readonly system: string;
  readonly unit: string;
  readonly at: number;
  readonly ttl_ms: number;
  readonly serial: string | null;
  readonly not_before: number | null;
  readonly not_after: number | null;
  readonly bound: number | null;
  readonly recorded_at: number;
}

interface CheckRow {
  readonly unit: string;
  readonly serial: string;
  readonly sha256: string;
  readonly at: number;
  readonly not_before: number;
  readonly not_after: number;
  readonly revoked_at: number | null;
  readonly next_update: number | null;
  readonly verdict: SealCheck["verdict"];
  readonly codes: string;
  readonly recorded_at: number;
}

export function createSealStore(database: Database): SealStore {
  return {
    async addBound(readings, tx) {
      await tx.runMany(
        `INSERT INTO delegation_seal_bound (system, unit, at, ttl_ms, serial, not_before, not_after, bound, recorded_at)
          VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
        readings.map(({ system, unit, at, ttlMs, certificate, recordedAt }) => [
          system,
          unit,
          at,
          ttlMs,
          certificate?.serial ?? null,
          certificate?.notBefore ?? null,
          certificate?.notAfter ?? null,
          certificate === undefined ? null : certificate.bound ? 1 : 0,
          recordedAt,
        ]),
      );
    },
    async addChecks(checks, tx) {
      await tx.runMany(
        `INSERT INTO delegation_seal_checked (unit, serial, sha256, at, not_before, not_after, revoked_at, next_update, verdict, codes,
          recorded_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
        checks.map((check) => [
          check.unit,
          check.serial,
          check.sha256,
          check.at,
          check.notBefore,
          check.notAfter,
          check.revokedAt ?? null,
          check.nextUpdate ?? null,
          check.verdict,
          check.codes.join(","),
          check.recordedAt,
        ]),
      );
    },
    async listBound(at, knownAt) {
      const rows = await database.all<BoundRow>(
        `SELECT * FROM delegation_seal_bound WHERE seq IN
          (SELECT MAX(seq) FROM delegation_seal_bound WHERE at <= ? AND recorded_at <= ? GROUP BY system, unit) ORDER BY unit, seq`,
        at,
        knownAt,
      );
      return rows.map(toBound);
    },
    async listChecks(knownAt) {
      const rows = await database.all<CheckRow>(
        `SELECT * FROM delegation_seal_checked WHERE seq IN
          (SELECT MAX(seq) FROM delegation_seal_checked WHERE recorded_at <= ? GROUP BY unit, serial) ORDER BY unit, seq`,
        knownAt,
      );
      return rows.map(toCheck);
    },
  };
}

function toBound(row: BoundRow): SealBound {
  const base = { system: row.system, unit: row.unit, at: row.at, ttlMs: row.ttl_ms, recordedAt: row.recorded_at };
  if (row.serial === null) return base;
  const days = { notBefore: row.not_before ?? undefined, notAfter: row.not_after ?? undefined };
  return { ...base, certificate: { serial: row.serial, ...days, bound: row.bound === 1 } };
}

function toCheck(row: CheckRow): SealCheck {
  return {
    unit: row.unit,
    serial: row.serial,
    sha256: row.sha256,
    at: row.at,
    notBefore: row.not_before,
    notAfter: row.not_after,
    revokedAt: row.revoked_at ?? undefined,
    nextUpdate: row.next_update ?? undefined,
    verdict: row.verdict,
    codes: row.codes === "" ? [] : (row.codes.split(",") as SignerCode[]),
    recordedAt: row.recorded_at,
  };
}
