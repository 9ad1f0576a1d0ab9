import { Failure } from "../platform/failure.ts";
import { readInstant, toIsoDate } from "../platform/time.ts";
import { planAgain } from "./again-words.ts";
import { applyFaults as words } from "./apply-words.ts";
import type { ApplyRequest } from "./applying.ts";
import { listStandingGuards } from "./guards.ts";
import { describeGuard } from "./plan-words.ts";

/** What a plan needs before its first request; once it was begun, going on needs no more. Failure kind: unsafe. */
export async function assertMayBegin(request: ApplyRequest): Promise<void> {
  const { plan, clock, zone, confirmed, store, profiles } = request;
  if (plan.notBefore !== undefined && toIsoDate(clock.now(), zone) < plan.notBefore)
    throw new Failure("unsafe", words.tooEarly(plan.notBefore));
  const expires = readInstant(plan.expiresAt, zone);
  if (expires === undefined || clock.now() > expires)
    throw new Failure("unsafe", words.expired(plan.expiresAt), { hint: planAgain(plan) });
  const [standing] = listStandingGuards(plan.guards, confirmed);
  if (standing) throw new Failure("unsafe", describeGuard(standing), { hint: words.guardHint(standing, plan.guards) });
  const used = new Set(plan.operations.map(({ system }) => system));
  const changed = plan.systems.filter(
    ({ name, profile }) => used.has(name) && profiles !== undefined && profiles.get(name) !== profile,
  );
  if (changed.length > 0) {
    throw new Failure("unsafe", words.otherProfile(changed.map(({ name }) => name)), { hint: planAgain(plan) });
  }
  if (!request.requireTwoPeople || plan.operations.length === 0) return;
  const approvers = await store.listApprovers(plan.digest);
  if (approvers.every((approver) => approver === plan.createdBy)) {
    throw new Failure("unsafe", words.notApproved, { hint: words.approveHint });
  }
}
