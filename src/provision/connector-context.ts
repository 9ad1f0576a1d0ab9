import { type Clock, readMonotonicMs } from "../platform/clock.ts";
import { Failure } from "../platform/failure.ts";
import { readText } from "../platform/files.ts";
import { wait } from "../platform/wait.ts";
import { createPace, type Pace, type PacedResult } from "./pace.ts";
import type { Profile } from "./profile.ts";
import type { ProvisionSettings } from "./settings.ts";

/** What opening a connector needs. */
export interface ConnectorContext {
  readonly settings: ProvisionSettings;
  readonly clock: Clock;
  secret(reference: string): Promise<string>;
  resolvePath(path: string): string;
  /** What was learned of the service at this address, if it was. */
  findProfile?(system: string, url: string): Promise<Profile | undefined>;
  /** Aborted by Ctrl-C: from then on no request begins. */
  readonly signal?: AbortSignal | undefined;
}

const neverAborted = new AbortController().signal;

export function createSystemPace(ratePerSecond: number | undefined, mostAtOnce?: number, signal?: AbortSignal): Pace {
  const pace = createPace({ readMonotonicMs, waitMs: (ms) => wait(ms, neverAborted), ratePerSecond, mostAtOnce });
  return signal ? stopWith(pace, signal) : pace;
}

/** Who waits for a turn when the signal comes gives up (Failure kind: cancelled); a request that has begun is waited for. */
function stopWith(pace: Pace, signal: AbortSignal): Pace {
  return {
    ...pace,
    run<T>(work: () => Promise<PacedResult<T>>): Promise<T> {
      let begun = false;
      const { promise: stopped, reject } = Promise.withResolvers<never>();
      const stop = (): void => {
        if (!begun) reject(new Failure("cancelled", { vi: "đã dừng", en: "cancelled" }));
      };
      signal.addEventListener("abort", stop, { once: true });
      if (signal.aborted) stop();
      const result = pace.run(() => {
        if (signal.aborted) return stopped;
        begun = true;
        return work();
      });
      // Nobody hears of the turn that was given up.
      result.catch(() => undefined);
      return Promise.race([result, stopped]).finally(() => signal.removeEventListener("abort", stop));
    },
  };
}

/** The further root that a system's settings name, PEM. Failure kinds: invalid, unavailable. */
export async function readAuthority(
  { ca }: { readonly ca?: string | undefined },
  { resolvePath }: Pick<ConnectorContext, "resolvePath">,
): Promise<string | undefined> {
  return ca === undefined ? undefined : readText(resolvePath(ca));
}
