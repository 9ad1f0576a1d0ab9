import type { Instant } from "../platform/clock.ts";
import type { Differential } from "./differential-words.ts";
import type { Note } from "./notes.ts";
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
  /** A failure that every retry and the sweep before or after it confirmed (check.md §10). */
  readonly hard: boolean;
  readonly attempts: number;
  /** The tries before the one that counts, oldest first: both results are kept. */
  readonly earlier?: readonly EarlierTry[];
  /** Passes after it was down: up only when the next sweep agrees. */
  readonly recovering?: boolean;
  /** Not judged this time, and had failed once before. */
  readonly pendingDown?: boolean;
  readonly flapping?: boolean;
  /** Planned work: no alarm, no downtime. */
  readonly maintenance?: boolean;
  readonly totalMs: number;
  readonly phases?: ProbePhases;
  /** The longest that our own event loop stood still meanwhile. */
  readonly loopLagMs: number;
  /** False: our own load was so high that the timings say nothing about the other side. */
  readonly comparable: boolean;
  readonly seen?: ProbeFacts;
}

export interface EarlierTry {
  readonly at: Instant;
  readonly reason: Reason;
  readonly totalMs: number;
}

/** Evidence; nothing of the body, nothing personal. Whatever was not seen is absent. */
export interface ProbeFacts {
  readonly address?: string;
  readonly family?: AddressFamily;
  /** How long the name's answer may be kept. */
  readonly ttlSeconds?: number;
  /** Where the operating system's own resolver leads, as a browser would ask it; only when that differs from the name servers. */
  readonly systemAddresses?: readonly string[];
  /** The connection over the other family, when the name has both. */
  readonly otherFamily?: OtherFamily;
  /** The proxy that the probe went through, `proxy.example.vn:3128`, and what it answered to CONNECT when it refused. */
  readonly proxy?: { readonly at: string; readonly status?: number; readonly schemes?: readonly string[] };
  /** `TLSv1.3`. */
  readonly protocol?: string;
  readonly status?: number;
  readonly location?: string;
  /** Server header. */
  readonly server?: string;
  readonly certificate?: CertificateFacts;
  /** The first certificate to expire of all on the way, intermediates and redirects included; form of `certificate.until`. */
  readonly earliestExpiry?: string;
  /** Redirects followed, in order. */
  readonly hops?: readonly Hop[];
  /** Worth knowing though nothing failed by it. */
  readonly notes?: readonly Note[];
  /** What the same endpoint did when asked in another way, after it had failed. */
  readonly differential?: Differential;
}

export type AddressFamily = 4 | 6;

export interface CertificateFacts {
  readonly subject: string;
  readonly issuer: string;
  readonly from: string;
  readonly until: string;
  /** SHA-256 in lower-case hex, without colons. */
  readonly fingerprint: string;
}

/** no-way: this machine has none to that family at all, which says nothing about the other side. */
export interface OtherFamily {
  readonly family: AddressFamily;
  readonly address: string;
  readonly outcome: "connected" | "refused" | "reset" | "timeout" | "no-way";
  readonly ms: number;
}

export interface Hop {
  /** Without its query. */
  readonly url: string;
  readonly status: number;
  readonly earliestExpiry?: string;
}
