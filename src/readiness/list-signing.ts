import { decideIn } from "../delegation/decide.ts";
import { type DenyCode, denyWords, type EvidenceCode, findOwner, isEvidence } from "../delegation/deny-codes.ts";
import { type DocTypeMask, docTypes, findDocType, listKeys } from "../delegation/doc-types.ts";
import { type Holding, isPost, type Register } from "../delegation/facts.ts";
import { type Gap, listGaps, listIssueGaps, listIssueUnknown } from "../delegation/gaps.ts";
import { type Grant, toEffectiveStart } from "../delegation/grant.ts";
import type { Interval } from "../delegation/interval.ts";
import { listIssuePremises } from "../delegation/issue.ts";
import { type IssueCode, issueCodes, issueWords } from "../delegation/issue-codes.ts";
import type { Words } from "../platform/words.ts";
import type { SigningFact } from "./facts.ts";
import { readinessWords as words } from "./words.ts";

/**
 * One unit's obstacles over a horizon that starts at the register's instant: types that nobody can sign or issue, rights that were
 * decided and do not work, types with one signer only, and what is not known.
 */
export function listSigningFacts(register: Register, unit: string, horizon: Interval): SigningFact[] {
  const gaps = listGaps(register, [unit], horizon);
  const nobody = gaps.filter((gap) => gap.class === "gap").map((gap) => explainGap(register, gap, horizon));
  const stuck = listIssueGaps(register, [unit], horizon).map((gap) => explainIssue(register, gap, horizon));
  const open = gaps.filter((gap) => gap.class === "unknown");
  const lone = gaps.filter((gap) => gap.class === "single" && gap.from === horizon.from);
  return join([
    ...nobody,
    ...stuck,
    ...listIdleGrants(register, unit, horizon.from),
    ...open.map((gap) => explainOpen(register, gap, horizon)),
    ...listIssueUnknown(register, [unit], horizon.from).map(() => explainUnknownIssue(register, unit, horizon.from)),
    ...lone.map(({ docType }) => toSingle(docType)),
  ]);
}

/** Of one fault one fact, with all its types. */
function join(facts: readonly SigningFact[]): SigningFact[] {
  const alike = Map.groupBy(facts, ({ kind, code, who, from }) => [kind, code, who, from].join("/"));
  return [...alike.values()].map((own) => {
    const keys = new Set(own.flatMap((fact) => fact.docTypes));
    return { ...(own[0] as SigningFact), docTypes: docTypes.filter(({ key }) => keys.has(key)).map(({ key }) => key) };
  });
}

function toStart({ from }: Pick<Gap, "from">, horizon: Interval): number | undefined {
  return from === horizon.from ? undefined : from;
}

/** Whoever heads the unit may sign all of it, so what keeps the head from it is what to mend. */
function explainGap(register: Register, { unit, docType, from }: Gap, horizon: Interval): SigningFact {
  const code = listHeadCodes(register, { unit, docType, from }).find((one) => !isEvidence(one)) ?? "DEL-NO-POST";
  return { ...describe(code), kind: "nobody", docTypes: [docType], from: toStart({ from }, horizon) };
}

function explainOpen(register: Register, { unit, docType, from }: Gap, horizon: Interval): SigningFact {
  const code = listHeadCodes(register, { unit, docType, from }).find(isEvidence) ?? "EVID-NONE";
  return { ...describe(code), kind: "unknown", docTypes: [docType], from: toStart({ from }, horizon) };
}

function listHeadCodes(
  register: Register,
  { unit, docType, from: at }: Pick<Gap, "unit" | "docType" | "from">,
): readonly (DenyCode | EvidenceCode)[] {
  const heads = (register.holdingsIn.get(unit) ?? []).filter(({ rank, from, to }) => rank === "head" && from <= at && at < to);
  const type = findDocType(docType);
  if (!type) return [];
  return heads.flatMap(({ staffId }) => decideIn(register, { staffId, unit, docType: type, at, asOf: register.asOf }).codes);
}

function explainIssue(register: Register, { unit, docType, from }: Gap, horizon: Interval): SigningFact {
  const codes = listIssuePremises(register, unit)
    .filter(({ holds, maybe }) => ![...holds, ...maybe].some((one) => one.from <= from && from < one.to))
    .flatMap(({ codesAt }) => codesAt(from));
  const code = codes[0] ?? "ISS-SEAL-NONE";
  return { ...describeIssue(code), kind: "nobody", docTypes: [docType], from: toStart({ from }, horizon) };
}

