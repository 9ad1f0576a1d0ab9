import type { Instant } from "../platform/clock.ts";
import type { Words } from "../platform/words.ts";
import type { OwnerKey } from "./owners.ts";

/** What a unit needs before it can serve. The order is the one in which they are shown. */
export const dimensions = ["accounts", "departments", "signing", "endpoints", "records", "contacts"] as const;
export type Dimension = (typeof dimensions)[number];

/** unknown: nobody has looked, or too long ago. It is never taken for go. */
export const verdicts = ["go", "no-go", "unknown"] as const;
export type Verdict = (typeof verdicts)[number];

/** Why a dimension is not go. `note`: worth knowing, and no obstacle. */
export interface Reason {
  /** `ACC-UNIT-MISSING`, `DEL-NOT-CARRIED`, `HTTP-SLOW` …: docs/ready.md lists them. */
  readonly code: string;
  readonly verdict: Exclude<Verdict, "go"> | "note";
  readonly owner: OwnerKey;
  /** Who exactly, where that is known: `VNPT`. */
  readonly ownerName?: Words | undefined;
  readonly detail: Words;
  /** Command lines that mend it or show how, as they are typed; none where nobody can mend it from here. */
  readonly commands: readonly string[];
  /** When that was seen. */
  readonly seenAt?: Instant | undefined;
}

export interface DimensionReadiness {
  readonly verdict: Verdict;
  /** Obstacles first, then what is not known, then notes. */
  readonly reasons: readonly Reason[];
}

export interface UnitReadiness {
  /** Unit code. */
  readonly code: string;
  readonly verdict: Verdict;
  /** Since when the verdict is what it is, as far as history tells; undefined where nothing was ever kept of the unit. */
  readonly since?: Instant | undefined;
  readonly dimensions: Readonly<Record<Dimension, DimensionReadiness>>;
  /** The first thing to mend; undefined where the unit is go. */
  readonly first?: (Reason & { readonly dimension: Dimension }) | undefined;
}
