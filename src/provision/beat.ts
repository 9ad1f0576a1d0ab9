/** Spaces the starts of requests at a rate: evenly, made up for timers that are late, and never more within a second than the rate. */
export interface Beat {
  /** When the next may start, on the clock of `started`. */
  findNext(perSecond: number): number;
  started(dueMs: number, nowMs: number): void;
}

/** So late is a timer; more is a pause, and nobody catches up on those. */
const makeUpMs = 5;
/** On the way they come closer together than they left. */
const slack = 1.02;
const kept = 500;

export function createBeat(): Beat {
  let lastDue = Number.NEGATIVE_INFINITY;
  const starts: number[] = [];
  return {
    findNext(perSecond) {
      if (!Number.isFinite(perSecond)) return Number.NEGATIVE_INFINITY;
      const most = Math.max(1, Math.floor(perSecond));
      const first = starts.at(-most) ?? Number.NEGATIVE_INFINITY;
      return Math.max(lastDue + 1000 / perSecond, first + ((most * 1000) / perSecond) * slack);
    },
    started(dueMs, nowMs) {
      lastDue = Math.max(dueMs, nowMs - makeUpMs);
      starts.push(nowMs);
      if (starts.length > 2 * kept) starts.splice(0, kept);
    },
  };
}
