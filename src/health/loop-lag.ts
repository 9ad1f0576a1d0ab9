import { readMonotonicMs } from "../platform/clock.ts";

/** How much the event loop of this process stood still: timings taken meanwhile are partly our own (check.md §6). */
export interface LagMeter {
  mark(): LagMark;
  since(mark: LagMark): { readonly longestMs: number; readonly totalMs: number };
  /** The 99th percentile of the samples since the last call. */
  takeP99Ms(): number;
  stop(): void;
}

export interface LagMark {
  readonly sample: number;
  readonly totalMs: number;
}

const everyMs = 10;

export function startLagMeter(): LagMeter {
  const samples: number[] = [];
  let totalMs = 0;
  let windowFrom = 0;
  let last = readMonotonicMs();
  const take = (): void => {
    const at = readMonotonicMs();
    const lagMs = Math.max(0, at - last - everyMs);
    last = at;
    samples.push(lagMs);
    totalMs += lagMs;
  };
  const timer = setInterval(take, everyMs);
  timer.unref();
  // The stretch since the last tick counts as well: the tick that would show it is still waiting its turn.
  const pendingMs = (): number => Math.max(0, readMonotonicMs() - last - everyMs);
  return {
    mark() {
      // What stood still until now is nothing to whoever begins only now.
      if (pendingMs() > everyMs) take();
      return { sample: samples.length, totalMs: totalMs + pendingMs() };
    },
    since: (mark) => ({
      longestMs: Math.max(pendingMs(), ...samples.slice(mark.sample)),
      totalMs: totalMs + pendingMs() - mark.totalMs,
    }),
    takeP99Ms() {
      const window = samples.slice(windowFrom).sort((a, b) => a - b);
      windowFrom = samples.length;
      return window[Math.floor(window.length * 0.99)] ?? 0;
    },
    stop: () => clearInterval(timer),
  };
}
