import type { AccountState } from "./account.ts";
import { type SubjectKey, toFunctionalKey, toPersonKey } from "./roster.ts";

export type OperationKind = "create" | "update" | "enable" | "disable";

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
  | "recreate-asked";

export interface PlanSubject {
  readonly staffId?: string;
  readonly functionalKey?: string;
  readonly name: string;
  readonly unit: string;
  /** Functional accounts: staff id of the accountable person, null while the post is vacant. */
  readonly owner?: string | null;
}

export function toSubjectKey({ staffId, functionalKey }: PlanSubject): SubjectKey {
  return staffId === undefined ? toFunctionalKey(functionalKey ?? "") : toPersonKey(staffId);
}

/** One change of one account on one system. `before` and `after` are whole, so what moved meanwhile can be told. */
export interface Operation {
  readonly id: string;
  readonly system: string;
  readonly kind: OperationKind;
  readonly subject: PlanSubject;
  readonly username: string;
  readonly targetId: string | null;
  readonly before: PlanState | null;
  readonly after: PlanState;
  /** Of what was read: `absent` or a SHA-256. */
  readonly fingerprint: string;
  readonly reason: Reason;
  readonly situation: Situation;
  /** Operations of this plan, on any system, that must be done before. */
  readonly dependsOn?: readonly string[];
}

/** AccountState as JSON: null for no externalId. */
export type PlanState = Omit<AccountState, "externalId"> & { readonly externalId: string | null };

export function toPlanState({ externalId, userName, active, attributes }: AccountState): PlanState {
  return { externalId: externalId ?? null, userName, active, attributes };
}

export function toAccountState(state: PlanState): AccountState {
  return { ...state, externalId: state.externalId ?? undefined };
}
