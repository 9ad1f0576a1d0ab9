import type { Sql, SqlValue } from "../platform/database.ts";
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
const marks = contentColumns.map(() => "?").join(", ");
const overwrite = contentColumns.map((column) => `${column} = excluded.${column}`).join(", ");

const upsert = `INSERT INTO dossier (id, ${columns}) VALUES (?, ${marks}) ON CONFLICT (id) DO UPDATE SET ${overwrite}`;
const intoHistory = `INSERT INTO dossier_hist (id, ${columns}, seq_to) VALUES (?, ${marks}, ?)`;

export interface DossierStore {
  findCurrent(id: number): Promise<StoredObservation | undefined>;
  listHistory(id: number): Promise<StoredObservation[]>;
  saveCurrent(rows: Iterable<readonly [id: number, observation: StoredObservation]>): Promise<void>;
  /** `seqTo`: the import that overruled it; undefined when it arrived late. */
  addHistory(rows: Iterable<readonly [id: number, observation: StoredObservation, seqTo: number | undefined]>): Promise<void>;
  /** A source's dossiers with their unit's code, in order of id, page by page. */
  listIds(sourceId: number): AsyncIterable<readonly { readonly id: number; readonly unit: string }[]>;
}

const pageSize = 10_000;

export function createDossierStore(tx: Sql, codes: Codes): DossierStore {
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
    async saveCurrent(rows) {
      await tx.runMany(
        upsert,
        mapEach(rows, ([id, o]) => [id, ...toValues(o)]),
      );
    },
    async addHistory(rows) {
      await tx.runMany(
        intoHistory,
        mapEach(rows, ([id, o, seqTo]) => [id, ...toValues(o), seqTo ?? null]),
      );
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

function* mapEach<A, B>(items: Iterable<A>, toB: (item: A) => B): Generator<B> {
  for (const item of items) yield toB(item);
}
