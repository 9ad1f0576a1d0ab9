import type { Database, Sql } from "../platform/database.ts";
import { type AuditEntry, type AuditRecord, chainStart, hashRecord } from "./audit-log.ts";

/**
 * The log of every change wardctl makes anywhere. Insert-only in the engine itself; each record is chained to the one before.
 */
export interface AuditLog {
  /** Adds a record. Give the open transaction so that the change and its record stand or fall together. */
  append(entry: AuditEntry, tx?: Sql): Promise<AuditRecord>;
  /** Adds records in their order, each chained to the one before, as so many calls of `append` would. */
  appendAll(entries: readonly AuditEntry[], tx: Sql): Promise<void>;
  /** In order of seq. */
  list(filter?: { readonly fromSeq?: number; readonly actionPrefix?: string; readonly limit?: number }): Promise<AuditRecord[]>;
  /** Every record in order of seq, read a thousand at a time so that a log of years fits. */
  readAll(): AsyncIterable<AuditRecord>;
  /** The oldest records. */
  listFirst(limit: number): Promise<AuditRecord[]>;
  /** The newest record, undefined in an empty log. */
  findHead(): Promise<AuditRecord | undefined>;
}

const rowsAtOnce = 1_000;

type StoredRecord = Omit<AuditRecord, "detail"> & { detail: string };

export function createAuditLog(database: Database, nowIso: () => string): AuditLog {
  const chain = async (tx: Sql, entries: readonly AuditEntry[]): Promise<AuditRecord[]> => {
    // A bulk load runs beside other writers there (TransactionOptions.queue), and two heads would break the chain.
    if (database.engine === "postgres") {
      await tx.get("SELECT pg_advisory_xact_lock(hashtext(current_schema()), hashtext('audit')) AS turn");
    }
    const head = await tx.get<{ seq: number; hash: string }>("SELECT seq, hash FROM audit ORDER BY seq DESC LIMIT 1");
    const records: AuditRecord[] = [];
    let { seq, hash: prev } = head ?? { seq: 0, hash: chainStart };
    for (const entry of entries) {
      seq += 1;
      const unhashed = { ...entry, seq, at: nowIso(), prev };
      prev = await hashRecord(unhashed);
      records.push({ ...unhashed, hash: prev });
    }
    await tx.runMany(
      "INSERT INTO audit (seq, at, actor, action, subject, detail, prev, hash) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
      records.map((record) => [
        record.seq,
        record.at,
        record.actor,
        record.action,
        record.subject,
        JSON.stringify(record.detail),
        record.prev,
        record.hash,
      ]),
    );
    return records;
  };
  const appendIn = async (tx: Sql, entry: AuditEntry): Promise<AuditRecord> => (await chain(tx, [entry]))[0] as AuditRecord;
  return {
    append: (entry, tx) => (tx ? appendIn(tx, entry) : database.transaction((own) => appendIn(own, entry))),
    async appendAll(entries, tx) {
      if (entries.length > 0) await chain(tx, entries);
    },
    async list({ fromSeq = 1, actionPrefix = "", limit = -1 } = {}) {
      const rows = await database.all<StoredRecord>(
        "SELECT * FROM (SELECT * FROM audit WHERE seq >= ? AND substr(action, 1, ?) = ? ORDER BY seq DESC LIMIT ?) AS newest ORDER BY seq",
        fromSeq,
        actionPrefix.length,
        actionPrefix,
        limit < 0 ? Number.MAX_SAFE_INTEGER : limit,
      );
      return rows.map(toRecord);
    },
    async *readAll() {
      for (let after = 0; ; ) {
        const sql = "SELECT * FROM audit WHERE seq > ? ORDER BY seq LIMIT ?";
        const rows = await database.all<StoredRecord>(sql, after, rowsAtOnce);
        yield* rows.map(toRecord);
        if (rows.length < rowsAtOnce) return;
        after = rows.at(-1)?.seq ?? after;
      }
    },
    async listFirst(limit) {
      return (await database.all<StoredRecord>("SELECT * FROM audit ORDER BY seq LIMIT ?", limit)).map(toRecord);
    },
    async findHead() {
      const row = await database.get<StoredRecord>("SELECT * FROM audit ORDER BY seq DESC LIMIT 1");
      return row && toRecord(row);
    },
  };
}

/** A detail that is no JSON any more was altered from outside: shown as it stands, so that its hash gives it away. */
function toRecord(row: StoredRecord): AuditRecord {
  try {
    return { ...row, detail: JSON.parse(row.detail) as Record<string, unknown> };
  } catch {
    return { ...row, detail: { unreadable: row.detail } };
  }
}
