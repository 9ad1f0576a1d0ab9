import { Failure } from "../platform/failure.ts";
import type { Connector } from "./connector.ts";
import type { ConnectorContext } from "./connector-context.ts";
import { openConnector } from "./connectors/index.ts";
import { isLoopback } from "./loopback.ts";
import { provisionFaults as words } from "./words.ts";

/** A connector for each system of wardctl.yaml that `wants` says. Failure kinds: usage (there are none), denied (a secret is missing), invalid. */
export async function openConnectors(context: ConnectorContext, wants: (system: string) => boolean): Promise<Connector[]> {
  const chosen = Object.entries(context.settings.systems).filter(([system]) => wants(system));
  if (chosen.length === 0) throw new Failure("usage", words.noSystems, { hint: words.noSystemsHint });
  return Promise.all(chosen.map(([system, settings]) => openConnector(system, settings, context)));
}

/** A clock set by the person may not leave records with a false date on real systems. Failure kind: unsafe. */
export function assertMayWrite(
  { settings, clock }: Pick<ConnectorContext, "settings" | "clock">,
  systems: readonly string[],
): void {
  if (!clock.pinned) return;
  const real = systems.filter((system) => !isLoopback(settings.systems[system]?.url ?? "http://127.0.0.1"));
  if (real.length > 0) throw new Failure("unsafe", words.pinnedClock(real), { hint: words.pinnedClockHint });
}
