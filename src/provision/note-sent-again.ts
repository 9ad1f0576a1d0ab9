import { toIso } from "../platform/time.ts";
import { applyFaults as words } from "./apply-words.ts";
import type { ApplyRequest } from "./applying.ts";
import type { Standing } from "./compare-operation.ts";
import type { OperationEvent } from "./journal.ts";
import { isAccountOperation } from "./operation.ts";

/**
 * Where an account carries no staff id, the journal alone says whether one under a planned name may be ours (doubt-strangers.ts). What certainly
 * failed and is now sent once more may be made while we are killed: that is on disk before the first request.
 */
export async function noteSentAgain(
  { plan, store, database, clock, zone }: ApplyRequest,
  standings: ReadonlyMap<string, Standing>,
  events: ReadonlyMap<string, OperationEvent>,
): Promise<void> {
  const again = plan.operations
    .filter(isAccountOperation)
    .filter(
      ({ id, before, after }) =>
        before === null &&
        after.externalId === null &&
        events.get(id)?.event === "failed" &&
        standings.get(id)?.state === "ready",
    );
  if (again.length === 0) return;
  const at = toIso(clock.now(), zone);
  await database.transaction(
    async (tx) => {
      const event = { event: "unknown", targetId: undefined, detail: words.sentAgain.en, at } as const;
      await store.addEvents(
        plan.planId,
        again.map(({ id }) => ({ ...event, operation: id })),
        tx,
      );
    },
    { durability: "full" },
  );
}
