import { createCityCore, startCityServer } from "../../src/city/city.ts";
import { startCityDns } from "../../src/city/dns.ts";
import type { FaultName } from "../../src/city/faults.ts";
import { formatCityInventory } from "../../src/city/inventory.ts";
import { startLines } from "../../src/city/lines.ts";
import { createPages } from "../../src/city/pages.ts";
import { createDirectory, type Directory } from "../../src/directory/directory.ts";
import { systemClock } from "../../src/platform/clock.ts";

export interface LinedCity {
  readonly directory: Directory;
  /** Endpoint CSV. */
  readonly inventory: string;
  /** PEM. */
  readonly ca: string;
  /** For check.resolvers. */
  readonly resolver: string;
  readonly requests: readonly { readonly path: string }[];
  portOf(unit: string): number;
  /** Switches a fault and waits until the lines show it. */
  turn(way: "on" | "off", name: FaultName, scope: string): Promise<void>;
  stop(): Promise<void>;
}

/** The city with its front pages, its lines and its names, for a province's first units. */
export async function startLinedCity({ province = "46", count = 40 } = {}): Promise<LinedCity> {
  const directory = createDirectory("2025-07-03")!;
  const units = directory.listUnits({ province }).slice(0, count);
  const core = createCityCore({ units, clock: systemClock });
  const city = await startCityServer(core, [createPages(core)]);
  const [dns, lines] = await Promise.all([startCityDns(), startLines(core, city.port)]);
  return {
    directory,
    inventory: formatCityInventory(units, lines),
    ca: city.ca,
    resolver: dns.server,
    requests: city.requests,
    portOf: (unit) => lines.portOf(unit),
    async turn(way, name, scope) {
      core.faults[way](name, scope);
      await lines.settled();
    },
    async stop() {
      await lines.stop();
      await Promise.all([dns.stop(), city.stop()]);
    },
  };
}
