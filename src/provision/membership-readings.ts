import { Failure, type Fault } from "../platform/failure.ts";
import { listPlaceholders } from "../platform/placeholders.ts";
import { findNearest } from "../platform/text.ts";
import type { Membership } from "./account.ts";
import { listNamedMemberships } from "./check-entitlements.ts";
import type { Connector } from "./connector.ts";
import type { Entitlements } from "./entitlements.ts";
import { lifecycleFaults } from "./lifecycle-words.ts";
import { entitlementFaults as words } from "./membership-words.ts";
import type { MembershipReading } from "./plan-memberships.ts";
import type { SystemReading } from "./read-systems.ts";
import type { GivenMembership } from "./subject-facts.ts";
import type { WantedMembership } from "./wanted-memberships.ts";

export interface AskedMemberships {
  readonly mentioned: ReadonlyMap<string, ReadonlySet<Membership>>;
  /** What is read of each system: what templates name there, and what wardctl gave. */
  readonly asked: ReadonlyMap<string, readonly Membership[]>;
}

/** A name without substitutions counts although nobody of this plan gets it; one with them only as it comes out for somebody. */
export function listAskedMemberships(
  entitlements: Entitlements,
  wanted: Iterable<WantedMembership>,
  given: readonly GivenMembership[],
): AskedMemberships {
  const mentioned = new Map<string, Set<Membership>>();
  const asked = new Map<string, Set<Membership>>();
  const add = (map: Map<string, Set<Membership>>, system: string, membership: Membership): void => {
    const own = map.get(system) ?? new Set();
    map.set(system, own.add(membership));
  };
  for (const { system, membership, place } of listNamedMemberships(entitlements)) {
    if (listPlaceholders(membership).length > 0) continue;
    // What is written about one person says nothing of others.
    if (!place.startsWith("additions") && !place.startsWith("denials")) add(mentioned, system, membership);
    add(asked, system, membership);
  }
  for (const { system, membership, sources } of wanted) {
    if (sources.some((source) => !source.startsWith("addition:"))) add(mentioned, system, membership);
    add(asked, system, membership);
  }
  for (const { system, membership } of given) add(asked, system, membership);
  return { mentioned, asked: new Map([...asked].map(([system, own]) => [system, [...own].sort()])) };
}

/** Every system that has something asked, or why it could not be read. */
export async function readMemberships(
  connectors: readonly Connector[],
  { asked, mentioned }: AskedMemberships,
  signal?: AbortSignal,
): Promise<{
  readonly readings: ReadonlyMap<string, MembershipReading>;
  readonly failed: readonly Extract<SystemReading, { state: "failed" }>[];
}> {
  const readings = new Map<string, MembershipReading>();
  const failed: Extract<SystemReading, { state: "failed" }>[] = [];
  await Promise.all(
    connectors.map(async ({ system, memberships: port }) => {
      const own = asked.get(system) ?? [];
      if (!port || own.length === 0) return;
      try {
        const sweep = await port.sweep(own, signal);
        readings.set(system, {
          sweep,
          mentioned: mentioned.get(system) ?? new Set(),
          makesGroups: port.createGroup !== undefined,
        });
      } catch (error) {
        if (!(error instanceof Failure) || error.kind === "cancelled") throw error;
        failed.push({ system, state: "failed", kind: error.kind, message: error.words });
      }
    }),
  );
  return { readings, failed };
}

/** Failure kind: invalid. A role that wardctl.yaml names and its system has not got: only the system's owner makes one. */
export function assertRolesExist(entitlements: Entitlements, readings: ReadonlyMap<string, MembershipReading>): void {
  const faults = listNamedMemberships(entitlements).flatMap(({ system, membership, place }): Fault[] => {
    const sweep = readings.get(system)?.sweep;
    if (!membership.startsWith("role:") || !sweep?.missing.includes(membership)) return [];
    const asked = listNamedMemberships(entitlements).flatMap((one) => (one.system === system ? [one.membership] : []));
    const known = sweep.existing ?? asked.filter((one) => !sweep.missing.includes(one));
    const roles = known.flatMap((one) => (one.startsWith("role:") ? [one.slice("role:".length)] : []));
    const value = membership.slice("role:".length);
    return [{ file: `wardctl.yaml provision.${place}`, value, message: words.noSuchRole(system, findNearest(value, roles, 4)) }];
  });
  if (faults.length > 0) throw new Failure("invalid", lifecycleFaults.badEntitlements(faults.length), { faults });
}
