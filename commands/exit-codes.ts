import type { FailureKind } from "../src/platform/failure.ts";

/** How a verb ended when it did not throw. */
export type Outcome = "ok" | FailureKind | NagiosOutcome;

/** Of `check export --format nagios` alone, which a monitoring system runs as its plugin. */
type NagiosOutcome = "nagios-warning" | "nagios-critical" | "nagios-unknown";

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
  "nagios-warning": 1,
  "nagios-critical": 2,
  "nagios-unknown": 3,
} satisfies Record<Outcome, number>;

export const bugExitCode = 1;
