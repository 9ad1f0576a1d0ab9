import type { Sql } from "../platform/database.ts";
import { toIso } from "../platform/time.ts";
import { listDifferences } from "./account.ts";
import type { ApplyRequest } from "./applying.ts";
import { createLifecycleStore, type RecordedBaseline } from "./lifecycle-store.ts";
import { createMembershipStore, type RecordedMembership } from "./membership-store.ts";
import {
  type AccountOperation,
  isAccountOperation,
  listMembershipChange,
  type PlanState,
  toAccountState,
  toSubjectId,
  toSubjectKey,
} from "./operation.ts";
import type { OutcomeRow } from "./outcome.ts";
import type { SubjectKey } from "./roster.ts";
import { createSeenStore } from "./seen-store.ts";
import { createSlipStore } from "./slip-store.ts";

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
  const done = rows.flatMap(({ operation, state, targetId }) =>
    state === "done" && isAccountOperation(operation) && operation.reason !== "new-slip" ? [{ operation, targetId }] : [],
  );
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
  await saveSeen(request, written, at, tx);
  await saveMemberships(request, rows, at, tx);
  const { file, sha256 } = plan.roster;
  const settled = (plan.origins ?? []).filter(({ subject }) => !open.has(subject));
  await store.saveOrigins(
    settled.map((origin) => ({ ...origin, plan: plan.planId, file, sha256, at })),
    tx,
  );
  await saveClosings(request, done, { at, tx });
  if (finished) await store.saveDeclared(plan.declared ?? [], { plan: plan.planId, actor, at }, tx);
}

/** What was read back is the newest word on these accounts. */
async function saveSeen({ database }: ApplyRequest, baselines: readonly RecordedBaseline[], at: string, tx: Sql): Promise<void> {
  const accounts = baselines.map(({ system, subject, state: { active } }) => {
    return { system, account: subject.slice(subject.indexOf("/") + 1), active };
  });
  await createSeenStore(database).saveAccounts(accounts, at, tx);
}

/** What was given out for an account that is closed opens nothing; one that a person had closed stays so until a person says otherwise. */
async function saveClosings(
  { plan, database }: ApplyRequest,
  done: readonly { readonly operation: AccountOperation }[],
  { at, tx }: { readonly at: string; readonly tx: Sql },
): Promise<void> {
  const slips = createSlipStore(database);
  for (const { operation } of done) {
    if (operation.kind === "disable") await slips.supersede({ ...operation, subject: toSubjectId(operation.subject) }, at, tx);
  }
  const changes = done.filter(
    ({ operation: { kind, reason } }) => kind === "enable" || kind === "disable" || reason === "recreate-asked",
  );
  await createLifecycleStore(tx).saveClosed(
    changes.map(({ operation: { system, subject, kind, reason } }) => {
      const byHand = kind === "disable" && (reason === "unclaimed" || reason === "made-in-part");
      return { system, subject: toSubjectKey(subject), reason: byHand ? reason : undefined };
    }),
    { plan: plan.planId, at },
    tx,
  );
}

async function saveMemberships({ plan, actor }: ApplyRequest, rows: readonly OutcomeRow[], at: string, tx: Sql): Promise<void> {
  const store = createMembershipStore(tx);
  const base = { plan: plan.planId, actor, at };
  const [changed, kept]: [RecordedMembership[], RecordedMembership[]] = [[], []];
  for (const { operation, state, targetId } of rows) {
    if (state !== "done" || operation.kind !== "assign" || targetId === undefined) continue;
    const { system, id, after, before, sources } = operation;
    const subject = toSubjectKey(operation.subject);
    const { add, remove } = listMembershipChange(operation);
    const one = { ...base, system, subject, targetId, operation: id };
    for (const membership of add) changed.push({ ...one, membership, held: true, source: sources[membership] ?? "" });
    for (const membership of remove) changed.push({ ...one, membership, held: false, source: operation.reason });
    for (const membership of after.memberships.filter((name) => before.memberships.includes(name))) {
      kept.push({ ...one, operation: undefined, membership, held: true, source: sources[membership] ?? "" });
    }
  }
  const found = (plan.memberships ?? []).map((one) => ({ ...base, ...one, held: true, operation: undefined }));
  const released = (plan.released ?? []).map((one) => ({ ...base, ...one, held: false, operation: undefined }));
  await store.save([...released, ...changed, ...found], tx);
  await store.renew(kept, tx);
}

/** A disable hands the whole account on as it was; only what was managed before, and what it changed, is wardctl's to answer for. */
function toKept({ kind, before, after }: AccountOperation, kept: PlanState | undefined): PlanState {
  if (kind !== "disable") return after;
  const changed = before ? listDifferences(toAccountState(before), toAccountState(after)) : [];
  const keys = new Set<string>([...Object.keys(kept?.attributes ?? {}), ...changed]);
  return { ...after, attributes: Object.fromEntries(Object.entries(after.attributes).filter(([key]) => keys.has(key))) };
}
