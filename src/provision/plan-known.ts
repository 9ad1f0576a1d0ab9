import { defaultDepartments } from "../directory/department.ts";
import { defaultPositions } from "../directory/position.ts";
import { toIsoDate } from "../platform/time.ts";
import type { Connector } from "./connector.ts";
import { defaultFunctionalRules } from "./functional-account.ts";
import { readKnownBefore } from "./known-before.ts";
import { toKnownRoster } from "./known-people.ts";
import { createKnownProfiles } from "./known-profiles.ts";
import type { ChosenSubjects } from "./known-subjects.ts";
import { makePlan } from "./make-plan.ts";
import type { ProvisionHost } from "./open-provision.ts";
import type { MadePlan } from "./plan-request.ts";
import { createPlanStore } from "./plan-store.ts";
import type { RosterPerson, SubjectKey } from "./roster.ts";
import { readScope } from "./scope.ts";
import { listSubjects } from "./subject.ts";

export interface KnownPlan {
  /** Stands where a roster's file would: `leave CB1`. */
  readonly what: string;
  /** Everybody of the units concerned, as they are and as they will be. */
  readonly before: readonly RosterPerson[];
  readonly after: readonly RosterPerson[];
  readonly chosen: ChosenSubjects;
}

export type KnownPlanner = (known: KnownPlan, connectors: readonly Connector[], signal?: AbortSignal) => Promise<MadePlan>;

/** Plans about people that are known already. Failure kinds of the planner: unavailable, denied. */
export function createKnownPlanner(host: ProvisionHost): KnownPlanner {
  const { settings, units, database, zone, clock } = host;
  const departments = host.departments ?? defaultDepartments;
  const positions = host.positions ?? defaultPositions;
  const store = createPlanStore(database);
  const codes = new Set(units.map(({ code }) => code));
  const today = toIsoDate(clock.now(), zone);

  /** Everything but the people comes from the same rules as an ordinary plan. */
  return async ({ what, before, after, chosen }, connectors, signal) => {
    const concerned = new Set(after.flatMap(({ posts }) => posts.map(({ unit }) => unit)));
    const own = units.filter(({ code }) => concerned.has(code));
    const earlier = await readKnownBefore(database);
    const subjects = listSubjects({
      people: before,
      units: own,
      departments,
      positions,
      rules: settings.functional ?? defaultFunctionalRules,
      systems: Object.keys(settings.systems),
      template: settings.usernames.template,
      today,
    });
    const owners = new Map<SubjectKey, string | null>(
      subjects.flatMap(({ key, kind, owner }) => (kind === "functional" ? [[key, owner ?? null] as const] : [])),
    );
    return makePlan({
      ...host,
      units: own,
      departments,
      positions,
      roster: await toKnownRoster(what, after),
      scope: readScope({}, { systems: Object.keys(settings.systems), units: codes }),
      connectors,
      store,
      known: { ...earlier, owners: new Map([...owners, ...earlier.owners]) },
      chosen,
      profiles: await createKnownProfiles(host).listHashes(),
      signal,
    });
  };
}
