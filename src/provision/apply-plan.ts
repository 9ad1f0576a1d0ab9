import { Failure } from "../platform/failure.ts";
import { toIso } from "../platform/time.ts";
import { planAgain } from "./again-words.ts";
import { applyFaults as words } from "./apply-words.ts";
import type { ApplyRequest, ApplyResult } from "./applying.ts";
import { carryOut } from "./carry-out.ts";
import { closePlan } from "./close-plan.ts";
import { listMovesSincePlanned, type Standing } from "./compare-operation.ts";
import { judgeOperations, readViews } from "./compare-plan.ts";
import { doubtStrangers } from "./doubt-strangers.ts";
import { endSessions } from "./end-sessions.ts";
import { withWriterLock } from "./lock-store.ts";
import { assertMayBegin } from "./may-begin.ts";
import { noteSentAgain } from "./note-sent-again.ts";
import type { Operation } from "./operation.ts";
import type { OutcomeRow } from "./outcome.ts";
import type { Plan } from "./plan.ts";
import { readBack } from "./read-back.ts";

/**
 * Carries a plan out (provision.md §9). The whole plan is on disk before the first request; whatever has no completion there is looked up
 * first, so that the same plan may be applied again after any accident. Failure kinds: unsafe (guard, stale, expired), unavailable (a system
 * cannot be read, another process writes), denied.
 */
export async function applyPlan(request: ApplyRequest): Promise<ApplyResult> {
  const { plan, database, store, clock, zone, self } = request;
  const stored = await store.find(plan.planId);
  if (stored && stored.plan.digest !== plan.digest)
    throw new Failure("unsafe", words.otherPlan(plan.planId), { hint: words.planAgain });
  if (!stored) await assertMayBegin(request);
  if (stored?.finishedAt === undefined) request.credentials?.assertReady();
  return withWriterLock(database, self, toIso(clock.now(), zone), async () => {
    const before = await readViews(plan.operations, request.connectors, request.signal);
    const compared = judgeOperations(plan.operations, before);
    const events = stored && (await store.listEvents(plan.planId));
    const standings = doubtStrangers(plan, compared, events);
    if (stored?.finishedAt !== undefined) return toFinishedResult(plan, standings);
    const moved = plan.operations.filter(({ id }) => standings.get(id)?.state === "moved");
    if (moved.length > 0 && !stored && !request.skipStale) throw toStale(plan, moved, standings);
    await store.begin(plan, toIso(clock.now(), zone));
    if (events) await noteSentAgain(request, standings, events);
    const { results, sent } = await carryOut(request, standings, events);
    const back = await readBack(request, results, before);
    const settled = (await request.credentials?.settle(back.rows, request.signal)) ?? back.rows;
    const rows = await endSessions(settled, request.connectors);
    const finished = rows.every(({ state }) => state === "done");
    await closePlan(request, rows, finished);
    return {
      rows,
      cancelled: request.signal.aborted && !finished,
      resumed: stored !== undefined,
      finished,
      sent,
      doubted: back.doubted,
    };
  });
}

function toStale(plan: Plan, moved: readonly Operation[], standings: ReadonlyMap<string, Standing>): Failure {
  const moves = moved.flatMap((operation) => {
    const standing = standings.get(operation.id);
    return standing?.state === "moved" ? standing.moves.map((move) => ({ operation, move })) : [];
  });
  return new Failure("unsafe", words.stale(moves, false), { hint: planAgain(plan, { skips: true }) });
}

/** A finished plan is read back and never sent again: what changed since is a new plan's business. */
function toFinishedResult(plan: Plan, standings: ReadonlyMap<string, Standing>): ApplyResult {
  const rows: OutcomeRow[] = [];
  const moves = plan.operations.flatMap((operation) => {
    const standing = standings.get(operation.id) as Standing;
    if (standing.state === "there") {
      rows.push({ operation, state: "done", targetId: standing.actual?.id, message: words.alreadyDone });
    }
    return listMovesSincePlanned(operation, standing).map((move) => ({ operation, move }));
  });
  if (moves.length > 0) throw new Failure("unsafe", words.stale(moves, true), { hint: planAgain(plan) });
  return { rows, cancelled: false, resumed: true, finished: true, sent: 0, doubted: [] };
}
