import type { Instant } from "../platform/clock.ts";
import { type Candidate, listWays, type Subject, type Ways } from "./candidates.ts";
import type { DenyCode, EvidenceCode } from "./deny-codes.ts";
import { toBit } from "./doc-types.ts";
import { createRegister, type Register, type SigningFacts } from "./facts.ts";
import { contains, findContaining, findNextStart, type Intervals } from "./interval.ts";
import { findNearest } from "./nearest.ts";
import type { PremiseName } from "./premise.ts";
import { findWeighed } from "./readiness.ts";
import { planRepair, type RepairAction } from "./repair.ts";
import type { SwitchCode } from "./rules.ts";
import type { EvidenceUsed } from "./signer.ts";

export type Answer = "ALLOW" | "DENY" | "UNKNOWN";

/** May this person sign this type here at `at`, by what was known at `asOf`? */
export interface Question extends Subject {
  readonly asOf: Instant;
}

export interface FailedPremise {
  readonly name: PremiseName;
  readonly codes: readonly (DenyCode | EvidenceCode)[];
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
  const { at } = question;
  const ways = listWays(register, question);
  const { candidate, failing, isUnknown } = findNearest(ways, at);
  const isAllowed = failing === 0;
  const failed = tellFailed(candidate, failing, at);
  const codes = toCodes(failed);
  const end = isAllowed ? findContaining(ways.allows, at)?.to : undefined;
  const until = end === Number.POSITIVE_INFINITY ? undefined : end;
  return {
    question,
    answer: isAllowed ? "ALLOW" : isUnknown ? "UNKNOWN" : "DENY",
    codes,
    candidate,
    failed,
    switches: candidate.turns.length === 0 ? none : listSwitches(candidate, at),
    signatureBlock: candidate.signatureBlock,
    allows: ways.allows,
    until,
    untilCodes: until === undefined ? none : listEndCodes(ways, until),
    nextAllowAt: isAllowed ? undefined : findNextStart(ways.allows, at),
    repair: isAllowed ? none : planRepair(register, question, candidate, failed, codes),
    evidence: toEvidence(register, question, candidate, ways.evidence),
    forecast: at > question.asOf,
  };
}

const none: readonly never[] = [];

/** What ends it is what ends the last right that allows: the one shown may have ended before, and another taken over. */
function listEndCodes({ candidates }: Ways, until: Instant): readonly (DenyCode | EvidenceCode)[] {
  for (const candidate of candidates) {
    for (const { to } of candidate.allows)
      if (to === until) return toCodes(tellFailed(candidate, listFailing(candidate, until), until));
  }
  return none;
}

function listFailing({ premises }: Candidate, at: Instant): number {
  let failing = 0;
  for (const { bit, holds, missingEvidence } of premises) {
    if (missingEvidence !== undefined || !contains(holds, at)) failing |= bit;
  }
  return failing;
}

function listSwitches({ turns }: Candidate, at: Instant): SwitchCode[] {
  return [...new Set(turns.filter(({ when }) => contains(when, at)).map((turn) => turn.switch))];
}

function toCodes(failed: readonly FailedPremise[]): readonly (DenyCode | EvidenceCode)[] {
  const [only] = failed;
  if (only === undefined) return none;
  if (failed.length === 1) return only.codes;
  const all: (DenyCode | EvidenceCode)[] = [];
  for (const { codes } of failed) for (const code of codes) if (!all.includes(code)) all.push(code);
  return all;
}

function tellFailed({ premises }: Candidate, failing: number, at: Instant): readonly FailedPremise[] {
  if (failing === 0) return none;
  const failed: FailedPremise[] = [];
  for (const { name, bit, missingEvidence, codesAt } of premises) {
    if ((failing & bit) !== 0) failed.push({ name, codes: missingEvidence === undefined ? codesAt(at) : [missingEvidence] });
  }
  return failed;
}

/** Word on the very right takes the place of the listing it was weighed against. */
function toEvidence(
  register: Register,
  { unit, staffId, docType }: Question,
  { capacity }: Candidate,
  listed: readonly EvidenceUsed[],
): readonly EvidenceUsed[] {
  const { weighed } = register.findCarriage(unit);
  if (weighed.size === 0) return listed;
  const word = findWeighed(weighed.get(unit)?.get(staffId), capacity, toBit(docType.key));
  if (!word) return listed;
  const { at, ttlMs, grade } = word;
  return listed.map((used) => (used.kind === "carriage" ? { kind: "carriage", at, ttlMs, fresh: true, grade } : used));
}
