import type { Database, Sql } from "../platform/database.ts";
import { type AuditEntry, type AuditRecord, chainStart, hashRecord } from "./audit-log.ts";

/**
 * The log of every change wardctl makes anywhere. Insert-only in the engine itself; each record is chained to the one before.
 */
export interface AuditLog {
  /** Adds a record. Give the open transaction so that the change and its record stand or fall together. */
  append(entry: AuditEntry, tx?: Sql): Promise<AuditRecord>;
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
  const appendIn = async (tx: Sql, entry: AuditEntry): Promise<AuditRecord> => {
    const head = await tx.get<{ seq: number; hash: string }>("SELECT seq, hash FROM audit ORDER BY seq DESC LIMIT 1");
    const unhashed = { ...entry, seq: (head?.seq ?? 0) + 1, at: nowIso(), prev: head?.hash ?? chainStart };
    const record = { ...unhashed, hash: await hashRecord(unhashed) };
    await tx.run(
      "INSERT INTO audit (seq, at, actor, action, subject, detail, prev, hash) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
      record.seq,
      record.at,
      record.actor,
      record.action,
      record.subject,
      JSON.stringify(record.detail),
      record.prev,
      record.hash,
    );
    return record;
  };
  return {
    append: (entry, tx) => (tx ? appendIn(tx, entry) : database.transaction((own) => appendIn(own, entry))),
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
