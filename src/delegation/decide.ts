import type { Instant } from "../platform/clock.ts";
import { type Candidate, listCandidates, type PremiseName, premiseOrder, type Subject, toStateAt } from "./candidates.ts";
import { precedence } from "./capacity.ts";
import type { DenyCode, EvidenceCode } from "./deny-codes.ts";
import { createRegister, type Register, type SigningFacts } from "./facts.ts";
import { contains, findContaining, findNextStart, type Intervals, unite } from "./interval.ts";
import { planRepair, type RepairAction } from "./repair.ts";
import type { SwitchCode } from "./rules.ts";
import { toSignatureBlock } from "./signature-block.ts";

export type Answer = "ALLOW" | "DENY" | "UNKNOWN";

/** May this person sign this type here at `at`, by what was known at `asOf`? */
export interface Question extends Subject {
  readonly asOf: Instant;
}

export interface FailedPremise {
  readonly name: PremiseName;
  readonly codes: readonly (DenyCode | EvidenceCode)[];
}

export interface EvidenceUsed {
  readonly kind: "carriage" | "account";
  /** Undefined: none. */
  readonly at?: Instant;
  readonly ttlMs?: number;
  readonly fresh: boolean;
}

export interface Decision {
  readonly question: Question;
  readonly answer: Answer;
  /** Empty on ALLOW. Never empty otherwise. */
  readonly codes: readonly (DenyCode | EvidenceCode)[];
  /** The way of signing that the answer is about: the best that allows, else the nearest miss. */
  readonly candidate: Candidate;
  readonly failed: readonly FailedPremise[];
  /** Readings of an unclear law without which the answer could be another. */
  readonly switches: readonly SwitchCode[];
  readonly signatureBlock: readonly string[];
  /** Whenever the person may sign it, by any right. */
  readonly allows: Intervals;
  /** ALLOW: the first instant it stops being true, and what stops it. Undefined: nothing in sight. */
  readonly until?: Instant;
  readonly untilCodes: readonly (DenyCode | EvidenceCode)[];
  /** DENY, UNKNOWN: the next instant it becomes ALLOW by itself. */
  readonly nextAllowAt?: Instant;
  readonly repair: readonly RepairAction[];
  readonly evidence: readonly EvidenceUsed[];
  /** Asked about a later instant than anything known. */
  readonly forecast: boolean;
}

export function decideSigning(facts: SigningFacts, question: Question): Decision {
  return decideIn(createRegister(facts, question.at, question.asOf), question);
}

/** The same on a register that was made for the question's `at` and `asOf`; for many questions about one instant. */
export function decideIn(register: Register, question: Question): Decision {
  const candidates = listCandidates(register, question);
  const judged = candidates.map((candidate) => ({ candidate, failed: listFailed(candidate, question.at) }));
  const best = judged.reduce((a, b) => (isBetter(b, a) ? b : a));
  const { candidate, failed } = best;
  const codes = toCodes(failed);
  const answer = failed.length === 0 ? "ALLOW" : codes.every(isEvidence) ? "UNKNOWN" : "DENY";
  const allows = unite(candidates.flatMap((each) => each.allows));
  const end = findContaining(allows, question.at)?.to;
  const until = answer === "ALLOW" && end !== Number.POSITIVE_INFINITY ? end : undefined;
  // What ends it is what ends the last right that allows: the one shown may have ended before, and another taken over.
  const last = candidates.find((each) => each.allows.some(({ to }) => to === until)) ?? candidate;
  return {
    question,
    answer,
    codes,
    candidate,
    failed,
    switches: [...new Set(candidate.turns.filter(({ when }) => contains(when, question.at)).map((turn) => turn.switch))],
    signatureBlock: toSignatureBlock({ ...candidate, docType: question.docType }),
    allows,
    until,
    untilCodes: until === undefined ? [] : toCodes(listFailed(last, until)),
    nextAllowAt: answer === "ALLOW" ? undefined : findNextStart(allows, question.at),
    repair: answer === "ALLOW" ? [] : planRepair(register, question, candidate, codes),
    evidence: listEvidence(register, question),
    forecast: question.at > question.asOf,
  };
}

function toCodes(failed: readonly FailedPremise[]): (DenyCode | EvidenceCode)[] {
  return [...new Set(failed.flatMap(({ codes }) => codes))];
}

export function isEvidence(code: string): code is EvidenceCode {
  return code.startsWith("EVID-");
}

export function listFailed(candidate: Candidate, at: Instant): FailedPremise[] {
  return candidate.premises.flatMap((premise): FailedPremise[] => {
    const state = toStateAt(premise, at);
    if (state.state === "holds") return [];
    return [{ name: premise.name, codes: state.state === "unknown" ? [state.code] : state.codes }];
  });
}

interface Judged {
  readonly candidate: Candidate;
  readonly failed: readonly FailedPremise[];
}

/**
 * ALLOW before UNKNOWN before DENY; among those that allow the precedence of capacities; among misses the nearest: fewest failed
 * premises, then the one whose first failure comes latest. Equal ones keep the order of listCandidates, which is total.
 */
function isBetter(a: Judged, b: Judged): boolean {
  const grade = ({ failed }: Judged): number =>
    failed.length === 0 ? 0 : failed.every(({ codes }) => codes.every(isEvidence)) ? 1 : 2;
  if (grade(a) !== grade(b)) return grade(a) < grade(b);
  if (a.failed.length !== b.failed.length) return a.failed.length < b.failed.length;
  const first = ({ failed }: Judged): number => (failed[0] ? premiseOrder.indexOf(failed[0].name) : 0);
  if (first(a) !== first(b)) return first(a) > first(b);
  return precedence.indexOf(a.candidate.capacity) < precedence.indexOf(b.candidate.capacity);
}

function listEvidence(register: Register, { unit, staffId }: Question): EvidenceUsed[] {
  const carriage = register.findCarriage(unit);
  const person = register.findPerson(unit, staffId);
  return [
    { kind: "carriage", at: carriage.reading?.at, ttlMs: carriage.reading?.ttlMs, fresh: carriage.fresh },
    { kind: "account", at: person.reading?.at, ttlMs: person.reading?.ttlMs, fresh: person.fresh },
  ];
}
