import type { Instant } from "../platform/clock.ts";
import { type Capacity, precedence } from "./capacity.ts";
import type { DenyCode } from "./deny-codes.ts";
import { certificationTypes, type DocType, type DocTypeMask, toBit } from "./doc-types.ts";
import type { Holding, Register } from "./facts.ts";
import type { Grant, PostRef } from "./grant.ts";
import { always, type Intervals, intersect, never, unite } from "./interval.ts";
import type { Turn } from "./legal.ts";
import { type Checks, type Premise, toChecks, toPremise } from "./premise.ts";
import { toCarried } from "./readiness.ts";
import { findLawfulCapacity, type RuleCode } from "./rules.ts";
import { findSpans, type Part } from "./scope.ts";
import { toSignatureBlock } from "./signature-block.ts";
import { type EvidenceUsed, findSigner, noPost, type Right, type Signer } from "./signer.ts";

export { toOffice } from "./office.ts";

/** One way in which a person might sign: by the office held, by a grant, or by a grant that nobody has made yet. */
export interface Candidate {
  readonly capacity: Capacity;
  readonly rule: RuleCode;
  readonly from: PostRef;
  readonly to: PostRef;
  readonly through?: PostRef;
  /** Undefined: native authority, or nothing granted. */
  readonly grant?: Grant;
  readonly premises: readonly Premise[];
  /** When every premise is known to hold. */
  readonly allows: Intervals;
  /** When the workspace's reading of an unclear law decides. */
  readonly turns: readonly Turn[];
  /** The exact lines above the signature. */
  readonly signatureBlock: readonly string[];
}

export interface Subject extends Part {
  readonly staffId: string;
  readonly unit: string;
  readonly docType: DocType;
  readonly at: Instant;
}

const headPost: PostRef = { position: "chu-tich" };

/** The ways in which a person might sign a type in a unit, whatever the instant. */
export interface Ways {
  readonly candidates: readonly Candidate[];
  /** Whenever one of them allows. */
  readonly allows: Intervals;
  readonly evidence: readonly EvidenceUsed[];
  /** Of each candidate, the place of its capacity in the precedence. */
  readonly capacities: readonly number[];
  /** What the person has of their own, the last premises of every candidate. */
  readonly means: Checks;
  /** What each candidate rests on whatever the type, and what of it hangs on the type. */
  readonly rights: Checks;
  readonly typed: Checks;
}

export interface KnownWays {
  readonly ways: Ways;
  /** What stands in for a right where there is none, by the post that is held then. */
  readonly without: Map<Holding | undefined, Ways>;
}

/** Every candidate, best precedence first. Never empty: without any right the last one says which right is missing. */
export function listWays(register: Register, subject: Subject): Ways {
  const signer = findSigner(register, subject);
  const what = toWhat(subject);
  let known = signer.ways.get(what);
  if (!known) {
    known = { ways: readWays(register, subject, signer), without: new Map() };
    signer.ways.set(what, known);
  }
  if (known.ways.candidates.length > 0) return known.ways;
  const now = findHeld(signer, subject.at);
  let without = known.without.get(now);
  if (!without) {
    without = readWithout(register, subject, signer, now);
    known.without.set(now, without);
  }
  return without;
}

/** Most questions are about no part of a unit: their key is the type's own. */
function toWhat({ docType, department, procedure }: Subject): string {
  if (department === undefined && procedure === undefined) return docType.key;
  return `${docType.key}/${department ?? ""}/${procedure ?? ""}`;
}

function findHeld({ held }: Signer, at: Instant): Holding | undefined {
  for (const holding of held) if (holding.from <= at && at < holding.to) return holding;
  return undefined;
}

function readWays(register: Register, subject: Subject, signer: Signer): Ways {
  const { head, means, rights } = signer;
  const { docType } = subject;
  const typed = rights.map(({ grant }) => listTyped(register, grant, subject, toBit(docType.key)));
  const native = head ? [toNative(head, means, docType)] : [];
  const granted = rights.map((right, place) => toGranted(register, right, docType, [...(typed[place] ?? []), ...means]));
  return toWays(signer, [...native, ...granted], signer.rightsChecks, toChecks([...native.map(() => []), ...typed]));
}

