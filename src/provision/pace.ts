import { createBeat } from "./beat.ts";
import { createLearnedRate } from "./learned-rate.ts";

/** How fast one system may be asked. Every request to it goes through `run`. */
export interface Pace {
  run<T>(work: () => Promise<PacedResult<T>>): Promise<T>;
  /** No request at all before this much time has passed. */
  hold(ms: number): void;
  /** True where only so many requests a second are allowed, by the settings or by what the system was seen to take. */
  isLimited(): boolean;
}

export interface PacedResult<T> {
  readonly value: T;
  /** The system asked for silence, or did not keep up: fewer at a time. */
  readonly strained?: boolean;
  /** No request at all before this much time has passed. */
  readonly holdMs?: number;
}

export interface PaceOptions {
  readonly readMonotonicMs: () => number;
  readonly waitMs: (ms: number) => Promise<void>;
  readonly mostAtOnce?: number;
  readonly ratePerSecond?: number;
}

const startAtOnce = 2;
const windowSize = 12;
/** So quick an answer has not queued: with fewer at a time a fast system only waits for us whenever we write something down. */
const quickMs = 10;

/**
 * Starts with two at a time, one more after each window without strain while the median time stays below twice the best or is quick,
 * half after strain, never more than eight: 32 gained nothing and made the median forty times longer (provision.md §9).
 */
export function createPace({ readMonotonicMs, waitMs, mostAtOnce = 8, ratePerSecond }: PaceOptions): Pace {
  let allowed = Math.min(startAtOnce, mostAtOnce);
  let running = 0;
  let silentUntil = 0;
  const beat = createBeat();
  const learned = createLearnedRate(ratePerSecond);
  let bestMedian = Number.POSITIVE_INFINITY;
  let window: number[] = [];
  const waiting: (() => void)[] = [];

  const admit = (): void => {
    while (running < allowed && waiting.length > 0) {
      running += 1;
      waiting.shift()?.();
    }
  };
  const enter = async (): Promise<void> => {
    await new Promise<void>((go) => {
      waiting.push(go);
      admit();
    });
    for (;;) {
      const now = readMonotonicMs();
      const start = Math.max(silentUntil, beat.findNext(learned.find(now)));
      if (now >= start) return beat.started(start, now);
      await waitMs(start - now);
    }
  };
  const learn = (tookMs: number, strained: boolean): void => {
    if (strained) {
      allowed = Math.max(1, Math.floor(allowed / 2));
      window = [];
      return;
    }
    window.push(tookMs);
    if (window.length < windowSize) return;
    const median = window.sort((a, b) => a - b)[windowSize / 2] as number;
    bestMedian = Math.min(bestMedian, median);
    if (median < Math.max(2 * bestMedian, quickMs)) allowed = Math.min(mostAtOnce, allowed + 1);
    window = [];
  };

  const hold = (ms: number): void => {
    silentUntil = Math.max(silentUntil, readMonotonicMs() + ms);
  };

  return {
    hold,
    isLimited: () => Number.isFinite(learned.find(readMonotonicMs())),
    async run(work) {
      await enter();
      const started = readMonotonicMs();
      try {
        const { value, strained = false, holdMs = 0 } = await work();
        if (strained) learned.throttled(readMonotonicMs(), holdMs);
        else learned.accepted(started);
        if (holdMs > 0) hold(holdMs);
        learn(readMonotonicMs() - started, strained);
        return value;
      } catch (error) {
        learn(readMonotonicMs() - started, true);
        throw error;
      } finally {
        running -= 1;
        admit();
      }
    },
  };
}
