import type { Sql } from "../platform/database.ts";
import { type Decision, type DecisionKind, type RecordedDecision, toDecisionTopic } from "./decision.ts";
import type { SubjectKey } from "./roster.ts";

/** What people answered. Insert-only: an answer is taken back by a later row that says so. */
export interface DecisionStore {
  /** Those that stand, oldest first. */
  list(subject?: SubjectKey): Promise<readonly RecordedDecision[]>;
  save(decisions: readonly Decision[], by: SaidBy, tx: Sql): Promise<void>;
  withdraw(decisions: readonly Decision[], by: SaidBy, tx: Sql): Promise<void>;
}

interface SaidBy {
  readonly reason: string | undefined;
  readonly actor: string;
  readonly at: string;
}

interface DecisionRow {
  readonly subject: string;
  readonly kind: string;
  readonly system: string | null;
  readonly about: string;
  readonly stands: number;
  readonly reason: string | null;
  readonly actor: string;
  readonly at: string;
}

export function createDecisionStore(database: Sql): DecisionStore {
  const insert = (decisions: readonly Decision[], stands: 0 | 1, { reason, actor, at }: SaidBy, tx: Sql): Promise<unknown> =>
    tx.runMany(
      "INSERT INTO provision_decision (subject, kind, system, about, stands, reason, actor, at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
      decisions.map(({ subject, kind, system, about }) => [subject, kind, system, about, stands, reason ?? null, actor, at]),
    );
  return {
    async list(subject) {
      const select = "SELECT subject, kind, system, about, stands, reason, actor, at FROM provision_decision";
      const rows =
        subject === undefined
          ? await database.all<DecisionRow>(`${select} ORDER BY seq`)
          : await database.all<DecisionRow>(`${select} WHERE subject = ? ORDER BY seq`, subject);
      const last = new Map(
        rows.map(({ stands, reason, kind, ...row }) => {
          const decision: RecordedDecision = { ...row, kind: kind as DecisionKind, reason: reason ?? undefined };
          return [toDecisionTopic(decision), { decision, stands }];
        }),
      );
      return [...last.values()].filter(({ stands }) => stands === 1).map(({ decision }) => decision);
    },
    async save(decisions, by, tx) {
      await insert(decisions, 1, by, tx);
    },
    async withdraw(decisions, by, tx) {
      await insert(decisions, 0, by, tx);
    },
  };
}
