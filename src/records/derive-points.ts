import type { Transaction } from "../platform/database.ts";
import { nextTurn } from "../platform/wait.ts";
import type { Codes } from "./code-store.ts";
import { createDossierStore, type StoredObservation } from "./dossier-store.ts";
import { channels, compareObservations } from "./observation.ts";
import { listPoints } from "./points.ts";
import { type RulesHistory, readRulesHistory } from "./rules-history.ts";
import { createTimeline, type TimelineRules } from "./timeline.ts";

/** How many dossiers of how many are done; may throw to stop. */
export type OnDerived = (done: number, held: number) => void;

/**
 * Fills derived_point with the ledger as the observations give it, import after import and by the rules of each time, and as dossiers gave it
 * whose rows are gone.
 */
export async function derivePoints(tx: Transaction, codes: Codes, onDerived: OnDerived = () => undefined): Promise<void> {
  await tx.run("DELETE FROM derived_point");
  const held = await tx.get<{ n: number }>("SELECT COUNT(*) AS n FROM dossier");
  let done = 0;
  const store = createDossierStore(tx, codes);
  const rules = await readRulesHistory(tx);
  const sources = await tx.all<{ id: number }>("SELECT id FROM record_source ORDER BY id");
  for (const { id: sourceId } of sources) {
    for await (const page of store.listIds(sourceId, { all: true })) {
      const sums = new Map<string, number>();
      const known = await store.listKnown(page.map(({ id }) => id));
      for (const { current, history } of known.values()) deriveInto(sums, [...history, current], rules, codes);
      await loadSums(tx, "derived_point", sums);
      done += page.length;
      onDerived(done, Number(held?.n ?? 0));
      // Whoever pressed Ctrl-C is heard only when it is the turn of signals.
      await nextTurn();
    }
  }
  await tx.run(`INSERT INTO derived_point (${names.join(", ")}) SELECT ${names.join(", ")} FROM dropped_point`);
}

const names = ["t", "unit_id", "kind", "channel", "proc_id", "seq", "n"];

export async function loadSums(
  tx: Transaction,
  table: "derived_point" | "dropped_point",
  sums: ReadonlyMap<string, number>,
): Promise<void> {
  const rows = [...sums].filter(([, n]) => n !== 0).map(([key, n]) => [...key.split(",").map(Number), n]);
  const columns = names.map((name, at) => ({ name, values: Float64Array.from(rows, (row) => row[at] as number) }));
  const merge = `ON CONFLICT (${names.slice(0, -1).join(", ")}) DO UPDATE SET n = dropped_point.n + excluded.n`;
  if (rows.length > 0) await tx.load({ table, columns, rows: rows.length, ...(table === "dropped_point" && { merge }) });
}

/** What each import wrote of one dossier: the points of all that was known with it, less the points of before. */
export function deriveInto(
  sums: Map<string, number>,
  known: readonly StoredObservation[],
  rules: RulesHistory,
  codes: Codes,
): void {
  const first = Math.min(...known.map(({ seq }) => seq));
  const seqs = [...new Set([...known.map(({ seq }) => seq), ...rules.seqs.filter((seq) => seq > first)])].sort((a, b) => a - b);
  let before = new Map<string, number>();
  for (const seq of seqs) {
    const after = new Map<string, number>();
    const told = known.filter((one) => one.seq <= seq);
    const last = told.reduce((a, b) => (compareObservations(a, b) < 0 ? b : a));
    const timeline = createTimeline(told, rules.at(last.sourceId, seq) as TimelineRules);
    const unit = codes.unitId(timeline.unit);
    const what = `${channels.indexOf(timeline.channel)},${codes.procedureId(timeline.procedure)}`;
    for (const { at, kind } of listPoints(timeline)) add(after, `${at},${unit},${kind},${what}`, 1);
    for (const [key, n] of after) add(sums, `${key},${seq}`, n);
    for (const [key, n] of before) add(sums, `${key},${seq}`, -n);
    before = after;
  }
}

function add(sums: Map<string, number>, key: string, n: number): void {
  sums.set(key, (sums.get(key) ?? 0) + n);
}
