import type { Directory } from "../directory/directory.ts";
import type { Unit } from "../directory/unit.ts";
import { listLastCanaries } from "../health/duties/memory-store.ts";
import { createEpisodeStore } from "../health/episode-store.ts";
import { readInventory } from "../health/inventory.ts";
import { readLastWords } from "../health/last-word.ts";
import { type LayerName, reasons } from "../health/reason.ts";
import type { Instant } from "../platform/clock.ts";
import type { Database } from "../platform/database.ts";
import type { Zone } from "../platform/time.ts";
import type { Words } from "../platform/words.ts";
import type { CanaryFact, EndpointFact } from "./facts.ts";
import type { ReadinessHost } from "./host.ts";

/** What each endpoint of the inventory did when it was last tried, by unit; undefined without an inventory. Failure kinds: invalid, denied. */
export async function readEndpointFacts(
  { settings, zone, resolvePath, database: open }: ReadinessHost,
  units: readonly Unit[],
  { at, directory }: { readonly at: Instant; readonly directory: Directory },
): Promise<ReadonlyMap<string, readonly EndpointFact[]> | undefined> {
  const { inventory } = settings.check;
  if (inventory === undefined) return undefined;
  const { endpoints } = await readInventory(resolvePath(inventory), inventory, directory);
  const codes = new Set(units.map(({ code }) => code));
  const own = endpoints.filter(({ unit }) => codes.has(unit));
  // What is older than fresh is told as such, as far as it lies; beyond twice that nobody asks.
  const from = at - 2 * settings.ready.fresh.endpoints;
  const database = await open();
  const owners = await readCauseOwners(database, zone, at);
  const words = await readLastWords(database, zone, { endpoints: own.map(({ id }) => id), from, to: at });
  return Map.groupBy(
    own.map(({ id, unit, system }): EndpointFact & { readonly unit: string } => {
      const result = words.get(id);
      if (!result) return { unit, system, ...untested };
      const { state, reason, layer, maintenance } = result;
      return {
        unit,
        system,
        state,
        at: result.at,
        reason,
        layer: state === "fail" ? findLayer(reason, layer) : undefined,
        meaning: reason && reasons[reason].words,
        maintenance: maintenance ?? false,
        owner: state === "fail" ? owners.get(id) : undefined,
      };
    }),
    ({ unit }) => unit,
  );
}

/** Of each endpoint that an open cause explains, whose that cause is. */
async function readCauseOwners(database: Database, zone: Zone, at: Instant): Promise<ReadonlyMap<string, Words>> {
  const episodes = await createEpisodeStore(database, zone).listKnown(at);
  return new Map(
    episodes
      .filter(({ resolvedAt }) => resolvedAt === undefined)
      .flatMap(({ owner, endpoints }) =>
        [...endpoints].flatMap(([id, { until }]) => (until === undefined ? [[id, owner] as const] : [])),
      ),
  );
}

/** The last test document on each endpoint whose system sends such, by unit. */
export async function readCanaryFacts(
  { settings, database }: ReadinessHost,
  endpoints: ReadonlyMap<string, readonly EndpointFact[]> | undefined,
  at: Instant,
): Promise<ReadonlyMap<string, readonly CanaryFact[]>> {
  const sends = (system: string): boolean => settings.check.systems[system]?.canary !== undefined;
  if (!endpoints || !Object.keys(settings.check.systems).some(sends)) return new Map();
  const ended = new Map(
    (await listLastCanaries(await database(), at)).map((canary) => [`${canary.unit}/${canary.system}`, canary]),
  );
  return new Map(
    [...endpoints].map(([unit, own]) => [
      unit,
      own
        .filter(({ system }) => sends(system))
        .map(({ system }) => {
          const last = ended.get(`${unit}/${system}`);
          return { system, at: last?.endedAt, failedAt: last?.failedAt };
        }),
    ]),
  );
}

const untested = {
  state: "untested",
  at: undefined,
  reason: undefined,
  layer: undefined,
  meaning: undefined,
  maintenance: false,
} as const;

function findLayer(reason: keyof typeof reasons | undefined, layer: LayerName | undefined): string | undefined {
  return layer ?? (reason && reasons[reason].layer);
}
