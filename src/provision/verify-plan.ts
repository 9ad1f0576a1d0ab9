import { listMovesSincePlanned, type Move } from "./compare-operation.ts";
import type { Connector } from "./connector.ts";
import type { Operation } from "./operation.ts";
import type { Plan } from "./plan.ts";
import type { SystemReading } from "./read-systems.ts";
import { judgeOperation, viewSystems } from "./system-view.ts";

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
  const { views, failed } = await viewSystems(connectors, plan.operations, signal);
  const rows = plan.operations.map((operation): VerifiedOperation => {
    const view = views.get(operation.system);
    if (!view) return { operation, state: "unknown", moves: [] };
    const standing = judgeOperation(operation, view);
    if (standing.state === "there") return { operation, state: "as-planned", moves: [] };
    const isUntouched = standing.state === "ready" && (standing.rest?.ahead.length ?? 0) === 0;
    if (isUntouched) return { operation, state: "not-applied", moves: [] };
    return { operation, state: "differs", moves: listMovesSincePlanned(operation, standing) };
  });
  return { rows, failed };
}
