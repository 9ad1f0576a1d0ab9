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
  const over = Promise.withResolvers<void>();
  const begin = (): void => {
    wait(graceMs, ended.signal).then(over.resolve, () => undefined);
  };
  if (signal.aborted) begin();
  else signal.addEventListener("abort", begin, { once: true });
  return {
    within<T>(work: Promise<T>, late: T): Promise<T> {
      work.catch(() => undefined);
      return Promise.race([work, over.promise.then(() => late)]);
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
