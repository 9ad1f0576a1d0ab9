import type { Instant } from "../../platform/clock.ts";
import type { Database, Sql } from "../../platform/database.ts";
import { type CanaryStage, type DutyMemory, guardMs, type OpenCanary, refusalsAtMost } from "./memory.ts";

/** What is recorded in the transaction in which a canary is planned: it changes a system of somebody else. */
export type RecordCanary = (canary: OpenCanary, tx: Sql) => Promise<unknown>;

const keptSyncs = 1_000;
/** Closed canaries and old sign-ins are of no use to anybody. */
const keptForMs = 30 * 86_400_000;

export function createDutyMemory(database: Database, recordCanary: RecordCanary): DutyMemory {
  return {
    claim: (account, host, now, recentMs) =>
      database.transaction(async (tx) => {
        const row = await tx.get<{ host: string; used_at: number; sealed: Uint8Array | null }>(
          "SELECT host, used_at, sealed FROM health_account WHERE account = ?",
          account,
        );
        if (row && row.host !== host && Number(row.used_at) > now - recentMs) return { kind: "elsewhere", host: row.host };
        await tx.run(
          `INSERT INTO health_account (account, host, used_at) VALUES (?, ?, ?)
           ON CONFLICT (account) DO UPDATE SET host = excluded.host, used_at = excluded.used_at`,
          account,
          host,
          now,
        );
        return { kind: "ours", ...(row?.sealed && row.host === host && { sealed: row.sealed }) };
      }),
    async keepToken(account, sealed) {
      await database.run("UPDATE health_account SET sealed = ? WHERE account = ?", sealed ?? null, account);
    },
    beginSignIn: (account, now) =>
      database.transaction(
        async (tx) => {
          await tx.run("DELETE FROM health_sign_in WHERE at < ?", now - keptForMs);
          const refused = await tx.all<{ at: number }>(
            "SELECT at FROM health_sign_in WHERE account = ? AND at > ? AND (refused IS NULL OR refused = 1) ORDER BY at DESC, id DESC",
            account,
            now - guardMs,
          );
          const oldest = refused[refusalsAtMost - 1];
          if (oldest) return { kind: "guarded", resumeAt: Number(oldest.at) + guardMs };
          await tx.run("INSERT INTO health_sign_in (account, at) VALUES (?, ?)", account, now);
          const row = await tx.get<{ id: number }>("SELECT MAX(id) AS id FROM health_sign_in WHERE account = ?", account);
          return { kind: "go", id: Number(row?.id) };
        },
        // A power cut must not forget it either: the account's owner counts on.
        { durability: "full" },
      ),
    async endSignIn(id, refused) {
      await database.run("UPDATE health_sign_in SET refused = ? WHERE id = ?", refused ? 1 : 0, id);
    },
    openCanary: (canary) =>
      database.transaction(
        async (tx) => {
          const { id, system, unit, base, sentAt, document, stage, holder } = canary;
          await tx.run("DELETE FROM health_canary WHERE closed_at < ?", sentAt - keptForMs);
          await tx.run(
            "INSERT INTO health_canary (id, system, unit, base, sent_at, document, stage, holder) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            ...[id, system, unit, base, sentAt, document ?? null, stage, holder],
          );
          await recordCanary(canary, tx);
        },
        { durability: "full" },
      ),
    async markCanary(id, { stage, document }) {
      await database.run(
        "UPDATE health_canary SET stage = ?, document = COALESCE(?, document) WHERE id = ?",
        stage,
        document ?? null,
        id,
      );
    },
    async endCanary(id, now, failedAt) {
      await database.run("UPDATE health_canary SET ended_at = ?, failed_stage = ? WHERE id = ?", now, failedAt ?? null, id);
    },
    async closeCanary(id, now) {
      await database.run("UPDATE health_canary SET closed_at = ? WHERE id = ?", now, id);
    },
    async listOpenCanaries() {
      const rows = await database.all<CanaryRow>(
        "SELECT id, system, unit, base, sent_at, document, stage, holder FROM health_canary WHERE closed_at IS NULL ORDER BY sent_at, id",
      );
      return rows.map(({ sent_at, document, stage, ...row }) => {
        return { ...row, sentAt: Number(sent_at), document: document ?? undefined, stage: stage as CanaryStage };
      });
    },
    takeShare: (system, now) =>
      database.transaction(async (tx) => {
        const row = await tx.get<{ at: number }>("SELECT at FROM health_share WHERE system = ?", system);
        await tx.run(
          "INSERT INTO health_share (system, at) VALUES (?, ?) ON CONFLICT (system) DO UPDATE SET at = excluded.at",
          system,
          now,
        );
        return row && Number(row.at);
      }),
    async noteSync(series, at) {
      return database.transaction(async (tx) => {
        await tx.run("INSERT INTO health_sync (series, at) VALUES (?, ?) ON CONFLICT (series, at) DO NOTHING", series, at);
        return readSyncs(tx, series);
      });
    },
  };
}

/** How a test document fared. */
export interface EndedCanary {
  readonly unit: string;
  readonly system: string;
  readonly endedAt: Instant;
  /** Undefined: there and back. */
  readonly failedAt: CanaryStage | undefined;
}

/** The last test document of each unit and system whose way was over by then. */
export async function listLastCanaries(sql: Sql, notAfter: Instant): Promise<readonly EndedCanary[]> {
  const rows = await sql.all<{ unit: string; system: string; ended_at: number; failed_stage: string | null }>(
    `SELECT unit, system, ended_at, failed_stage FROM health_canary
     WHERE ended_at IS NOT NULL AND ended_at <= ? ORDER BY ended_at, id`,
    notAfter,
  );
  const last = new Map(rows.map((row) => [`${row.unit}/${row.system}`, row]));
  return [...last.values()].map(({ unit, system, ended_at, failed_stage }) => ({
    unit,
    system,
    endedAt: Number(ended_at),
    failedAt: (failed_stage ?? undefined) as CanaryStage | undefined,
  }));
}

interface CanaryRow {
  readonly id: string;
  readonly system: string;
  readonly unit: string;
  readonly base: string;
  readonly sent_at: number;
  readonly document: string | null;
  readonly stage: string;
  readonly holder: string;
}

async function readSyncs(tx: Sql, series: string): Promise<readonly Instant[]> {
  const rows = await tx.all<{ at: number }>(
    "SELECT at FROM health_sync WHERE series = ? ORDER BY at DESC LIMIT ?",
    series,
    keptSyncs,
  );
  const oldest = rows.at(-1);
  if (rows.length === keptSyncs && oldest) {
    await tx.run("DELETE FROM health_sync WHERE series = ? AND at < ?", series, oldest.at);
  }
  return rows.map(({ at }) => Number(at)).reverse();
}
