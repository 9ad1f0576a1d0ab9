import type { Plan } from "./plan.ts";

/**
 * What is written about an operation, in this order: answered or adopted when the system said so or showed it, done when it was read back;
 * failed and unknown in their place. `finished` is said of a whole plan.
 */
export type EventKind = "answered" | "adopted" | "done" | "failed" | "unknown" | "finished";

/** The last thing known of an operation. */
export interface OperationEvent {
  readonly operation: string;
  readonly event: EventKind;
  readonly targetId: string | undefined;
  readonly detail: string | undefined;
}

/** A plan that was begun. */
export interface StoredPlan {
  readonly id: string;
  readonly createdAt: string;
  readonly startedAt: string;
  readonly finishedAt: string | undefined;
  readonly plan: Plan;
}
