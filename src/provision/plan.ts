import type { Person, Post } from "../directory/person.ts";
import type { IsoDate } from "../directory/unit.ts";
import type { Words } from "../platform/words.ts";
import type { Membership } from "./account.ts";
import type { Operation } from "./operation.ts";
import type { Question } from "./question.ts";
import type { SubjectKey } from "./roster.ts";
import type { Baseline, Declared, GivenMembership, Link, Merger, Origin, Ownerless } from "./subject-facts.ts";

export type GuardCode = "roster-empty" | "source-shrunk" | "too-many-disables" | "taken-from-many";

export interface Guard {
  readonly code: GuardCode;
  readonly system: string | null;
  readonly count: number;
  readonly limit: number;
  readonly tripped: boolean;
  /** What is taken from too many of its holders. */
  readonly membership?: Membership;
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
  /** Absent in plans from before roles and groups. */
  readonly createGroup?: number;
  readonly assign?: number;
  readonly none: number;
  readonly question: number;
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
  /** Roles and groups that are held and wanted already, and that nobody answers for yet. */
  readonly memberships?: readonly GivenMembership[];
  /** Given once, and neither wanted nor held any more. */
  readonly released?: readonly GivenMembership[];
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
