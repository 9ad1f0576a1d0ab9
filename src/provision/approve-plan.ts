import type { AuditLog } from "../audit/audit-store.ts";
import type { Clock } from "../platform/clock.ts";
import type { Database } from "../platform/database.ts";
import { Failure } from "../platform/failure.ts";
import { readInstant, toIso, type Zone } from "../platform/time.ts";
import { applyFaults as words } from "./apply-words.ts";
import type { Plan } from "./plan.ts";
import type { PlanStore } from "./plan-store.ts";

export interface ApproveRequest {
  readonly plan: Plan;
  readonly database: Database;
  readonly store: PlanStore;
  readonly audit: AuditLog;
  readonly actor: string;
  readonly clock: Clock;
  readonly zone: Zone;
}

/** A second person's word for the plan of exactly this digest. Failure kinds: denied (who made it), unsafe (it ran out). */
export async function approvePlan({ plan, database, store, audit, actor, clock, zone }: ApproveRequest): Promise<void> {
  const { digest, planId, createdBy, expiresAt } = plan;
  if (actor === createdBy) throw new Failure("denied", words.ownPlan(actor), { hint: words.approveHint });
  const expires = readInstant(expiresAt, zone);
  if (expires === undefined || clock.now() > expires)
    throw new Failure("unsafe", words.expired(expiresAt), { hint: words.planAgain });
  await database.transaction(async (tx) => {
    await store.approve(digest, actor, toIso(clock.now(), zone), tx);
    const detail = { digest, createdBy, ...plan.totals };
    await audit.append({ actor, action: "provision.approve", subject: planId, detail }, tx);
  });
}
