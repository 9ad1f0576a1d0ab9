import type { Migration, Sql } from "../platform/database.ts";
import type { TimelineRules } from "./timeline.ts";

/** What `doctor` derives the ledger again from, beside the observations. */
export const rulesHistoryMigration: Migration = {
  name: "records/0003-rules-by-seq",
  statements: (c) => [
    // By which rules a source counted since a seq: the ledger can then be derived again as it was written.
    `CREATE TABLE source_rules (
      source_id ${c.int} NOT NULL, seq ${c.int} NOT NULL, rules ${c.text} NOT NULL, PRIMARY KEY (source_id, seq)
    ) ${c.strict === "" ? "" : `${c.strict}, WITHOUT ROWID`}`,
    "INSERT INTO source_rules (source_id, seq, rules) SELECT id, 0, rules FROM record_source WHERE rules IS NOT NULL",
    // The ledger as the observations give it, while doctor compares; empty otherwise.
    `CREATE TABLE derived_point (
      t ${c.int} NOT NULL, unit_id ${c.int} NOT NULL, kind ${c.int} NOT NULL, channel ${c.int} NOT NULL,
      proc_id ${c.int} NOT NULL, seq ${c.int} NOT NULL, n ${c.int} NOT NULL
    ) ${c.strict}`,
  ],
};

export interface RulesHistory {
  /** Seqs at which some source changed its rules. */
  readonly seqs: readonly number[];
  at(sourceId: number, seq: number): TimelineRules | undefined;
}

export async function readRulesHistory(sql: Sql): Promise<RulesHistory> {
  const rows = await sql.all<{ source_id: number; seq: number; rules: string }>(
    "SELECT source_id, seq, rules FROM source_rules ORDER BY seq",
  );
  const changes = rows.map(({ source_id, seq, rules }) => ({
    sourceId: source_id,
    seq,
    rules: JSON.parse(rules) as TimelineRules,
  }));
  return {
    seqs: [...new Set(changes.map(({ seq }) => seq))],
    at: (sourceId, seq) => changes.findLast((one) => one.sourceId === sourceId && one.seq <= seq)?.rules,
  };
}

/** By which rules a source was counted at a seq, and the import since which they are others than before. */
export interface RulesInForce {
  readonly onTime: TimelineRules["onTime"];
  readonly changed: { readonly seq: number; readonly at: number } | undefined;
}

/** By name of the source; one that had imported nothing by then is not in it. */
export async function listRulesInForce(sql: Sql, knownSeq: number): Promise<ReadonlyMap<string, RulesInForce>> {
  const rows = await sql.all<{ name: string; seq: number; at: number | null; rules: string }>(
    `SELECT s.name, r.seq, b.finished_at AS at, r.rules FROM source_rules r
     JOIN record_source s ON s.id = r.source_id LEFT JOIN record_batch b ON b.seq = r.seq
     WHERE r.seq <= ? ORDER BY r.seq`,
    knownSeq,
  );
  const inForce = new Map<string, RulesInForce>();
  for (const { name, seq, at, rules } of rows) {
    const { onTime } = JSON.parse(rules) as TimelineRules;
    inForce.set(name, { onTime, changed: inForce.has(name) && at !== null ? { seq, at } : undefined });
  }
  return inForce;
}

/** Sources of which imports of before this was kept may have counted by other rules than are known. */
export async function listUnsureRules(sql: Sql): Promise<readonly string[]> {
  const rows = await sql.all<{ name: string }>(
    "SELECT s.name FROM source_rules r JOIN record_source s ON s.id = r.source_id WHERE r.seq = 0 ORDER BY s.name",
  );
  return rows.map(({ name }) => name);
}
