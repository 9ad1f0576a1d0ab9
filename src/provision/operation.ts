import type { AccountState, Membership } from "./account.ts";
import { type SubjectKey, toFunctionalKey, toPersonKey } from "./roster.ts";

export type AccountKind = "create" | "update" | "enable" | "disable";
/** `create-group`: an empty group, before anybody is put into it. `assign`: roles and groups of one account, given and taken. */
export type OperationKind = AccountKind | "create-group" | "assign";

/** provision.md §7: what was found for a subject on a system. */
export type Situation =
  | "CONFIRMED"
  | "FOUND"
  | "ABSENT"
  | "AMBIGUOUS"
  | "MISSING"
  | "SOURCE_MISSING"
  | "UNQUALIFIED"
  | "UNASSIGNED";

export type Reason =
  | "no-account"
  | "attributes-differ"
  | "account-was-disabled"
  | "posts-ended"
  | "not-entitled"
  | "unit-merged"
  | "recreate-asked"
  | "new-slip"
  | "unclaimed"
  | "made-in-part"
  | "no-group"
  | "memberships-differ";

/** Of a person, a functional account, or a group: one of the three keys. */
export interface PlanSubject {
  readonly staffId?: string;
  readonly functionalKey?: string;
  readonly group?: Membership;
  readonly name: string;
  readonly unit: string;
  /** Functional accounts: staff id of the accountable person, null while the post is vacant. */
  readonly owner?: string | null;
}

export function toSubjectKey({ staffId, functionalKey, group }: PlanSubject): SubjectKey {
  if (group !== undefined) return group;
  return staffId === undefined ? toFunctionalKey(functionalKey ?? "") : toPersonKey(staffId);
}

/** The subject as people and files name it. */
export function toSubjectId({ staffId, functionalKey, group }: PlanSubject): string {
  return staffId ?? functionalKey ?? group ?? "";
}

interface OperationBase {
  readonly id: string;
  readonly system: string;
  readonly subject: PlanSubject;
  readonly username: string;
  readonly targetId: string | null;
  /** Of what was read: `absent` or a SHA-256. */
  readonly fingerprint: string;
  readonly reason: Reason;
  readonly situation: Situation;
  /** Operations of this plan, on any system, that must be done before. */
  readonly dependsOn?: readonly string[];
}

/** One change of one account on one system. `before` and `after` are whole, so what moved meanwhile can be told. */
export interface AccountOperation extends OperationBase {
  readonly kind: AccountKind;
  readonly before: PlanState | null;
  readonly after: PlanState;
}

/** The managed roles and groups of one account, whole. Without `targetId` the account is made by an operation that this one depends on. */
export interface AssignOperation extends OperationBase {
  readonly kind: "assign";
  readonly externalId: string | null;
  readonly before: { readonly memberships: readonly Membership[] };
  readonly after: { readonly memberships: readonly Membership[] };
  /** What says of each of `after` that it is wanted. */
  readonly sources: Readonly<Record<Membership, string>>;
}

/** `username` is the group's name. */
export interface GroupOperation extends OperationBase {
  readonly kind: "create-group";
  readonly before: null;
  readonly after: { readonly group: Membership };
}

export type Operation = AccountOperation | AssignOperation | GroupOperation;

export function isAccountOperation(operation: Operation): operation is AccountOperation {
  return operation.kind !== "assign" && operation.kind !== "create-group";
}

/** What an operation gives and takes of roles and groups. */
export function listMembershipChange({ before, after }: Pick<AssignOperation, "before" | "after">): {
  readonly add: readonly Membership[];
  readonly remove: readonly Membership[];
} {
  return {
    add: after.memberships.filter((one) => !before.memberships.includes(one)),
    remove: before.memberships.filter((one) => !after.memberships.includes(one)),
  };
}

/** AccountState as JSON: null for no externalId. */
export type PlanState = Omit<AccountState, "externalId"> & { readonly externalId: string | null };

export function toPlanState({ externalId, userName, active, attributes }: AccountState): PlanState {
  return { externalId: externalId ?? null, userName, active, attributes };
}

export function toAccountState(state: PlanState): AccountState {
  return { ...state, externalId: state.externalId ?? undefined };
}
