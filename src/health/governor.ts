/** Probes at work at a time. Every half second the event loop's lag says whether we are the bottleneck (check.md §6). */
export interface Governor {
  readonly limit: number;
  /** One window has passed. */
  steer(window: { readonly p99LagMs: number; readonly queued: number }): void;
}

export const steerEveryMs = 500;
const least = 8;
const most = 256;

export function createGovernor(start: number): Governor {
  let limit = start;
  return {
    get limit() {
      return limit;
    },
    steer({ p99LagMs, queued }) {
      if (p99LagMs > 20) limit = Math.max(Math.min(least, start), Math.floor(limit * 0.8));
      else if (p99LagMs < 8 && queued > 0) limit = Math.min(most, limit + 8);
    },
  };
}
