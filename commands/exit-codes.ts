import type { FailureKind } from "../src/platform/failure.ts";

/** How a verb ended when it did not throw. */
export type Outcome = "ok" | FailureKind;

/** The project's table (docs/exit-codes.md). Add, never renumber. 1 is a bug and has no kind. */
export const exitCodes = {
  ok: 0,
  usage: 2,
  invalid: 3,
  denied: 4,
  unavailable: 5,
  unsafe: 6,
  partial: 7,
  attention: 8,
  cancelled: 130,
} satisfies Record<Outcome, number>;

export const bugExitCode = 1;
