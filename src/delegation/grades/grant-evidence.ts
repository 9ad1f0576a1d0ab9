import type { Instant } from "../../platform/clock.ts";
import { isPost, type Register } from "../facts.ts";
import type { Grant } from "../grant.ts";
import { type EvidenceGrade, toRank } from "./evidence-grade.ts";

export interface GrantEvidence {
  readonly grade: EvidenceGrade;
  readonly at: Instant;
}

/** What is known, of the strongest kind, on whether the document system carries a grant. Undefined: nothing that is fresh, or nothing has to be set up (Q.). */
export function findGrantEvidence(register: Register, grant: Grant): GrantEvidence | undefined {
  if (grant.capacity === "Q") return undefined;
  const { reading, fresh, weighed } = register.findCarriage(grant.unit);
  const holders = (register.holdingsIn.get(grant.unit) ?? []).filter((holding) => isPost(holding, grant.to));
  const words = holders
    .flatMap(({ staffId }) => weighed.get(grant.unit)?.get(staffId) ?? [])
    .filter(({ capacity, docTypes }) => capacity === grant.capacity && (docTypes & grant.docTypes) !== 0)
    .map(({ grade, at }): GrantEvidence => ({ grade, at }));
  if (reading?.grade !== undefined && fresh) words.push({ grade: reading.grade, at: reading.at });
  return words.toSorted((a, b) => toRank(b.grade) - toRank(a.grade) || b.at - a.at)[0];
}
