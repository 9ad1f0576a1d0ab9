import type { Instant } from "../platform/clock.ts";
import type { Endpoint } from "./endpoint.ts";
import type { Attempt } from "./probe.ts";
import type { EarlierTry, ProbeResult } from "./probe-result.ts";
import { reasons } from "./reason.ts";

/** Above this much standstill of our own a timing says nothing about the other side (check.md §6). */
const comparableLagMs = 10;

/** Where our own event loop stood still so much of a deadline in one piece, its end says nothing about the other side. */
const stalledShare = 0.25;
const shortestStallMs = 150;

/** The deadline passed while we did not look: the answer may have come. */
export function isStalled({ failure, loopLagMs }: Pick<Attempt, "failure" | "loopLagMs">, deadlineMs: number): boolean {
  return failure?.late === true && loopLagMs >= Math.max(shortestStallMs, stalledShare * deadlineMs);
}

interface Judging {
  readonly earlier: readonly Attempt[];
  /** Nothing more would be tried, so a failure stands. */
  readonly confirmed: boolean;
  readonly slowMs: number;
  readonly deadlineMs: number;
}

/** What the tries of one sweep say about an endpoint. A deadline that passed only while we stood still is this machine's doing, nobody else's. */
export function toResult(endpoint: Endpoint, attempt: Attempt, { earlier, confirmed, slowMs, deadlineMs }: Judging): ProbeResult {
  const failure = isOwnSlowness(attempt, slowMs) ? undefined : withoutOwnStall(attempt, deadlineMs);
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

/** After every further try in quiet: so much of a deadline in one piece that nothing was heard in it. */
const deafShare = 0.5;
const shortestDeafMs = 500;

function withoutOwnStall(attempt: Attempt, deadlineMs: number): Attempt["failure"] {
  const wasDeaf = attempt.failure?.late === true && attempt.loopLagMs >= Math.max(shortestDeafMs, deafShare * deadlineMs);
  return attempt.failure && wasDeaf ? { layer: attempt.failure.layer, reason: "local" } : attempt.failure;
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
