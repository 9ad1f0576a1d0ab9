import type { Capacity } from "./capacity.ts";
import { decideIn, type Question } from "./decide.ts";
import type { Register } from "./facts.ts";

export interface Signer {
  readonly staffId: string;
  readonly capacity: Capacity;
}

/** Everybody in the unit who may sign what was asked about at that instant, in order of staff id. */
export function listSigners(register: Register, question: Question): Signer[] {
  const staff = new Set((register.holdingsIn.get(question.unit) ?? []).map(({ staffId }) => staffId));
  return [...staff].sort().flatMap((staffId): Signer[] => {
    const { answer, candidate } = decideIn(register, { ...question, staffId });
    return answer === "ALLOW" ? [{ staffId, capacity: candidate.capacity }] : [];
  });
}
