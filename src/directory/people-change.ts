import type { Person, Post } from "./person.ts";
import type { IsoDate } from "./unit.ts";

/** A fact of the register and whether the source still lists it. What is no longer listed stays readable. */
export interface Listed<Fact> {
  readonly fact: Fact;
  readonly listed: boolean;
}

/** What a source says, whole: whom it does not name it no longer lists. */
export interface PeopleFacts {
  readonly people: readonly Person[];
  readonly posts: readonly Post[];
}

export interface ChangeCount {
  readonly added: number;
  readonly changed: number;
  readonly ended: number;
  readonly same: number;
}

export interface FactChange<Fact> {
  readonly versions: readonly Listed<Fact>[];
  readonly count: ChangeCount;
}

/** The versions to write so that the register says of people what the source says now. */
export function planPeople(before: readonly Listed<Person>[], now: readonly Person[]): FactChange<Person> {
  return planFacts(
    before,
    now,
    (person) => person.staffId,
    isSamePerson,
    (person) => person,
  );
}

/**
 * The same for posts. A post that the source no longer lists ends on the day that was seen, at the latest; where the source
 * lists the same place and time with another first day, the earlier first day was a mistake and that post never was.
 */
export function planPosts(before: readonly Listed<Post>[], now: readonly Post[], today: IsoDate): FactChange<Post> {
  const places = Map.groupBy(now, toPlace);
  const end = (post: Post): Post => {
    const corrected = places.get(toPlace(post))?.some((other) => post.to === undefined || other.from < post.to);
    const to = corrected || post.from > today ? post.from : today;
    return post.to !== undefined && post.to <= to ? post : { ...post, to };
  };
  return planFacts(before, now, toPostKey, (a, b) => a.to === b.to, end);
}

function toPlace(post: Post): string {
  return [post.staffId, post.unit, post.department ?? "", post.position].join("|");
}

export function toPostKey(post: Post): string {
  return `${toPlace(post)}|${post.from}`;
}

function isSamePerson(a: Person, b: Person): boolean {
  return a.fullName === b.fullName && a.staffClass === b.staffClass && a.birthDate === b.birthDate && a.email === b.email;
}

function planFacts<Fact>(
  before: readonly Listed<Fact>[],
  now: readonly Fact[],
  toKey: (fact: Fact) => string,
  isSame: (a: Fact, b: Fact) => boolean,
  end: (fact: Fact) => Fact,
): FactChange<Fact> {
  const known = new Map(before.map((version) => [toKey(version.fact), version]));
  const wanted = new Map(now.map((fact) => [toKey(fact), fact]));
  const fresh = [...wanted].filter(([key, fact]) => {
    const last = known.get(key);
    return !last?.listed || !isSame(last.fact, fact);
  });
  const gone = before.filter(({ fact, listed }) => listed && !wanted.has(toKey(fact)));
  const added = fresh.filter(([key]) => !known.get(key)?.listed).length;
  return {
    versions: [
      ...fresh.map(([, fact]) => ({ fact, listed: true })),
      ...gone.map(({ fact }) => ({ fact: end(fact), listed: false })),
    ],
    count: { added, changed: fresh.length - added, ended: gone.length, same: wanted.size - fresh.length },
  };
}
