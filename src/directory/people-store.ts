import type { Instant } from "../platform/clock.ts";
import type { Database, Sql, SqlValue } from "../platform/database.ts";
import { toIsoDate, vietnamZone } from "../platform/time.ts";
import { type ChangeCount, type Listed, type PeopleFacts, planPeople, planPosts, toPostKey } from "./people-change.ts";
import { searchPeopleIn } from "./people-search.ts";
import type { Person, Post, StaffClass } from "./person.ts";
import type { IsoDate } from "./unit.ts";

export interface PeopleRequest extends PeopleFacts {
  /** When the source was as it says here. */
  readonly seenAt: Instant;
  /** Whose word it is, the same name each time: `roster`. A source ends only what it listed itself. */
  readonly source: string;
  /** The units that the source speaks for; without it everything it ever listed. Others' posts stay as they are. */
  readonly units?: readonly string[];
}

export interface PeopleSaved {
  /** Nothing was written: a later word of this source is already known. */
  readonly older: boolean;
  readonly people: ChangeCount;
  readonly posts: ChangeCount;
}

export interface PostFilter {
  readonly unit?: string;
  readonly staffId?: string;
  /** Posts held on this day; without it all that are known, over ones and coming ones too. */
  readonly at?: IsoDate;
  /** As it was known at this instant; without it, as it is known now. */
  readonly knownAt?: Instant;
}

/** Who works where, as sources said it over time. Insert-only: every earlier answer can be had again by `knownAt`. */
export interface PeopleStore {
  /** Records what a source says. The caller writes the audit record, in the same transaction. Saying the same again writes no version. */
  savePeople(request: PeopleRequest, tx?: Sql): Promise<PeopleSaved>;
  /** Every post that a source still lists, past and future ones too. */
  listListedPosts(filter: Pick<PostFilter, "unit" | "staffId">): Promise<readonly Post[]>;
  /** The person as last known, also after no source lists them any more. */
  findPerson(staffId: string, knownAt?: Instant): Promise<Person | undefined>;
  /** Everybody whom some source lists, in no order. */
  listListedPeople(): Promise<readonly Person[]>;
  /** Listed people by staff id or name, diacritics typed or not, in order of likeness. A search: never a match. */
  searchPeople(text: string): Promise<readonly Person[]>;
  /** In order of unit, department, position, staff id; the unit's own leaders first. */
  listPosts(filter: PostFilter): Promise<readonly Post[]>;
}

export function createPeopleStore(database: Database): PeopleStore {
  return {
    savePeople: (request, tx) => (tx ? savePeople(request, tx) : database.transaction((own) => savePeople(request, own))),
    async listListedPosts(filter) {
      const listed = (await listVersions(database, filter)).filter((version) => version.listed).map(({ fact }) => fact);
      return [...new Map(listed.map((post) => [toPostKey(post), post])).values()];
    },
    async findPerson(staffId, knownAt) {
      const versions = await listPeople(database, { staffId, knownAt });
      return (versions.find((version) => version.listed) ?? versions[0])?.fact;
    },
    listListedPeople: () => listListed(database),
    searchPeople: async (text) => searchPeopleIn(await listListed(database), text),
    async listPosts({ at, ...filter }) {
      const posts = (await listVersions(database, filter)).map(({ fact }) => fact);
      // Of two sources that end one post on different days neither is left out: together they say when it was held.
      if (at === undefined) return posts.filter((post) => post.to === undefined || post.from < post.to);
      const held = posts.filter((post) => post.from <= at && (post.to === undefined || at < post.to));
      return [...new Map(held.map((post) => [toPostKey(post), post])).values()];
    },
  };
}

