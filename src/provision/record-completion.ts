import { toIso } from "../platform/time.ts";
import { listDifferences } from "./account.ts";
import type { ApplyRequest, OperationResult } from "./applying.ts";
import { type Operation, toAccountState } from "./plan.ts";
import type { Sent } from "./send-operation.ts";

/** The completion and its audit record stand or fall together. */
export async function recordCompletion(request: ApplyRequest, operation: Operation, sent: Sent): Promise<OperationResult> {
  const { plan, database, store, audit, clock, zone, actor } = request;
  const { event, targetId, message } = sent;
  const { system, kind, username, before, after, subject } = operation;
  await database.transaction(async (tx) => {
    await store.addEvent(
      plan.planId,
      { operation: operation.id, event, targetId, detail: message?.en },
      toIso(clock.now(), zone),
      tx,
    );
    if (event === "failed") return;
    await audit.append(
      {
        actor,
        action: event === "answered" ? `provision.${kind}` : `provision.${kind}.${event}`,
        subject: subject.staffId ?? subject.functionalKey ?? "",
        detail: {
          plan: plan.planId,
          operation: operation.id,
          system,
          username,
          targetId: targetId ?? null,
          // Names of attributes only: the log is kept longer than what it speaks of.
          changed: before ? listDifferences(toAccountState(before), toAccountState(after)) : [],
        },
      },
      tx,
    );
  });
  return sent;
}
