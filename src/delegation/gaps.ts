import type { Instant } from "../platform/clock.ts";
import { docTypes } from "./doc-types.ts";
import type { Register } from "./facts.ts";
import { contains, type Interval, intersect, subtract, unite } from "./interval.ts";
import { listIssuePremises } from "./issue.ts";
import type { Part } from "./scope.ts";
import type { GapClass } from "./sweep.ts";
import { isPartOf, type RowPart, sweepUnit } from "./sweep-parts.ts";

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
  /** Undefined: all of it. Else only documents of this part, where rights are limited to parts. */
  readonly part?: RowPart;
}

/**
 * Where and when nobody, or one person only, can sign. One sweep a unit over the edges of what its people may sign, in order of
 * unit, type, time. The register must be made for the start of the horizon.
 */
export function listGaps(register: Register, units: Iterable<string>, horizon: Interval): Gap[] {
  return [...units].sort().flatMap((unit) =>
    sweepUnit(register, unit, horizon).rows.map((row): Gap => {
      return { unit, docType: docTypes[row.bit]?.key as string, from: row.from, to: row.to, class: row.class, part: row.part };
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
    const { parts, rows } = sweepUnit(register, unit, horizon);
    const nobody = Map.groupBy(
      rows.filter((row) => row.class === "gap"),
      ({ bit }) => bit,
    );
    // What is so in every part is said once; else of each part by itself.
    return docTypes.flatMap(({ key }, bit) => {
      const gaps = nobody.get(bit) ?? [];
      const isWhole = gaps.every(({ part }) => part === undefined);
      return (isWhole ? [undefined] : parts.filter((part) => isPartOf(bit, part))).flatMap((part) => {
        const here = gaps.filter((row) => part === undefined || row.part === undefined || isIn(part, row.part));
        return intersect(subtract(stuck, unite(here)), [horizon]).map(({ from, to }): Gap => {
          const named = part && { department: part.department, procedure: part.procedure };
          return { unit, docType: key, from, to, class: "issue", part: named };
        });
      });
    });
  });
}

/** Is a part of the unit one that the row is about? */
export function isIn(part: Part, row: RowPart): boolean {
  const fits = (asked: string | undefined, named: string | undefined): boolean => named === "*" || named === asked;
  return fits(part.department, row.department) && fits(part.procedure, row.procedure);
}

/** Units of which it is not known at an instant whether they can issue. */
export function listIssueUnknown(register: Register, units: readonly string[], at: Instant): string[] {
  return units.filter((unit) => {
    const premises = listIssuePremises(register, unit);
    const isOpen = premises.some(({ holds, maybe }) => !contains(holds, at) && contains(maybe, at));
    return isOpen && premises.every(({ holds, maybe }) => contains(holds, at) || contains(maybe, at));
  });
}
