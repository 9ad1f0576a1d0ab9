import type { Instant } from "../platform/clock.ts";
import { type Answer, type Decision, decideIn, type Question } from "./decide.ts";
import type { EvidenceCode } from "./deny-codes.ts";
import type { Register } from "./facts.ts";
import { contains, findContaining, findNextStart, type Intervals, intersect, subtract, unite } from "./interval.ts";
import type { IssueCode } from "./issue-codes.ts";
import { toReadiness } from "./readiness.ts";
import { toSealPremise } from "./seals/seal-premise.ts";

/** One of the two things that issuing needs beside the signature. */
export interface IssuePremise {
  readonly name: "seal" | "clerk";
  /** When it is known to hold. */
  readonly holds: Intervals;
  /** When only missing or old evidence stands in the way. */
  readonly maybe: Intervals;
  readonly evidence: EvidenceCode;
  readonly codesAt: (at: Instant) => readonly IssueCode[];
}

export interface IssueDecision {
  readonly signing: Decision;
  /** DENY beats UNKNOWN beats ALLOW. */
  readonly answer: Answer;
  readonly failed: readonly { readonly name: IssuePremise["name"]; readonly codes: readonly (IssueCode | EvidenceCode)[] }[];
  readonly until?: Instant;
  readonly nextAllowAt?: Instant;
  /** Clerks of the unit at that instant, ready or not. */
  readonly clerks: readonly string[];
}

/** Signing is not issuing: the document goes out when the clerk numbers it and adds the agency's seal. */
export function decideIssue(register: Register, question: Question): IssueDecision {
  const { unit, at } = question;
  const signing = decideIn(register, question);
  const premises = listIssuePremises(register, unit);
  const failed = premises.flatMap(({ name, holds, maybe, evidence, codesAt }) => {
    if (contains(holds, at)) return [];
    return [{ name, codes: contains(maybe, at) ? [evidence] : codesAt(at) }];
  });
  const isDenied = failed.some(({ codes }) => codes.some((code) => code.startsWith("ISS-")));
  const answer: Answer =
    signing.answer === "DENY" || isDenied ? "DENY" : failed.length > 0 || signing.answer === "UNKNOWN" ? "UNKNOWN" : "ALLOW";
  const all = premises.reduce((left, { holds }) => intersect(left, holds), signing.allows);
  const end = findContaining(all, at)?.to;
  const clerks = (register.holdingsIn.get(unit) ?? []).filter(({ rank, from, to }) => rank === "clerk" && from <= at && at < to);
  return {
    signing,
    answer,
    failed,
    until: answer === "ALLOW" && end !== Number.POSITIVE_INFINITY ? end : undefined,
    nextAllowAt: answer === "ALLOW" ? undefined : findNextStart(all, at),
    clerks: [...new Set(clerks.map(({ staffId }) => staffId))],
  };
}

export function listIssuePremises(register: Register, unit: string): readonly IssuePremise[] {
  return [toSealPremise(register, unit), toClerk(register, unit)];
}

function toClerk(register: Register, unit: string): IssuePremise {
  const posts = (register.holdingsIn.get(unit) ?? []).filter(({ rank }) => rank === "clerk");
  const inOffice = unite(posts);
  const clerks = [...Map.groupBy(posts, ({ staffId }) => staffId)].map(([staffId, own]) => {
    const { present, account } = toReadiness(register, unit, staffId);
    return { here: intersect(unite(own), present.holds), account };
  });
  const known = clerks.filter(({ account }) => account.missingEvidence === undefined);
  const holds = unite(known.flatMap(({ here, account }) => intersect(here, account.holds)));
  const open = clerks.filter(({ account }) => account.missingEvidence !== undefined);
  const here = unite(clerks.flatMap((clerk) => clerk.here));
  return {
    name: "clerk",
    holds,
    maybe: subtract(unite(open.flatMap((clerk) => clerk.here)), holds),
    evidence: open[0]?.account.missingEvidence ?? "EVID-NONE",
    codesAt: (at) => {
      if (!contains(inOffice, at)) return ["ISS-CLERK-NONE"];
      return [contains(here, at) ? "ISS-CLERK-ACCOUNT" : "ISS-CLERK-ABSENT"];
    },
  };
}
