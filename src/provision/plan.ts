import type { Person, Post } from "../directory/person.ts";
import type { IsoDate } from "../directory/unit.ts";
import { sha256, toCanonicalJson } from "../platform/canonical-json.ts";
import { Failure } from "../platform/failure.ts";
import type { Words } from "../platform/words.ts";
import type { AccountState } from "./account.ts";
import { type SubjectKey, toFunctionalKey, toPersonKey } from "./roster.ts";
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
  | "made-in-part";

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

export type QuestionCode =
  | "several-accounts"
  | "weak-match"
  | "account-gone"
  | "not-in-roster"
  | "other-name"
  | "name-differs"
  | "name-taken"
  | "left-before"
  | "moved-before"
  | "merged-before"
  | "closed-before"
  | "part-of-unit"
  | "no-such-department"
  | "several-heads"
  | "forbidden-together"
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

/** An account of ours. */
export interface KnownAccount {
  readonly system: string;
  readonly subject: SubjectKey;
  readonly targetId: string;
}

/** What an account of ours is to be like: drift is told from it. */
export interface Baseline extends KnownAccount {
  readonly state: PlanState;
}

/** Where a subject comes from: lines of the roster, or the rule for functional accounts that asked for it. */
export interface Origin {
  readonly subject: SubjectKey;
  readonly name: string;
  readonly unit: string;
  /** Of the file that the plan names; none for functional accounts. */
  readonly lines: readonly number[];
  readonly rule?: string;
  /** Functional accounts: staff id, null while vacant. */
  readonly owner?: string | null;
  /** Why it may use a system, where templates say so: `dossiers` ← `position chuyen-vien`. */
  readonly grants?: readonly { readonly system: string; readonly granted: boolean; readonly source: string }[];
}

/** What a person said by command before a roster said it: somebody left, or works elsewhere now. */
export interface Declared {
  readonly subject: SubjectKey;
  readonly kind: "leave" | "move";
  readonly effective: IsoDate;
  /** Where to. */
  readonly unit?: string;
}

/** A functional account whose accountable person goes, and who could follow. */
export interface Ownerless {
  readonly functionalKey: string;
  readonly name: string;
  readonly unit: string;
  readonly owner: string;
  readonly successor: { readonly staffId: string; readonly name: string; readonly position: string } | null;
}

/** What a merger of units does, told before it is done. */
export interface Merger {
  readonly unit: string;
  readonly effective: IsoDate;
  readonly sources: readonly { readonly code: string; readonly partial: boolean }[];
  readonly people: readonly { readonly staffId: string; readonly name: string; readonly from: string }[];
  readonly functional: readonly MergerFunctional[];
}

/** One functional account of the new unit, and those that come into it. */
export interface MergerFunctional {
  readonly key: string;
  /** Null where the new unit needs no such account. */
  readonly username: string | null;
  /** The unit whose account goes on. */
  readonly goesOn: string | null;
  /** Disabled; no system that wardctl writes to can be told that the old name stays an alias of the new one. */
  readonly merged: readonly { readonly functionalKey: string; readonly username: string }[];
}

/** Reserved while the plan is open; then issued, or retired where everything has ended. A retired name stays its owner's. */
export interface PlannedName {
  readonly subject: SubjectKey;
  readonly name: string;
  readonly state: "issued" | "retired";
  /** Whose it was: the subject has another key since a merger. */
  readonly from?: SubjectKey;
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
  /** Accounts of ours that are as wanted and of which no baseline is kept yet. */
  readonly baselines?: readonly Baseline[];
  readonly origins?: readonly Origin[];
  /** Nothing is carried out before this day. */
  readonly notBefore?: IsoDate;
  readonly declared?: readonly Declared[];
  readonly ownerless?: readonly Ownerless[];
  readonly merger?: Merger;
}

/** `digest` is the SHA-256 of the canonical JSON of everything else, each operation, baseline and origin in it replaced by the SHA-256 of its own canonical JSON. */
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
  const hashEach = async (list: readonly unknown[]): Promise<string[]> => {
    const hashes: string[] = [];
    for (const item of list) hashes.push(sha256(await toCanonicalJson(item)));
    return hashes;
  };
  const operations = await hashEach(content.operations);
  const baselines = content.baselines && { baselines: await hashEach(content.baselines) };
  const origins = content.origins && { origins: await hashEach(content.origins) };
  return sha256(await toCanonicalJson({ ...content, operations, ...baselines, ...origins }));
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
