import type { ChainError, ChainRun } from "../../platform/openssl.ts";
import type { SignerCode } from "../signer-codes.ts";

/** What OpenSSL's word on a certificate comes to. UNKNOWN is neither good nor bad: something is missing to tell. */
export interface ChainVerdict {
  readonly verdict: "VALID" | "INVALID" | "UNKNOWN";
  /** Worst first, each once. */
  readonly codes: readonly SignerCode[];
  /** A revocation at depth 0: when it was revoked has to be looked up, since OpenSSL says 23 whatever the day. */
  readonly isRevoked: boolean;
}

/** No list of revoked certificates, one from the future, one past its next update: freshness, no verdict. */
const freshness = [3, 11, 12];

/**
 * Only exit 0 with OK is VALID, which `verifyChain` has looked at. Any number but those of freshness makes it INVALID, also beside them: a revoked
 * certificate with an old list prints both.
 */
export function judgeChain(run: ChainRun): ChainVerdict {
  if (run.state !== "judged") return { verdict: "UNKNOWN", codes: ["SIG-REVINFO-UNKNOWN"], isRevoked: false };
  if (run.isValid) return { verdict: "VALID", codes: [], isRevoked: false };
  const fatal = run.errors.filter(({ number }) => !freshness.includes(number));
  if (fatal.length === 0) return { verdict: "UNKNOWN", codes: ["SIG-REVINFO-UNKNOWN"], isRevoked: false };
  return {
    verdict: "INVALID",
    codes: [...new Set(fatal.map(toCode))].sort((a, b) => order.indexOf(a) - order.indexOf(b)),
    isRevoked: fatal.some(({ number, depth }) => number === 23 && depth === 0),
  };
}

const order: readonly SignerCode[] = ["SIG-REVOKED", "SIG-EXPIRED", "SIG-NOT-YET", "SIG-CHAIN"];

/** X509_V_ERR_CERT_NOT_YET_VALID 9, CERT_HAS_EXPIRED 10, CERT_REVOKED 23; of an authority they break the chain, as all else does. */
function toCode({ number, depth }: ChainError): SignerCode {
  if (depth > 0) return "SIG-CHAIN";
  if (number === 23) return "SIG-REVOKED";
  if (number === 10) return "SIG-EXPIRED";
  if (number === 9) return "SIG-NOT-YET";
  return "SIG-CHAIN";
}
