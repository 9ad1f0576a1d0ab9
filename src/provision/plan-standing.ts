import type { OperationEvent, StoredPlan } from "./journal.ts";
import { type Operation, type PlanSubject, toSubjectId } from "./operation.ts";
import { toOperationState } from "./operation-state.ts";
import type { OperationState } from "./outcome.ts";

/** One system's part in what was to be done for somebody. */
export interface StandingPart {
  readonly operation: Operation;
  readonly state: OperationState;
  /** A later plan did it, or took back what was made: nothing waits for this one any more. */
  readonly overtaken: boolean;
  /** Why it failed, in English as it was recorded. */
  readonly detail: string | undefined;
  readonly targetId: string | undefined;
}

/** How far a person or a department came. `half-done`: something is done on one system and open on another. */
export interface SubjectStanding {
  readonly subject: PlanSubject;
  readonly state: "done" | "half-done" | "not-done";
  readonly parts: readonly StandingPart[];
}

export interface PlanStanding {
  readonly stored: StoredPlan;
  readonly parts: readonly StandingPart[];
  /** Whoever has something open, half done ones first. */
  readonly open: readonly SubjectStanding[];
}

interface BegunPlan {
  readonly stored: StoredPlan;
  readonly events: ReadonlyMap<string, OperationEvent>;
}

/** Plans that were begun, newest first, each in the light of those that came after it. Pure. */
export function judgePlans(plans: readonly BegunPlan[]): PlanStanding[] {
  const doneLater = new Set<string>();
  const takenBack = new Set<string>();
  return plans.map(({ stored, events }): PlanStanding => {
    const parts = stored.plan.operations.map((operation): StandingPart => {
      const event = events.get(operation.id);
      const state = toOperationState(event);
      const subject = toSubjectId(operation.subject);
      const overtaken = state !== "done" && (doneLater.has(toPart(operation)) || takenBack.has(subject));
      const detail = state === "failed" ? event?.detail : undefined;
      return { operation, state, overtaken, detail, targetId: event?.targetId };
    });
    for (const { operation, state } of parts) {
      if (state !== "done") continue;
      const subject = toSubjectId(operation.subject);
      doneLater.add(toPart(operation));
      if (operation.reason === "made-in-part") takenBack.add(subject);
    }
    const subjects = listSubjectStandings(parts).filter(({ state }) => state !== "done");
    return { stored, parts, open: subjects.toSorted((a, b) => Number(a.state === "not-done") - Number(b.state === "not-done")) };
  });
}

/** Somebody's account on a system is one thing, what it may do there another. */
function toPart({ system, subject, kind }: Operation): string {
  return `${system} ${toSubjectId(subject)} ${kind === "assign" ? "assign" : ""}`;
}

export function isOpen({ state, overtaken }: StandingPart): boolean {
  return state !== "done" && !overtaken;
}

export function listSubjectStandings(parts: readonly StandingPart[]): SubjectStanding[] {
  return [...Map.groupBy(parts, ({ operation }) => toSubjectId(operation.subject)).values()].map((own) => {
    const open = own.filter(isOpen).length;
    const done = own.filter(({ state }) => state === "done").length;
    return {
      subject: (own[0] as StandingPart).operation.subject,
      state: open === 0 ? "done" : done > 0 ? "half-done" : "not-done",
      parts: own,
    };
  });
}
