import type { Instant } from "../../platform/clock.ts";
import type { Database, Sql } from "../../platform/database.ts";
import type { Attestation, Shown } from "./attestation.ts";

/** What operators saw on screens, and who confirmed it. Insert-only. */
export interface AttestationStore {
  add(attestation: Attestation, tx: Sql): Promise<void>;
  confirm(id: string, by: { readonly at: Instant; readonly by: string }, tx: Sql): Promise<void>;
  find(id: string, sql?: Sql): Promise<Attestation | undefined>;
  /** Newest last. */
  list(): Promise<Attestation[]>;
}

interface Row {
  readonly id: string;
  readonly system: string;
  readonly at: number;
  readonly seen: string;
  readonly sha256: string;
  readonly note: string | null;
  readonly recorded_at: number;
  readonly recorded_by: string;
  readonly confirmed_at: number | null;
  readonly confirmed_by: string | null;
}

const query = `SELECT own.*, second.recorded_at AS confirmed_at, second.recorded_by AS confirmed_by FROM delegation_attestation AS own
  LEFT JOIN delegation_attestation_confirmed AS second ON second.attestation_id = own.id`;

export function createAttestationStore(database: Database): AttestationStore {
  return {
    async add({ id, system, at, shown, sha256, note, recordedAt, recordedBy }, tx) {
      await tx.run(
        `INSERT INTO delegation_attestation (id, system, at, seen, sha256, note, recorded_at, recorded_by)
          VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
        ...[id, system, at, JSON.stringify(shown), sha256, note ?? null, recordedAt, recordedBy],
      );
    },
    async confirm(id, { at, by }, tx) {
      await tx.run(
        "INSERT INTO delegation_attestation_confirmed (attestation_id, recorded_at, recorded_by) VALUES (?, ?, ?)",
        ...[id, at, by],
      );
    },
    async find(id, sql = database) {
      const row = await sql.get<Row>(`${query} WHERE own.id = ?`, id);
      return row && toAttestation(row);
    },
    async list() {
      return (await database.all<Row>(`${query} ORDER BY own.seq`)).map(toAttestation);
    },
  };
}

function toAttestation(row: Row): Attestation {
  return {
    id: row.id,
    system: row.system,
    at: row.at,
    shown: JSON.parse(row.seen) as Shown[],
    sha256: row.sha256,
    note: row.note ?? undefined,
    recordedAt: row.recorded_at,
    recordedBy: row.recorded_by,
    confirmedAt: row.confirmed_at ?? undefined,
    confirmedBy: row.confirmed_by ?? undefined,
  };
}
