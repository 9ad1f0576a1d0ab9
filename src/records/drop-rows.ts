import type { Sql, Transaction } from "../platform/database.ts";
import type { Codes } from "./code-store.ts";
import { deriveInto, loadSums } from "./derive-points.ts";
import { isSealed } from "./dossier-code.ts";
import { createDossierStore } from "./dossier-store.ts";
import { inParts, toMarks } from "./many-ids.ts";
import { type DossierState, dossierStates } from "./observation.ts";
import { readRulesHistory } from "./rules-history.ts";
import { toKeyed } from "./sealed-codes.ts";

const pageSize = 5_000;
const closed: readonly DossierState[] = ["refused", "resolved", "handed_over", "withdrawn", "rejected"];

/** What an old row came in as, for telling it from a new one when even its hash is gone. */
const since = "COALESCE(received_at, submitted_at, src_updated_at)";

/**
 * Takes out the rows of dossiers that were closed before a second and of which no import since a seq said anything new: what they have put
 * into the ledger is summed up, so the ledger can still be derived again; the hash of what they said last stays. How many dossiers.
 */
export async function dropClosedRows(
  tx: Transaction,
  codes: Codes,
  { key, before, seq, today }: { readonly key: string; readonly before: number; readonly seq: number; readonly today: number },
): Promise<number> {
  const states = closed.map((state) => dossierStates.indexOf(state)).join(", ");
  const store = createDossierStore(tx, codes);
  const rules = await readRulesHistory(tx);
  let dropped = 0;
  for (;;) {
    const page = await tx.all<{ id: number; hash: number; since: number }>(
      `SELECT id, src_hash AS hash, ${since} AS since FROM dossier WHERE state IN (${states}) AND seq < ? AND src_updated_at < ?
       AND COALESCE(finished_at, 0) < ? ORDER BY id LIMIT ${pageSize}`,
      seq,
      before,
      before,
    );
    if (page.length === 0) return dropped;
    dropped += page.length;
    const sums = new Map<string, number>();
    const ids = page.map(({ id }) => id);
    const held = await store.listKnown(ids);
    for (const { current, history } of held.values()) deriveInto(sums, [...history, current], rules, codes);
    await loadSums(tx, "dropped_point", sums);
    const named = page.filter(({ id }) => !isSealed(id));
    const columns = [
      { name: "hkey", values: named.map(({ id }) => toKeyed(codes.dossierCode(id), key)) },
      { name: "src_hash", values: named.map(({ hash }) => hash) },
      { name: "since", values: named.map((row) => row.since) },
      { name: "sealed_day", values: today },
      { name: "forgotten", values: 0 },
    ];
    await tx.load({ table: "sealed_code", columns, rows: named.length });
    await noteHashes(
      tx,
      ids.filter((id) => isSealed(id)),
      today,
    );
    for (const part of inParts(ids)) {
      for (const table of ["dossier", "dossier_hist"])
        await tx.run(`DELETE FROM ${table} WHERE id IN (${toMarks(part)})`, ...part);
    }
  }
}

async function noteHashes(tx: Sql, ids: readonly number[], today: number): Promise<void> {
  const of = (what: string): string => `(SELECT ${what} FROM dossier WHERE dossier.id = sealed_code.id)`;
  for (const part of inParts(ids)) {
    await tx.run(
      `UPDATE sealed_code SET src_hash = ${of("src_hash")}, since = ${of(since)}, sealed_day = ?, id = NULL WHERE id IN (${toMarks(part)})`,
      today,
      ...part,
    );
  }
}

/**
 * Lets go of the hashes of dropped rows that are so old. From then on whoever came in before them and is not known is taken for one of them,
 * not for a new dossier.
 */
export async function dropOldHashes(tx: Sql, lastDay: number): Promise<void> {
  const newest = await tx.get<{ since: number | null }>(
    "SELECT MAX(since) AS since FROM sealed_code WHERE id IS NULL AND sealed_day <= ?",
    lastDay,
  );
  if (newest?.since == null) return;
  await raiseSealedBefore(tx, newest.since + 1);
  await tx.run("DELETE FROM sealed_code WHERE id IS NULL AND sealed_day <= ?", lastDay);
}

async function raiseSealedBefore(tx: Sql, second: number): Promise<void> {
  await tx.run(
    `INSERT INTO record_counter (name, value) VALUES ('sealed_before', ?) ON CONFLICT (name) DO UPDATE
     SET value = CASE WHEN record_counter.value > excluded.value THEN record_counter.value ELSE excluded.value END`,
    second,
  );
}

/**
 * The key is lost: no dropped code can be found again. Whoever is not known and came in no later than any of them is kept out from now on,
 * and codes are dropped under another key. How many can no longer be found.
 */
export async function giveUpHashes(tx: Sql): Promise<number> {
  const newest = await tx.get<{ since: number | null }>(
    `SELECT MAX(since) AS since FROM (
       SELECT since FROM sealed_code UNION ALL SELECT ${since} AS since FROM dossier WHERE id IN (SELECT id FROM sealed_code)
     ) AS all_of_them`,
  );
  if (newest?.since != null) await raiseSealedBefore(tx, newest.since + 1);
  await tx.run("DELETE FROM record_counter WHERE name = 'code_key'");
  return tx.run("DELETE FROM sealed_code");
}
