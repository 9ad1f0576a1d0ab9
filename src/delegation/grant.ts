import { defaultPositions, type Position } from "../directory/position.ts";
import type { Instant } from "../platform/clock.ts";
import type { BasisKind, GrantedCapacity } from "./capacity.ts";
import type { DocTypeMask } from "./doc-types.ts";
import type { Narrowing } from "./scope.ts";

/** A post in a unit, not a person: persons follow by who holds it. The department tells apart posts of one name. */
export interface PostRef {
  readonly position: string;
  readonly department?: string;
}

export interface Basis {
  readonly kind: BasisKind;
  readonly number?: string;
  /** Start of the day the paper bears. */
  readonly date?: Instant;
  /** When it was signed, where that is known to the minute. */
  readonly signedAt?: Instant;
  /** `khoản 2 Điều 7`. */
  readonly clause?: string;
  /** SHA-256 of the file of the signed paper, in lower-case hex. */
  readonly sha256?: string;
  /** The further legal basis that a grantee who heads nothing needs (Luật 72/2025/QH15). */
  readonly legalBasis?: string;
}

/** The right of a post to sign types of documents. Never changed and never deleted; what happens to it later is an event. */
export interface Grant {
  readonly id: string;
  /** Unit code. */
  readonly unit: string;
  readonly from: PostRef;
  readonly to: PostRef;
  /** Staff id: only this holder of the post, nobody after. */
  readonly person?: string;
  readonly capacity: GrantedCapacity;
  readonly docTypes: DocTypeMask;
  /** Undefined: for every department and every group of procedures. */
  readonly narrowing?: Narrowing;
  readonly validFrom: Instant;
  readonly validTo?: Instant;
  readonly basis: Basis;
  /** The grant that this one is passed on from (NĐ 30/2020 Điều 13.4: TL. holder to own deputy). */
  readonly parent?: string;
  /** Without effect until somebody other than its recorder approves. */
  readonly needsApproval: boolean;
  readonly ruleset: string;
  readonly recordedAt: Instant;
  readonly recordedBy: string;
}

export type GrantEventKind = "approved" | "revoked" | "suspended";

/** What happened to a grant. `at` is when it takes effect, `recordedAt` when we knew. */
export interface GrantEvent {
  readonly grantId: string;
  readonly kind: GrantEventKind;
  readonly at: Instant;
  /** End of a suspension. */
  readonly until?: Instant;
  readonly reason?: string;
  readonly recordedAt: Instant;
  readonly recordedBy: string;
}

/** There is no authority before the paper that gives it (delegate.md §3.1). */
export function toEffectiveStart(grant: Pick<Grant, "validFrom" | "basis">): Instant {
  const { date, signedAt } = grant.basis;
  let start = grant.validFrom;
  if (date !== undefined && date > start) start = date;
  if (signedAt !== undefined && signedAt > start) start = signedAt;
  return start;
}

/** `van-hoa-xa-hoi/truong-phong`; leaders of the unit without a department. */
export function formatPostRef({ position, department }: PostRef): string {
  return department === undefined ? position : `${department}/${position}`;
}

const positions = new Map(defaultPositions.map((position) => [position.key, position]));

export function findPositionOf(ref: PostRef): Position | undefined {
  return positions.get(ref.position);
}
