import type { Instant } from "../../platform/clock.ts";
import type { EvidenceCode } from "../deny-codes.ts";
import type { Register } from "../facts.ts";
import { always, type Intervals, never, unite } from "../interval.ts";
import type { IssuePremise } from "../issue.ts";
import type { IssueCode } from "../issue-codes.ts";
import type { SignerCode } from "../signer-codes.ts";
import type { SealCheck } from "./seal.ts";

/** What is wrong with the certificate itself, whatever the day. */
const wholeFaults: Partial<Record<SignerCode, IssueCode>> = {
  "SIG-SUBJECT-STALE": "ISS-SEAL-STALE",
  "SIG-WRONG-TYPE": "ISS-SEAL-WRONG-TYPE",
  "SIG-PROFILE": "ISS-SEAL-PROFILE",
  "SIG-CHAIN": "ISS-SEAL-CHAIN",
};

/** When the unit's seal is usable: known to be there, bound, within its days and before its revocation, and found good where that is asked for. */
export function toSealPremise(register: Register, unit: string): IssuePremise {
  const { reading, fresh } = register.findSeal(unit);
  const unknown = (evidence: EvidenceCode, maybe: Intervals = always): IssuePremise => {
    return { name: "seal", holds: never, maybe, evidence, codesAt: () => [] };
  };
  if (!reading || !fresh) return unknown(reading ? "EVID-STALE" : "EVID-NONE");
  const { certificate, check, needsCheck } = reading;
  if (!certificate) return { ...unknown("EVID-NONE", never), codesAt: () => ["ISS-SEAL-NONE"] };
  const from = Math.max(certificate.notBefore, check?.notBefore ?? certificate.notBefore);
  const to = Math.min(certificate.notAfter, check?.notAfter ?? certificate.notAfter);
  const revokedAt = Math.min(certificate.revokedAt ?? Number.POSITIVE_INFINITY, check?.revokedAt ?? Number.POSITIVE_INFINITY);
  const faults: IssueCode[] = [
    ...(certificate.bound === false ? (["ISS-SEAL-UNBOUND"] as const) : []),
    ...(check?.codes ?? []).flatMap((code) => wholeFaults[code] ?? []),
  ];
  const span = faults.length > 0 ? never : unite([{ from, to: Math.min(to, revokedAt) }]);
  const missing = findMissing(check, needsCheck === true, register.evidenceAt);
  return {
    name: "seal",
    holds: missing ? never : span,
    maybe: missing ? span : never,
    evidence: missing ?? "EVID-NONE",
    codesAt: (at) => [
      ...faults,
      ...(at < from ? (["ISS-SEAL-NOT-YET"] as const) : []),
      ...(at >= revokedAt ? (["ISS-SEAL-REVOKED"] as const) : []),
      ...(at >= to ? (["ISS-SEAL-EXPIRED"] as const) : []),
    ],
  };
}

/** A verdict lives as long as the list or the answer of the responder it rests on. */
function findMissing(check: SealCheck | undefined, needsCheck: boolean, evidenceAt: Instant): EvidenceCode | undefined {
  if (!check) return needsCheck ? "EVID-NONE" : undefined;
  const { verdict, codes, nextUpdate } = check;
  if (verdict === "UNKNOWN" || codes.includes("SIG-REVINFO-UNKNOWN")) return "SIG-REVINFO-UNKNOWN";
  if (verdict === "INVALID") return undefined;
  return nextUpdate === undefined || evidenceAt >= nextUpdate ? "SIG-REVINFO-UNKNOWN" : undefined;
}
