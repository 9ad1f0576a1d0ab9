import type { Differential } from "./differential-words.ts";
import type { Target, Trail } from "./layer.ts";
import type { Attempt } from "./probe.ts";
import type { OtherFamily } from "./probe-result.ts";

/** A probe that failed. */
export interface Failed {
  readonly target: Target;
  readonly trail: Trail;
  readonly otherFamily: OtherFamily | undefined;
  readonly failure: NonNullable<Attempt["failure"]>;
}

/** Asks a failing endpoint in other ways, to learn what it is that fails. */
export interface Differentials {
  /** Undefined: nothing to learn, or enough were asked already. Keeps a deadline of its own and never throws; `failure` is what the reason should have been. */
  examine(
    failed: Failed,
    signal: AbortSignal,
  ): Promise<{ readonly differential?: Differential; readonly failure?: NonNullable<Attempt["failure"]> } | undefined>;
}
