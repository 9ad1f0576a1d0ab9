import { type CsvCell, formatCsv } from "../platform/csv.ts";
import type { Lang, Words } from "../platform/words.ts";
import { type Operation, toSubjectId } from "./operation.ts";
import { listSubjectOutcomes } from "./subject-outcome.ts";

/** done: read back and equal · failed: refused, or not what was wanted · unknown: no answer yet, the same command goes on · skipped: not sent. */
export type OperationState = "done" | "failed" | "unknown" | "skipped";

export interface OutcomeRow {
  readonly operation: Operation;
  readonly state: OperationState;
  readonly targetId: string | undefined;
  readonly message: Words | undefined;
}

/** The columns that scripts read (docs: interfaces, **outcome**). */
export function formatOutcomeCsv(rows: readonly OutcomeRow[], lang: Lang): string {
  const head: CsvCell[] = ["id", "system", "subject", "kind", "state", "targetId", "message", "subjectState"];
  const states = new Map(listSubjectOutcomes(rows).map(({ subject, state }) => [toSubjectId(subject), state]));
  const lines = rows.map((row): CsvCell[] => [
    ...Object.values(toOutcomeRecord(row, lang)).map((cell) => cell ?? undefined),
    states.get(toSubjectId(row.operation.subject)),
  ]);
  return formatCsv([head, ...lines]);
}

export function toOutcomeRecord({ operation, state, targetId, message }: OutcomeRow, lang: Lang) {
  const { id, system, subject, kind } = operation;
  return {
    id,
    system,
    subject: toSubjectId(subject),
    kind,
    state,
    targetId: targetId ?? null,
    message: message?.[lang] ?? null,
  };
}