async function savePeople(request: PeopleRequest, tx: Sql): Promise<PeopleSaved> {
  const { source, seenAt, people, posts } = request;
  const last = await tx.get<{ at: number | null }>("SELECT MAX(seen_at) AS at FROM person_seen WHERE source = ?", source);
  if (seenAt < Number(last?.at ?? seenAt)) {
    const none: ChangeCount = { added: 0, changed: 0, ended: 0, same: 0 };
    return { older: true, people: none, posts: none };
  }
  const spokenFor = request.units && new Set([...request.units, ...posts.map((post) => post.unit)]);
  const isSpokenFor = ({ fact }: Listed<Post>): boolean => spokenFor?.has(fact.unit) ?? true;
  const before = await listVersions(tx, { source });
  const elsewhere = before.filter((version) => version.listed && !isSpokenFor(version));
  const kept = new Set(elsewhere.map(({ fact }) => fact.staffId));
  for (const { staffId } of people) kept.delete(staffId);
  const knownPeople = (await listPeople(tx, { source })).filter(({ fact }) => !kept.has(fact.staffId));
  const personChange = planPeople(knownPeople, people);
  const postChange = planPosts(before.filter(isSpokenFor), posts, toIsoDate(seenAt, vietnamZone));
  await tx.runMany(
    "INSERT INTO person_version (source, known_at, listed, staff_id, full_name, staff_class, birth_date, email) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
    personChange.versions.map(({ fact, listed }) => [source, seenAt, listed ? 1 : 0, ...toPersonRow(fact)]),
  );
  await tx.runMany(
    "INSERT INTO post_version (source, known_at, listed, staff_id, unit, department, position, valid_from, valid_to) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
    postChange.versions.map(({ fact, listed }) => [source, seenAt, listed ? 1 : 0, ...toPostRow(fact)]),
  );
  await tx.run(
    "INSERT INTO person_seen (source, seen_at, people, posts) VALUES (?, ?, ?, ?)",
    source,
    seenAt,
    people.length,
    posts.length,
  );
  return { older: false, people: personChange.count, posts: postChange.count };
}

async function listListed(sql: Sql): Promise<readonly Person[]> {
  const listed = (await listPeople(sql, {})).filter((version) => version.listed).map((version) => version.fact);
  return [...new Map(listed.map((person) => [person.staffId, person])).values()];
}

interface VersionFilter {
  readonly source?: string;
  readonly staffId?: string;
  readonly unit?: string;
  readonly knownAt?: Instant;
}

function toWhere({ source, staffId, unit, knownAt }: VersionFilter): { readonly where: string; readonly values: SqlValue[] } {
  const given: readonly (readonly [string, SqlValue | undefined])[] = [
    ["source = ?", source],
    ["staff_id = ?", staffId],
    ["unit = ?", unit],
    ["known_at <= ?", knownAt],
  ];
  const used = given.filter((entry): entry is readonly [string, SqlValue] => entry[1] !== undefined);
  return { where: used.map(([term]) => ` AND ${term}`).join(""), values: used.map(([, value]) => value) };
}

interface PersonRow {
  readonly staff_id: string;
  readonly full_name: string;
  readonly staff_class: StaffClass;
  readonly birth_date: string | null;
  readonly email: string | null;
  readonly listed: number;
}

/** The last word of each source on each person, the newest word last said first. */
async function listPeople(sql: Sql, filter: Omit<VersionFilter, "unit">): Promise<Listed<Person>[]> {
  const { where, values } = toWhere(filter);
  const rows = await sql.all<PersonRow>(
    `SELECT * FROM person_version WHERE seq IN
      (SELECT MAX(seq) FROM person_version WHERE 1 = 1${where} GROUP BY source, staff_id) ORDER BY seq DESC`,
    ...values,
  );
  return rows.map((row) => ({
    listed: row.listed === 1,
    fact: {
      staffId: row.staff_id,
      fullName: row.full_name,
      staffClass: row.staff_class,
      ...(row.birth_date === null ? {} : { birthDate: row.birth_date }),
      ...(row.email === null ? {} : { email: row.email }),
    },
  }));
}

function toPersonRow(person: Person): SqlValue[] {
  return [person.staffId, person.fullName, person.staffClass, person.birthDate ?? null, person.email ?? null];
}

interface PostRow {
  readonly staff_id: string;
  readonly unit: string;
  readonly department: string | null;
  readonly position: string;
  readonly valid_from: string;
  readonly valid_to: string | null;
  readonly listed: number;
}

async function listVersions(sql: Sql, filter: VersionFilter): Promise<Listed<Post>[]> {
  const { where, values } = toWhere(filter);
  const rows = await sql.all<PostRow>(
    `SELECT * FROM post_version WHERE seq IN (SELECT MAX(seq) FROM post_version WHERE 1 = 1${where}
      GROUP BY source, staff_id, unit, department, position, valid_from)
      ORDER BY unit, COALESCE(department, ''), position, staff_id, valid_from`,
    ...values,
  );
  return rows.map((row) => ({
    listed: row.listed === 1,
    fact: {
      staffId: row.staff_id,
      unit: row.unit,
      ...(row.department === null ? {} : { department: row.department }),
      position: row.position,
      from: row.valid_from,
      ...(row.valid_to === null ? {} : { to: row.valid_to }),
    },
  }));
}

function toPostRow(post: Post): SqlValue[] {
  return [post.staffId, post.unit, post.department ?? null, post.position, post.from, post.to ?? null];
}
