import type { Instant } from "../platform/clock.ts";
import type { Words } from "../platform/words.ts";
import type { WarningCode } from "../records/warnings.ts";
import type { OwnerKey } from "./owners.ts";

/** An account that somebody of the unit, or one of its departments, is to have. */
export interface AccountFact {
  readonly system: string;
  /** Staff id or functional key. */
  readonly account: string;
  readonly name: string;
  /** As last seen; unknown: nobody has looked. */
  readonly state: "present" | "missing" | "disabled" | "unknown";
  readonly seenAt: Instant | undefined;
}

/** One thing about signing that is not as it should be, for some types of documents. */
export interface SigningFact {
  /**
   * nobody: no one can sign or issue · grant: a right that was decided does not work · single: one person only · unknown: what
   * would tell is missing or too old.
   */
  readonly kind: "nobody" | "grant" | "single" | "unknown";
  readonly code: string;
  readonly owner: OwnerKey;
  /** Keys of document types. */
  readonly docTypes: readonly string[];
  /** Staff id of whose right it is, where it is about one person. */
  readonly who?: string | undefined;
  /** Not yet so: from this instant. Undefined: now. */
  readonly from?: Instant | undefined;
  /** What the code means. */
  readonly meaning: Words;
}

export interface EndpointFact {
  readonly system: string;
  /** untested: in the inventory, and never tried. */
  readonly state: "pass" | "fail" | "unknown" | "untested";
  readonly at: Instant | undefined;
  /** `net.timeout`; of what failed or could not be told. */
  readonly reason: string | undefined;
  readonly layer: string | undefined;
  readonly meaning: Words | undefined;
  /** It was tried while work on it was planned. */
  readonly maintenance: boolean;
  /** Whose the open cause is that explains the failure; undefined: none is known. */
  readonly owner?: Words | undefined;
}

/** The last test document to the unit that came to an end, on a system where such are sent. */
export interface CanaryFact {
  readonly system: string;
  /** Undefined: none was ever sent. */
  readonly at: Instant | undefined;
  /** The stage that failed; undefined: there and back. */
  readonly failedAt: string | undefined;
}

export interface RecordsFact {
  /** Whether any source of dossiers is to deliver of this unit. */
  readonly covered: boolean;
  /** Whether any source of dossiers has ever delivered. */
  readonly looked: boolean;
  readonly state: "reporting" | "zero" | "stale" | "silent";
  readonly lastDeliveryAt: Instant | undefined;
  /** Findings of the last delivery about this unit. */
  readonly warnings: readonly { readonly code: WarningCode; readonly count: number; readonly attention: boolean }[];
  /** How a new delivery is had: `wardctl sync`. */
  readonly command: string;
}

export interface ContactFact {
  readonly carrier: string | undefined;
  /** Numbers of the unit itself: hotline, service centre. */
  readonly phones: readonly string[];
  /** Technicians on duty now, with a number or without. */
  readonly onDuty: readonly { readonly name: string; readonly phone: string | undefined }[];
  readonly hasDuties: boolean;
}

/** Everything that is known of one unit, from the rooms' own stores. Undefined: the workspace does not use that room. */
export interface UnitFacts {
  readonly code: string;
  /** People whom some roster lists in this unit; 0: nobody is known to work there. */
  readonly staff: number;
  /** Undefined: no system for accounts is set up. */
  readonly accounts: readonly AccountFact[] | undefined;
  readonly departments: readonly AccountFact[] | undefined;
  /** Undefined: no document system is set up. */
  readonly signing: readonly SigningFact[] | undefined;
  /** Undefined: there is no inventory. */
  readonly endpoints: readonly EndpointFact[] | undefined;
  readonly canaries: readonly CanaryFact[];
  /** Undefined: no source of dossiers is set up. */
  readonly records: RecordsFact | undefined;
  /** Undefined: the list of contacts says nothing of the unit; "no-list": there is no such list yet. */
  readonly contact: ContactFact | undefined | "no-list";
}

/** What decides beside the facts. */
export interface ReadinessRules {
  readonly at: Instant;
  /** A look that is older than this says nothing any more. */
  readonly freshMs: { readonly accounts: number; readonly endpoints: number; readonly canary: number };
  /** Dimensions that the verdict of a unit hangs on. */
  readonly counted: readonly string[];
  /** The roster's file as it was last applied, for command lines. */
  readonly roster: string;
}
