import type { Database, Sql } from "../platform/database.ts";
import { rebuildDirty } from "./roll-cum.ts";
import type { Finding, WarningCode } from "./warnings.ts";

/** Imports of all desks queue for each other (they count seq up and make ids); whoever only reports does not wait for them. */
export const asLoad = { queue: "imports" } as const;

export type BatchState = "done" | "partial";

export interface RowCounts {
  readonly read: number;
  readonly new: number;
  readonly changed: number;
  readonly same: number;
  readonly stale: number;
  /** Not applied: changes of dossiers whose rows are kept no longer. */
  readonly sealed: number;
  readonly refused: number;
}

/** One finished import. Times are epoch seconds. */
export interface Batch {
  readonly seq: number;
  readonly sourceId: number;
  readonly startedAt: number;
  readonly finishedAt: number;
  readonly exportAt: number | undefined;
  readonly file: string | undefined;
  readonly sha256: string | undefined;
  /** What the bytes were read by; undefined for what was fetched. */
  readonly reading?: string | undefined;
  readonly declaredRows: number | undefined;
  readonly rows: RowCounts;
  readonly state: BatchState;
}

export interface StoredSource {
  readonly id: number;
  readonly rules: string | undefined;
  readonly cursorAt: number | undefined;
}

export async function findSource(sql: Sql, name: string): Promise<StoredSource | undefined> {
  const row = await sql.get<{ id: number; rules: string | null; cursor_at: number | null }>(
    "SELECT id, rules, cursor_at FROM record_source WHERE name = ?",
    name,
  );
  return row && { id: row.id, rules: row.rules ?? undefined, cursorAt: row.cursor_at ?? undefined };
}

export async function ensureSource(tx: Sql, name: string): Promise<StoredSource> {
  const known = await findSource(tx, name);
  if (known) return known;
  const top = await tx.get<{ id: number | null }>("SELECT MAX(id) AS id FROM record_source");
  const id = (top?.id ?? 0) + 1;
  await tx.run("INSERT INTO record_source (id, name) VALUES (?, ?)", id, name);
  return { id, rules: undefined, cursorAt: undefined };
}

/** The rules a source counts by from this seq on; those of before stay known. */
export async function saveRules(tx: Sql, source: StoredSource, seq: number, rules: string): Promise<void> {
  if (source.rules === rules) return;
  await tx.run("UPDATE record_source SET rules = ? WHERE id = ?", rules, source.id);
  await tx.run("INSERT INTO source_rules (source_id, seq, rules) VALUES (?, ?, ?)", source.id, seq, rules);
}

export async function saveCursor(tx: Sql, sourceId: number, cursorAt: number): Promise<void> {
  await tx.run("UPDATE record_source SET cursor_at = ? WHERE id = ?", cursorAt, sourceId);
}

export async function listRules(sql: Sql): Promise<Map<number, string>> {
  const rows = await sql.all<{ id: number; rules: string }>("SELECT id, rules FROM record_source WHERE rules IS NOT NULL");
  return new Map(rows.map((row) => [row.id, row.rules]));
}

/** Takes the next number inside the import's own transaction, so that commits come in the order of their numbers. */
export async function takeSeq(tx: Sql): Promise<number> {
  await tx.run("UPDATE record_counter SET value = value + 1 WHERE name = 'seq'");
  const row = await tx.get<{ value: number }>("SELECT value FROM record_counter WHERE name = 'seq'");
  return (row as { value: number }).value;
}

/** The newest import that brought exactly these bytes from this source, if one did and read them as they would be read now. */
export async function findSameContent(sql: Sql, source: string, sha256: string, reading: string): Promise<number | undefined> {
  const row = await sql.get<{ seq: number; reading: string | null }>(
    `SELECT b.seq, b.reading FROM record_batch b JOIN record_source s ON s.id = b.source_id
     WHERE s.name = ? AND b.sha256 = ? AND b.state = 'done' ORDER BY b.seq DESC LIMIT 1`,
    source,
    sha256,
  );
  // Of imports of before this was kept nothing is known, and their files are the same ones as far as anybody knows.
  return row && (row.reading ?? reading) === reading ? row.seq : undefined;
}

/** Whether any file of this source was imported. */
export async function hasContent(sql: Sql, source: string): Promise<boolean> {
  const row = await sql.get(
    `SELECT b.seq FROM record_batch b JOIN record_source s ON s.id = b.source_id
     WHERE s.name = ? AND b.sha256 IS NOT NULL AND b.state = 'done' LIMIT 1`,
    source,
  );
  return row !== undefined;
}

