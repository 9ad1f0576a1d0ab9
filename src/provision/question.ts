import type { PlanSubject, Situation } from "./operation.ts";

export type QuestionCode =
  | "several-accounts"
  | "weak-match"
  | "account-gone"
  | "not-in-roster"
  | "other-name"
  | "name-differs"
  | "name-taken"
  | "left-before"
  | "moved-before"
  | "merged-before"
  | "closed-before"
  | "part-of-unit"
  | "no-such-department"
  | "several-heads"
  | "forbidden-together"
  | "same-name-and-birthday"
  | "membership-missing"
  | "several-of-name";

/** What only a person can decide. Nothing is changed for the subject (where `holds`) until it is. */
export interface Question {
  readonly code: QuestionCode;
  readonly situation: Situation;
  /** Where it came up; none: everywhere. */
  readonly systems: readonly string[];
  readonly subject: PlanSubject;
  readonly holds: boolean;
  /** User names, staff ids or subject keys that it is about. */
  readonly candidates: readonly string[];
}
