import type { ProbeResult } from "./probe-result.ts";

/** What is held for true of an endpoint: one sweep alone changes nothing of it. */
export interface Settled {
  readonly state: "up" | "down";
  /** The last judged result said otherwise: the next one decides. */
  readonly pending: boolean;
}

/** Of an endpoint that was never judged. */
export const neverJudged: Settled = { state: "up", pending: false };

/**
 * A change counts when two sweeps in a row agree (check.md §10), down as well as up; what cannot be judged changes nothing. The first look at all
 * that passes is up; one that fails is soft. Pure.
 */
export function settle(before: Settled, result: Pick<ProbeResult, "state">): Settled {
  if (result.state !== "pass" && result.state !== "fail") return before;
  const seen = result.state === "pass" ? "up" : "down";
  if (seen === before.state) return { state: seen, pending: false };
  return before.pending ? { state: seen, pending: false } : { state: before.state, pending: true };
}

/** What a stored or live result says is held for true after it. */
export function toSettled({ state, hard, recovering, pendingDown }: ProbeResult): Settled {
  if (state === "pass") return recovering ? { state: "down", pending: true } : { state: "up", pending: false };
  if (state === "fail") return hard ? { state: "down", pending: false } : { state: "up", pending: true };
  return { state: hard ? "down" : "up", pending: recovering === true || pendingDown === true };
}

/** The result with what the sweeps before it make of it. Pure. */
export function withSettled(result: ProbeResult, before: Settled): ProbeResult {
  const after = settle(before, result);
  const isDown = after.state === "down";
  return {
    ...result,
    hard: isDown && result.state !== "pass",
    recovering: isDown && after.pending ? true : undefined,
    pendingDown: !isDown && after.pending && result.state !== "fail" ? true : undefined,
  };
}
