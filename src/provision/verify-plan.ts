import { compareOperation, createLookup, listHits, listMovesSincePlanned, type Move } from "./compare-operation.ts";
import type { Connector } from "./connector.ts";
import type { Operation } from "./operation.ts";
import type { Plan } from "./plan.ts";
import { readSystems, type SystemReading } from "./read-systems.ts";

/** as-planned: read back and equal · not-applied: still as it was before · differs: neither · unknown: the system cannot be read. */
export type VerifiedState = "as-planned" | "not-applied" | "differs" | "unknown";

export interface VerifiedOperation {
  readonly operation: Operation;
  readonly state: VerifiedState;
  /** Planned value → value found. */
  readonly moves: readonly Move[];
}

export interface Verification {
  readonly rows: readonly VerifiedOperation[];
  readonly failed: readonly Extract<SystemReading, { state: "failed" }>[];
}

/** Reads every system of the plan anew and compares each of its objects with what the plan wanted. Writes nothing. */
export async function verifyPlan(plan: Plan, connectors: readonly Connector[], signal?: AbortSignal): Promise<Verification> {
  const needed = new Set(plan.operations.map(({ system }) => system));
  const readings = await readSystems(
    connectors.filter(({ system }) => needed.has(system)),
    signal,
  );
  const lookups = new Map(
    readings.flatMap((reading) => (reading.state === "read" ? [[reading.system, createLookup(reading.accounts)] as const] : [])),
  );
  const rows = plan.operations.map((operation): VerifiedOperation => {
    const lookup = lookups.get(operation.system);
    if (!lookup) return { operation, state: "unknown", moves: [] };
    const standing = compareOperation(operation, listHits(operation, lookup));
    if (standing.state === "there") return { operation, state: "as-planned", moves: [] };
    if (standing.state === "ready") return { operation, state: "not-applied", moves: [] };
    return { operation, state: "differs", moves: listMovesSincePlanned(operation, standing) };
  });
  return { rows, failed: readings.filter((reading) => reading.state === "failed") };
}
