import { type Clock, readMonotonicMs } from "../platform/clock.ts";
import { Failure } from "../platform/failure.ts";
import { readText } from "../platform/files.ts";
import { createHttpClient } from "../platform/http.ts";
import { wait } from "../platform/wait.ts";
import type { Connector } from "./connector.ts";
import { connectorFactories } from "./connectors/index.ts";
import { createClientToken, createKeptToken } from "./connectors/token.ts";
import { createPace } from "./pace.ts";
import type { Profile } from "./profile.ts";
import type { ProvisionSettings, SystemSettings } from "./settings.ts";
import { provisionFaults as words } from "./words.ts";

export interface ConnectorContext {
  readonly settings: ProvisionSettings;
  readonly clock: Clock;
  secret(reference: string): Promise<string>;
  resolvePath(path: string): string;
  /** What was learned of the service at this address, if it was. */
  findProfile?(system: string, url: string): Promise<Profile | undefined>;
}

const neverAborted = new AbortController().signal;

/** A connector for each system of wardctl.yaml that `wants` says. Failure kinds: usage (there are none), denied (a secret is missing), invalid. */
export async function openConnectors(context: ConnectorContext, wants: (system: string) => boolean): Promise<Connector[]> {
  const chosen = Object.entries(context.settings.systems).filter(([system]) => wants(system));
  if (chosen.length === 0) throw new Failure("usage", words.noSystems, { hint: words.noSystemsHint });
  return Promise.all(chosen.map(([system, settings]) => openConnector(context, system, settings)));
}

async function openConnector(context: ConnectorContext, system: string, settings: SystemSettings): Promise<Connector> {
  const { kind, url, token, oauth, ca, rate, visibleWithinMs } = settings;
  const { clock } = context;
  const http = await createHttpClient({
    ca: ca === undefined ? undefined : await readText(context.resolvePath(ca)),
    deadlineMs: settings.deadlineMs,
  });
  const readSecret = (): Promise<string> => context.secret(token);
  // A secret that is missing is said before anything is asked.
  await readSecret();
  return connectorFactories[kind]({
    system,
    url,
    token: oauth
      ? createClientToken({ ...oauth, scope: oauth.scope, system, http, clock, readClientSecret: readSecret })
      : createKeptToken(readSecret),
    http,
    pace: createPace({ readMonotonicMs, waitMs: (ms) => wait(ms, neverAborted), ratePerSecond: rate }),
    clock,
    visibleWithinMs,
    profile: await context.findProfile?.(system, url),
  });
}

/** A clock set by the person may not leave records with a false date on real systems. Failure kind: unsafe. */
export function assertMayWrite(
  { settings, clock }: Pick<ConnectorContext, "settings" | "clock">,
  systems: readonly string[],
): void {
  if (!clock.pinned) return;
  const real = systems.filter((system) => {
    const host = new URL(settings.systems[system]?.url ?? "http://127.0.0.1").hostname;
    return !/^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(host);
  });
  if (real.length > 0) throw new Failure("unsafe", words.pinnedClock(real), { hint: words.pinnedClockHint });
}
