import { defaultDepartments } from "../directory/department.ts";
import { defaultPositions } from "../directory/position.ts";
import { formatCsv } from "../platform/csv.ts";
import { createRandom } from "../platform/random.ts";
import { toIsoDate, vietnamZone } from "../platform/time.ts";
import { toScimUser } from "../provision/connectors/scim-user.ts";
import { defaultFunctionalRules } from "../provision/functional-account.ts";
import { assignUsernames } from "../provision/name-register.ts";
import type { RosterPerson } from "../provision/roster.ts";
import { rosterColumnNames, rosterColumns } from "../provision/roster-columns.ts";
import { classNames } from "../provision/roster-words.ts";
import { listSubjects } from "../provision/subject.ts";
import { defaultDenied } from "../provision/username.ts";
import { type CityCore, type CitySystem, citySystems } from "./city.ts";
import type { CityPerson } from "./people.ts";

export interface SeedOptions {
  /** Staff ids of people who came so lately that nobody made their accounts. */
  readonly newHires?: readonly string[];
}

/**
 * Gives the city's people and departments their accounts on all five systems, straight into the stores, by the rules that `provision` has.
 * Where the fault `departments-without-accounts` is on for a unit, its departments but the Office lack their document account.
 */
export function seedAccounts(core: CityCore, { newHires = [] }: SeedOptions = {}): void {
  const subjects = listSubjects({
    people: core.people.map(toRosterPerson),
    units: core.units,
    departments: defaultDepartments,
    positions: defaultPositions,
    rules: defaultFunctionalRules,
    systems: citySystems,
    template: "{given}{initials}",
    today: toIsoDate(core.clock.now(), vietnamZone),
  });
  const denied = new Set([...defaultDenied, ...citySystems]);
  const names = assignUsernames({ subjects, register: [], accounts: [], seen: [], denied });
  const random = createRandom(`${core.seed}/account-ids`);
  const hired = new Set(newHires);
  for (const subject of subjects) {
    if (subject.kind === "person" && (hired.has(subject.externalId) || !subject.entitled)) continue;
    const userName = names.get(subject.key)?.name as string;
    const { externalId, attributes } = subject;
    const { schemas: _, displayName, ...rest } = toScimUser({ externalId, userName, active: true, attributes });
    for (const system of subject.systems as readonly CitySystem[]) {
      if (system === "documents" && lacksAccount(core, subject.unit, externalId)) continue;
      const id = `${hex(random.integer(2 ** 32))}${hex(random.integer(2 ** 32))}`;
      const { externalId: _id, userName: _name, active: _active, ...kept } = rest;
      core.accounts[system].accounts.set(id, {
        id,
        externalId,
        userName,
        active: true,
        displayName: String(displayName),
        attributes: structuredClone(kept),
      });
    }
  }
}

function lacksAccount({ faults }: CityCore, unit: string, key: string): boolean {
  return (
    faults.has("departments-without-accounts", unit) &&
    key.endsWith("/document-inbox") &&
    key !== `${unit}/van-phong/document-inbox`
  );
}

function hex(n: number): string {
  return n.toString(16).padStart(8, "0");
}

function toRosterPerson(person: CityPerson): RosterPerson {
  return { ...person, lines: [] };
}

/** The city's people as the roster file their ward would send: Vietnamese headings, dates by day first, one row a post. */
export function formatCityRoster({ people }: Pick<CityCore, "people">): string {
  return formatCsv([
    rosterColumnNames.map((column) => rosterColumns[column].heading),
    ...people.flatMap((person) =>
      person.posts.map((post) => [
        person.staffId,
        person.fullName,
        undefined,
        toDayFirst(person.birthDate),
        post.unit,
        post.department,
        defaultPositions.find(({ key }) => key === post.position)?.name.vi ?? post.position,
        classNames[person.staffClass].vi,
        toDayFirst(post.from),
        undefined,
        person.email,
        undefined,
        undefined,
      ]),
    ),
  ]);
}

function toDayFirst(date: string): string {
  return date.split("-").reverse().join("/");
}
