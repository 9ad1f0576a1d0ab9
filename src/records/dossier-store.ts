import type { LoadedRows, SqlValue, Transaction } from "../platform/database.ts";
import type { Codes } from "./code-store.ts";
import { sealedBelow } from "./dossier-code.ts";
import { channels, dossierStates, type KnownObservation } from "./observation.ts";
import type { RowBatch } from "./row-batch.ts";

/** An observation as stored, with the hash of its content. */
export interface StoredObservation extends KnownObservation {
  readonly hash: number;
  readonly sourceId: number;
}

export interface ContentRow {
  readonly unit_id: number;
  readonly competent_unit_id: number | null;
  readonly proc_id: number;
  readonly channel: number;
  readonly state: number;
  readonly submitted_at: number | null;
  readonly received_at: number | null;
  readonly due_at: number | null;
  readonly finished_at: number | null;
  readonly handed_at: number | null;
  readonly paused_from: number | null;
  readonly paused_to: number | null;
  readonly src_updated_at: number;
  readonly exported_at: number;
  readonly src_hash: number;
  readonly source_id: number;
  readonly seq: number;
  readonly ord: number;
}

const contentColumns = [
  "unit_id",
  "competent_unit_id",
  "proc_id",
  "channel",
  "state",
  "submitted_at",
  "received_at",
  "due_at",
  "finished_at",
  "handed_at",
  "paused_from",
  "paused_to",
  "src_updated_at",
  "exported_at",
  "src_hash",
  "source_id",
  "seq",
  "ord",
];
export const observationColumns = contentColumns.join(", ");
const columns = observationColumns;
const rowColumns = ["id", ...contentColumns];
const overwrite = `ON CONFLICT (id) DO UPDATE SET ${contentColumns.map((column) => `${column} = excluded.${column}`).join(", ")}`;

/** What tells whether a row says anything new. */
export interface Head {
  readonly id: number;
  readonly updated: number;
  readonly hash: number;
  readonly sourceId: number;
  readonly seq: number;
  /** Local day; 0 where the import that wrote it says it. */
  readonly seenDay: number;
}

/** What the cache holds of one dossier. */
export interface KnownDossier {
  readonly current: StoredObservation;
  readonly history: StoredObservation[];
}

export interface DossierStore {
  /** Everything that is held of these dossiers, by id: a question for many of them, not two for each. */
  listKnown(ids: readonly number[]): Promise<ReadonlyMap<number, KnownDossier>>;
  /** Of the dossiers among these, which must be in order, in that order. */
  listHeads(ids: Float64Array): Promise<readonly Head[]>;
  /** These rows of a batch, of dossiers that the cache does not hold. */
  addNew(batch: RowBatch, rows: Uint32Array, sourceId: number, seq: number): Promise<void>;
  saveCurrent(rows: Iterable<readonly [id: number, observation: StoredObservation]>): Promise<void>;
  /** `seqTo`: the import that overruled it; undefined when it arrived late. */
  addHistory(rows: Iterable<readonly [id: number, observation: StoredObservation, seqTo: number | undefined]>): Promise<void>;
  /** Those that have their code. */
  countOf(sourceId: number): Promise<number>;
  /** Lowest and highest id of all; `low` above `high` where there is none. */
  findRange(): Promise<{ readonly low: number; readonly high: number }>;
  /** A source's dossiers with their unit's code, in order of id, page by page; `all`: those whose code was dropped too. */
  listIds(
    sourceId: number,
    which: { readonly all: boolean },
  ): AsyncIterable<readonly { readonly id: number; readonly unit: string }[]>;
}

const pageSize = 10_000;
const headColumns = 'id, src_updated_at AS updated, src_hash AS hash, source_id AS "sourceId", seq, last_seen_day AS "seenDay"';
const idsAtOnce = 250;
const marks = Array(idsAtOnce).fill("?").join(", ");

/** As many as the statement has marks for, the last of them more than once where they do not reach. */
function* inParts(ids: ArrayLike<number>): Generator<readonly number[]> {
  for (let from = 0; from < ids.length; from += idsAtOnce) {
    yield Array.from({ length: idsAtOnce }, (_, n) => ids[Math.min(from + n, ids.length - 1)] as number);
  }
}

/** An observation from its row. */
export function toStoredObservation(row: ContentRow, codes: Codes): StoredObservation {
  return {
    unit: codes.unitCode(row.unit_id),
    competentUnit: row.competent_unit_id === null ? undefined : codes.unitCode(row.competent_unit_id),
    procedure: codes.procedureCode(row.proc_id),
    channel: channels[row.channel] as (typeof channels)[number],
    state: dossierStates[row.state] as (typeof dossierStates)[number],
    submitted: row.submitted_at ?? undefined,
    received: row.received_at ?? undefined,
    due: row.due_at ?? undefined,
    finished: row.finished_at ?? undefined,
    handedOver: row.handed_at ?? undefined,
    pausedFrom: row.paused_from ?? undefined,
    pausedTo: row.paused_to ?? undefined,
    updated: row.src_updated_at,
    exported: row.exported_at,
    hash: row.src_hash,
    sourceId: row.source_id,
    seq: row.seq,
    ord: row.ord,
  };
}

