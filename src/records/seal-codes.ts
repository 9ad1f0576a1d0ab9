import type { Sql, Transaction } from "../platform/database.ts";
import type { Codes } from "./code-store.ts";
import { isSealed, sealedBelow } from "./dossier-code.ts";
import { aheadDays, findSeqSince } from "./last-seen.ts";
import { inParts, toMarks } from "./many-ids.ts";
import { moveDossiers, toKeyed } from "./sealed-codes.ts";

const pageSize = 20_000;

/** Dossiers that no import has held after a local day. */
interface Due {
  readonly lastDay: number;
  readonly today: number;
  readonly offsetSeconds: number;
}

/** How many codes are due to be dropped. */
export async function countDueCodes(sql: Sql, due: Due): Promise<number> {
  const [where, values] = await whereDue(sql, due);
  return Number(
    (await sql.get<{ n: number }>(`SELECT COUNT(*) AS n FROM dossier WHERE ${where}`, sealedBelow, ...values))?.n ?? 0,
  );
}

/** Drops the codes that are due. Points hold no code, so no figure moves. How many. */
export async function sealDueCodes(tx: Transaction, codes: Codes, due: Due & { readonly key: string }) {
  const [where, values] = await whereDue(tx, due);
  let sealed = 0;
  for (let after = sealedBelow; ; ) {
    const page = await tx.all<{ id: number }>(
      `SELECT id FROM dossier WHERE ${where} ORDER BY id LIMIT ${pageSize}`,
      after,
      ...values,
    );
    if (page.length === 0) return sealed;
    const ids = page.map(({ id }) => id);
    await sealCodes(tx, codes, ids, { ...due, forgotten: false });
    sealed += ids.length;
    after = ids.at(-1) as number;
  }
}

async function whereDue(sql: Sql, { lastDay, today, offsetSeconds }: Due): Promise<readonly [string, readonly number[]]> {
  const recentSeq = await findSeqSince(sql, { day: lastDay + 1, today }, offsetSeconds);
  // Seen on a day that has not come yet: a clock went ahead then.
  return ["id > ? AND (last_seen_day <= ? OR last_seen_day > ?) AND seq < ?", [lastDay, today + aheadDays, recentSeq]];
}

/** Each of these goes on under an id that says nothing, found again by the keyed hash of its code. */
export async function sealCodes(
  tx: Transaction,
  codes: Codes,
  ids: readonly number[],
  { key, today, forgotten }: { readonly key: string; readonly today: number; readonly forgotten: boolean },
): Promise<void> {
  const before = (await tx.get<{ value: number }>("SELECT value FROM record_counter WHERE name = 'sealed'"))?.value ?? 0;
  const moves = ids.map((id, index) => [id, sealedBelow - 1 - before - index] as const);
  const columns = [
    { name: "hkey", values: ids.map((id) => toKeyed(codes.dossierCode(id), key)) },
    { name: "id", values: moves.map(([, to]) => to) },
    { name: "sealed_day", values: today },
    { name: "forgotten", values: forgotten ? 1 : 0 },
  ];
  await tx.load({ table: "sealed_code", columns, rows: ids.length });
  await moveDossiers(tx, moves);
  await tx.run(
    "INSERT INTO record_counter (name, value) VALUES ('sealed', ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
    before + ids.length,
  );
}

/**
 * Codes that stand beside the dossiers: odd ones without a dossier, and the first dossiers of findings, whose ids are their codes. Those that
 * were kept out (`W-SEALED`) have no dossier here; imports of `recentSeq` and later name them. Whether anything was taken out.
 */
export async function forgetStrayCodes(tx: Sql, recentSeq: number): Promise<boolean> {
  let taken = false;
  const named = new Set<number>();
  const findings = await tx.all<{ seq: number; code: string; unit: string; dossiers: string }>(
    "SELECT seq, code, unit, dossiers FROM record_warning WHERE dossiers <> ''",
  );
  for (const { seq, code, unit, dossiers } of findings) {
    const ids = dossiers.split(",").map(Number);
    const present = await listPresent(tx, ids);
    const kept = ids.filter((id) => present.has(id) || (code === "W-SEALED" && seq >= recentSeq && !isSealed(id)));
    for (const id of kept) named.add(id);
    if (kept.length === ids.length) continue;
    taken = true;
    const key = [kept.join(","), seq, code, unit];
    await tx.run("UPDATE record_warning SET dossiers = ? WHERE seq = ? AND code = ? AND unit = ?", ...key);
  }
  const odd = await tx.all<{ id: number }>("SELECT id FROM odd_code WHERE id NOT IN (SELECT id FROM dossier)");
  const strays = odd.map(({ id }) => id).filter((id) => !named.has(id));
  for (const part of inParts(strays)) await tx.run(`DELETE FROM odd_code WHERE id IN (${toMarks(part)})`, ...part);
  return taken || strays.length > 0;
}

async function listPresent(tx: Sql, ids: readonly number[]): Promise<ReadonlySet<number>> {
  const rows = await tx.all<{ id: number }>(`SELECT id FROM dossier WHERE id IN (${toMarks(ids)})`, ...ids);
  return new Set(rows.map(({ id }) => id));
}
