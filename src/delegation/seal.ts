import type { Instant } from "../platform/clock.ts";

/** What is known of a unit's seal certificate (NĐ 30/2020 Điều 17: the agency's own signature, kept by the clerk). */
export interface SealReading {
  readonly unit: string;
  readonly at: Instant;
  readonly ttlMs: number;
  /** Undefined: it was looked for, and there is none. */
  readonly certificate?: SealCertificate;
  readonly recordedAt: Instant;
}

export interface SealCertificate {
  readonly serial: string;
  readonly notBefore: Instant;
  readonly notAfter: Instant;
  readonly revokedAt?: Instant;
}
