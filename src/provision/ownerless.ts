import type { Position, Rank } from "../directory/position.ts";
import type { IsoDate } from "../directory/unit.ts";
import type { Roster, SubjectKey } from "./roster.ts";
import type { Subject } from "./subject.ts";
import type { Ownerless } from "./subject-facts.ts";

interface OwnerlessRequest {
  readonly subjects: readonly Subject[];
  /** Whom functional accounts were accountable to so far. */
  readonly owners: ReadonlyMap<SubjectKey, string | null>;
  readonly roster: Roster;
  readonly positions: readonly Position[];
  readonly today: IsoDate;
}

const order: readonly Rank[] = ["department-head", "department-deputy", "clerk", "officer"];

/**
 * Functional accounts whose accountable person no longer heads the department. They are exempt from the leaver rule: they stay open, and
 * somebody of the department is proposed, by rank and then by how long they are there.
 */
export function listOwnerless({ subjects, owners, roster, positions, today }: OwnerlessRequest): Ownerless[] {
  const gone = subjects.filter(
    ({ key, kind, owner, entitled }) => kind === "functional" && entitled && owners.get(key) && owner !== owners.get(key),
  );
  if (gone.length === 0) return [];
  const rankOf = new Map(positions.map(({ key, rank }) => [key, order.indexOf(rank)]));
  const ranked = roster.people
    .flatMap((person) => person.posts.map((post) => ({ ...post, name: person.fullName, rank: rankOf.get(post.position) ?? -1 })))
    .filter((post) => post.rank >= 0 && post.from <= today && (post.to === undefined || post.to > today))
    .sort((a, b) => a.rank - b.rank || (a.from < b.from ? -1 : a.from > b.from ? 1 : 0) || (a.staffId < b.staffId ? -1 : 1));
  return gone.map(({ key, externalId, name, unit, attributes }) => {
    const owner = owners.get(key) as string;
    const next = ranked.find((post) => post.unit === unit && post.department === attributes.department && post.staffId !== owner);
    const successor = next ? { staffId: next.staffId, name: next.name, position: next.position } : null;
    return { functionalKey: externalId, name, unit, owner, successor };
  });
}
