import type { Instant } from "../../platform/clock.ts";

/** A canary that was or will be sent, from before it was sent until nothing is left of it. */
export interface OpenCanary {
  readonly id: string;
  readonly system: string;
  readonly unit: string;
  /** Where the endpoint's own paths lead. */
  readonly base: string;
  readonly sentAt: Instant;
  /** What the system calls it, once that is known. */
  readonly document: string | undefined;
  /** The last stage that was begun. */
  readonly stage: CanaryStage;
  /** Who sent it: whether that process still works on it. */
  readonly holder: string;
}

export const canaryStages = ["send", "arrive", "receipt", "recall"] as const;
export type CanaryStage = (typeof canaryStages)[number];

export type Claim =
  /** Another probe host has used the account lately. */
  | { readonly kind: "elsewhere"; readonly host: string }
  /** Ours; `sealed` is the token of an earlier run, closed with the account's own secret. */
  | { readonly kind: "ours"; readonly sealed?: Uint8Array };

export type Attempt = { readonly kind: "go"; readonly id: number } | { readonly kind: "guarded"; readonly resumeAt: Instant };

/**
 * What has to outlive a run (check.md §9): who uses which probe account, how often it was refused, which test documents are still out
 * there, and when data came. Nothing in it opens anything by itself.
 */
export interface DutyMemory {
  /** Takes an account for this host, unless another host used it within `recentMs`. */
  claim(account: string, host: string, now: Instant, recentMs: number): Promise<Claim>;
  keepToken(account: string, sealed: Uint8Array | undefined): Promise<void>;
  /** Before a sign-in is sent. One of which no end is known counts as refused: a killed run must not lock an account. */
  beginSignIn(account: string, now: Instant): Promise<Attempt>;
  endSignIn(id: number, refused: boolean): Promise<void>;
  openCanary(canary: OpenCanary): Promise<void>;
  markCanary(id: string, change: { readonly stage: CanaryStage; readonly document?: string | undefined }): Promise<void>;
  /** Its way is over, there and back or up to the stage that failed. */
  endCanary(id: string, now: Instant, failedAt: CanaryStage | undefined): Promise<void>;
  /** Nothing is left of it. */
  closeCanary(id: string, now: Instant): Promise<void>;
  listOpenCanaries(): Promise<readonly OpenCanary[]>;
  /** When a share of the canaries was last taken; notes that one is taken now. */
  takeShare(system: string, now: Instant): Promise<Instant | undefined>;
  /** Notes an instant at which data came, and tells those known, oldest first, newest thousand. */
  noteSync(series: string, at: Instant): Promise<readonly Instant[]>;
}

/** Refused this often within the hour, nothing more is sent (check.md §9). */
export const refusalsAtMost = 2;
export const guardMs = 3_600_000;
