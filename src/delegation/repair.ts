import type { Candidate, Subject } from "./candidates.ts";
import type { GrantedCapacity } from "./capacity.ts";
import { type DenyCode, denyCodes, type EvidenceCode, type Owner } from "./deny-codes.ts";
import { certificationTypes, toBit } from "./doc-types.ts";
import type { Register } from "./facts.ts";
import { findPositionOf, type PostRef } from "./grant.ts";
import { contains } from "./interval.ts";
import { toInForce } from "./judge-grant.ts";
import { toCarried } from "./readiness.ts";
import { findLawfulCapacity } from "./rules.ts";

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
  | "refresh-evidence"
  | "head-signs";

/** One step that one owner can take. Together the steps make the answer ALLOW, and none of them can be left out. */
export interface RepairAction {
  readonly action: RepairKind;
  readonly owner: Owner;
  /** issue-grant: in the capacity that the law has for the post. */
  readonly capacity?: GrantedCapacity;
  readonly to?: PostRef;
  /** cite-regulation, approve: a grant that is there already. */
  readonly grantId?: string;
}

/** The smallest repair of the nearest miss. */
export function planRepair(
  register: Register,
  subject: Subject,
  candidate: Candidate,
  codes: readonly (DenyCode | EvidenceCode)[],
): RepairAction[] {
  const legal = planLegal(register, subject, candidate, codes);
  if (legal.some(({ action }) => action === "record-post" || action === "head-signs")) return legal;
  const capacity = legal.find(({ action }) => action === "issue-grant")?.capacity ?? candidate.capacity;
  const carries = capacity === candidate.capacity && candidate.premises.some(({ name }) => name === "carried");
  const notCarried = carries ? codes.includes("DEL-NOT-CARRIED") : legal.length > 0 && isMissing(register, subject, capacity);
  return [
    ...legal,
    ...(notCarried ? [step("push", "province-it")] : []),
    ...planMeans(codes),
    // A push reads back anew, but only what the system carries: old word on the account still needs a look. What was not read at
    // an instant that is over can be read no more.
    ...(subject.at >= register.asOf && codes.some((code) => code.startsWith("EVID-"))
      ? [step("refresh-evidence", "support")]
      : []),
  ];
}

function step(action: RepairKind, owner: Owner): RepairAction {
  return { action, owner };
}

function planLegal(
  register: Register,
  subject: Subject,
  candidate: Candidate,
  codes: readonly (DenyCode | EvidenceCode)[],
): RepairAction[] {
  const failing = codes.filter((code): code is DenyCode => code in denyCodes && denyCodes[code as DenyCode].side === "legal");
  if (failing.length === 0) return [];
  if (failing.includes("DEL-NO-POST")) return [step("record-post", "ward")];
  const { grant } = candidate;
  const mendable = grant && failing.every((code) => code === "DEL-PENDING" || code === "DEL-TL-NO-REGULATION");
  if (mendable) {
    return [
      ...(failing.includes("DEL-TL-NO-REGULATION") ? [{ ...step("cite-regulation", "ward"), grantId: grant.id }] : []),
      ...(failing.includes("DEL-PENDING") ? [{ ...step("approve", "ward"), grantId: grant.id }] : []),
    ];
  }
  return planNewGrant(register, subject, candidate);
}

function planNewGrant(register: Register, { unit, docType, at }: Subject, { to }: Candidate): RepairAction[] {
  const bit = toBit(docType.key);
  const rank = findPositionOf(to)?.rank;
  const lawful = rank && findLawfulCapacity(rank, (bit & certificationTypes) !== 0);
  const inForce = lawful && contains(toInForce(lawful, register.facts.zone), at);
  if (!lawful || !inForce) return [step("head-signs", "ward")];
  const clauseKnown = (register.grantsIn.get(unit) ?? []).some(
    (grant) =>
      grant.capacity === lawful.capacity &&
      grant.to.position === to.position &&
      grant.to.department === to.department &&
      (grant.docTypes & bit) !== 0 &&
      grant.basis.clause !== undefined &&
      lawful.basis.includes(grant.basis.kind),
  );
  return [
    ...(lawful.needsClause && !clauseKnown ? [step("cite-regulation", "ward")] : []),
    { ...step("issue-grant", "ward"), capacity: lawful.capacity, to },
    ...(register.facts.twoPerson.includes(lawful.capacity) ? [step("approve", "ward")] : []),
  ];
}

function isMissing(register: Register, { unit, staffId, docType, at }: Subject, capacity: string): boolean {
  const { holds, missingEvidence } = toCarried(register, unit, { staffId, capacity }, toBit(docType.key));
  return missingEvidence === undefined && !holds.some(({ from, to }) => from <= at && at < to);
}

function planMeans(codes: readonly string[]): RepairAction[] {
  const steps: RepairAction[] = [];
  if (codes.includes("PER-ABSENT")) steps.push(step("end-absence", "ward"));
  if (codes.includes("ACC-MISSING")) steps.push(step("create-account", "support"), step("bind-certificate", "support"));
  if (codes.includes("ACC-INACTIVE")) steps.push(step("enable-account", "support"));
  if (codes.includes("SIG-EXPIRED") || codes.includes("SIG-NOT-YET")) steps.push(step("renew-certificate", "ca"));
  if (codes.includes("SIG-NONE") || codes.includes("SIG-UNBOUND")) steps.push(step("bind-certificate", "support"));
  return steps;
}
