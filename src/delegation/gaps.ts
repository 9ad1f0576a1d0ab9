import type { Instant } from "../platform/clock.ts";
import { docTypes } from "./doc-types.ts";
import type { Register } from "./facts.ts";
import { contains, type Interval, intersect, subtract, unite } from "./interval.ts";
import { listIssuePremises } from "./issue.ts";
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
  /** issue: somebody may sign, and it cannot go out, for want of a usable seal or a clerk. */
  readonly class: GapClass | "issue";
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

/** Where somebody can sign or may be able to, and what is signed is known not to go out. By unit, type and time. */
export function listIssueGaps(register: Register, units: Iterable<string>, horizon: Interval): Gap[] {
  return [...units].sort().flatMap((unit) => {
    const stuck = unite(
      listIssuePremises(register, unit).flatMap(({ holds, maybe }) => subtract([horizon], unite([...holds, ...maybe]))),
    );
    if (stuck.length === 0) return [];
    const nobody = Map.groupBy(
      sweep(listPieces(register, unit), horizon, docTypes.length).filter((row) => row.class === "gap"),
      ({ bit }) => bit,
    );
    return docTypes.flatMap(({ key }, bit) =>
      intersect(subtract(stuck, unite(nobody.get(bit) ?? [])), [horizon]).map(({ from, to }): Gap => {
        return { unit, docType: key, from, to, class: "issue" };
      }),
    );
  });
}

/** Units of which it is not known at an instant whether they can issue. */
export function listIssueUnknown(register: Register, units: readonly string[], at: Instant): string[] {
  return units.filter((unit) => {
    const premises = listIssuePremises(register, unit);
    const isOpen = premises.some(({ holds, maybe }) => !contains(holds, at) && contains(maybe, at));
    return isOpen && premises.every(({ holds, maybe }) => contains(holds, at) || contains(maybe, at));
  });
}
