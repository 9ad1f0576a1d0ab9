import { type Clock, readMonotonicMs } from "../platform/clock.ts";
import { readText } from "../platform/files.ts";
import { wait } from "../platform/wait.ts";
import { createPace, type Pace } from "./pace.ts";
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
}

const neverAborted = new AbortController().signal;

export function createSystemPace(ratePerSecond: number | undefined, mostAtOnce?: number): Pace {
  return createPace({ readMonotonicMs, waitMs: (ms) => wait(ms, neverAborted), ratePerSecond, mostAtOnce });
}

/** The further root that a system's settings name, PEM. Failure kinds: invalid, unavailable. */
export async function readAuthority(
  { ca }: { readonly ca?: string | undefined },
  { resolvePath }: Pick<ConnectorContext, "resolvePath">,
): Promise<string | undefined> {
  return ca === undefined ? undefined : readText(resolvePath(ca));
}
