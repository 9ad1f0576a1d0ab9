import type { Instant } from "../../platform/clock.ts";
import type { SignerCode } from "../signer-codes.ts";

/** What a certificate was found to be. Facts as intervals: a revocation learnt today says of every earlier instant whether it was good then. */
export interface CertificateReading {
  readonly staffId: string;
  readonly serial: string;
  /** SHA-256 of its bytes. */
  readonly sha256: string;
  readonly at: Instant;
  readonly notBefore: Instant;
  readonly notAfter: Instant;
  readonly revokedAt?: Instant;
  readonly crlThisUpdate?: Instant;
  /** The verdict supports answers until then. */
  readonly crlNextUpdate?: Instant;
  readonly verdict: "VALID" | "INVALID" | "UNKNOWN";
  readonly codes: readonly SignerCode[];
  readonly opensslVersion?: string;
  readonly recordedAt: Instant;
}

/** What a technician saw on the spot, or that it was mended. The newest word on a code counts. */
export interface TokenReading {
  readonly staffId: string;
  readonly code: SignerCode;
  readonly state: "seen" | "mended";
  readonly at: Instant;
  readonly note?: string;
  readonly recordedAt: Instant;
  readonly recordedBy: string;
}

/** What is known of signers' certificates and tokens. */
export interface SignerFacts {
  readonly certificates: readonly CertificateReading[];
  readonly tokens: readonly TokenReading[];
  /** The workspace checks certificates itself: one that was not checked is not known to be good. */
  readonly isChecking: boolean;
}
