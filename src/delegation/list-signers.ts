import type { Capacity } from "./capacity.ts";
import { decideIn, type Question } from "./decide.ts";
import type { Register } from "./facts.ts";

export interface Signer {
  readonly staffId: string;
  readonly capacity: Capacity;
}

export interface Signers {
  /** Those who may, in order of staff id. */
  readonly may: readonly Signer[];
  /** Staff ids of those of whom only old or missing evidence leaves it open. */
  readonly unknown: readonly string[];
}

/** Everybody in the unit but the person asked about, by whether they may sign it at that instant. */
export function listSigners(register: Register, question: Question): Signers {
  const staff = new Set((register.holdingsIn.get(question.unit) ?? []).map(({ staffId }) => staffId));
  staff.delete(question.staffId);
  const decided = [...staff].sort().map((staffId) => decideIn(register, { ...question, staffId }));
  return {
    may: decided
      .filter(({ answer }) => answer === "ALLOW")
      .map(({ question: { staffId }, candidate: { capacity } }) => ({ staffId, capacity })),
    unknown: decided.filter(({ answer }) => answer === "UNKNOWN").map(({ question: { staffId } }) => staffId),
  };
}
