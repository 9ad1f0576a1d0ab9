import type { Transaction } from "../platform/database.ts";
import { listRules, type StoredSource } from "./batch-store.ts";
import type { DossierStore, StoredObservation } from "./dossier-store.ts";
import type { LedgerWriter } from "./ledger-store.ts";
import { compareObservations } from "./observation.ts";
import { listPoints } from "./points.ts";
import { createTimeline, type TimelineRules } from "./timeline.ts";

/** The ledger as observations fill it. */
export interface Books {
  /** Counts what a dossier's observations mean, by the rules of the source of its newest one. */
  add(observations: readonly StoredObservation[], n: 1 | -1): void;
}

export async function openBooks(
  tx: Transaction,
  ledger: LedgerWriter,
  source: StoredSource,
  rules: TimelineRules,
): Promise<Books> {
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
export async function deriveAgain(
  tx: Transaction,
  store: DossierStore,
  ledger: LedgerWriter,
  books: Books,
  source: StoredSource,
): Promise<void> {
  const oldRules = JSON.parse(source.rules as string) as TimelineRules;
  for await (const page of store.listIds(source.id, { all: true })) {
    for (const { current, history } of (await store.listKnown(page.map(({ id }) => id))).values()) {
      const known = [...history, current];
      const before = createTimeline(known, oldRules);
      ledger.add(before, listPoints(before), -1);
      books.add(known, 1);
    }
    await ledger.flush(tx);
  }
}
