import type { SqlValue, Transaction } from "../platform/database.ts";
import type { Codes } from "./code-store.ts";
import { channels, dossierStates, type KnownObservation } from "./observation.ts";

/** An observation as stored, with the hash of its content. */
export interface StoredObservation extends KnownObservation {
  readonly hash: number;
  readonly sourceId: number;
}

interface ContentRow {
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

/** After the id; row-batch.ts writes them in this order. */
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
const columns = contentColumns.join(", ");
const rowColumns = ["id", ...contentColumns];
const overwrite = `ON CONFLICT (id) DO UPDATE SET ${contentColumns.map((column) => `${column} = excluded.${column}`).join(", ")}`;

/** What tells whether a row says anything new. */
export interface Head {
  readonly id: number;
  readonly updated: number;
  readonly hash: number;
  readonly sourceId: number;
  readonly seq: number;
}

export interface DossierStore {
  findCurrent(id: number): Promise<StoredObservation | undefined>;
  listHistory(id: number): Promise<StoredObservation[]>;
  /** Of the dossiers among these, which must be in order, in that order. */
  listHeads(ids: Float64Array): Promise<readonly Head[]>;
  /** Rows of dossiers that the cache does not hold, cell after cell (row-batch.ts). */
  addNew(cells: readonly SqlValue[]): Promise<void>;
  saveCurrent(rows: Iterable<readonly [id: number, observation: StoredObservation]>): Promise<void>;
  /** `seqTo`: the import that overruled it; undefined when it arrived late. */
  addHistory(rows: Iterable<readonly [id: number, observation: StoredObservation, seqTo: number | undefined]>): Promise<void>;
  countOf(sourceId: number): Promise<number>;
  /** Lowest and highest id of all; `low` above `high` where there is none. */
  findRange(): Promise<{ readonly low: number; readonly high: number }>;
  /** A source's dossiers with their unit's code, in order of id, page by page. */
  listIds(sourceId: number): AsyncIterable<readonly { readonly id: number; readonly unit: string }[]>;
}

const pageSize = 10_000;
const headColumns = 'id, src_updated_at AS updated, src_hash AS hash, source_id AS "sourceId", seq';
const idsAtOnce = 250;

export function createDossierStore(tx: Transaction, codes: Codes): DossierStore {
  const toObservation = (row: ContentRow): StoredObservation => ({
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
  });
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
    async findCurrent(id) {
      const row = await tx.get<ContentRow>(`SELECT ${columns} FROM dossier WHERE id = ?`, id);
      return row && toObservation(row);
    },
    async listHistory(id) {
      return (await tx.all<ContentRow>(`SELECT ${columns} FROM dossier_hist WHERE id = ?`, id)).map(toObservation);
    },
    async listHeads(ids) {
      const heads: Head[] = [];
      const marks = Array(idsAtOnce).fill("?").join(", ");
      for (let from = 0; from < ids.length; from += idsAtOnce) {
        const part = [...ids.subarray(from, from + idsAtOnce)];
        const last = part.at(-1) as number;
        while (part.length < idsAtOnce) part.push(last);
        heads.push(...(await tx.all<Head>(`SELECT ${headColumns} FROM dossier WHERE id IN (${marks}) ORDER BY id`, ...part)));
      }
      return heads;
    },
    addNew: (cells) => tx.load({ table: "dossier", columns: rowColumns, cells }),
    async saveCurrent(rows) {
      const cells = [...rows].flatMap(([id, o]) => [id, ...toValues(o)]);
      await tx.load({ table: "dossier", columns: rowColumns, cells, merge: overwrite });
    },
    async addHistory(rows) {
      const cells = [...rows].flatMap(([id, o, seqTo]) => [id, ...toValues(o), seqTo ?? null]);
      await tx.load({ table: "dossier_hist", columns: [...rowColumns, "seq_to"], cells });
    },
    async countOf(sourceId) {
      return (await tx.get<{ n: number }>("SELECT COUNT(*) AS n FROM dossier WHERE source_id = ?", sourceId))?.n ?? 0;
    },
    async findRange() {
      const row = await tx.get<{ low: number | null; high: number | null }>(
        // Each by itself: only so does SQLite take it from the end of the key.
        "SELECT (SELECT MIN(id) FROM dossier) AS low, (SELECT MAX(id) FROM dossier) AS high",
      );
      return { low: row?.low ?? Infinity, high: row?.high ?? -Infinity };
    },
    async *listIds(sourceId) {
      let after = -Number.MAX_SAFE_INTEGER;
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
