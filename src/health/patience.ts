/** How long a probe keeps its place among those at work without a sign from the other side. */
export interface Patience {
  readonly ms: number;
  /** The other side let us wait so long, and then did something. */
  note(gapMs: number): void;
}

/** Beyond this nobody keeps a place (check.md §6). */
export const longestPatienceMs = 300;
/** Timers and our own work make shorter waits look like silence. */
const shortestPatienceMs = 40;
const gapWeight = 1 / 8;
const deviationWeight = 1 / 4;

/**
 * Who waits much longer than the others do waits in silence. The mean gap and four mean deviations, as TCP reckons when to send again (RFC 6298 §2): where
 * answers come within milliseconds, a silent endpoint does not hold a place for a third of a second; on a slow line everybody gets that long.
 */
export function createPatience(): Patience {
  let mean = longestPatienceMs;
  let deviation = 0;
  let seen = false;
  return {
    get ms() {
      return Math.min(longestPatienceMs, Math.max(shortestPatienceMs, mean + 4 * deviation));
    },
    note(gapMs) {
      const gap = Math.min(gapMs, longestPatienceMs);
      deviation = seen ? deviation + deviationWeight * (Math.abs(gap - mean) - deviation) : gap / 2;
      mean = seen ? mean + gapWeight * (gap - mean) : gap;
      seen = true;
    },
  };
}
