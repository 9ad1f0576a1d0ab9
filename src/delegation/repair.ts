import type { Candidate, Subject } from "./candidates.ts";
import type { GrantedCapacity } from "./capacity.ts";
import type { FailedPremise } from "./decide.ts";
import { type DenyCode, denyCodes, type EvidenceCode, findOwner, isEvidence, type Owner } from "./deny-codes.ts";
import { certificationTypes, toBit } from "./doc-types.ts";
import type { Register } from "./facts.ts";
import { findPositionOf, type PostRef } from "./grant.ts";
import { contains } from "./interval.ts";
import { toInForce } from "./judge-grant.ts";
import { toCarried } from "./readiness.ts";
import { type CapacityRule, findLawfulCapacity } from "./rules.ts";
import { findSpans, type Part, toStanding } from "./scope.ts";
import { findSignerFault, onSiteCodes, type SignerCode } from "./signer-codes.ts";

export type RepairKind =
  | "record-post"
  | "cite-regulation"
  | "issue-grant"
  | "approve"
  | "push"
  | "end-absence"
  | "create-account"
  | "enable-account"
  | "renew-certificate"
  | "bind-certificate"
  | "use-own-certificate"
  | "correct-subject"
  | "install-chain"
  | "mend-on-site"
  | "check-certificate"
  | "refresh-evidence"
  | "head-signs";

/** One step that one owner can take. Together the steps make the answer ALLOW, and none of them can be left out. */
export interface RepairAction {
  readonly action: RepairKind;
  readonly owner: Owner;
  /** issue-grant: in the capacity that the law has for the post. */
  readonly capacity?: GrantedCapacity;
  readonly to?: PostRef;
  /** issue-grant: all that it has to cover is the type asked about, of this department and group of procedures. */
  readonly part?: Part;
  /** cite-regulation, approve: a grant that is there already. */
  readonly grantId?: string;
  /** mend-on-site: what was seen there. */
  readonly fault?: SignerCode;
}

/** The smallest repair of the nearest miss. `codes`: all that `failed` names. */
export function planRepair(
  register: Register,
  subject: Subject,
  candidate: Candidate,
  failed: readonly FailedPremise[],
  codes: readonly (DenyCode | EvidenceCode)[],
): readonly RepairAction[] {
  const legal = planLegal(register, subject, candidate, codes);
  const first = legal[0]?.action;
  if (first === "record-post" || first === "head-signs") return legal;
  const capacity = legal.find(({ action }) => action === "issue-grant")?.capacity ?? candidate.capacity;
  const carries = capacity === candidate.capacity && candidate.premises.some(({ name }) => name === "carried");
  const notCarried = carries ? codes.includes("DEL-NOT-CARRIED") : legal.length > 0 && isMissing(register, subject, capacity);
  const means = planMeans(codes);
  const steps = [...legal];
  if (notCarried) steps.push(step("push", "province-it"));
  for (const each of means) steps.push(each);
  planLook(register, subject, means, failed, steps);
  return steps;
}

function step(action: RepairKind, owner: Owner): RepairAction {
  return { action, owner };
}

const none: readonly RepairAction[] = [];

const legalCodes = new Set<string>(Object.entries(denyCodes).flatMap(([code, { side }]) => (side === "legal" ? [code] : [])));

function isLegal(code: string): boolean {
  return legalCodes.has(code);
}

function planLegal(
  register: Register,
  subject: Subject,
  candidate: Candidate,
  codes: readonly (DenyCode | EvidenceCode)[],
): readonly RepairAction[] {
  if (!codes.some(isLegal)) return none;
  if (codes.includes("DEL-NO-POST")) return [step("record-post", "ward")];
  const { grant } = candidate;
  const isUncited = codes.includes("DEL-TL-NO-REGULATION");
  const isPending = codes.includes("DEL-PENDING");
  if (grant && codes.every((code) => code === "DEL-PENDING" || code === "DEL-TL-NO-REGULATION" || !isLegal(code))) {
    const steps: RepairAction[] = [];
    if (isUncited) steps.push({ ...step("cite-regulation", "ward"), grantId: grant.id });
    if (isPending) steps.push({ ...step("approve", "ward"), grantId: grant.id });
    return steps;
  }
  return planNewGrant(register, subject, candidate);
}

function planNewGrant(register: Register, subject: Subject, { to }: Candidate): readonly RepairAction[] {
  const { docType, at, department: asked, procedure } = subject;
  const part = { department: asked === undefined ? undefined : toStanding(asked, at, register.tree), procedure };
  const bit = toBit(docType.key);
  const rank = findPositionOf(to)?.rank;
  const lawful = rank && findLawfulCapacity(rank, (bit & certificationTypes) !== 0);
  const inForce = lawful && contains(toInForce(lawful, register.facts.zone), at);
  if (!lawful || !inForce) return [step("head-signs", "ward")];
  const steps: RepairAction[] = [];
  if (lawful.needsClause && !isClauseKnown(register, subject, to, lawful)) steps.push(step("cite-regulation", "ward"));
  steps.push({ ...step("issue-grant", "ward"), capacity: lawful.capacity, to, part });
  if (register.facts.twoPerson.includes(lawful.capacity)) steps.push(step("approve", "ward"));
  return steps;
}

