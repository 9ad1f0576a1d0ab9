import type { Transaction } from "../platform/database.ts";
import { type RowCounts, type StoredSource, saveRules } from "./batch-store.ts";
import { deriveAgain, openBooks } from "./books.ts";
import type { DueRules } from "./calendar-store.ts";
import { type Codes, readCodes } from "./code-store.ts";
import { isSealed } from "./dossier-code.ts";
import type { DossierRow } from "./dossier-row.ts";
import { createDossierStore, type Head, type KnownDossier, type StoredObservation } from "./dossier-store.ts";
import { isPause, openDueCheck, wasPaused } from "./due-check.ts";
import { openLastSeen } from "./last-seen.ts";
import { createLedgerWriter, toDay } from "./ledger-store.ts";
import { putLonePoints } from "./lone-points.ts";
import { compareObservations, type DossierState, dossierStates, type Observation } from "./observation.ts";
import type { Kind } from "./points.ts";
import { addRow, completeBatch, createRowBatch, emptyBatch, type RowBatch, toObservation } from "./row-batch.ts";
import { openSeals } from "./sealed-codes.ts";
import { createSeenIds } from "./seen-ids.ts";
import type { TimelineRules } from "./timeline.ts";
import { createFindings, type Findings } from "./warnings.ts";

/** Rows taken at once: sorted by key in so large parts, inserts lie beside each other, and what is held stays small. */
export const intakeSize = 50_000;

/** Dossiers whose whole past is held at once. */
const carefulAtOnce = 250;
/** What was taken carefully is written by so many: where every row of a file changed, a whole batch of them held 200 MB. */
const writtenAtOnce = 1_000;

/** A row with its place in the import: the line of a file, the number of an item. */
export interface IntakeRow {
  readonly row: DossierRow;
  readonly ord: number;
}

/** Takes the rows of one import into the cache, inside its transaction (records-and-reports.md §2, idempotence rules). */
export interface Intake {
  readonly findings: Findings;
  take(rows: readonly IntakeRow[]): Promise<void>;
  /** The same for rows in columns, `intakeSize` at most; the batch is empty then. */
  takeBatch(batch: RowBatch): Promise<void>;
  /** Ids for the rows of a batch. */
  readonly codes: Codes;
  /** Names what a full export no longer holds, and closes the ledger's books. */
  finish(options: { readonly full: boolean }): Promise<{
    readonly counts: Omit<RowCounts, "read" | "refused">;
    readonly unitIds: ReadonlySet<number>;
    /** Newest update of any row, epoch seconds. */
    readonly newestUpdate: number | undefined;
    readonly exportAt: number | undefined;
  }>;
}

export interface IntakeOptions {
  readonly source: StoredSource;
  readonly seq: number;
  readonly rules: TimelineRules;
  /** Epoch seconds: what lies after it has not happened yet. */
  readonly now: number;
  /** What dropped codes are found by, where any were dropped. */
  readonly codeKey?: string | undefined;
  /** What due dates are held against; without them they are taken as they come. */
  readonly dueRules?: DueRules | undefined;
}

