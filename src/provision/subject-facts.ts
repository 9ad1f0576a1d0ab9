import type { IsoDate } from "../directory/unit.ts";
import type { Membership } from "./account.ts";
import type { PlanState } from "./operation.ts";
import type { SubjectKey } from "./roster.ts";

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

/** A role or group of an account that is wardctl's to answer for: given, or found as wanted. */
export interface GivenMembership extends KnownAccount {
  readonly membership: Membership;
  /** What says that it is wanted. */
  readonly source: string;
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
