import type { Sql } from "../platform/database.ts";
import type { Declared, Quality, Window } from "./figures.ts";

/** A stated figure on its way into the cache; times are epoch seconds. */
export interface DeclaredRow {
  readonly ord: number;
  readonly metric: string;
  readonly unit: string | undefined;
  readonly statedName: string | undefined;
  readonly start: number | undefined;
  readonly asOf: number;
  readonly low: number | undefined;
  readonly high: number | undefined;
  readonly nominal: number | undefined;
  readonly percent: { readonly hundredths: number; readonly decimals: number } | undefined;
  readonly stated: string;
}

export async function addDeclared(tx: Sql, seq: number, quality: Quality, rows: readonly DeclaredRow[]): Promise<void> {
  await tx.runMany(
    `INSERT INTO declared (seq, ord, metric, unit, stated_name, window_start, as_of, low, high, nominal, hundredths, decimals,
       stated, quality) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    rows.map((row) => [
      seq,
      row.ord,
      row.metric,
      row.unit ?? null,
      row.statedName ?? null,
      row.start ?? null,
      row.asOf,
      row.low ?? null,
      row.high ?? null,
      row.nominal ?? null,
      row.percent?.hundredths ?? null,
      row.percent?.decimals ?? null,
      row.stated,
      quality,
    ]),
  );
}

interface StoredDeclared {
  readonly source: string;
  readonly seq: number;
  readonly metric: string;
  readonly unit: string | null;
  readonly stated_name: string | null;
  readonly window_start: number | null;
  readonly as_of: number;
  readonly low: number | null;
  readonly high: number | null;
  readonly nominal: number | null;
  readonly hundredths: number | null;
  readonly decimals: number | null;
  readonly stated: string;
  readonly quality: Quality;
}

/** Figures stated for an instant in `(start, end]`; what a source states again later replaces what it stated before. */
export async function listDeclaredIn(sql: Sql, window: Window, knownSeq: number): Promise<Declared[]> {
  const rows = await sql.all<StoredDeclared>(
    `SELECT s.name AS source, d.* FROM declared d JOIN record_batch b ON b.seq = d.seq JOIN record_source s ON s.id = b.source_id
     WHERE d.seq <= ? AND d.as_of > ? AND d.as_of <= ? ORDER BY d.seq, d.ord, d.metric`,
    knownSeq,
    Math.floor(window.start / 1000),
    Math.ceil(window.end / 1000),
  );
  const newest = new Map<string, Declared>();
  for (const row of rows) {
    const key = [row.source, row.unit, row.metric, row.window_start, row.as_of].join("|");
    newest.delete(key);
    newest.set(key, toDeclared(row));
  }
  return [...newest.values()];
}

function toDeclared(row: StoredDeclared): Declared {
  return {
    source: row.source,
    quality: row.quality,
    unit: row.unit ?? undefined,
    statedName: row.stated_name ?? undefined,
    metric: row.metric,
    window: { start: row.window_start === null ? undefined : row.window_start * 1000, end: row.as_of * 1000 },
    low: row.low ?? undefined,
    high: row.high ?? undefined,
    nominal: row.nominal ?? undefined,
    percent: row.hundredths === null ? undefined : { hundredths: row.hundredths, decimals: row.decimals ?? 0 },
    stated: row.stated,
    seq: row.seq,
  };
}
