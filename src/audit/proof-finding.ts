import type { Instant } from "../platform/clock.ts";
import type { SignatureFault } from "../platform/ssh-signature.ts";
import type { ChainBreak } from "./audit-log.ts";

/**
 * What keeps a log or a bundle from being proof. signature: not made by whom it should be · the rest: content that is not what was signed, or trust that has
 * run out since.
 */
export type ProofFinding =
  | { readonly kind: "signature"; readonly of: "log" | "bundle"; readonly size?: number; readonly fault: SignatureFault }
  | { readonly kind: "unsigned"; readonly of: "log" | "bundle" }
  | { readonly kind: "chain"; readonly seq: number; readonly reason: ChainBreak["kind"] | "unreadable" }
  /** The log is shorter than a checkpoint says it was. */
  | { readonly kind: "cut"; readonly size: number; readonly have: number }
  /** At a checkpoint's size the log has another head. */
  | { readonly kind: "rewritten"; readonly size: number }
  /** Two checkpoints of one size, two heads. */
  | { readonly kind: "fork"; readonly size: number }
  | { readonly kind: "other-log" }
  | { readonly kind: "checkpoint"; readonly name: string }
  | { readonly kind: "no-checkpoint" }
  | { readonly kind: "no-signers" }
  | { readonly kind: "no-valid-key" }
  /** A time in allowed_signers without `Z`. */
  | { readonly kind: "zoneless"; readonly line: number }
  | { readonly kind: "stale"; readonly at: Instant }
  | { readonly kind: "file"; readonly path: string; readonly fault: FileFault };

export type FileFault = "missing" | "added" | "altered" | "line-ends" | "no-file" | "bad-list";

/** What was signed by the wrong hand is another thing than what somebody must look after. */
export function isUntrusted({ kind }: ProofFinding): boolean {
  return kind === "signature";
}
