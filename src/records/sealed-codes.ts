import { createHmac } from "node:crypto";
import { hash53 } from "../platform/canonical-json.ts";
import type { Sql, Transaction } from "../platform/database.ts";
import { Failure } from "../platform/failure.ts";
import type { Codes } from "./code-store.ts";
import { inParts, toMarks } from "./many-ids.ts";
import { retentionWords } from "./retention-words.ts";
import type { RowBatch } from "./row-batch.ts";
import { sortOrder } from "./sort-order.ts";

/** What stands for a code that was dropped: 128 bits that only who has the key can make of the code. */
export function toKeyed(code: string, key: string): string {
  return createHmac("sha256", key).update(code).digest().subarray(0, 16).toString("base64url");
}

/** What a batch holds of dossiers whose code was dropped. */
export interface Recalled {
  /** These have their code again. */
  readonly restored: readonly number[];
  /** Their rows are gone: the hash of what they said last, NaN where even that is known no longer. */
  readonly gone: ReadonlyMap<number, number>;
}

/** Finds dossiers whose code was dropped when the code comes again, so that nobody is counted twice. */
export interface Seals {
  /** Of a complete batch: in it, a dossier that was forgotten on demand goes by the id that says nothing from now on. */
  recall(batch: RowBatch, codes: Codes): Promise<Recalled>;
}

interface SealRow {
  readonly hkey: string;
  readonly id: number | null;
  readonly src_hash: number | null;
  readonly forgotten: number;
}

/** Undefined where no code was ever dropped. Failure kind: denied (there are dropped codes, and no key or another one). */
export async function openSeals(tx: Transaction, key: string | undefined): Promise<Seals | undefined> {
  const any = await tx.get("SELECT hkey FROM sealed_code LIMIT 1");
  const before = await findSealedBefore(tx);
  if (!any && before === undefined) return undefined;
  const held = any ? await holdKey(tx, key) : undefined;
  return {
    async recall(batch, codes) {
      const unknown = await listUnknown(tx, batch);
      const found = held === undefined ? new Map<number, SealRow>() : await findSeals(tx, unknown, codes, held);
      const moves: [from: number, to: number][] = [];
      const forgotten = new Map<number, number>();
      const gone = new Map<number, number>();
      const returned: string[] = [];
      for (const [id, { hkey, id: sealedId, src_hash, forgotten: isForgotten }] of found) {
        if (sealedId === null) gone.set(id, src_hash ?? Number.NaN);
        else if (isForgotten) forgotten.set(id, sealedId);
        else {
          moves.push([sealedId, id]);
          returned.push(hkey);
        }
      }
      await moveDossiers(tx, moves);
      for (const part of inParts(returned)) await tx.run(`DELETE FROM sealed_code WHERE hkey IN (${toMarks(part)})`, ...part);
      for (let n = 0; n < batch.size; n++) {
        const id = batch.id[n] as number;
        batch.id[n] = forgotten.get(id) ?? id;
        if (before !== undefined && unknown.has(id) && !found.has(id) && toSince(batch, n) < before) gone.set(id, Number.NaN);
      }
      if (forgotten.size > 0) batch.order.set(sortOrder(batch.id, batch.size));
      return { restored: moves.map(([, id]) => id), gone };
    },
  };
}

/** When a dossier came in, as far as its row says: epoch seconds. */
function toSince(batch: RowBatch, n: number): number {
  const said = [batch.received[n], batch.submitted[n], batch.updated[n]] as number[];
  return said.find((at) => !Number.isNaN(at)) as number;
}

async function listUnknown(tx: Sql, batch: RowBatch): Promise<ReadonlySet<number>> {
  const ids = new Set(batch.id.subarray(0, batch.size));
  for (const part of inParts([...ids])) {
    const known = await tx.all<{ id: number }>(`SELECT id FROM dossier WHERE id IN (${toMarks(part)})`, ...part);
    for (const { id } of known) ids.delete(id);
  }
  return ids;
}

async function findSeals(tx: Sql, ids: Iterable<number>, codes: Codes, key: string): Promise<Map<number, SealRow>> {
  const wanted = new Map<string, number>();
  for (const id of ids) wanted.set(toKeyed(codes.dossierCode(id), key), id);
  const found = new Map<number, SealRow>();
  for (const part of inParts([...wanted.keys()])) {
    const rows = await tx.all<SealRow>(
      `SELECT hkey, id, src_hash, forgotten FROM sealed_code WHERE hkey IN (${toMarks(part)})`,
      ...part,
    );
    for (const row of rows) found.set(wanted.get(row.hkey) as number, row);
  }
  return found;
}

/** The key that codes were dropped with must stay the same: with another one none would be found again. Failure kind: denied. */
export async function holdKey(tx: Sql, key: string | undefined): Promise<string> {
  if (key === undefined) throw new Failure("denied", retentionWords.needsKey, { hint: retentionWords.setKey });
  const mark = hash53(toKeyed("wardctl records.codeKey", key));
  const known = await tx.get<{ value: number }>("SELECT value FROM record_counter WHERE name = 'code_key'");
  if (known === undefined) await tx.run("INSERT INTO record_counter (name, value) VALUES ('code_key', ?)", mark);
  else if (known.value !== mark) throw new Failure("denied", retentionWords.otherKey, { hint: retentionWords.lostKey });
  return key;
}

/** Dossiers that came in before this second and are not known are sealed, not new; undefined while every hash is kept. */
export async function findSealedBefore(sql: Sql): Promise<number | undefined> {
  return (await sql.get<{ value: number }>("SELECT value FROM record_counter WHERE name = 'sealed_before'"))?.value;
}

/** Gives dossiers, with their history, other ids. */
export async function moveDossiers(tx: Transaction, moves: readonly (readonly [from: number, to: number])[]): Promise<void> {
  if (moves.length === 0) return;
  const columns = [
    { name: "from_id", values: moves.map(([from]) => from) },
    { name: "to_id", values: moves.map(([, to]) => to) },
  ];
  await tx.load({ table: "sealing", columns, rows: moves.length });
  for (const table of ["dossier", "dossier_hist"]) {
    await tx.run(
      `UPDATE ${table} SET id = (SELECT to_id FROM sealing WHERE from_id = ${table}.id) WHERE id IN (SELECT from_id FROM sealing)`,
    );
  }
  await tx.run("DELETE FROM sealing");
}