/** Some grant of the unit cites a regulation for this type and post already. */
function isClauseKnown(register: Register, subject: Subject, to: PostRef, lawful: CapacityRule): boolean {
  const bit = toBit(subject.docType.key);
  return (register.grantsIn.get(subject.unit) ?? []).some(
    (grant) =>
      grant.capacity === lawful.capacity &&
      grant.to.position === to.position &&
      grant.to.department === to.department &&
      (grant.docTypes & bit) !== 0 &&
      contains(findSpans(grant.narrowing, subject, register.tree), subject.at) &&
      grant.basis.clause !== undefined &&
      lawful.basis.includes(grant.basis.kind),
  );
}

function isMissing(register: Register, subject: Subject, capacity: string): boolean {
  const { unit, staffId, docType, at } = subject;
  const { holds, missingEvidence } = toCarried(register, unit, { staffId, capacity, part: subject }, toBit(docType.key));
  return missingEvidence === undefined && !holds.some(({ from, to }) => from <= at && at < to);
}

/** Whatever they lead to has to be looked at before it counts, where the workspace checks certificates. */
const leadToAnother: readonly RepairKind[] = [
  "create-account",
  "renew-certificate",
  "use-own-certificate",
  "correct-subject",
  "install-chain",
];

/**
 * A push reads back anew, but only what the system carries: old word on the account still needs a look. What is not known of the
 * certificate alone, the document system cannot tell. What was not read at an instant that is over can be read no more.
 */
function planLook(
  register: Register,
  subject: Subject,
  means: readonly RepairAction[],
  failed: readonly FailedPremise[],
  steps: RepairAction[],
): void {
  const unknown = failed.filter(({ codes }) => codes.some(isEvidence));
  const isNew =
    register.facts.signer?.isChecking &&
    (means.some(({ action }) => leadToAnother.includes(action)) || failed.some(({ codes }) => codes.includes("SIG-NONE")));
  const canBeRead = unknown.length > 0 && subject.at >= register.asOf;
  if (canBeRead && unknown.some(({ name }) => name !== "certificate")) steps.push(step("refresh-evidence", "support"));
  if (isNew || (canBeRead && unknown.every(({ name }) => name === "certificate"))) {
    steps.push(step("check-certificate", toChecker(unknown)));
  }
}

function planMeans(codes: readonly string[]): readonly RepairAction[] {
  if (!codes.some((code) => code.startsWith("PER-") || code.startsWith("ACC-") || code.startsWith("SIG-"))) return none;
  const steps: RepairAction[] = [];
  if (codes.includes("PER-ABSENT")) steps.push(step("end-absence", "ward"));
  if (codes.includes("ACC-MISSING")) steps.push(step("create-account", "support"), step("bind-certificate", "support"));
  if (codes.includes("ACC-INACTIVE")) steps.push(step("enable-account", "support"));
  steps.push(...planCertificate(codes));
  // Roots and intermediates are missing here: another certificate of the same issuer would not lead to them either.
  if (codes.includes("SIG-CHAIN")) steps.push(step("install-chain", "support"));
  for (const fault of onSiteCodes) {
    if (codes.includes(fault)) steps.push({ ...step("mend-on-site", findSignerFault(fault).owner), fault });
  }
  return steps;
}

/** Only a new certificate ends these. */
const pastMending = ["SIG-EXPIRED", "SIG-NOT-YET", "SIG-REVOKED", "SIG-PROFILE"];

function planCertificate(codes: readonly string[]): RepairAction[] {
  // The person's own takes the place of the agency's, whatever else is wrong with that one.
  if (codes.includes("SIG-WRONG-TYPE")) return [step("use-own-certificate", "support")];
  const steps: RepairAction[] = [];
  // A new one is made out for unit and post of now.
  if (codes.some((code) => pastMending.includes(code))) steps.push(step("renew-certificate", "ca"));
  else if (codes.includes("SIG-SUBJECT-STALE")) steps.push(step("correct-subject", "ca"));
  if (codes.includes("SIG-NONE") || codes.includes("SIG-UNBOUND")) steps.push(step("bind-certificate", "support"));
  return steps;
}

/** A list of revoked certificates, or the way to where it is published, is the network team's. */
function toChecker(unknown: readonly FailedPremise[]): Owner {
  return unknown.some(({ codes }) => codes.includes("SIG-REVINFO-UNKNOWN")) ? findOwner("SIG-REVINFO-UNKNOWN") : "support";
}