function explainUnknownIssue(register: Register, unit: string, at: number): SigningFact {
  const open = listIssuePremises(register, unit).find(({ holds, maybe }) => {
    const covers = ({ from, to }: Interval): boolean => from <= at && at < to;
    return !holds.some(covers) && maybe.some(covers);
  });
  const all = docTypes.map(({ key }) => key);
  return { ...describe(open?.evidence ?? "EVID-NONE"), kind: "unknown", docTypes: all };
}

function toSingle(docType: string): SigningFact {
  return { kind: "single", code: "DEL-SINGLE", owner: "ward", docTypes: [docType], meaning: words.onlyOne(words.types(1)) };
}

/** These say that a right is meant not to be there, or that its holder is away: no fault of the right. */
const intended: ReadonlySet<string> = new Set([
  "DEL-NOT-YET",
  "DEL-EXPIRED",
  "DEL-REVOKED",
  "DEL-SUSPENDED",
  "DEL-PENDING",
  "PER-ABSENT",
]);

/** Rights that were decided for somebody in office and do not work, for a fault that somebody can mend. */
function listIdleGrants(register: Register, unit: string, at: number): SigningFact[] {
  const meant = listMeant(register, unit, at);
  return [...meant].flatMap(([staffId, types]) =>
    listKeys(types).flatMap((key): SigningFact[] => {
      const docType = findDocType(key);
      if (!docType) return [];
      const { answer, codes } = decideIn(register, { staffId, unit, docType, at, asOf: register.asOf });
      if (answer !== "DENY" || codes.some((one) => intended.has(one))) return [];
      const code = codes.find((one) => !isEvidence(one));
      return code === undefined ? [] : [{ ...describe(code), kind: "grant", docTypes: [key], who: staffId }];
    }),
  );
}

/** What each person in office is to sign by some grant, whichever it is. */
function listMeant(register: Register, unit: string, at: number): ReadonlyMap<string, DocTypeMask> {
  const holdings = (register.holdingsIn.get(unit) ?? []).filter(({ from, to }) => from <= at && at < to);
  const meant = new Map<string, DocTypeMask>();
  for (const grant of register.grantsIn.get(unit) ?? []) {
    // Where a right is for a part of the unit only, a gap in that part tells of it.
    if (grant.narrowing !== undefined || !isMeant(register, grant, at)) continue;
    for (const staffId of listHolders(grant, holdings)) {
      meant.set(staffId, ((meant.get(staffId) ?? 0) | grant.docTypes) >>> 0);
    }
  }
  return meant;
}

function listHolders(grant: Grant, holdings: readonly Holding[]): readonly string[] {
  const own = holdings.filter((holding) => isPost(holding, grant.to) && (grant.person ?? holding.staffId) === holding.staffId);
  return [...new Set(own.map(({ staffId }) => staffId))];
}

/** In its term, and not taken back. */
function isMeant(register: Register, grant: Grant, at: number): boolean {
  if (at < toEffectiveStart(grant) || (grant.validTo !== undefined && grant.validTo <= at)) return false;
  const events = register.eventsIn.get(grant.unit)?.get(grant.id) ?? [];
  return !events.some(
    ({ kind, at: since, until }) =>
      since <= at && (kind === "revoked" || (kind === "suspended" && (until === undefined || at < until))),
  );
}

const evidenceWords: Readonly<Record<EvidenceCode, Words>> = {
  "EVID-NONE": words.noEvidence,
  "EVID-STALE": words.oldEvidence,
  "EVID-DISAGREES": words.otherEvidence,
  "SIG-REVINFO-UNKNOWN": words.oldEvidence,
};

function describe(code: DenyCode | EvidenceCode): Pick<SigningFact, "code" | "owner" | "meaning"> {
  return { code, owner: findOwner(code), meaning: isEvidence(code) ? evidenceWords[code] : denyWords[code] };
}

function describeIssue(code: IssueCode): Pick<SigningFact, "code" | "owner" | "meaning"> {
  return { code, owner: issueCodes[code].owner, meaning: issueWords[code] };
}
