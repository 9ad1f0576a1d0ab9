import type { Operation } from "./operation.ts";
import type { Guard, PlanSystem } from "./plan.ts";

export interface GuardRequest {
  readonly people: number;
  /** People with accounts of ours in the units the roster speaks of, before; and how many of them it no longer names. */
  readonly known: number;
  readonly missing: number;
  readonly operations: readonly Pick<Operation, "system" | "kind">[];
  readonly systems: readonly Pick<PlanSystem, "name" | "managed" | "state">[];
}

/** provision.md §8: what looks like a broken export is not carried out. Okta stops at 20 %, fleet #49365 removed everybody. */
export function judgeGuards({ people, known, missing, operations, systems }: GuardRequest): Guard[] {
  const empty: Guard = { code: "roster-empty", system: null, count: people, limit: 1, tripped: people === 0 };
  const shrinkLimit = Math.floor(known / 5);
  const shrunk: Guard = {
    code: "source-shrunk",
    system: null,
    count: missing,
    limit: shrinkLimit,
    tripped: missing > shrinkLimit,
  };
  return [empty, shrunk, ...systems.filter(({ state }) => state === "read").map((system) => judgeDisables(system, operations))];
}

function judgeDisables(system: Pick<PlanSystem, "name" | "managed">, operations: GuardRequest["operations"]): Guard {
  const count = operations.filter((operation) => operation.system === system.name && operation.kind === "disable").length;
  const limit = Math.max(5, Math.floor(system.managed / 20));
  return { code: "too-many-disables", system: system.name, count, limit, tripped: count > limit };
}

/** Exact numbers that a person typed; nothing else lifts a guard. */
export interface Confirmations {
  readonly disables?: number;
  readonly missing?: number;
}

/** The guards that still stand in the way. The number of disables is that of all systems together. */
export function listStandingGuards(guards: readonly Guard[], confirmed: Confirmations): Guard[] {
  const disables = guards.filter(({ code }) => code === "too-many-disables").reduce((sum, { count }) => sum + count, 0);
  return guards.filter(({ code, count, tripped }) => {
    if (!tripped) return false;
    if (code === "too-many-disables") return confirmed.disables !== disables;
    if (code === "source-shrunk") return confirmed.missing !== count;
    return true;
  });
}
