import type { Membership } from "./account.ts";
import type { MembershipSweep } from "./connector.ts";
import { type AccountOperation, type AssignOperation, type GroupOperation, listMembershipChange } from "./operation.ts";
import type { Guard, GuardCode, PlanSystem } from "./plan.ts";

type GuardedOperation =
  | Pick<AccountOperation | GroupOperation, "system" | "kind">
  | Pick<AssignOperation, "system" | "kind" | "before" | "after">;

export interface GuardRequest {
  readonly people: number;
  /** People with accounts of ours in the units the roster speaks of, before; and how many of them it no longer names. */
  readonly known: number;
  readonly missing: number;
  readonly operations: readonly GuardedOperation[];
  readonly systems: readonly Pick<PlanSystem, "name" | "managed" | "state">[];
  /** System → role or group → how many accounts hold it, ours or not. */
  readonly holders?: Holders;
}

type Holders = ReadonlyMap<string, ReadonlyMap<Membership, number>>;

/** provision.md §8: what looks like a broken export is not carried out. Okta stops at 20 %, fleet #49365 removed everybody. */
export function judgeGuards({ people, known, missing, operations, systems, holders = new Map() }: GuardRequest): Guard[] {
  const empty: Guard = { code: "roster-empty", system: null, count: people, limit: 1, tripped: people === 0 };
  const shrinkLimit = Math.floor(known / 5);
  const shrunk: Guard = {
    code: "source-shrunk",
    system: null,
    count: missing,
    limit: shrinkLimit,
    tripped: missing > shrinkLimit,
  };
  const disables = systems.filter(({ state }) => state === "read").map((system) => judgeDisables(system, operations));
  return [empty, shrunk, ...disables, ...judgeTaken(operations, holders)];
}

export function countHolders(readings: ReadonlyMap<string, { readonly sweep: Pick<MembershipSweep, "held"> }>): Holders {
  return new Map(
    [...readings].map(([system, { sweep }]) => {
      const counts = new Map<Membership, number>();
      for (const own of sweep.held.values()) for (const one of own) counts.set(one, (counts.get(one) ?? 0) + 1);
      return [system, counts];
    }),
  );
}

/** A single person may always lose a role; of a small group, the few who move in an ordinary month. */
const leastTaken: Readonly<Record<string, number>> = { role: 1, group: 5 };

/** Only those that stand in the way: a province has thousands of groups. */
function judgeTaken(operations: GuardRequest["operations"], holders: Holders): Guard[] {
  const taken = new Map<string, { readonly system: string; readonly membership: Membership; count: number }>();
  for (const operation of operations) {
    if (operation.kind !== "assign") continue;
    for (const membership of listMembershipChange(operation).remove) {
      const key = `${operation.system} ${membership}`;
      const one = taken.get(key) ?? { system: operation.system, membership, count: 0 };
      one.count += 1;
      taken.set(key, one);
    }
  }
  return [...taken.values()].flatMap(({ system, membership, count }): Guard[] => {
    const held = holders.get(system)?.get(membership) ?? 0;
    const least = leastTaken[membership.slice(0, membership.indexOf(":"))] ?? 1;
    const limit = Math.max(least, Math.floor(held / 5));
    return count > limit ? [{ code: "taken-from-many", system, membership, count, limit, tripped: true }] : [];
  });
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
  readonly removals?: number;
}

/** How often the guards of one code say something is done, over all systems: the number that a person confirms. */
export function countGuarded(guards: readonly Guard[], code: GuardCode): number {
  return guards.filter((guard) => guard.code === code).reduce((sum, { count }) => sum + count, 0);
}

/** The guards that still stand in the way. The numbers of disables and of roles taken are those of all systems together. */
export function listStandingGuards(guards: readonly Guard[], confirmed: Confirmations): Guard[] {
  const disables = countGuarded(guards, "too-many-disables");
  const removals = countGuarded(guards, "taken-from-many");
  return guards.filter(({ code, count, tripped }) => {
    if (!tripped) return false;
    if (code === "too-many-disables") return confirmed.disables !== disables;
    if (code === "source-shrunk") return confirmed.missing !== count;
    if (code === "taken-from-many") return confirmed.removals !== removals;
    return true;
  });
}
