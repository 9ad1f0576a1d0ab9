import type { Instant } from "../platform/clock.ts";
import type { Words } from "../platform/words.ts";
import type { GrantedCapacity } from "./capacity.ts";
import type { DocTypeMask } from "./doc-types.ts";
import type { AccountSeen, CarriedRight, CertificateSeen } from "./evidence.ts";
import type { EvidenceGrade } from "./grades/evidence-grade.ts";
import type { Interval } from "./interval.ts";
import type { Narrowing } from "./scope.ts";

/** A right that the document system is to carry for one account. */
export interface NewRight extends Interval {
  /** Unique for this right: sending it twice makes one. */
  readonly key: string;
  readonly unit: string;
  readonly staffId: string;
  readonly userName: string;
  readonly capacity: GrantedCapacity;
  readonly docTypes: DocTypeMask;
  readonly narrowing?: Narrowing;
}

/** A trial: may this account sign one type of a unit in this capacity, now? */
export interface ProbeQuestion {
  readonly unit: string;
  readonly staffId: string;
  readonly userName: string;
  readonly capacity: GrantedCapacity;
  /** Key of the document type. */
  readonly docType: string;
  /** Said once and never again, so that an answer kept from earlier is told from one of now. */
  readonly nonce: string;
}

/** What a right of the system can say. */
export interface Expressed {
  readonly window: boolean;
  readonly docTypes: boolean;
  readonly onlyCapacity?: GrantedCapacity;
  readonly multiDelegate: boolean;
  /** A right can be for some departments only. */
  readonly units: boolean;
  /** A right can be for some groups of procedures only. */
  readonly procedures: boolean;
  /** It can name what it is not for. */
  readonly exclusions: boolean;
}

/** Everything the system carries, or why it is not known to be everything. Half a listing is never compared. */
export type Listing =
  /** `at`: when it was so, where that is earlier than now. */
  | { readonly complete: true; readonly rights: readonly CarriedRight[]; readonly at?: Instant }
  | { readonly complete: false; readonly reason: Words };

/**
 * A document system that carries rights to sign. Promises every adapter keeps:
 *
 * - `listRights` reads every page anew, from no cache, ended rights included. A page that fails, pages that go round, an id that
 *   comes twice or a total that disagrees give `complete: false`. A value that the settings do not translate is a Failure of kind
 *   `invalid` that names system, field and value; it is never guessed.
 * - `createRight` and `endRight` send once. That they return means that the system took the request, not that it keeps it: only a
 *   later `listRights` is evidence. `createRight` may be repeated with the same key.
 * - `toExpressible` gives the widest window the system can hold that, from `now` on, is not wider than the given one; undefined when
 *   there is none.
 * - `probeRight` asks to sign on trial, once; an answer that is not to this very question is `unavailable`. `findSeal` says which certificate the system
 *   seals a unit's documents with; undefined: none. Both are absent where the system has no such thing.
 * - One that only reads (grade `export`) refuses every write with `unsafe`.
 * - Failure kinds: unavailable (no answer, 429, 5xx: try later), denied (401, 403), unsafe (the system refused the write).
 */
export interface Carrier {
  readonly system: string;
  /** For the guard that keeps rehearsed clocks away from real systems. */
  readonly url: string;
  readonly grade: EvidenceGrade;
  readonly expresses: Expressed;
  listRights(signal?: AbortSignal): Promise<Listing>;
  createRight(right: NewRight, signal?: AbortSignal): Promise<void>;
  endRight(extId: string, at: Instant, signal?: AbortSignal): Promise<void>;
  /** Undefined: there is no such account. */
  findAccount(staffId: string, signal?: AbortSignal): Promise<AccountSeen | undefined>;
  probeRight?(question: ProbeQuestion, signal?: AbortSignal): Promise<boolean>;
  findSeal?(unit: string, signal?: AbortSignal): Promise<CertificateSeen | undefined>;
  /** When what is said of accounts was so, where that is earlier than now. */
  findAccountsAt?(): Promise<Instant>;
  toExpressible(window: Interval, now: Instant): Interval | undefined;
  close(): Promise<void>;
}