export async function createIntake(tx: Transaction, options: IntakeOptions): Promise<Intake> {
  const { source, seq, rules, now, codeKey, dueRules } = options;
  const seals = await openSeals(tx, codeKey);
  const lastSeen = await openLastSeen(tx, { seq, now, offsetSeconds: rules.offsetSeconds });
  const codes = await readCodes(tx);
  const store = createDossierStore(tx, codes);
  const ledger = createLedgerWriter(codes, seq, rules.offsetSeconds);
  const findings = createFindings();
  const dueCheck = dueRules && (await openDueCheck(tx, dueRules, { seq, now, codes, findings }));
  const books = await openBooks(tx, ledger, source, rules);
  if (source.rules !== undefined && source.rules !== JSON.stringify(rules)) {
    await deriveAgain(tx, store, ledger, books, source);
  }
  await saveRules(tx, source, seq, JSON.stringify(rules));

  const counts = { new: 0, changed: 0, same: 0, stale: 0, sealed: 0 };
  const unitIds = new Set<number>();
  const seen = createSeenIds();
  const held = { ...(await store.findRange()) };
  /** Met in this import, but told by another source's newest row: they must not hide a missing one of this source. */
  let foreign = 0;
  let newestUpdate: number | undefined;
  let exportAt: number | undefined;

  const takeCarefully = (id: number, group: readonly IncomingRow[], past: KnownDossier | undefined, writes: Writes): void => {
    const current = past?.current;
    const incoming = [...group].sort((a, b) => compareObservations(a.observation, b.observation));
    const known = past ? [...past.history, past.current] : [];
    const before = [...known];
    let top = current;
    // A dossier counts once, however often it is given.
    let isTold = false;
    for (const { observation: o, updatedIsExport } of incoming) {
      if (!isTold && known.some((k) => k.seq === seq)) {
        findings.add("W-DUP", o.unit, id);
        isTold = true;
      }
      if (known.some((k) => isSame(k, o, k === top && updatedIsExport))) {
        counts.same += 1;
        continue;
      }
      checkDates(o, id);
      if (known.some((k) => k.updated === o.updated)) findings.add("W-CONFLICT", o.unit, id);
      if (top && compareObservations(o, top) < 0) {
        writes.history.push([id, o, undefined]);
        counts.stale += 1;
      } else {
        if (top) {
          if (isCorrection(top, o)) findings.add("W-CORRECTED", o.unit, id);
          writes.history.push([id, top, seq]);
        }
        counts[top ? "changed" : "new"] += 1;
        top = o;
      }
      known.push(o);
    }
    if (known.length === before.length) return;
    if (top && top !== current) {
      writes.current.push([id, top]);
      if (!current || isPromisedAnew(current, top)) lookAtDue(id, top, known);
    }
    if (before.length > 0) books.add(before, -1);
    books.add(known, 1);
  };

  const lookAtDue = (id: number, o: Observation, known: readonly Observation[]): void =>
    dueCheck?.look({
      id,
      unit: codes.unitId(o.unit),
      procedure: codes.procedureId(o.procedure),
      state: o.state,
      received: o.received ?? Number.NaN,
      due: o.due ?? Number.NaN,
      wasPaused: wasPaused(known),
    });

  const toIncoming = (batch: RowBatch, n: number): IncomingRow => ({
    observation: {
      ...toObservation(batch, n, codes),
      seq,
      ord: batch.ord[n] as number,
      hash: batch.hash[n] as number,
      sourceId: source.id,
    },
    updatedIsExport: batch.updatedIsExport[n] === 1,
  });

  const checkDates = (o: Observation, id: number): void => {
    const day = (at: number): number => toDay(at, rules.offsetSeconds);
    if (o.finished !== undefined && o.received !== undefined && day(o.finished) < day(o.received)) {
      findings.add("W-ORDER", o.unit, id);
    }
    if ([o.received, o.finished, o.handedOver, o.updated].some((at) => at !== undefined && at > now)) {
      findings.add("W-FUTURE", o.unit, id);
    }
  };

  const place = { unit: 0, channel: 0, procedure: 0 };
  const putPoint = (at: number, kind: Kind): void => ledger.put(at, kind, place.unit, place.channel, place.procedure, 1);
  const takeNew = (batch: RowBatch, n: number, writes: Writes): void => {
    const id = batch.id[n] as number;
    counts.new += 1;
    writes.fresh[writes.freshCount++] = n;
    // Comparisons with NaN, "not said", do not hold.
    const received = batch.received[n] as number;
    const finished = batch.finished[n] as number;
    const odd = finished < received || Math.max(batch.updated[n] as number, toLow(received), toLow(finished)) > now;
    if (odd || (batch.handedOver[n] as number) > now) checkDates(toObservation(batch, n, codes), id);
    place.unit = batch.unit[n] as number;
    place.channel = batch.channel[n] as number;
    place.procedure = batch.procedure[n] as number;
    if (dueCheck) {
      const state = dossierStates[batch.state[n] as number] as DossierState;
      const isPaused = isPause(state) || !Number.isNaN(batch.pausedFrom[n] as number);
      const due = batch.due[n] as number;
      dueCheck.look({ id, unit: place.unit, procedure: place.procedure, state, received, due, wasPaused: isPaused });
    }
    if (!putLonePoints(batch, n, rules, putPoint)) books.add([toIncoming(batch, n).observation], 1);
  };

  /** What the cache knows of these dossiers; most of a first import, and of what a day brought, it cannot know. */
  const findHeads = async (batch: RowBatch, order: Uint32Array): Promise<readonly Head[]> => {
    const ids = new Float64Array(order.length);
    let size = 0;
    for (const n of order) {
      const id = batch.id[n] as number;
      const mayBeHeld = id >= held.low && id <= held.high;
      if (ids[size - 1] !== id && (mayBeHeld || seen.has(id))) ids[size++] = id;
    }
    return store.listHeads(ids.subarray(0, size));
  };

  const takeBatch = async (batch: RowBatch): Promise<void> => {
    const { size } = batch;
    if (!batch.complete) completeBatch(batch, codes);
    for (let n = 0; n < size; n++) {
      const updated = batch.updated[n] as number;
      const exported = batch.exported[n] as number;
      unitIds.add(batch.unit[n] as number);
      if (newestUpdate === undefined || updated > newestUpdate) newestUpdate = updated;
      if (exported >= 0 && (exportAt === undefined || exported > exportAt)) exportAt = exported;
    }
    const sealed = await seals?.recall(batch, codes);
    for (const id of sealed?.restored ?? []) Object.assign(held, { low: Math.min(held.low, id), high: Math.max(held.high, id) });
    // In order of key, so that inserts land beside each other in the table.
    const order = batch.order.subarray(0, size);
    const heads = await findHeads(batch, order);
    const writes: Writes = { fresh: new Uint32Array(size), freshCount: 0, current: [], history: [], touched: [] };
    let careful: { readonly id: number; readonly places: Uint32Array; readonly head: Head | undefined }[] = [];
    const takeThoseCarefully = async (): Promise<void> => {
      const known = await store.listKnown(careful.filter(({ head }) => head).map(({ id }) => id));
      for (const { id, places, head } of careful) {
        takeCarefully(
          id,
          [...places].map((at) => toIncoming(batch, at)),
          known.get(id),
          writes,
        );
        if (head && lastSeen.isLongAgo(head) && writes.current.at(-1)?.[0] !== id) writes.touched.push(id);
      }
      careful = [];
      if (writes.current.length + writes.history.length < writtenAtOnce) return;
      await store.addHistory(writes.history.splice(0));
      await store.saveCurrent(writes.current.splice(0));
    };
    let nextHead = 0;
    for (let from = 0; from < size; ) {
      const n = order[from] as number;
      const id = batch.id[n] as number;
      let to = from + 1;
      while (to < size && batch.id[order[to] as number] === id) to += 1;
      const gone = sealed?.gone.get(id);
      if (gone !== undefined) {
        for (; from < to; from++) takeGone(batch, order[from] as number, gone);
        continue;
      }
      const head = heads[nextHead]?.id === id ? heads[nextHead++] : undefined;
      if (seen.add(id) && ((head && head.sourceId !== source.id) || isSealed(id))) foreign += 1;
      if (to > from + 1 || (head && !isKnown(head, batch, n))) {
        careful.push({ id, places: order.subarray(from, to), head });
        if (careful.length === carefulAtOnce) await takeThoseCarefully();
      } else if (head) {
        counts.same += 1;
        if (lastSeen.isLongAgo(head)) writes.touched.push(id);
      } else takeNew(batch, n, writes);
      from = to;
    }
    await takeThoseCarefully();
    await store.addHistory(writes.history);
    await store.addNew(batch, writes.fresh.subarray(0, writes.freshCount), source.id, seq);
    await store.saveCurrent(writes.current);
    await lastSeen.touch(writes.touched);
    await ledger.flush(tx);
    await codes.save(tx);
    emptyBatch(batch);
  };

  /** A dossier whose rows are gone: `hash` is of what it said last. */
  const takeGone = (batch: RowBatch, n: number, hash: number): void => {
    if (batch.hash[n] === hash) {
      counts.same += 1;
      return;
    }
    counts.sealed += 1;
    findings.add("W-SEALED", codes.unitCode(batch.unit[n] as number), batch.id[n] as number);
  };

  const isKnown = (head: Head, batch: RowBatch, n: number): boolean => {
    if (head.seq === seq || head.hash !== batch.hash[n]) return false;
    const updated = batch.updated[n] as number;
    return head.updated === updated || (batch.updatedIsExport[n] === 1 && head.updated <= updated);
  };

  const own = createRowBatch(intakeSize);
  return {
    findings,
    codes,
    takeBatch,
    async take(rows) {
      for (const { row, ord } of rows) {
        addRow(own, row, ord, codes);
        if (own.size === intakeSize) await takeBatch(own);
      }
      await takeBatch(own);
    },
    async finish({ full }) {
      const wasEmpty = held.low > held.high;
      // As many as the source has, and all of them its own: none is missing.
      if (full && !wasEmpty && (await store.countOf(source.id)) !== seen.size - foreign) {
        for await (const page of store.listIds(source.id, { all: false })) {
          for (const { id, unit } of page) if (!seen.has(id)) findings.add("W-MISSING", unit, id);
        }
      }
      await dueCheck?.lookAgain();
      await ledger.finish(tx);
      await codes.save(tx);
      return { counts, unitIds, newestUpdate, exportAt };
    },
  };
}