export async function addBatch(tx: Sql, batch: Batch, findings: readonly Finding[], unitIds: Iterable<number>): Promise<void> {
  const { rows } = batch;
  await tx.run(
    `INSERT INTO record_batch (seq, source_id, started_at, finished_at, export_at, file_name, sha256, reading, declared_rows,
       rows_read, rows_new, rows_changed, rows_same, rows_stale, rows_sealed, rows_rejected, state)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    batch.seq,
    batch.sourceId,
    batch.startedAt,
    batch.finishedAt,
    batch.exportAt ?? null,
    batch.file ?? null,
    batch.sha256 ?? null,
    batch.reading ?? null,
    batch.declaredRows ?? null,
    rows.read,
    rows.new,
    rows.changed,
    rows.same,
    rows.stale,
    rows.sealed,
    rows.refused,
    batch.state,
  );
  await tx.runMany(
    "INSERT INTO record_warning (seq, code, unit, n, dossiers, note) VALUES (?, ?, ?, ?, ?, ?)",
    findings.map((f) => [batch.seq, f.code, f.unit, f.count, f.dossiers.join(","), f.note]),
  );
  await tx.runMany(
    "INSERT INTO source_unit (source_id, unit_id, seq) VALUES (?, ?, ?) ON CONFLICT (source_id, unit_id) DO NOTHING",
    [...unitIds].map((unit) => [batch.sourceId, unit, batch.seq]),
  );
  await rebuildDirty(tx, batch.seq, Math.floor(batch.finishedAt / 86_400));
}

export async function readLatestSeq(database: Database, finishedBy?: number): Promise<number> {
  const row = await database.get<{ seq: number | null }>(
    "SELECT MAX(seq) AS seq FROM record_batch WHERE finished_at <= ?",
    finishedBy ?? Number.MAX_SAFE_INTEGER,
  );
  return row?.seq ?? 0;
}

/** What a source last delivered, as far as was known at a seq. */
export interface Delivery {
  readonly source: string;
  readonly lastSeq: number;
  readonly lastState: BatchState;
  /** When the newest complete delivery was true: its export's time, else when it was read; epoch seconds. */
  readonly lastGoodAt: number | undefined;
}

export async function listDeliveries(sql: Sql, knownSeq: number): Promise<Delivery[]> {
  const rows = await sql.all<{ source: string; seq: number; state: BatchState; at: number }>(
    `SELECT s.name AS source, b.seq, b.state, COALESCE(b.export_at, b.finished_at) AS at
     FROM record_batch b JOIN record_source s ON s.id = b.source_id WHERE b.seq <= ? ORDER BY b.seq`,
    knownSeq,
  );
  const bySource = new Map<string, Delivery>();
  for (const { source, seq, state, at } of rows) {
    const before = bySource.get(source)?.lastGoodAt;
    const lastGoodAt = state === "done" ? Math.max(at, before ?? at) : before;
    bySource.set(source, { source, lastSeq: seq, lastState: state, lastGoodAt });
  }
  return [...bySource.values()];
}

/** Units that a source has had rows of, as known at a seq. */
export async function listSourceUnits(sql: Sql, knownSeq: number): Promise<Map<string, Set<string>>> {
  const rows = await sql.all<{ source: string; unit: string }>(
    `SELECT s.name AS source, u.code AS unit FROM source_unit x JOIN record_source s ON s.id = x.source_id
     JOIN record_unit u ON u.id = x.unit_id WHERE x.seq <= ?`,
    knownSeq,
  );
  const units = new Map<string, Set<string>>();
  for (const { source, unit } of rows) units.set(source, (units.get(source) ?? new Set()).add(unit));
  return units;
}

/** Which file or source some imports came from; times are epoch seconds. */
export async function listImports(
  sql: Sql,
  seqs: readonly number[],
): Promise<{ readonly seq: number; readonly source: string; readonly file: string | undefined; readonly finishedAt: number }[]> {
  if (seqs.length === 0) return [];
  const rows = await sql.all<{ seq: number; source: string; file_name: string | null; finished_at: number }>(
    `SELECT b.seq, s.name AS source, b.file_name, b.finished_at FROM record_batch b JOIN record_source s ON s.id = b.source_id
     WHERE b.seq >= ? AND b.seq <= ? ORDER BY b.seq`,
    Math.min(...seqs),
    Math.max(...seqs),
  );
  return rows
    .filter(({ seq }) => seqs.includes(seq))
    .map(({ seq, source, file_name, finished_at }) => ({ seq, source, file: file_name ?? undefined, finishedAt: finished_at }));
}

export interface StoredFinding extends Finding {
  readonly seq: number;
  readonly source: string;
  readonly file: string | undefined;
}

export async function listFindings(sql: Sql, knownSeq: number, sinceSeq: number): Promise<StoredFinding[]> {
  const rows = await sql.all<{
    seq: number;
    code: WarningCode;
    unit: string;
    n: number;
    dossiers: string;
    note: string;
    source: string;
    file: string | null;
  }>(
    `SELECT w.seq, w.code, w.unit, w.n, w.dossiers, w.note, s.name AS source, b.file_name AS file
     FROM record_warning w JOIN record_batch b ON b.seq = w.seq JOIN record_source s ON s.id = b.source_id
     WHERE w.seq > ? AND w.seq <= ? ORDER BY w.seq, w.code, w.unit`,
    sinceSeq,
    knownSeq,
  );
  return rows.map(({ n, dossiers, file, ...rest }) => ({
    ...rest,
    count: n,
    dossiers: dossiers === "" ? [] : dossiers.split(",").map(Number),
    file: file ?? undefined,
  }));
}
