import type { Sql } from "../platform/database.ts";
import { toIso } from "../platform/time.ts";
import { listDifferences } from "./account.ts";
import type { ApplyRequest } from "./applying.ts";
import { createLifecycleStore, type RecordedBaseline } from "./lifecycle-store.ts";
import type { OutcomeRow } from "./outcome.ts";
import { type Operation, type PlanState, toAccountState, toSubjectKey } from "./plan.ts";
import type { SubjectKey } from "./roster.ts";
import { createSlipStore } from "./slip-store.ts";
import { toSubjectId } from "./subject-outcome.ts";

/** Keeps what accounts were read back as and where their subjects come from, so that drift and explain have something to go by. */
export async function saveAftermath(
  request: ApplyRequest,
  rows: readonly OutcomeRow[],
  { open, finished, tx }: { readonly open: ReadonlySet<SubjectKey>; readonly finished: boolean; readonly tx: Sql },
): Promise<void> {
  const { plan, actor, clock, zone } = request;
  const at = toIso(clock.now(), zone);
  const store = createLifecycleStore(tx);
  // A new first password changes nothing that is managed.
  const done = rows.filter(({ state, operation }) => state === "done" && operation.reason !== "new-slip");
  const disabled = done.filter(({ operation }) => operation.kind === "disable");
  const before = new Map<string, PlanState>();
  for (const subject of new Set(disabled.map(({ operation }) => toSubjectKey(operation.subject)))) {
    for (const { system, state } of await store.listBaselines(subject)) before.set(`${system} ${subject}`, state);
  }
  const written = done.map(({ operation, targetId }): RecordedBaseline => {
    const subject = toSubjectKey(operation.subject);
    const state = toKept(operation, before.get(`${operation.system} ${subject}`));
    return {
      system: operation.system,
      subject,
      targetId: targetId as string,
      state,
      plan: plan.planId,
      operation: operation.id,
      actor,
      at,
    };
  });
  const found = (plan.baselines ?? []).map((baseline) => ({ ...baseline, plan: plan.planId, operation: undefined, actor, at }));
  await store.forgetSubjects([...found, ...written], tx);
  await store.saveBaselines([...found, ...written], tx);
  const { file, sha256 } = plan.roster;
  const settled = (plan.origins ?? []).filter(({ subject }) => !open.has(subject));
  await store.saveOrigins(
    settled.map((origin) => ({ ...origin, plan: plan.planId, file, sha256, at })),
    tx,
  );
  await saveClosings(request, done, { at, tx });
  if (finished) await store.saveDeclared(plan.declared ?? [], { plan: plan.planId, actor, at }, tx);
}

/** What was given out for an account that is closed opens nothing; one that a person had closed stays so until a person says otherwise. */
async function saveClosings(
  { plan, database }: ApplyRequest,
  done: readonly OutcomeRow[],
  { at, tx }: { readonly at: string; readonly tx: Sql },
): Promise<void> {
  const slips = createSlipStore(database);
  for (const { operation } of done) {
    if (operation.kind === "disable") await slips.supersede({ ...operation, subject: toSubjectId(operation.subject) }, at, tx);
  }
  const changes = done.filter(({ operation: { kind } }) => kind !== "update");
  await createLifecycleStore(tx).saveClosed(
    changes.map(({ operation: { system, subject, kind, reason } }) => {
      const byHand = kind === "disable" && (reason === "unclaimed" || reason === "made-in-part");
      return { system, subject: toSubjectKey(subject), reason: byHand ? reason : undefined };
    }),
    { plan: plan.planId, at },
    tx,
  );
}

/** A disable hands the whole account on as it was; only what was managed before, and what it changed, is wardctl's to answer for. */
function toKept({ kind, before, after }: Operation, kept: PlanState | undefined): PlanState {
  if (kind !== "disable") return after;
  const changed = before ? listDifferences(toAccountState(before), toAccountState(after)) : [];
  const keys = new Set<string>([...Object.keys(kept?.attributes ?? {}), ...changed]);
  return { ...after, attributes: Object.fromEntries(Object.entries(after.attributes).filter(([key]) => keys.has(key))) };
}