function readWithout(register: Register, subject: Subject, signer: Signer, now: Holding | undefined): Ways {
  const candidate = toUngranted(register, subject, now, signer.means);
  const own = candidate.premises.slice(0, -signer.means.length);
  return toWays(signer, [candidate], toChecks([own]), toChecks([[]]));
}

function toWays({ evidence, meansChecks }: Signer, candidates: readonly Candidate[], rights: Checks, typed: Checks): Ways {
  const allows = unite(candidates.flatMap((each) => each.allows));
  const capacities = candidates.map(({ capacity }) => precedence.indexOf(capacity));
  return { candidates, allows, evidence, capacities, means: meansChecks, rights, typed };
}

function toNative({ post, office }: NonNullable<Signer["head"]>, means: readonly Premise[], docType: DocType): Candidate {
  const premises = [office, ...means];
  const [capacity, rule] = docType.collective ? (["TM", "D30-13.2"] as const) : (["HEAD", "D30-13.1"] as const);
  return toCandidate({ capacity, rule, from: post, to: post, premises, allows: toAllows(premises), turns: [] }, docType);
}

/** What of a right hangs on the type and on where in the unit the document belongs. */
function listTyped(register: Register, grant: Grant, part: Omit<Subject, "at">, bit: DocTypeMask): Premise[] {
  const spans = (grant.docTypes & bit) === 0 ? never : findSpans(grant.narrowing, part, register.tree);
  const scope = toPremise("scope", { holds: spans, codesAt: () => outOfScope });
  // An acting head signs as the head does: the office is the right, not a setting of the software.
  if (grant.capacity === "Q") return [scope];
  return [
    scope,
    toPremise("carried", toCarried(register, grant.unit, { staffId: part.staffId, capacity: grant.capacity, part }, bit)),
  ];
}

const outOfScope = ["DEL-SCOPE"] as const;

function toGranted(register: Register, right: Right, docType: DocType, rest: readonly Premise[]): Candidate {
  const { grant, legal, turns } = right;
  const premises = [...right.premises, ...rest].sort((a, b) => a.bit - b.bit);
  const parent = grant.parent === undefined ? undefined : register.findGrant(grant.parent);
  const signing = { capacity: grant.capacity, from: parent?.from ?? grant.from, to: grant.to, through: parent?.to };
  return toCandidate({ ...signing, rule: legal.rule, grant, premises, allows: toAllows(premises), turns }, docType);
}

/** Nothing was granted: what the law would give the post, and what of it is missing. */
function toUngranted(
  register: Register,
  subject: Omit<Subject, "at">,
  now: Holding | undefined,
  means: readonly Premise[],
): Candidate {
  if (!now) {
    const office = toPremise("office", { holds: never, codesAt: () => noPost });
    const to = { position: "" };
    const rule = "D30-13.3";
    return toCandidate(
      { capacity: "TUQ", rule, from: headPost, to, premises: [office, ...means], allows: never, turns: [] },
      subject.docType,
    );
  }
  const bit = toBit(subject.docType.key);
  const lawful = findLawfulCapacity(now.rank, (bit & certificationTypes) !== 0);
  const capacity = lawful?.capacity ?? "TUQ";
  const codes: DenyCode[] = lawful?.needsClause ? ["DEL-TL-NO-REGULATION", "DEL-NO-GRANT"] : ["DEL-NO-GRANT"];
  const premises: Premise[] = [
    toPremise("scope", { holds: never, codesAt: () => codes }),
    toPremise("carried", toCarried(register, subject.unit, { staffId: subject.staffId, capacity, part: subject }, bit)),
    ...means,
  ];
  const rule = lawful?.code ?? "D30-13.3";
  return toCandidate({ capacity, rule, from: headPost, to: now.post, premises, allows: never, turns: [] }, subject.docType);
}

function toCandidate(way: Omit<Candidate, "signatureBlock">, docType: DocType): Candidate {
  const { capacity, rule, from, to, through, grant, premises, allows, turns } = way;
  const signatureBlock = toSignatureBlock({ capacity, docType, from, to, through });
  return { capacity, rule, from, to, through, grant, premises, allows, turns, signatureBlock };
}

function toAllows(premises: readonly Premise[]): Intervals {
  let all = always;
  for (const { holds, missingEvidence } of premises) all = intersect(all, missingEvidence === undefined ? holds : never);
  return all;
}
