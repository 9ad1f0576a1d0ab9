import type { Desk } from "../../src/delegation/desk.ts";
import { isCalled, toPostRef } from "../../src/delegation/read-grant.ts";
import type { Person, Post } from "../../src/directory/person.ts";
import { findPosition } from "../../src/directory/position.ts";
import { formatUnitName, type Unit } from "../../src/directory/unit.ts";
import type { Instant } from "../../src/platform/clock.ts";
import { Failure } from "../../src/platform/failure.ts";
import { toToneKey } from "../../src/platform/text.ts";
import { toIsoDate } from "../../src/platform/time.ts";
import { delegateWords as words } from "./words.ts";

/**
 * Who is meant: a staff id, a post of the unit (`chanh-van-phong`), or the full name of somebody there. Never guessed: several are
 * listed with their ids. Failure kind: invalid.
 */
export async function needPerson(desk: Desk, text: string, unit: Unit, at: Instant): Promise<Person> {
  const known = await desk.people.findPerson(text);
  if (known) return known;
  const posts = await desk.people.listPosts({ unit: unit.code, at: toIsoDate(at, desk.zone) });
  const post = toPostRef(text, unit);
  if ("position" in post) {
    const holders = posts.filter(
      ({ position, department }) =>
        position === post.position && (post.department === undefined || department === post.department),
    );
    if (holders.length === 0) throw new Failure("invalid", words.vacant(text, formatUnitName(unit)), { hint: words.takeRoster });
    return needOne(await toPeople(desk, holders), text, unit);
  }
  // A post that several departments have is whoever holds it in any of them.
  const title = posts.filter((held) => {
    const position = findPosition(held.position);
    return position && isCalled(position, text);
  });
  if (title.length > 0) return needOne(await toPeople(desk, title), text, unit);
  const staff = await toPeople(desk, posts);
  const named = staff.filter(({ fullName }) => toToneKey(fullName) === toToneKey(text));
  return needOne(named, text, unit);
}

async function toPeople(desk: Desk, posts: readonly Post[]): Promise<Person[]> {
  const people = await Promise.all(
    [...new Set(posts.map(({ staffId }) => staffId))].map((staffId) => desk.people.findPerson(staffId)),
  );
  return people.filter((person) => person !== undefined);
}

function needOne(people: readonly Person[], text: string, unit: Unit): Person {
  const [person] = people;
  if (person && people.length === 1) return person;
  const place = formatUnitName(unit);
  if (!person) throw new Failure("invalid", words.nobody(text, place), { hint: words.takeRoster });
  throw new Failure("invalid", words.several(text, people.map(({ staffId, fullName }) => `${staffId} ${fullName}`).join(", ")));
}

/** `Chánh Văn phòng`, all posts of somebody in a unit, in one language. */
export function formatPosts(posts: readonly Post[], lang: "vi" | "en"): string {
  return posts.map(({ position }) => findPosition(position)?.name[lang] ?? position).join(", ");
}
