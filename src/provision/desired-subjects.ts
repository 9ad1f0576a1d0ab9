import { defaultDepartments } from "../directory/department.ts";
import { defaultPositions } from "../directory/position.ts";
import { type Entitlements, noEntitlements } from "./entitlements.ts";
import { defaultFunctionalRules } from "./functional-account.ts";
import { type PlanRequest, toToday } from "./plan-request.ts";
import type { ProvisionSettings } from "./settings.ts";
import { listSubjects, type Subject } from "./subject.ts";

/** The same value as long as nothing is written about classes, positions and persons. */
export function readEntitlements({ classes, positions, additions, denials, signing }: ProvisionSettings): Entitlements {
  const isEmpty = [Object.keys(classes), Object.keys(positions), additions, denials].every((list) => list.length === 0);
  return isEmpty ? noEntitlements : { classes, positions, additions, denials, signing };
}

/** Whoever and whatever is to have accounts, by this plan's day. */
export function listDesiredSubjects(request: PlanRequest): Subject[] {
  const { roster, units, settings, departments, positions, chosen } = request;
  const subjects = listSubjects({
    people: roster.people,
    units,
    departments: departments ?? defaultDepartments,
    positions: positions ?? defaultPositions,
    rules: settings.functional ?? defaultFunctionalRules,
    systems: Object.keys(settings.systems),
    template: settings.usernames.template,
    expandNames: settings.usernames.collision === "middle-name",
    entitlements: readEntitlements(settings),
    today: toToday(request),
  });
  const wanted = subjects.map((subject): Subject => {
    const former = chosen?.renamed?.get(subject.key);
    return former === undefined ? subject : { ...subject, formerExternalId: former.slice(former.indexOf("/") + 1) };
  });
  const ending = chosen?.ending ?? [];
  const replaced = new Set([...ending.map(({ key }) => key), ...(chosen?.renamed?.values() ?? [])]);
  return [...wanted.filter(({ key }) => !replaced.has(key)), ...ending];
}
