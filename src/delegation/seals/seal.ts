import type { Instant } from "../../platform/clock.ts";
import type { SignerCode } from "../signer-codes.ts";

/**
 * What is known of a unit's seal (chữ ký số của cơ quan, kept by the clerk): which certificate the document system seals with, or what wardctl.yaml states,
 * and what was found of that certificate.
 */
export interface SealReading {
  readonly unit: string;
  readonly at: Instant;
  readonly ttlMs: number;
  /** Undefined: it was looked for, and there is none. */
  readonly certificate?: SealCertificate;
  /** What was found of this certificate, by its last check. */
  readonly check?: SealCheck;
  /** One that was not checked is not known to be good. */
  readonly needsCheck?: boolean;
  readonly recordedAt: Instant;
}

export interface SealCertificate {
  readonly serial: string;
  readonly notBefore: Instant;
  readonly notAfter: Instant;
  readonly revokedAt?: Instant;
  /** False: the system does not use it for the unit. */
  readonly bound?: boolean;
}

export interface SealCheck {
  readonly unit: string;
  readonly serial: string;
  readonly sha256: string;
  readonly at: Instant;
  readonly notBefore: Instant;
  readonly notAfter: Instant;
  readonly revokedAt?: Instant;
  /** The verdict supports answers until then. */
  readonly nextUpdate?: Instant;
  readonly verdict: "VALID" | "INVALID" | "UNKNOWN";
  readonly codes: readonly SignerCode[];
  readonly recordedAt: Instant;
}

/** Which certificate the document system seals a unit's documents with, as it said. */
export interface SealBound {
  readonly system: string;
  readonly unit: string;
  readonly at: Instant;
  readonly ttlMs: number;
  /** Undefined: none. */
  readonly certificate?: {
    readonly serial: string;
    readonly notBefore?: Instant;
    readonly notAfter?: Instant;
    readonly bound: boolean;
  };
  readonly recordedAt: Instant;
}
