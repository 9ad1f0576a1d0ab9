import type { Instant } from "../platform/clock.ts";
import { docTypes } from "./doc-types.ts";
import type { Register } from "./facts.ts";
import type { Interval } from "./interval.ts";
import { listPieces } from "./pieces.ts";
import { type GapClass, sweep } from "./sweep.ts";

export type { GapClass } from "./sweep.ts";

export interface Gap {
  readonly unit: string;
  /** Key of the document type. */
  readonly docType: string;
  readonly from: Instant;
  /** Infinity: no end in sight. */
  readonly to: Instant;
  readonly class: GapClass;
}

/**
 * Where and when nobody, or one person only, can sign. One sweep a unit over the edges of what its people may sign, in order of
 * unit, type, time. The register must be made for the start of the horizon.
 */
export function listGaps(register: Register, units: Iterable<string>, horizon: Interval): Gap[] {
  return [...units].sort().flatMap((unit) =>
    sweep(listPieces(register, unit), horizon, docTypes.length).map((row): Gap => {
      return { unit, docType: docTypes[row.bit]?.key as string, from: row.from, to: row.to, class: row.class };
    }),
  );
}
