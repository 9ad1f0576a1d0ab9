import type { PeopleStore } from "../directory/people-store.ts";
import type { Person, Post } from "../directory/person.ts";
import { sha256, toCanonicalJson } from "../platform/canonical-json.ts";
import type { RecordedBaseline } from "./lifecycle-store.ts";
import type { Plan } from "./plan.ts";
import type { Roster, RosterPerson } from "./roster.ts";

/** Everybody with a post in these units, past and future posts included, as the last applied rosters said. */
export async function readKnownPeople(people: PeopleStore, units: Iterable<string>): Promise<readonly RosterPerson[]> {
  const posts: Post[] = [];
  for (const unit of new Set(units)) posts.push(...(await people.listListedPosts({ unit })));
  const known: RosterPerson[] = [];
  for (const [staffId, own] of Map.groupBy(posts, (post) => post.staffId)) {
    const person = await people.findPerson(staffId);
    if (person) known.push({ ...person, posts: own, lines: [] });
  }
  return known;
}

/** What a roster said of a person beside what the directory keeps: it is on their accounts. */
export function toRosterPerson(person: Person, posts: readonly Post[], baselines: readonly RecordedBaseline[]): RosterPerson {
  const kept = Object.assign({}, ...baselines.map(({ state }) => state.attributes)) as Readonly<Record<string, string | null>>;
  const read = (key: string): string | undefined => kept[key] ?? undefined;
  const [givenName, phone, email] = [read("givenName"), read("phone"), person.email ?? read("email")];
  return {
    ...person,
    posts,
    lines: [],
    ...(givenName === undefined ? {} : { givenName }),
    ...(phone === undefined ? {} : { phone }),
    ...(email === undefined ? {} : { email }),
  };
}

/** A roster of what is known; `what` stands where the file's name would. */
export async function toKnownRoster(what: string, people: readonly RosterPerson[]): Promise<Roster> {
  return { file: what, sha256: sha256(await toCanonicalJson(people)), people, twins: [], notes: [], skipped: undefined };
}

/** For the directory: these units whole, nothing of others. */
export function toUnitFacts(people: readonly RosterPerson[], units: readonly string[]): Plan["people"] {
  const spokenFor = new Set(units);
  const posts = people.flatMap((person) => person.posts.filter(({ unit }) => spokenFor.has(unit)));
  const named = new Set(posts.map(({ staffId }) => staffId));
  return {
    units: [...spokenFor].sort(),
    people: people
      .filter(({ staffId }) => named.has(staffId))
      .map(({ staffId, fullName, staffClass, email }) => ({
        staffId,
        fullName,
        staffClass,
        ...(email === undefined ? {} : { email }),
      })),
    posts,
  };
}

/** Posts that are not over on this day end then, or `later`; those that would only have begun never do. */
export function endPosts(posts: readonly Post[], effective: string, later = effective): readonly Post[] {
  return posts
    .filter(({ from }) => from < effective)
    .map((post) => (post.to === undefined || post.to > later ? { ...post, to: later } : post));
}
