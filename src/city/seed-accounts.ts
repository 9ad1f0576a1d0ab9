import { defaultDepartments } from "../directory/department.ts";
import { defaultPositions } from "../directory/position.ts";
import { formatCsv } from "../platform/csv.ts";
import { createRandom } from "../platform/random.ts";
import { toIsoDate, vietnamZone } from "../platform/time.ts";
import { toScimUser } from "../provision/connectors/scim-user.ts";
import { type Entitlements, noEntitlements } from "../provision/entitlements.ts";
import { defaultFunctionalRules } from "../provision/functional-account.ts";
import { assignUsernames } from "../provision/name-register.ts";
import type { RosterPerson, SubjectKey } from "../provision/roster.ts";
import { rosterColumnNames, rosterColumns } from "../provision/roster-columns.ts";
import { classNames } from "../provision/roster-words.ts";
import { listSubjects } from "../provision/subject.ts";
import { defaultDenied } from "../provision/username.ts";
import { listWantedMemberships, type WantedMembership } from "../provision/wanted-memberships.ts";
import type { CityMember } from "./account-store.ts";
import { type CityCore, type CitySystem, citySystems } from "./city.ts";
import type { CityPerson } from "./people.ts";

export interface SeedOptions {
  /** Staff ids of people who came so lately that nobody made their accounts. */
  readonly newHires?: readonly string[];
  /** What people may do on the systems; without it no role and no group is there. */
  readonly templates?: Pick<Entitlements, "classes" | "positions">;
}

/**
 * Gives the city's people and departments their accounts on all five systems, straight into the stores, by the rules that `provision` has.
 * Where the fault `departments-without-accounts` is on for a unit, its departments but the Office lack their document account.
 */
export function seedAccounts(core: CityCore, { newHires = [], templates }: SeedOptions = {}): void {
  const today = toIsoDate(core.clock.now(), vietnamZone);
  const entitlements = templates ? { ...noEntitlements, ...templates } : noEntitlements;
  const subjects = listSubjects({
    people: core.people.map(toRosterPerson),
    units: core.units,
    departments: defaultDepartments,
    positions: defaultPositions,
    rules: defaultFunctionalRules,
    systems: citySystems,
    template: "{given}{initials}",
    entitlements,
    today,
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
  const units = new Map(core.units.map((unit) => [unit.code, unit]));
  seedMemberships(core, listWantedMemberships({ subjects, names, units, departments: defaultDepartments, entitlements, today }));
}

/** Everybody who has an account may do what the templates say; a group is there for whoever will come into it. */
function seedMemberships(core: CityCore, wanted: ReadonlyMap<SubjectKey, readonly WantedMembership[]>): void {
  const random = createRandom(`${core.seed}/group-ids`);
  const stores = new Map(Object.entries(core.accounts));
  const byExternalId = new Map(
    [...stores].map(([system, { accounts }]) => [
      system,
      new Map([...accounts.values()].map((account) => [account.externalId, account])),
    ]),
  );
  const members = new Map<string, Map<string, CityMember[]>>();
  for (const [subject, own] of wanted) {
    for (const { system, membership } of own) {
      const account = byExternalId.get(system)?.get(subject.slice("person/".length));
      const name = membership.slice(membership.indexOf(":") + 1);
      if (membership.startsWith("group:")) {
        const groups = members.get(system) ?? new Map<string, CityMember[]>();
        members.set(system, groups.set(name, [...(groups.get(name) ?? []), ...(account ? [{ value: account.id }] : [])]));
      } else if (account) {
        const roles = (account.attributes["roles"] ?? []) as readonly object[];
        account.attributes["roles"] = [...roles, { value: name }];
      }
    }
  }
  for (const [system, groups] of members) {
    for (const [displayName, own] of groups) {
      const id = `${hex(random.integer(2 ** 32))}${hex(random.integer(2 ** 32))}`;
      stores.get(system)?.groups.set(id, { id, displayName, members: own });
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
        post.to === undefined ? undefined : toDayFirst(toLastDay(post.to)),
        person.email,
        undefined,
        undefined,
      ]),
    ),
  ]);
}

/** A roster names the last day; a post ends at the start of the day after. */
function toLastDay(to: string): string {
  return new Date(Date.parse(`${to}T00:00:00Z`) - 86_400_000).toISOString().slice(0, 10);
}

function toDayFirst(date: string): string {
  return date.split("-").reverse().join("/");
}
