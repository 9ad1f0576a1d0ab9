import { Failure } from "../platform/failure.ts";
import type { Account } from "./account.ts";
import type { PlanSystem } from "./plan.ts";
import type { PlanRequest } from "./plan-request.ts";
import type { SystemReading } from "./read-systems.ts";
import type { Subject } from "./subject.ts";
import type { Link } from "./subject-facts.ts";
import { provisionFaults as words } from "./words.ts";

interface SystemRequest extends Pick<PlanRequest, "settings" | "scope"> {
  readonly readings: readonly SystemReading[];
  readonly subjects: readonly Subject[];
  readonly links: readonly Link[];
}

/** Ours is what any subject claims, in the plan's scope or not, by external id or by an earlier link. */
export function listPlanSystems({ settings, scope, readings, subjects, links }: SystemRequest): PlanSystem[] {
  const claimed = new Set(subjects.map(({ externalId }) => externalId));
  const linked = new Set(links.map(({ system, targetId }) => `${system} ${targetId}`));
  return Object.entries(settings.systems).map(([name, { url }]): PlanSystem => {
    const reading = readings.find(({ system }) => system === name);
    if (!reading || !scope.reads(name)) {
      return { name, url, state: "left-out", accounts: 0, managed: 0, unmanaged: 0, message: null };
    }
    if (reading.state === "failed") {
      return { name, url, state: "failed", accounts: 0, managed: 0, unmanaged: 0, message: reading.message };
    }
    const accounts = reading.accounts.length;
    const managed = reading.accounts.filter(
      ({ id, externalId }) => claimed.has(externalId ?? "") || linked.has(`${name} ${id}`),
    ).length;
    return { name, url, state: "read", accounts, managed, unmanaged: accounts - managed, message: null };
  });
}

export function pinProfile(system: PlanSystem, profiles: PlanRequest["profiles"]): PlanSystem {
  const profile = profiles?.get(system.name);
  return profile === undefined ? system : { ...system, profile };
}

export function toUnreadFailure(readings: readonly SystemReading[]): Failure {
  const failed = readings.filter((reading) => reading.state === "failed");
  return new Failure(
    failed[0]?.kind ?? "unavailable",
    words.noSystemRead(failed.map(({ system, message }) => ({ system, message }))),
  );
}

export function listNewLinks(found: readonly Link[], links: readonly Link[]): Link[] {
  const known = new Set(links.map(({ system, subject, targetId }) => `${system} ${subject} ${targetId}`));
  return found.filter(({ system, subject, targetId }) => !known.has(`${system} ${subject} ${targetId}`));
}

export function createNameFinder(
  accounts: ReadonlyMap<string, readonly Account[]>,
): (system: string, targetId: string) => string | undefined {
  const shown = new Map(
    [...accounts].flatMap(([system, own]) => own.map(({ id, attributes }) => [`${system} ${id}`, attributes.displayName])),
  );
  return (system, targetId) => shown.get(`${system} ${targetId}`) ?? undefined;
}
