/** Milliseconds since the epoch, UTC. */
export type Instant = number;

export interface Clock {
  now(): Instant;
  /** True when the clock was set by the person (WARDCTL_NOW): the result says so, and real systems are not written to. */
  readonly pinned: boolean;
}

export const systemClock: Clock = { now: () => Date.now(), pinned: false };

export function createPinnedClock(now: Instant): Clock {
  return { now: () => now, pinned: true };
}

/** Monotonic milliseconds for durations; never mixed with instants. */
export function readMonotonicMs(): number {
  return performance.now();
}
