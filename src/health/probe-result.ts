import type { Instant } from "../platform/clock.ts";
import type { LayerName, Reason } from "./reason.ts";

/** untested: not tried, or broken off. unknown: tried, and says nothing about the other side. */
export type ProbeState = "pass" | "fail" | "unknown" | "untested";

export interface ProbePhases {
  readonly nameMs?: number;
  readonly connectMs?: number;
  readonly tlsMs?: number;
  readonly firstByteMs?: number;
}

/** What is known about one endpoint after a sweep. */
export interface ProbeResult {
  readonly at: Instant;
  /** `19777/documents`. */
  readonly endpoint: string;
  readonly unit: string;
  readonly system: string;
  readonly state: ProbeState;
  /** The first layer that failed. */
  readonly layer?: LayerName;
  readonly reason?: Reason;
  /** What else was wrong at that layer. */
  readonly also?: readonly Reason[];
  /** A failure that a second try confirmed. */
  readonly hard: boolean;
  readonly attempts: number;
  readonly totalMs: number;
  readonly phases?: ProbePhases;
  /** The longest that our own event loop stood still meanwhile. */
  readonly loopLagMs: number;
  /** False: our own load was so high that the timings say nothing about the other side. */
  readonly comparable: boolean;
  readonly seen?: ProbeFacts;
}

/** Evidence; nothing of the body, nothing personal. */
export interface ProbeFacts {
  readonly address?: string;
  readonly status?: number;
  readonly location?: string;
  /** The Server header: which web server or gateway answered. */
  readonly server?: string;
  readonly certificate?: {
    readonly subject: string;
    readonly issuer: string;
    readonly from: string;
    readonly until: string;
    /** SHA-256, hexadecimal, without colons. */
    readonly fingerprint: string;
  };
}
