import { type OperationKind, type PlanSubject, toSubjectId } from "./operation.ts";
import type { OperationState, OutcomeRow } from "./outcome.ts";

/** How far a person or a department came over all systems of a plan. Half done is the state that somebody has to know of. */
export type SubjectState = "done" | "half-done" | "not-done";

export interface SubjectOutcome {
  readonly subject: PlanSubject;
  readonly state: SubjectState;
  readonly systems: readonly { readonly system: string; readonly kind: OperationKind; readonly state: OperationState }[];
}

export function listSubjectOutcomes(rows: readonly OutcomeRow[]): SubjectOutcome[] {
  // A group is nobody: who waits for it is told of in their own place.
  const people = rows.filter(({ operation }) => operation.kind !== "create-group");
  return [...Map.groupBy(people, ({ operation }) => toSubjectId(operation.subject)).values()].map((own) => {
    const done = own.filter(({ state }) => state === "done").length;
    return {
      subject: (own[0] as OutcomeRow).operation.subject,
      state: done === own.length ? "done" : done > 0 ? "half-done" : "not-done",
      systems: own.map(({ operation, state }) => ({ system: operation.system, kind: operation.kind, state })),
    };
  });
}