interface IncomingRow {
  readonly observation: StoredObservation;
  readonly updatedIsExport: boolean;
}

interface Writes {
  /** Places in the batch. */
  readonly fresh: Uint32Array;
  freshCount: number;
  readonly current: [number, StoredObservation][];
  readonly history: [number, StoredObservation, number | undefined][];
  /** Held again after some days. */
  readonly touched: number[];
}

/** Equal update and content. Where the export's time stands in for the update, equal content alone. */
function isSame(known: StoredObservation, incoming: StoredObservation, updatedIsExport: boolean): boolean {
  if (known.hash !== incoming.hash) return false;
  return known.updated === incoming.updated || (updatedIsExport && known.updated <= incoming.updated);
}

function toLow(at: number): number {
  return Number.isNaN(at) ? -Infinity : at;
}

/** Newer, same state, but what was already said about its past is said differently now. */
function isCorrection(before: StoredObservation, after: StoredObservation): boolean {
  if (before.state !== after.state || before.updated === after.updated) return false;
  return before.finished !== after.finished || before.due !== after.due || before.unit !== after.unit;
}

/** What a due date is held against is told differently now. */
function isPromisedAnew(before: Observation, after: Observation): boolean {
  return before.due !== after.due || before.received !== after.received || before.procedure !== after.procedure;
}
