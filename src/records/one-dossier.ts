import type { Database, Sql } from "../platform/database.ts";
import { asLoad } from "./batch-store.ts";
import { type Codes, readCodes } from "./code-store.ts";
import type { DossierCode } from "./dossier-code.ts";
import { createDossierStore, type StoredObservation } from "./dossier-store.ts";
import { setCounter, wipe } from "./retention.ts";
import { forgetStrayCodes, sealCodes } from "./seal-codes.ts";
import { holdKey, toKeyed } from "./sealed-codes.ts";
import { clearOldFetches } from "./staging-store.ts";

/**
 * What the store knows of a code. kept: the rows with their code · sealed: the rows, found only by a keyed hash · hash: the hash alone, which
 * tells that its rows were kept once · unknown: nothing.
 */
export type DossierKeeping = "kept" | "sealed" | "hash" | "unknown";

export interface KeptDossier {
  readonly keeping: DossierKeeping;
  /** Dropped on demand: it gets no code again. */
  readonly isForgotten: boolean;
  /** In the order told. */
  readonly observations: readonly (StoredObservation & { readonly source: string })[];
}

/** Undefined `key`: sealed codes are not looked for. */
export async function readDossier(database: Database, code: DossierCode, key: string | undefined): Promise<KeptDossier> {
  return database.transaction(
    async (tx) => {
      const codes = await readCodes(tx);
      const { keeping, isForgotten, id } = await findPlace(tx, codes, code, key);
      if (id === undefined) return { keeping, isForgotten, observations: [] };
      const names = new Map(
        (await tx.all<{ id: number; name: string }>("SELECT id, name FROM record_source")).map((row) => [row.id, row.name]),
      );
      const held = (await createDossierStore(tx, codes).listKnown([id])).get(id);
      const known = held ? [...held.history, held.current] : [];
      const observations = [...known]
        .sort((a, b) => a.seq - b.seq || a.ord - b.ord)
        .map((one) => ({ ...one, source: names.get(one.sourceId) ?? "" }));
      return { keeping, isForgotten, observations };
    },
    { snapshot: true },
  );
}

interface Place {
  readonly keeping: DossierKeeping;
  readonly isForgotten: boolean;
  readonly id: number | undefined;
}

async function findPlace(sql: Sql, codes: Codes, code: DossierCode, key: string | undefined): Promise<Place> {
  const id = codes.dossierId(code);
  if (await sql.get("SELECT id FROM dossier WHERE id = ?", id)) return { keeping: "kept", isForgotten: false, id };
  const sealed =
    key === undefined
      ? undefined
      : await sql.get<{ id: number | null; forgotten: number }>(
          "SELECT id, forgotten FROM sealed_code WHERE hkey = ?",
          toKeyed(codes.dossierCode(id), key),
        );
  if (!sealed) return { keeping: "unknown", isForgotten: false, id: undefined };
  return { keeping: sealed.id === null ? "hash" : "sealed", isForgotten: sealed.forgotten === 1, id: sealed.id ?? undefined };
}

export interface Forgotten {
  /** What was known before, in the order asked for. */
  readonly before: readonly DossierKeeping[];
  /** The keyed hash of each: who has the code and the key can prove that it was done. */
  readonly marks: readonly string[];
  readonly wiped: boolean;
}

/**
 * Drops codes at once and for good: their dossiers go on without one, so no figure moves, and get it back by no import. Fetches under way
 * are begun anew, since their pages may hold the codes. Failure kinds: denied (another key), unavailable.
 */
export async function forgetDossiers(
  database: Database,
  asked: readonly DossierCode[],
  {
    key,
    today,
    onForgotten,
  }: {
    readonly key: string;
    readonly today: number;
    readonly onForgotten: (tx: Sql, done: Omit<Forgotten, "wiped">) => Promise<void>;
  },
): Promise<Forgotten> {
  const done = await database.transaction(async (tx) => {
    await holdKey(tx, key);
    const codes = await readCodes(tx);
    const before: DossierKeeping[] = [];
    const marks: string[] = [];
    for (const code of asked) {
      const { keeping, id } = await findPlace(tx, codes, code, key);
      const mark = toKeyed(codes.dossierCode(codes.dossierId(code)), key);
      if (keeping === "kept") await sealCodes(tx, codes, [id as number], { key, today, forgotten: true });
      await tx.run("UPDATE sealed_code SET forgotten = 1 WHERE hkey = ?", mark);
      before.push(keeping);
      marks.push(mark);
    }
    await clearOldFetches(tx, Number.MAX_SAFE_INTEGER);
    await forgetStrayCodes(tx, 0);
    await setCounter(tx, "wipe_due", 1);
    await onForgotten(tx, { before, marks });
    return { before, marks };
  }, asLoad);
  return { ...done, wiped: await wipe(database) };
}
