import type { Instant } from "../platform/clock.ts";
import { type Candidate, listWays, type PremiseName, premiseOrder, type Subject, toStateAt, type Ways } from "./candidates.ts";
import { type Capacity, precedence } from "./capacity.ts";
import { type DenyCode, type EvidenceCode, isEvidence } from "./deny-codes.ts";
import { toBit } from "./doc-types.ts";
import { createRegister, type Register, type SigningFacts } from "./facts.ts";
import type { EvidenceGrade } from "./grades/evidence-grade.ts";
import { contains, findContaining, findNextStart, type Intervals } from "./interval.ts";
import { findWeighed } from "./readiness.ts";
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
  /** Undefined: none, or from before grades were kept. */
  readonly grade?: EvidenceGrade;
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
  const ways = listWays(register, question);
  const { candidates, allows } = ways;
  const { candidate, failing } = findBest(ways, question.at);
  const failed = failing === 0 ? none : tellFailed(candidate, failing, question.at);
  const codes = toCodes(failed);
  const answer: Answer = failed.length === 0 ? "ALLOW" : codes.every(isEvidence) ? "UNKNOWN" : "DENY";
  const end = findContaining(allows, question.at)?.to;
  const until = answer === "ALLOW" && end !== Number.POSITIVE_INFINITY ? end : undefined;
  return {
    question,
    answer,
    codes,
    candidate,
    failed,
    switches: candidate.turns.length === 0 ? none : listSwitches(candidate, question.at),
    signatureBlock: toBlock(candidate, question),
    allows,
    until,
    untilCodes: until === undefined ? none : toCodes(listFailed(findLast(candidates, until) ?? candidate, until)),
    nextAllowAt: answer === "ALLOW" ? undefined : findNextStart(allows, question.at),
    repair: answer === "ALLOW" ? none : planRepair(register, question, candidate, failed),
    evidence: listEvidence(register, question, candidate.capacity),
    forecast: question.at > question.asOf,
  };
}

const none: readonly never[] = [];

/** What ends it is what ends the last right that allows: the one shown may have ended before, and another taken over. */
function findLast(candidates: readonly Candidate[], until: Instant): Candidate | undefined {
  return candidates.find((each) => each.allows.some(({ to }) => to === until));
}

function listSwitches({ turns }: Candidate, at: Instant): SwitchCode[] {
  return [...new Set(turns.filter(({ when }) => contains(when, at)).map((turn) => turn.switch))];
}

const blocks = new WeakMap<Candidate, readonly string[]>();

/** A candidate is one way of signing one type, so its block is always the same. */
function toBlock(candidate: Candidate, { docType }: Question): readonly string[] {
  const before = blocks.get(candidate);
  if (before) return before;
  const block = toSignatureBlock({ ...candidate, docType });
  blocks.set(candidate, block);
  return block;
}

function toCodes(failed: readonly FailedPremise[]): readonly (DenyCode | EvidenceCode)[] {
  const [only] = failed;
  if (only === undefined) return none;
  if (failed.length === 1) return only.codes;
  const all: (DenyCode | EvidenceCode)[] = [];
  for (const { codes } of failed) for (const code of codes) if (!all.includes(code)) all.push(code);
  return all;
}

export function listFailed(candidate: Candidate, at: Instant): FailedPremise[] {
  const failed: FailedPremise[] = [];
  for (const premise of candidate.premises) {
    const state = toStateAt(premise, at);
    if (state.state === "holds") continue;
    failed.push({ name: premise.name, codes: state.state === "unknown" ? [state.code] : state.codes });
  }
  return failed;
}

/**
 * ALLOW before UNKNOWN before DENY; among those that allow the precedence of capacities; among misses the nearest: fewest failed
 * premises, then the one whose first failure comes latest. Equal ones keep the order of the candidates, which is total. Compared by
 * counting: what fails is told of the best one only.
 */
function findBest(
  { candidates, packed }: Ways,
  at: Instant,
): { readonly candidate: Candidate /** Bit n: premise n fails. */; readonly failing: number } {
  let best = 0;
  let failing = 0;
  let rank = Number.POSITIVE_INFINITY;
  let next = 0;
  for (let place = 0; place < candidates.length; place++) {
    let grade = 0;
    let count = 0;
    let first = 0;
    let fails = 0;
    const premises = packed[next++] as number;
    for (let premise = 0; premise < premises; premise++) {
      const order = packed[next] as number;
      const isMissing = packed[next + 1] === 1;
      const end = next + 3 + 2 * (packed[next + 2] as number);
      let holds = false;
      if (!isMissing) {
        for (let span = next + 3; span < end; span += 2) {
          if ((packed[span] as number) <= at && at < (packed[span + 1] as number)) {
            holds = true;
            break;
          }
        }
      }
      next = end;
      if (holds) continue;
      fails |= 1 << premise;
      if (!isMissing) grade = 2;
      else if (grade === 0) grade = 1;
      if (count++ === 0) first = order;
    }
    // Digits of one number: grade, failures, how late the first one comes, capacity. Each has room to spare.
    const capacity = precedencePlaces[(candidates[place] as Candidate).capacity];
    const own = ((grade * 64 + count) * 64 + (premiseOrder.length - first)) * 64 + capacity;
    if (own < rank) {
      best = place;
      failing = fails;
      rank = own;
    }
  }
  return { candidate: candidates[best] as Candidate, failing };
}

function tellFailed({ premises }: Candidate, failing: number, at: Instant): FailedPremise[] {
  const failed: FailedPremise[] = [];
  for (let rest = failing; rest !== 0; rest &= rest - 1) {
    const { name, missingEvidence, codesAt } = premises[31 - Math.clz32(rest & -rest)] as Candidate["premises"][number];
    failed.push({ name, codes: missingEvidence === undefined ? codesAt(at) : [missingEvidence] });
  }
  return failed;
}

const precedencePlaces = Object.fromEntries(precedence.map((name, place) => [name, place])) as Record<Capacity, number>;

function listEvidence(register: Register, { unit, staffId, docType }: Question, capacity: Capacity): EvidenceUsed[] {
  const { reading: listing, fresh, weighed } = register.findCarriage(unit);
  const word = findWeighed(weighed.get(unit)?.get(staffId), capacity, toBit(docType.key));
  const { reading: seen, fresh: isSeen } = register.findPerson(unit, staffId);
  return [
    word
      ? { kind: "carriage", at: word.at, ttlMs: word.ttlMs, fresh: true, grade: word.grade }
      : { kind: "carriage", at: listing?.at, ttlMs: listing?.ttlMs, fresh, grade: listing?.grade },
    { kind: "account", at: seen?.at, ttlMs: seen?.ttlMs, fresh: isSeen, grade: seen?.grade },
  ];
}