export function createDossierStore(tx: Transaction, codes: Codes): DossierStore {
  const toObservation = (row: ContentRow): StoredObservation => toStoredObservation(row, codes);
  const toValues = (o: StoredObservation): SqlValue[] => [
    codes.unitId(o.unit),
    o.competentUnit === undefined ? null : codes.unitId(o.competentUnit),
    codes.procedureId(o.procedure),
    channels.indexOf(o.channel),
    dossierStates.indexOf(o.state),
    o.submitted ?? null,
    o.received ?? null,
    o.due ?? null,
    o.finished ?? null,
    o.handedOver ?? null,
    o.pausedFrom ?? null,
    o.pausedTo ?? null,
    o.updated,
    o.exported,
    o.hash,
    o.sourceId,
    o.seq,
    o.ord,
  ];
  return {
    async listKnown(ids) {
      const known = new Map<number, KnownDossier>();
      for (const part of inParts(ids)) {
        const rows = await tx.all<ContentRow & { id: number }>(
          `SELECT id, ${columns} FROM dossier WHERE id IN (${marks})`,
          ...part,
        );
        for (const row of rows) known.set(row.id, { current: toObservation(row), history: [] });
        const older = await tx.all<ContentRow & { id: number }>(
          `SELECT id, ${columns} FROM dossier_hist WHERE id IN (${marks}) ORDER BY id, seq, ord`,
          ...part,
        );
        for (const row of older) known.get(row.id)?.history.push(toObservation(row));
      }
      return known;
    },
    async listHeads(ids) {
      const heads: Head[] = [];
      for (const part of inParts(ids)) {
        heads.push(...(await tx.all<Head>(`SELECT ${headColumns} FROM dossier WHERE id IN (${marks}) ORDER BY id`, ...part)));
      }
      return heads;
    },
    async addNew(batch, rows, sourceId, seq) {
      const columns = [
        { name: "id", values: batch.id },
        { name: "unit_id", values: batch.unit },
        { name: "competent_unit_id", values: batch.competentUnit },
        { name: "proc_id", values: batch.procedure },
        { name: "channel", values: batch.channel },
        { name: "state", values: batch.state },
        { name: "submitted_at", values: batch.submitted },
        { name: "received_at", values: batch.received },
        { name: "due_at", values: batch.due },
        { name: "finished_at", values: batch.finished },
        { name: "handed_at", values: batch.handedOver },
        { name: "paused_from", values: batch.pausedFrom },
        { name: "paused_to", values: batch.pausedTo },
        { name: "src_updated_at", values: batch.updated },
        { name: "exported_at", values: batch.exported },
        { name: "src_hash", values: batch.hash },
        { name: "source_id", values: sourceId },
        { name: "seq", values: seq },
        { name: "ord", values: batch.ord },
      ];
      await tx.load({ table: "dossier", columns, rows });
    },
    async saveCurrent(rows) {
      await tx.load({
        table: "dossier",
        ...toColumns(
          rowColumns,
          [...rows].map(([id, o]) => [id, ...toValues(o)]),
        ),
        merge: overwrite,
      });
    },
    async addHistory(rows) {
      const values = [...rows].map(([id, o, seqTo]) => [id, ...toValues(o), seqTo ?? null]);
      await tx.load({ table: "dossier_hist", ...toColumns([...rowColumns, "seq_to"], values) });
    },
    async countOf(sourceId) {
      const row = await tx.get<{ n: number }>(
        "SELECT COUNT(*) AS n FROM dossier WHERE source_id = ? AND id > ?",
        sourceId,
        sealedBelow,
      );
      return row?.n ?? 0;
    },
    async findRange() {
      const row = await tx.get<{ low: number | null; high: number | null }>(
        // Each by itself: only so does SQLite take it from the end of the key.
        "SELECT (SELECT MIN(id) FROM dossier) AS low, (SELECT MAX(id) FROM dossier) AS high",
      );
      return { low: row?.low ?? Infinity, high: row?.high ?? -Infinity };
    },
    async *listIds(sourceId, { all }) {
      let after = all ? -Number.MAX_SAFE_INTEGER : sealedBelow;
      for (;;) {
        const page = await tx.all<{ id: number; unit_id: number }>(
          "SELECT id, unit_id FROM dossier WHERE source_id = ? AND id > ? ORDER BY id LIMIT ?",
          sourceId,
          after,
          pageSize,
        );
        yield page.map(({ id, unit_id }) => ({ id, unit: codes.unitCode(unit_id) }));
        if (page.length < pageSize) return;
        after = (page.at(-1) as { id: number }).id;
      }
    },
  };
}

function toColumns(names: readonly string[], rows: readonly (readonly SqlValue[])[]): Pick<LoadedRows, "columns" | "rows"> {
  const columns = names.map((name, at) => ({ name, values: rows.map((row) => row[at] as SqlValue) }));
  return { columns, rows: rows.length };
}
