import { Failure } from "../platform/failure.ts";
import { type AccountLookup, compareOperation, createLookup, listHits, type Standing } from "./compare-operation.ts";
import type { Connector } from "./connector.ts";
import type { Operation } from "./plan.ts";
import { readSystems } from "./read-systems.ts";
import { provisionFaults as words } from "./words.ts";

/**
 * Where each operation stands now, by its id: one sweep of each system that has any. Failure kinds: unavailable or denied (one of them cannot
 * be read), usage (it is no longer configured).
 */
export async function compareOperations(
  operations: readonly Operation[],
  connectors: readonly Connector[],
  signal?: AbortSignal,
): Promise<Map<string, Standing>> {
  return compareWith(operations, await readLookups(connectors, operations, signal));
}

export function compareWith(
  operations: readonly Operation[],
  lookups: ReadonlyMap<string, AccountLookup>,
): Map<string, Standing> {
  return new Map(
    operations.map((operation) => {
      const lookup = lookups.get(operation.system) as AccountLookup;
      return [operation.id, compareOperation(operation, listHits(operation, lookup))];
    }),
  );
}

/** One sweep of each system that has an operation, by its name. Failure kinds as above. */
export async function readLookups(
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
