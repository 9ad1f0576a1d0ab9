import { Failure } from "../platform/failure.ts";
import type { AssignedName, RegisteredName } from "./name-register.ts";
import type { PlannedName } from "./plan.ts";
import type { Changes } from "./plan-changes.ts";
import type { SystemReading } from "./read-systems.ts";
import type { SubjectKey } from "./roster.ts";
import type { ProvisionSettings } from "./settings.ts";
import type { Subject } from "./subject.ts";
import { defaultDenied } from "./username.ts";
import { provisionFaults as words } from "./words.ts";

export function listDenied({ systems, usernames }: ProvisionSettings): ReadonlySet<string> {
  return new Set([...defaultDenied, ...Object.keys(systems), ...usernames.deny].map((name) => name.toLowerCase()));
}

/** Names of those who have an account or get one, where the register says something else yet. */
export function listPlannedNames(
  subjects: readonly Subject[],
  names: ReadonlyMap<SubjectKey, AssignedName>,
  { changes, found }: Changes,
  register: readonly RegisteredName[],
  renamed: ReadonlyMap<SubjectKey, SubjectKey>,
): PlannedName[] {
  const known = new Map(register.map(({ owner, state }) => [owner, state]));
  const concerned = new Set([...changes.map(({ subject }) => subject.key), ...found.map(({ subject }) => subject)]);
  return subjects
    .filter(({ key }) => concerned.has(key) && names.get(key)?.takenBy === undefined)
    .map(({ key, entitled }): PlannedName => {
      return { subject: key, name: names.get(key)?.name as string, state: entitled ? "issued" : "retired" };
    })
    .filter(({ subject, state }) => known.get(subject) !== state || renamed.has(subject));
}

/** A name given now must be free on every system; one that could not be read may have it. */
export function assertNamesAreFree(
  { changes }: Changes,
  names: ReadonlyMap<SubjectKey, AssignedName>,
  readings: readonly SystemReading[],
): void {
  const failed = readings.filter((reading) => reading.state === "failed");
  const fresh = changes.filter(({ kind, subject }) => kind === "create" && names.get(subject.key)?.source === "new");
  if (failed.length === 0 || fresh.length === 0) return;
  throw new Failure("unavailable", words.namesBlocked(failed.map(({ system, message }) => ({ system, message }))), {
    hint: words.namesBlockedHint(failed.map(({ system }) => system)),
  });
}
