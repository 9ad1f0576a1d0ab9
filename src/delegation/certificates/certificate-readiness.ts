import type { Instant } from "../../platform/clock.ts";
import { toSerial } from "../../platform/openssl.ts";
import type { DenyCode, EvidenceCode } from "../deny-codes.ts";
import type { Register } from "../facts.ts";
import { always, contains, type Intervals, intersect, never, subtract, unite } from "../interval.ts";
import { findSignerFault, type SignerCode } from "../signer-codes.ts";
import type { CertificateReading, SignerFacts, TokenReading } from "./certificate-reading.ts";

/** The same shape as `Observed` of readiness.ts. */
interface Known {
  readonly holds: Intervals;
  readonly missingEvidence?: EvidenceCode;
  readonly codesAt: (at: Instant) => readonly (DenyCode | EvidenceCode)[];
}

/** These are told by the days, not once for all. */
const byTime: readonly SignerCode[] = ["SIG-EXPIRED", "SIG-NOT-YET", "SIG-REVOKED", "SIG-SOON", "SIG-REVINFO-UNKNOWN"];

/**
 * What the document system says of a certificate, narrowed by what was found of it here: its days, its revocation from the day of it on, the path to a
 * root, whose it is, and what a technician saw. Only ever takes away.
 */
export function narrowCertificate(register: Register, staffId: string, serial: string | undefined, base: Known): Known {
  const { signer } = register.facts;
  if (!signer) return base;
  const token = narrowByTokens(signer, staffId, register.asOf);
  const own = serial === undefined ? base : narrowByReading(register, signer, staffId, toSerial(serial), base);
  if (token.holds === always) return own;
  const isLocked = !contains(token.holds, register.evidenceAt);
  return {
    holds: intersect(own.holds, token.holds),
    // Known to fail counts before what is not known; that is told beside it, or mending the token would seem to be enough.
    missingEvidence: isLocked ? undefined : own.missingEvidence,
    codesAt: (at) => [
      ...own.codesAt(at),
      ...token.codesAt(at),
      ...(isLocked && own.missingEvidence !== undefined ? [own.missingEvidence] : []),
    ],
  };
}

interface OwnFacts {
  readonly certificates: CertificateReading[];
  readonly tokens: TokenReading[];
}

const known = new WeakMap<SignerFacts, Map<string, OwnFacts>>();
const nothing: OwnFacts = { certificates: [], tokens: [] };

/** A country has forty thousand signers: looked through for each of them, their certificates would be read a thousand million times. */
function findOf(signer: SignerFacts, staffId: string): OwnFacts {
  let people = known.get(signer);
  if (!people) {
    people = new Map();
    known.set(signer, people);
    const needOf = (id: string, all: Map<string, OwnFacts>): OwnFacts => {
      const own = all.get(id) ?? { certificates: [], tokens: [] };
      all.set(id, own);
      return own;
    };
    for (const each of signer.certificates) needOf(each.staffId, people).certificates.push(each);
    for (const each of signer.tokens) needOf(each.staffId, people).tokens.push(each);
  }
  return people.get(staffId) ?? nothing;
}

function narrowByReading(register: Register, signer: SignerFacts, staffId: string, serial: string, base: Known): Known {
  const reading = findOf(signer, staffId).certificates.findLast(
    (each) => each.serial === serial && each.recordedAt <= register.asOf,
  );
  if (!reading) return signer.isChecking ? { ...base, holds: never, missingEvidence: "EVID-NONE" } : base;
  const denying = reading.codes.filter(
    (code): code is SignerCode & DenyCode =>
      findSignerFault(code).effect === "denies" && !byTime.includes(code) && code !== "SIG-UNBOUND",
  );
  const { notBefore, notAfter, revokedAt = Number.POSITIVE_INFINITY } = reading;
  const span = unite([{ from: notBefore, to: Math.min(notAfter, revokedAt) }]);
  // Days that are over need no revocation list.
  const isKnownBad = denying.length > 0 || revokedAt <= register.evidenceAt || notAfter <= register.evidenceAt;
  return {
    holds: denying.length > 0 ? never : intersect(base.holds, span),
    missingEvidence: isKnownBad ? undefined : findMissing(reading, register.evidenceAt),
    // The document system may have other days than the certificate: whichever says no is told, or nothing would be.
    codesAt: (at) => [
      ...new Set([
        ...base.codesAt(at),
        ...(at < notBefore ? (["SIG-NOT-YET"] as const) : []),
        ...(at >= notAfter ? (["SIG-EXPIRED"] as const) : []),
        ...(at >= revokedAt ? (["SIG-REVOKED"] as const) : []),
        ...denying,
      ]),
    ],
  };
}

/** A verdict lives as long as the revocation list it rests on; what could not be told was never known. */
function findMissing({ verdict, codes, crlNextUpdate }: CertificateReading, evidenceAt: Instant): EvidenceCode | undefined {
  if (verdict === "UNKNOWN" || codes.includes("SIG-REVINFO-UNKNOWN")) return "SIG-REVINFO-UNKNOWN";
  return crlNextUpdate === undefined || evidenceAt >= crlNextUpdate ? "SIG-REVINFO-UNKNOWN" : undefined;
}

/** From when it was seen until it was mended. */
function narrowByTokens(signer: SignerFacts, staffId: string, asOf: Instant): Known {
  const own = findOf(signer, staffId).tokens.filter((each) => each.recordedAt <= asOf);
  if (own.length === 0) return { holds: always, codesAt: () => [] };
  const open: { readonly code: DenyCode; readonly from: Instant; readonly to: Instant }[] = [];
  for (const [code, readings] of Map.groupBy(own, (each) => each.code)) {
    readings.forEach((reading, place) => {
      if (reading.state !== "seen") return;
      // Of what was entered since, the earliest: a mending may be entered late, and a later one be there already.
      const mended = readings.slice(place + 1).filter(({ state }) => state === "mended");
      const to = Math.min(...mended.map(({ at }) => at));
      if (reading.at < to) open.push({ code: code as DenyCode, from: reading.at, to });
    });
  }
  return {
    holds: subtract(always, unite(open)),
    codesAt: (at) => [...new Set(open.filter(({ from, to }) => from <= at && at < to).map(({ code }) => code))],
  };
}
