import { Failure } from "../platform/failure.ts";
import { applyFaults as words } from "./apply-words.ts";
import { type AccountLookup, compareOperation, createLookup, listHits, type Standing } from "./compare-operation.ts";
import type { Connector } from "./connector.ts";
import type { Operation } from "./operation.ts";
import { readSystems } from "./read-systems.ts";

/**
 * Where each operation stands now, by its id: one sweep of each system that has any. Failure kinds: unavailable or denied (one of them cannot
 * be read), usage (it is no longer configured).
 */
export async function compareOperations(
  operations: readonly Operation[],
  connectors: readonly Connector[],
  signal?: AbortSignal,
): Promise<Map<string, Standing>> {
  const lookups = await readLookups(connectors, operations, signal);
  return new Map(
    operations.map((operation) => {
      const lookup = lookups.get(operation.system) as AccountLookup;
      return [operation.id, compareOperation(operation, listHits(operation, lookup))];
    }),
  );
}

async function readLookups(
  connectors: readonly Connector[],
  operations: readonly Operation[],
  signal?: AbortSignal,
): Promise<Map<string, AccountLookup>> {
  const needed = new Set(operations.map(({ system }) => system));
  const readings = await readSystems(
    connectors.filter(({ system }) => needed.has(system)),
    signal,
  );
  const lookups = new Map<string, AccountLookup>();
  for (const reading of readings) {
    if (reading.state === "failed") {
      // A refused token does not mend itself by waiting.
      const hint = reading.kind === "denied" ? words.mendSecret : words.sameCommandAgain;
      throw new Failure(reading.kind, reading.message, { hint });
    }
    lookups.set(reading.system, createLookup(reading.accounts));
  }
  const unknown = [...needed].filter((system) => !lookups.has(system));
  if (unknown.length > 0) throw new Failure("usage", words.systemGone(unknown));
  return lookups;
}
