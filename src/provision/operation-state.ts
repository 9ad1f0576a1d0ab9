import type { OperationEvent } from "./journal.ts";
import type { OperationState } from "./outcome.ts";

/** Answered or adopted but not read back yet is unknown; nothing written about it is not sent, as far as is known here. */
export function toOperationState(event: Pick<OperationEvent, "event"> | undefined): OperationState {
  if (!event) return "skipped";
  return event.event === "done" || event.event === "failed" ? event.event : "unknown";
}
