import { hash53 } from "../platform/canonical-json.ts";
import type { Sql } from "../platform/database.ts";
import { listRules, type RowCounts, type StoredSource, saveRules } from "./batch-store.ts";
import { readCodes } from "./code-store.ts";
import type { DossierRow } from "./dossier-row.ts";
import { createDossierStore, type DossierStore, type StoredObservation } from "./dossier-store.ts";
import { createLedgerWriter, type LedgerWriter, toDay } from "./ledger-store.ts";
import { compareObservations, toContentText } from "./observation.ts";
import { listPoints } from "./points.ts";
import { createTimeline, type TimelineRules } from "./timeline.ts";
import { createFindings, type Findings } from "./warnings.ts";

/** A row with its place in the import: the line of a file, the number of an item. */
export interface IntakeRow {
  readonly row: DossierRow;
  readonly ord: number;
}

/** Takes the rows of one import into the cache, inside its transaction (records-and-reports.md §2, idempotence rules). */
export interface Intake {
  readonly findings: Findings;
  take(rows: readonly IntakeRow[]): Promise<void>;
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
}

export async function createIntake(tx: Sql, { source, seq, rules, now }: IntakeOptions): Promise<Intake> {
  const codes = await readCodes(tx);
  const store = createDossierStore(tx, codes);
  const ledger = createLedgerWriter(codes, seq, rules.offsetSeconds);
  const findings = createFindings();
  const books = await openBooks(tx, ledger, source, rules);
  if (source.rules !== undefined && source.rules !== JSON.stringify(rules)) {
    await deriveAgain(tx, store, ledger, books, source);
  }
  await saveRules(tx, source.id, JSON.stringify(rules));

  const counts = { new: 0, changed: 0, same: 0, stale: 0 };
  const unitIds = new Set<number>();
  const seen: number[] = [];
  let newestUpdate: number | undefined;
  let exportAt: number | undefined;

  const takeGroup = async (id: number, group: readonly IntakeRow[], writes: Writes): Promise<void> => {
    const current = await store.findCurrent(id);
    const incoming = group.map(({ row, ord }) => toStored(row, ord)).sort(compareObservations);
    const single = incoming[0] as StoredObservation;
    if (current && current.seq !== seq && incoming.length === 1 && isSame(current, single, group[0]?.row)) {
      counts.same += 1;
      return;
    }
    const known = current ? [...(await store.listHistory(id)), current] : [];
    const before = [...known];
    let top = current;
    for (const o of incoming) {
      const { row } = group.find(({ ord }) => ord === o.ord) as IntakeRow;
      if (known.some((k) => k.seq === seq)) findings.add("W-DUP", o.unit, id);
      if (known.some((k) => isSame(k, o, k === top ? row : undefined))) {
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
    if (top && top !== current) writes.current.push([id, top]);
    if (before.length > 0) books.add(before, -1);
    books.add(known, 1);
  };

  const toStored = ({ observation }: DossierRow, ord: number): StoredObservation => ({
    ...observation,
    seq,
    ord,
    hash: hash53(toContentText(observation)),
    sourceId: source.id,
  });

  const checkDates = (o: StoredObservation, id: number): void => {
    const day = (at: number): number => toDay(at, rules.offsetSeconds);
    if (o.finished !== undefined && o.received !== undefined && day(o.finished) < day(o.received)) {
      findings.add("W-ORDER", o.unit, id);
    }
    if ([o.received, o.finished, o.handedOver, o.updated].some((at) => at !== undefined && at > now)) {
      findings.add("W-FUTURE", o.unit, id);
    }
  };

  return {
    findings,
    async take(rows) {
      const groups = new Map<number, IntakeRow[]>();
      for (const item of rows) {
        const { observation, code } = item.row;
        const id = codes.dossierId(code);
        const group = groups.get(id);
        if (group) group.push(item);
        else groups.set(id, [item]);
        unitIds.add(codes.unitId(observation.unit));
        newestUpdate = Math.max(observation.updated, newestUpdate ?? observation.updated);
        if (observation.exported >= 0) exportAt = Math.max(observation.exported, exportAt ?? 0);
      }
      const writes: Writes = { current: [], history: [] };
      // In order of key, so that inserts land beside each other in the table.
      for (const id of [...groups.keys()].sort((a, b) => a - b)) {
        seen.push(id);
        await takeGroup(id, groups.get(id) as IntakeRow[], writes);
      }
      await store.addHistory(writes.history);
      await store.saveCurrent(writes.current);
      await ledger.flush(tx);
      await codes.save(tx);
    },
    async finish({ full }) {
      if (full) {
        const present = Float64Array.from(seen).sort();
        let at = 0;
        for await (const page of store.listIds(source.id)) {
          for (const { id, unit } of page) {
            while (at < present.length && (present[at] as number) < id) at += 1;
            if (present[at] !== id) findings.add("W-MISSING", unit, id);
          }
        }
      }
      await ledger.finish(tx);
      await codes.save(tx);
      return { counts, unitIds, newestUpdate, exportAt };
    },
  };
}

interface Writes {
  readonly current: [number, StoredObservation][];
  readonly history: [number, StoredObservation, number | undefined][];
}

/** Equal update and content. Where the export's time stands in for the update, equal content alone. */
function isSame(known: StoredObservation, incoming: StoredObservation, row: DossierRow | undefined): boolean {
  if (known.hash !== incoming.hash) return false;
  return known.updated === incoming.updated || (row?.updatedIsExport === true && known.updated <= incoming.updated);
}

/** Newer, same state, but what was already said about its past is said differently now. */
function isCorrection(before: StoredObservation, after: StoredObservation): boolean {
  if (before.state !== after.state || before.updated === after.updated) return false;
  return before.finished !== after.finished || before.due !== after.due || before.unit !== after.unit;
}

interface Books {
  /** Counts what a dossier's observations mean, by the rules of the source of its newest one. */
  add(observations: readonly StoredObservation[], n: 1 | -1): void;
}

async function openBooks(tx: Sql, ledger: LedgerWriter, source: StoredSource, rules: TimelineRules): Promise<Books> {
  const known = new Map([...(await listRules(tx))].map(([id, text]) => [id, JSON.parse(text) as TimelineRules]));
  known.set(source.id, rules);
  return {
    add(observations, n) {
      const last = observations.reduce((a, b) => (compareObservations(a, b) < 0 ? b : a));
      const timeline = createTimeline(observations, known.get(last.sourceId) ?? rules);
      ledger.add(timeline, listPoints(timeline), n);
    },
  };
}

/** A changed rule is written as differences at this import's seq: earlier seqs keep what they counted. */
async function deriveAgain(
  tx: Sql,
  store: DossierStore,
  ledger: LedgerWriter,
  books: Books,
  source: StoredSource,
): Promise<void> {
  const oldRules = JSON.parse(source.rules as string) as TimelineRules;
  for await (const ids of store.listIds(source.id)) {
    for (const { id } of ids) {
      const known = [...(await store.listHistory(id)), (await store.findCurrent(id)) as StoredObservation];
      const before = createTimeline(known, oldRules);
      ledger.add(before, listPoints(before), -1);
      books.add(known, 1);
    }
    await ledger.flush(tx);
  }
}
