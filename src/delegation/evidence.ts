import type { Instant } from "../platform/clock.ts";
import type { GrantedCapacity } from "./capacity.ts";
import type { DocTypeMask } from "./doc-types.ts";
import type { EvidenceGrade } from "./grades/evidence-grade.ts";
import type { Narrowing } from "./scope.ts";

/** One right to sign as a document system says it carries it, in the field's words and half-open windows. */
export interface CarriedRight {
  /** The system's own id. */
  readonly extId: string;
  /** Our key, where wardctl made it: `<grant id>/<staff id>/<n>`. */
  readonly key?: string;
  readonly unit: string;
  /** Undefined when the system's user has no staff id. */
  readonly staffId?: string;
  readonly userName?: string;
  readonly capacity: GrantedCapacity;
  readonly docTypes: DocTypeMask;
  /** Undefined: for every department and every group of procedures. */
  readonly narrowing?: Narrowing;
  readonly from: Instant;
  /** Infinity: no end. */
  readonly to: Instant;
  /** False: listed, but ended there. */
  readonly active: boolean;
}

/** Some systems list a right by account name only: the accounts that were read say whose it is. */
export function nameHolders(rights: readonly CarriedRight[], staffIds: ReadonlyMap<string, string>): CarriedRight[] {
  return rights.map((right) => {
    const staffId = right.staffId ?? (right.userName === undefined ? undefined : staffIds.get(right.userName));
    return staffId === undefined ? right : { ...right, staffId };
  });
}

/** A read-back over all pages: what `system` carried at `at`. It supports [at, at + ttlMs). */
export interface CarriageReading {
  readonly system: string;
  readonly at: Instant;
  readonly ttlMs: number;
  /** SHA-256 of the rights in canonical form. */
  readonly hash: string;
  /** Absent: from before grades were kept. */
  readonly grade?: EvidenceGrade;
  readonly rights: readonly CarriedRight[];
  readonly recordedAt: Instant;
}

/** What a document system said of one person's account and signing certificate. */
export interface PersonReading {
  readonly system: string;
  readonly staffId: string;
  readonly at: Instant;
  readonly ttlMs: number;
  readonly grade?: EvidenceGrade;
  /** Undefined: no such account. */
  readonly account?: AccountSeen;
  readonly recordedAt: Instant;
}

export interface AccountSeen {
  readonly userName: string;
  readonly active: boolean;
  readonly certificate?: CertificateSeen;
}

export interface CertificateSeen {
  readonly serial: string;
  readonly notBefore?: Instant;
  readonly notAfter?: Instant;
  /** The system uses this certificate for this account. */
  readonly bound: boolean;
}
