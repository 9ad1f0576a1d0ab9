import type { Instant } from "../platform/clock.ts";
import type { Endpoint } from "./endpoint.ts";
import type { Attempt } from "./probe.ts";
import type { EarlierTry, ProbeResult } from "./probe-result.ts";
import { reasons } from "./reason.ts";

/** Above this much standstill of our own a timing says nothing about the other side (check.md §6). */
const comparableLagMs = 10;

/** What the tries of one sweep say about an endpoint. `confirmed`: nothing more would be tried, so a failure stands. */
export function toResult(
  endpoint: Endpoint,
  attempt: Attempt,
  { earlier, confirmed, slowMs }: { readonly earlier: readonly Attempt[]; readonly confirmed: boolean; readonly slowMs: number },
): ProbeResult {
  const failure = isOwnSlowness(attempt, slowMs) ? undefined : attempt.failure;
  const known = failure !== undefined && reasons[failure.reason].signature === undefined;
  return {
    at: attempt.at,
    endpoint: endpoint.id,
    unit: endpoint.unit,
    system: endpoint.system,
    state: failure === undefined ? "pass" : known ? "unknown" : "fail",
    layer: failure?.layer,
    reason: failure?.reason,
    also: failure?.also,
    hard: failure !== undefined && confirmed,
    attempts: earlier.length + 1,
    earlier: earlier.length > 0 ? earlier.flatMap(toEarlierTry) : undefined,
    totalMs: attempt.totalMs,
    phases: attempt.phases,
    loopLagMs: attempt.loopLagMs,
    comparable: isComparable(attempt),
    seen: attempt.seen,
  };
}

function toEarlierTry({ at, failure, totalMs }: Attempt): EarlierTry[] {
  return failure ? [{ at, reason: failure.reason, totalMs }] : [];
}

/** Many short standstills spoil a timing as one long one does; in a long wait they hardly weigh. */
function isComparable({ loopLagMs, ownDelayMs, totalMs }: Attempt): boolean {
  return loopLagMs <= comparableLagMs && ownDelayMs <= Math.max(comparableLagMs, totalMs * 0.05);
}

/** Slow only by as much as our own event loop stood still meanwhile: that is our doing. An answer that never ended is not that. */
function isOwnSlowness({ failure, phases, ownDelayMs }: Attempt, slowMs: number): boolean {
  return (
    failure?.reason === "http.slow" &&
    !failure.late &&
    phases.firstByteMs !== undefined &&
    phases.firstByteMs - ownDelayMs <= slowMs
  );
}

export function toUntested(endpoint: Endpoint, at: Instant): ProbeResult {
  const { id, unit, system } = endpoint;
  return {
    at,
    endpoint: id,
    unit,
    system,
    state: "untested",
    hard: false,
    attempts: 0,
    totalMs: 0,
    loopLagMs: 0,
    comparable: true,
  };
}
