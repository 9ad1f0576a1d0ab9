import type { Membership } from "./account.ts";
import type { PlanSubject, Situation } from "./operation.ts";
import type { Question, QuestionCode } from "./question.ts";
import type { Subject } from "./subject.ts";

/** A question about a subject, on one system or on all. `holds`: nothing is done for the subject until it is answered. */
export function ask(
  code: QuestionCode,
  situation: Situation,
  subject: Subject,
  system: string | null,
  candidates: readonly string[],
  holds: boolean,
): Question {
  return { code, situation, systems: system === null ? [] : [system], subject: toPlanSubject(subject), holds, candidates };
}

export function toPlanSubject({ kind, externalId, name, unit, owner }: Subject): PlanSubject {
  return {
    ...(kind === "person" ? { staffId: externalId } : { functionalKey: externalId }),
    name,
    unit,
    ...(owner === undefined ? {} : { owner }),
  };
}

/** A question about a group or role of a system; nothing is changed about it, and people go on without it. */
export function askOfMembership(code: QuestionCode, membership: Membership, system: string, unit: string): Question {
  const subject = { group: membership, name: membership.slice(membership.indexOf(":") + 1), unit };
  return { code, situation: "AMBIGUOUS", systems: [system], subject, holds: false, candidates: [membership] };
}
