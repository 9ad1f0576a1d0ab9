import { toNameKey } from "./account.ts";
import type { SubjectKey } from "./roster.ts";
import type { Declared } from "./subject-facts.ts";

/**
 * What a person answered to a plan's question. `about` says to what:
 * theirs, not-theirs: the account of this user name · make-again: the vanished account of this id · two-people: the other one's staff id ·
 * still-here: what was declared by mistake, `leave 2025-07-01` · keeps: nothing.
 */
export interface Decision {
  readonly subject: SubjectKey;
  readonly kind: DecisionKind;
  readonly system: string | null;
  readonly about: string;
}

export const decisionKinds = ["theirs", "not-theirs", "make-again", "two-people", "still-here", "keeps"] as const;
export type DecisionKind = (typeof decisionKinds)[number];

/** Who said so, when and why. */
export interface RecordedDecision extends Decision {
  readonly reason: string | undefined;
  readonly actor: string;
  readonly at: string;
}

/** What the same question is: an account is theirs or is not, and the later word counts. */
export function toDecisionTopic({ subject, kind, system, about }: Decision): string {
  const topic = kind === "theirs" || kind === "not-theirs" ? "account" : kind;
  return [subject, topic, system ?? "", about].join("\u0000");
}

/** The answers, asked by what a plan needs to know. */
export interface Answers {
  /** The account that is the subject's on this system, by user name. */
  findTheirs(subject: SubjectKey, system: string): string | undefined;
  /** The same on any system: a name that the subject goes by. */
  findName(subject: SubjectKey): string | undefined;
  isNotTheirs(subject: SubjectKey, system: string, userName: string): boolean;
  isMadeAgain(subject: SubjectKey, system: string, targetId: string | undefined): boolean;
  areTwo(one: SubjectKey, other: SubjectKey): boolean;
  isStillHere(subject: SubjectKey, declared: Declared): boolean;
  keeps(subject: SubjectKey): boolean;
}

export function createAnswers(decisions: readonly Decision[] = []): Answers {
  const said = new Set(decisions.map(({ subject, kind, system, about }) => [subject, kind, system ?? "", about].join("\u0000")));
  const has = (subject: SubjectKey, kind: DecisionKind, system: string, about: string): boolean =>
    said.has([subject, kind, system, about].join("\u0000"));
  const theirs = decisions.filter(({ kind }) => kind === "theirs");
  const idOf = (subject: SubjectKey): string => subject.slice(subject.indexOf("/") + 1);
  return {
    findTheirs: (subject, system) => theirs.findLast((one) => one.subject === subject && one.system === system)?.about,
    findName: (subject) => theirs.find((one) => one.subject === subject)?.about,
    isNotTheirs: (subject, system, userName) => has(subject, "not-theirs", system, toNameKey(userName)),
    isMadeAgain: (subject, system, targetId) => targetId !== undefined && has(subject, "make-again", system, targetId),
    areTwo: (one, other) => has(one, "two-people", "", idOf(other)) || has(other, "two-people", "", idOf(one)),
    isStillHere: (subject, declared) => has(subject, "still-here", "", toDeclaration(declared)),
    keeps: (subject) => has(subject, "keeps", "", ""),
  };
}

export function toDeclaration({ kind, effective }: Pick<Declared, "kind" | "effective">): string {
  return `${kind} ${effective}`;
}
