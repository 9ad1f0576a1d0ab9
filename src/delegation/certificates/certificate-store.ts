import type { Instant } from "../../platform/clock.ts";
import type { Database, Sql } from "../../platform/database.ts";
import type { SignerCode } from "../signer-codes.ts";
import type { CertificateReading, TokenReading } from "./certificate-reading.ts";

/** What was seen of certificates and tokens. Insert-only. */
export interface CertificateStore {
  addCertificates(readings: readonly CertificateReading[], tx: Sql): Promise<void>;
  addToken(reading: TokenReading, tx: Sql): Promise<void>;
  /** The last word on each certificate of each person, as known at `knownAt`. */
  listCertificates(knownAt: Instant): Promise<CertificateReading[]>;
  /** Everything, in the order in which it was recorded. */
  listTokens(knownAt: Instant): Promise<TokenReading[]>;
}

interface CertificateRow {
  readonly staff_id: string;
  readonly serial: string;
  readonly sha256: string;
  readonly at: number;
  readonly not_before: number;
  readonly not_after: number;
  readonly revoked_at: number | null;
  readonly crl_this_update: number | null;
  readonly crl_next_update: number | null;
  readonly verdict: CertificateReading["verdict"];
  readonly codes: string;
  readonly openssl: string | null;
  readonly recorded_at: number;
}

interface TokenRow {
  readonly staff_id: string;
  readonly code: string;
  readonly state: TokenReading["state"];
  readonly at: number;
  readonly note: string | null;
  readonly recorded_at: number;
  readonly recorded_by: string;
}

export function createCertificateStore(database: Database): CertificateStore {
  return {
    async addCertificates(readings, tx) {
      await tx.runMany(
        `INSERT INTO delegation_certificate_seen (staff_id, serial, sha256, at, not_before, not_after, revoked_at, crl_this_update,
          crl_next_update, verdict, codes, openssl, recorded_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
        readings.map((reading) => [
          reading.staffId,
          reading.serial,
          reading.sha256,
          reading.at,
          reading.notBefore,
          reading.notAfter,
          reading.revokedAt ?? null,
          reading.crlThisUpdate ?? null,
          reading.crlNextUpdate ?? null,
          reading.verdict,
          reading.codes.join(","),
          reading.opensslVersion ?? null,
          reading.recordedAt,
        ]),
      );
    },
    async addToken({ staffId, code, state, at, note, recordedAt, recordedBy }, tx) {
      await tx.run(
        "INSERT INTO delegation_token_seen (staff_id, code, state, at, note, recorded_at, recorded_by) VALUES (?, ?, ?, ?, ?, ?, ?)",
        staffId,
        code,
        state,
        at,
        note ?? null,
        recordedAt,
        recordedBy,
      );
    },
    async listCertificates(knownAt) {
      const rows = await database.all<CertificateRow>(
        `SELECT * FROM delegation_certificate_seen WHERE seq IN
          (SELECT MAX(seq) FROM delegation_certificate_seen WHERE recorded_at <= ? GROUP BY staff_id, serial) ORDER BY staff_id, seq`,
        knownAt,
      );
      return rows.map(toCertificate);
    },
    async listTokens(knownAt) {
      const rows = await database.all<TokenRow>(
        "SELECT * FROM delegation_token_seen WHERE recorded_at <= ? ORDER BY seq",
        knownAt,
      );
      return rows.map(({ staff_id, code, state, at, note, recorded_at, recorded_by }) => ({
        staffId: staff_id,
        code: code as SignerCode,
        state,
        at,
        note: note ?? undefined,
        recordedAt: recorded_at,
        recordedBy: recorded_by,
      }));
    },
  };
}

function toCertificate(row: CertificateRow): CertificateReading {
  return {
    staffId: row.staff_id,
    serial: row.serial,
    sha256: row.sha256,
    at: row.at,
    notBefore: row.not_before,
    notAfter: row.not_after,
    revokedAt: row.revoked_at ?? undefined,
    crlThisUpdate: row.crl_this_update ?? undefined,
    crlNextUpdate: row.crl_next_update ?? undefined,
    verdict: row.verdict,
    codes: row.codes === "" ? [] : (row.codes.split(",") as SignerCode[]),
    opensslVersion: row.openssl ?? undefined,
    recordedAt: row.recorded_at,
  };
}
