import { Failure } from "../platform/failure.ts";
import { wait } from "../platform/wait.ts";

export interface Grace {
  /** What the work gives, or `late` where Ctrl-C came and the time is over. The work itself is left to itself then. */
  within<T>(work: Promise<T>, late: T): Promise<T>;
  /** Nothing waits any more. */
  end(): void;
}

/** After Ctrl-C what is under way has so long: a person who stops a command is not kept by a server that is silent (provision.md §9: ten seconds in all). */
export function createGrace(signal: AbortSignal, graceMs = 8_000): Grace {
  const ended = new AbortController();
  const waiting = new Set<() => void>();
  let isOver = false;
  const begin = (): void => {
    const giveUp = (): void => {
      isOver = true;
      for (const give of waiting) give();
    };
    wait(graceMs, ended.signal).then(giveUp, () => undefined);
  };
  if (signal.aborted) begin();
  else signal.addEventListener("abort", begin, { once: true });
  return {
    // Not a race against one promise for all: that would hold on to every operation of a long plan.
    within<T>(work: Promise<T>, late: T): Promise<T> {
      return new Promise((resolve, reject) => {
        const give = (): void => resolve(late);
        if (isOver) give();
        waiting.add(give);
        void work.then(resolve, reject).finally(() => waiting.delete(give));
      });
    },
    end() {
      signal.removeEventListener("abort", begin);
      ended.abort();
    },
  };
}

/** For what nobody needs after Ctrl-C. Failure kind: cancelled, as soon as the signal says so. */
export async function orStopped<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  const { promise: stopped, reject } = Promise.withResolvers<never>();
  const stop = (): void => reject(new Failure("cancelled", { vi: "đã dừng", en: "cancelled" }));
  signal.addEventListener("abort", stop, { once: true });
  if (signal.aborted) stop();
  work.catch(() => undefined);
  stopped.catch(() => undefined);
  return Promise.race([work, stopped]).finally(() => signal.removeEventListener("abort", stop));
}
