import type { Plan } from "./plan.ts";
import type { Roster } from "./roster.ts";
import type { Scope } from "./scope.ts";

/** For the directory. Where rows were set aside, or are all there is, it says nothing of units: half a roster would end posts that go on. */
export function toRosterFacts({ people, skipped, isPart }: Roster, scope: Scope): Plan["people"] {
  const told = people.filter(({ posts }) => posts.some(({ unit }) => scope.includes({ kind: "person", unit })));
  const posts = told.flatMap((person) => person.posts);
  return {
    units: skipped || isPart ? [] : [...new Set(posts.map(({ unit }) => unit))].sort(),
    people: told.map(({ staffId, fullName, staffClass, email }) => ({
      staffId,
      fullName,
      staffClass,
      ...(email === undefined ? {} : { email }),
    })),
    posts,
  };
}
