import { listDepartments } from "../directory/department.ts";
import { createPeopleStore } from "../directory/people-store.ts";
import type { Person, Post } from "../directory/person.ts";
import type { Unit } from "../directory/unit.ts";
import type { Instant } from "../platform/clock.ts";
import { readInstant, toIsoDate } from "../platform/time.ts";
import { listHolders } from "../provision/account-holders.ts";
import { type AccountNeed, listAccountNeeds } from "../provision/account-needs.ts";
import { readEntitlements } from "../provision/desired-subjects.ts";
import { defaultFunctionalRules, purposeNames } from "../provision/functional-account.ts";
import { createSeenStore } from "../provision/seen-store.ts";
import type { AccountFact } from "./facts.ts";
import type { ReadinessHost } from "./host.ts";

export interface AccountFacts {
  /** People with a post in a unit. */
  readonly staffOf: ReadonlyMap<string, number>;
  /** By unit; undefined where no system for accounts is set up. */
  readonly accounts: ReadonlyMap<string, readonly AccountFact[]> | undefined;
  readonly departments: ReadonlyMap<string, readonly AccountFact[]> | undefined;
}

/** Who and what is to have accounts by the applied rosters and the rules, and what the last look at each system found. */
export async function readAccountFacts(
  { settings, zone, database: open }: ReadinessHost,
  units: readonly Unit[],
  { at, until }: { readonly at: Instant; readonly until: Instant },
): Promise<AccountFacts> {
  const database = await open();
  const store = createPeopleStore(database);
  const [people, posts, seen] = await Promise.all([
    store.listListedPeople(),
    store.listListedPosts({}),
    createSeenStore(database).list(),
  ]);
  const today = toIsoDate(at, zone);
  const present = joinPosts(people, posts, units, today);
  const staffOf = new Map<string, number>();
  for (const { posts: own } of present) {
    for (const unit of new Set(own.filter((post) => isCurrent(post, today)).map((post) => post.unit))) {
      staffOf.set(unit, (staffOf.get(unit) ?? 0) + 1);
    }
  }
  const systems = Object.keys(settings.provision.systems);
  if (systems.length === 0) return { staffOf, accounts: undefined, departments: undefined };
  const { departments } = settings.directory;
  const holders = listHolders({
    people: present,
    units,
    departments,
    rules: settings.provision.functional ?? defaultFunctionalRules,
    systems,
    entitlements: readEntitlements(settings.provision),
    today,
  });
  const needs = listAccountNeeds({ holders, units, seen, until: toIsoDate(until, zone) });
  const names: ReadonlyMap<string, string> = new Map(
    units.flatMap((unit) => listDepartments(unit, departments).map(({ key, name }) => [`${unit.code}/${key}`, name] as const)),
  );
  const byUnit = (kind: AccountNeed["kind"]): ReadonlyMap<string, readonly AccountFact[]> =>
    Map.groupBy(
      needs.filter((need) => need.kind === kind).map((need) => ({ unit: need.unit, ...toFact(need) })),
      ({ unit }) => unit,
    );
  // A sweep gives its one instant to thousands.
  const instants = new Map<string, Instant | undefined>();
  const readOnce = (text: string): Instant | undefined => {
    if (!instants.has(text)) instants.set(text, readInstant(text, zone));
    return instants.get(text);
  };
  const toFact = ({ system, account, name, state, seenAt }: AccountNeed): AccountFact => ({
    system,
    account,
    name: names.has(toPlace(account)) ? nameDepartment(account, names) : name,
    state,
    seenAt: seenAt === undefined ? undefined : readOnce(seenAt),
  });
  return { staffOf, accounts: byUnit("person"), departments: byUnit("functional") };
}

function isCurrent({ to }: Post, today: string): boolean {
  return to === undefined || to > today;
}

function joinPosts(people: readonly Person[], posts: readonly Post[], units: readonly Unit[], today: string) {
  const codes = new Set(units.map(({ code }) => code));
  const postsOf = Map.groupBy(posts, ({ staffId }) => staffId);
  return people.flatMap((person) => {
    const own = postsOf.get(person.staffId) ?? [];
    return own.some((post) => codes.has(post.unit) && isCurrent(post, today)) ? [{ ...person, posts: own, lines: [] }] : [];
  });
}

/** `27004/van-hoa-xa-hoi` of `27004/van-hoa-xa-hoi/document-inbox`. */
function toPlace(account: string): string {
  return account.slice(0, account.lastIndexOf("/"));
}

/** The department, and what the account is for where that is not just its own papers. */
function nameDepartment(account: string, names: ReadonlyMap<string, string>): string {
  const purpose = account.slice(account.lastIndexOf("/") + 1) as keyof typeof purposeNames;
  const name = names.get(toPlace(account)) as string;
  return purpose === "document-inbox" ? name : `${name} (${purposeNames[purpose].vi})`;
}
