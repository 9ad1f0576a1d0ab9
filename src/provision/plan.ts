import type { Person, Post } from "../directory/person.ts";
import { sha256, toCanonicalJson } from "../platform/canonical-json.ts";
import { Failure } from "../platform/failure.ts";
import type { Words } from "../platform/words.ts";
import type { AccountState } from "./account.ts";
import type { SubjectKey } from "./roster.ts";
import { provisionFaults as words } from "./words.ts";

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

export type Reason = "no-account" | "attributes-differ" | "account-was-disabled" | "posts-ended" | "recreate-asked";

export interface PlanSubject {
  readonly staffId?: string;
  readonly functionalKey?: string;
  readonly name: string;
  readonly unit: string;
  /** Functional accounts: staff id of the accountable person, null while the post is vacant. */
  readonly owner?: string | null;
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

export type QuestionCode =
  | "several-accounts"
  | "weak-match"
  | "account-gone"
  | "not-in-roster"
  | "other-name"
  | "name-differs"
  | "name-taken"
  | "same-name-and-birthday";

/** What only a person can decide. Nothing is changed for the subject (where `holds`) until it is. */
export interface Question {
  readonly code: QuestionCode;
  readonly situation: Situation;
  /** Where it came up; none: everywhere. */
  readonly systems: readonly string[];
  readonly subject: PlanSubject;
  readonly holds: boolean;
  /** User names, staff ids or subject keys that it is about. */
  readonly candidates: readonly string[];
}

export type GuardCode = "roster-empty" | "source-shrunk" | "too-many-disables";

export interface Guard {
  readonly code: GuardCode;
  readonly system: string | null;
  readonly count: number;
  readonly limit: number;
  readonly tripped: boolean;
}

export interface PlanSystem {
  readonly name: string;
  readonly url: string;
  /** `read`: compared; `failed`: not readable, nothing planned; `left-out`: `--except system=…` said so. */
  readonly state: "read" | "failed" | "left-out";
  readonly accounts: number;
  /** Accounts that belong to a subject of this plan. */
  readonly managed: number;
  /** Accounts nobody here claims: left alone. */
  readonly unmanaged: number;
  readonly message: Words | null;
  /** Hash of what was known of its behaviour; absent where it was never probed. */
  readonly profile?: string;
}

export interface PlanTotals {
  readonly create: number;
  readonly update: number;
  readonly enable: number;
  readonly disable: number;
  readonly none: number;
  readonly question: number;
}

/** A subject's account on a system, known by strong evidence. */
export interface Link {
  readonly system: string;
  readonly subject: SubjectKey;
  readonly targetId: string;
  readonly unit: string;
}

/** Reserved while the plan is open; then issued, or retired where everything has ended. A retired name stays its owner's. */
export interface PlannedName {
  readonly subject: SubjectKey;
  readonly name: string;
  readonly state: "issued" | "retired";
}

export interface PlanContent {
  readonly schema: "wardctl.plan/1";
  readonly planId: string;
  /** Instants with offset. */
  readonly createdAt: string;
  readonly expiresAt: string;
  readonly createdBy: string;
  readonly roster: { readonly file: string; readonly sha256: string; readonly people: number; readonly skippedRows: number };
  readonly scope: { readonly systems: readonly string[]; readonly only: readonly string[]; readonly except: readonly string[] };
  readonly systems: readonly PlanSystem[];
  readonly totals: PlanTotals;
  readonly operations: readonly Operation[];
  readonly questions: readonly Question[];
  readonly guards: readonly Guard[];
  /** Accounts found by their external id that were not linked yet. */
  readonly links: readonly Link[];
  /** Names this plan relies on and the register does not say so yet. */
  readonly usernames: readonly PlannedName[];
  /** Who works where, for the directory once this is applied. Without birthdays. */
  readonly people: { readonly units: readonly string[]; readonly people: readonly Person[]; readonly posts: readonly Post[] };
}

/** `digest` is the SHA-256 of the canonical JSON of everything else, each operation in it replaced by the SHA-256 of its own canonical JSON. */
export interface Plan extends PlanContent {
  readonly digest: string;
}

/** A system may have moved on after this. */
export const planLifeMs = 72 * 3_600_000;

export async function sealPlan(content: PlanContent): Promise<Plan> {
  return { ...content, digest: await hashPlan(content) };
}

/** Operation by operation: a plan of a whole country in one string would not fit into a small machine. */
async function hashPlan(content: PlanContent): Promise<string> {
  const operations: string[] = [];
  for (const operation of content.operations) operations.push(sha256(await toCanonicalJson(operation)));
  return sha256(await toCanonicalJson({ ...content, operations }));
}

/** A plan from its file: whole and unaltered, or a Failure of kind unsafe. */
export async function openPlan(text: string, file: string): Promise<Plan> {
  let plan: Plan;
  try {
    plan = JSON.parse(text) as Plan;
  } catch (error) {
    throw new Failure("unsafe", words.tornPlan(file), { cause: error, hint: words.planAgain });
  }
  if (typeof plan !== "object" || plan === null || plan.schema !== "wardctl.plan/1") {
    throw new Failure("invalid", words.noPlan(file), { hint: words.planAgain });
  }
  const { digest, ...content } = plan;
  if ((await hashPlan(content)) !== digest) throw new Failure("unsafe", words.editedPlan(file), { hint: words.planAgain });
  return plan;
}
