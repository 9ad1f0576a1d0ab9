import { sha256, toCanonicalJson } from "../platform/canonical-json.ts";
import { type Membership, toFingerprint } from "./account.ts";
import { toPlanSubject } from "./ask.ts";
import {
  type AccountOperation,
  type AssignOperation,
  type GroupOperation,
  type Operation,
  type OperationKind,
  toPlanState,
} from "./operation.ts";
import type { PlanTotals } from "./plan.ts";
import type { Change } from "./plan-changes.ts";
import type { Assignment, GroupToMake, MembershipChanges } from "./plan-memberships.ts";

/** Accounts, then groups, then who is in them: each with its id, its fingerprint and what it waits for (provision.md §9). */
export async function toOperations(
  changes: readonly Change[],
  { groups, assignments }: Pick<MembershipChanges, "groups" | "assignments">,
): Promise<readonly Operation[]> {
  const accounts = await Promise.all(changes.map((change, at) => toAccountOperation(change, toId(at))));
  const made = groups.map((group, at) => toGroupOperation(group, toId(accounts.length + at)));
  // Two writes to one account that meet lose one of them on some servers.
  const accountIds = new Map(changes.map(({ system, subject }, at) => [`${system} ${subject.key}`, toId(at)]));
  const groupIds = new Map(made.map(({ id, system, after }) => [`${system} ${after.group}`, id]));
  const assigned = await Promise.all(
    assignments.map((assignment, at) => {
      const { system, subject, after } = assignment;
      const waits = [accountIds.get(`${system} ${subject.key}`), ...after.map((one) => groupIds.get(`${system} ${one}`))];
      const dependsOn = waits.filter((id) => id !== undefined);
      return toAssignOperation(assignment, toId(accounts.length + made.length + at), dependsOn);
    }),
  );
  return [...accounts, ...made, ...assigned];
}

export function countTotals(operations: readonly Operation[], none: number, question: number): PlanTotals {
  const count = (kind: OperationKind): number => operations.filter((operation) => operation.kind === kind).length;
  return {
    create: count("create"),
    update: count("update"),
    enable: count("enable"),
    disable: count("disable"),
    createGroup: count("create-group"),
    assign: count("assign"),
    none,
    question,
  };
}

function toId(at: number): string {
  return `op-${String(at + 1).padStart(5, "0")}`;
}

async function toAccountOperation(
  { system, kind, subject, actual, wanted, reason, situation }: Change,
  id: string,
): Promise<AccountOperation> {
  return {
    id,
    system,
    kind,
    subject: toPlanSubject(subject),
    username: wanted.userName,
    targetId: actual?.id ?? null,
    before: actual ? toPlanState(actual) : null,
    after: toPlanState(wanted),
    fingerprint: await toFingerprint(actual),
    reason,
    situation,
  };
}

function toGroupOperation({ system, subject, group }: GroupToMake, id: string): GroupOperation {
  return {
    id,
    system,
    kind: "create-group",
    subject,
    username: subject.name,
    targetId: null,
    before: null,
    after: { group },
    fingerprint: "absent",
    reason: "no-group",
    situation: "ABSENT",
  };
}

async function toAssignOperation(
  { system, subject, account, userName, before, after, sources, reason, situation }: Assignment,
  id: string,
  dependsOn: readonly string[],
): Promise<AssignOperation> {
  return {
    id,
    system,
    kind: "assign",
    subject: toPlanSubject(subject),
    username: userName,
    externalId: account ? (account.externalId ?? null) : subject.externalId,
    targetId: account?.id ?? null,
    before: { memberships: before },
    after: { memberships: after },
    sources,
    fingerprint: account ? await toMembershipFingerprint(account.id, before) : "absent",
    reason,
    situation,
    ...(dependsOn.length === 0 ? {} : { dependsOn }),
  };
}

/** Of the managed roles and groups only: another that comes or goes is none of the plan's business. */
async function toMembershipFingerprint(id: string, memberships: readonly Membership[]): Promise<string> {
  return sha256(await toCanonicalJson({ id, memberships }));
}
