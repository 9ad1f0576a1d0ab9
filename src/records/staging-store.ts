import type { Sql } from "../platform/database.ts";
import type { Words } from "../platform/words.ts";
import type { DossierRow } from "./dossier-row.ts";

/** A fetched row waiting for the last page, or why it cannot be taken. */
export type StagedItem =
  | { readonly n: number; readonly row: DossierRow }
  | { readonly n: number; readonly faults: readonly StagedFault[] };

interface StagedFault {
  readonly value: string | undefined;
  readonly message: Words;
  /** Absent in a fetch that an older version began. */
  readonly reason?: Words;
}

/** How far a fetch came; stands beside its rows, written in the same transaction. Instants in milliseconds. */
export interface FetchState {
  /** Digest of the profile that the rows were mapped with. */
  readonly profile: string;
  readonly startedAt: number;
  /** The next page, undefined after the last. */
  readonly place: string | undefined;
  readonly ended: boolean;
  readonly read: number;
  /** Rows of the last page; absent before it and in a fetch that an older version began. */
  readonly lastCount?: number;
  readonly total: number | undefined;
  /** The most that a page of this fetch declared; absent in a fetch that an older version began. */
  readonly mostDeclared?: number;
  /** The first page was full and had no place for a next one. */
  readonly onlyOnePage?: boolean;
  readonly since: string | undefined;
  /** When the first page was true, epoch seconds. */
  readonly asOf: number | undefined;
}

export async function findFetch(sql: Sql, sourceId: number): Promise<FetchState | undefined> {
  const row = await sql.get<{ fetch_state: string | null }>("SELECT fetch_state FROM record_source WHERE id = ?", sourceId);
  return row?.fetch_state ? (JSON.parse(row.fetch_state) as FetchState) : undefined;
}

export async function addStaged(tx: Sql, sourceId: number, items: readonly StagedItem[], state: FetchState): Promise<void> {
  await tx.runMany(
    "INSERT INTO staging (source_id, n, item) VALUES (?, ?, ?)",
    items.map(({ n, ...item }) => [sourceId, n, JSON.stringify(item)]),
  );
  await tx.run("UPDATE record_source SET fetch_state = ? WHERE id = ?", JSON.stringify(state), sourceId);
}

export async function clearStaged(tx: Sql, sourceId: number): Promise<void> {
  await tx.run("DELETE FROM staging WHERE source_id = ?", sourceId);
  await tx.run("UPDATE record_source SET fetch_state = NULL WHERE id = ?", sourceId);
}

/** Rows of a fetch that was broken off and never taken up again hold codes too. `before`: milliseconds. */
export async function clearOldFetches(tx: Sql, before: number): Promise<void> {
  const open = await tx.all<{ id: number; fetch_state: string }>(
    "SELECT id, fetch_state FROM record_source WHERE fetch_state IS NOT NULL",
  );
  for (const { id, fetch_state } of open) {
    if ((JSON.parse(fetch_state) as FetchState).startedAt < before) await clearStaged(tx, id);
  }
}

const pageSize = 5000;

/** In the order fetched, page by page. */
export async function* listStaged(sql: Sql, sourceId: number): AsyncGenerator<readonly StagedItem[]> {
  let after = -1;
  for (;;) {
    const rows = await sql.all<{ n: number; item: string }>(
      "SELECT n, item FROM staging WHERE source_id = ? AND n > ? ORDER BY n LIMIT ?",
      sourceId,
      after,
      pageSize,
    );
    if (rows.length === 0) return;
    yield rows.map(({ n, item }) => ({ n, ...(JSON.parse(item) as object) }) as StagedItem);
    after = (rows.at(-1) as { n: number }).n;
  }
}
