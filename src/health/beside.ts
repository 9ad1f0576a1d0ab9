import type { LagMeter } from "./loop-lag.ts";
import type { Attempt } from "./probe.ts";

/** A second try that began beside the first, while that one was silent. */
export interface Beside {
  /** What the first try found in the end; undefined: it was broken off. */
  readonly first: Promise<Attempt | undefined>;
  /** Aborted: the first try found after all that nothing is wrong. */
  readonly spared: AbortSignal;
}

/** Over one first try. */
export interface SilenceWatch {
  /** It has been silent for a while already. */
  readonly start: (silentMs: number) => void;
  /** The other side did something. */
  readonly progress: () => void;
  /** From here on silence is no longer watched: a page is asked for once at a time. */
  readonly stop: () => void;
  /** The first try has ended; undefined when it needs no second one. */
  readonly end: (failed: Attempt | undefined) => void;
  /** A second try was begun: the failure is its to judge. */
  readonly hasBeside: () => boolean;
}

const lookAgainMs = 200;

/** Begins a second try when the first one has been silent for so long and our own event loop has run freely just now. */
export function watchSilence(afterMs: number, lag: LagMeter, begin: (beside: Beside) => void): SilenceWatch {
  let begun: { readonly spared: AbortController; readonly first: PromiseWithResolvers<Attempt | undefined> } | undefined;
  let over = false;
  let timer: NodeJS.Timeout | undefined;
  const watch = (forMs: number): void => {
    const mark = lag.mark();
    timer = setTimeout(() => {
      // Its answer may be waiting for us.
      if (lag.since(mark).totalMs > forMs / 2) return watch(lookAgainMs);
      begun = { spared: new AbortController(), first: Promise.withResolvers() };
      begin({ first: begun.first.promise, spared: begun.spared.signal });
    }, forMs);
  };
  return {
    start(silentMs) {
      if (!over) watch(Math.max(lookAgainMs, afterMs - silentMs));
    },
    progress() {
      if (!timer || begun || over) return;
      clearTimeout(timer);
      watch(afterMs);
    },
    stop() {
      over = true;
      clearTimeout(timer);
    },
    end(failed) {
      over = true;
      clearTimeout(timer);
      if (!failed) begun?.spared.abort();
      begun?.first.resolve(failed);
    },
    hasBeside: () => begun !== undefined,
  };
}
