import { type Department, listDepartments } from "../directory/department.ts";
import type { Post } from "../directory/person.ts";
import type { Position } from "../directory/position.ts";
import { formatUnitName, type IsoDate, type Unit } from "../directory/unit.ts";
import type { RecordedBaseline } from "./lifecycle-store.ts";
import type { Question } from "./question.ts";
import { sameRooms } from "./renamed-rooms.ts";
import { type RosterPerson, type SubjectKey, toFunctionalKey } from "./roster.ts";
import type { Subject } from "./subject.ts";
import type { Link, Merger, MergerFunctional } from "./subject-facts.ts";

/** A unit that ended on the day of the merger. Its code alone says nothing: a new unit may have the same one. */
export interface MergerSource {
  readonly code: string;
  /** Only part of its land came; whose people came is to be said person by person, unless all of them did. */
  readonly partial: boolean;
}

export interface MergerRequest {
  readonly into: Unit;
  readonly effective: IsoDate;
  readonly sources: readonly MergerSource[];
  /** Everybody with a post in the sources or the new unit. */
  readonly people: readonly RosterPerson[];
  readonly departments: readonly Department[];
  readonly positions: readonly Position[];
  readonly links: readonly Link[];
  readonly baselines: readonly RecordedBaseline[];
  /** Subjects that have a user name of their own already. */
  readonly named: ReadonlySet<SubjectKey>;
  /** Functional accounts that the new unit is to have. */
  readonly functionalKeys: ReadonlySet<string>;
  /** Staff ids of partial sources that a person decided on. */
  readonly take: ReadonlySet<string>;
  readonly leaveOut: ReadonlySet<string>;
}

export interface MergedUnits {
  readonly people: readonly RosterPerson[];
  readonly moved: Merger["people"];
  readonly questions: readonly Question[];
  readonly functional: readonly MergerFunctional[];
  readonly renamed: ReadonlyMap<SubjectKey, SubjectKey>;
  readonly ending: readonly Subject[];
}

/** Who moves, which functional accounts become one, and what a person must decide. Pure. */
export function planMerger(request: MergerRequest): MergedUnits {
  const { into, effective, sources, take, leaveOut } = request;
  const keys = new Set(listDepartments(into, request.departments).map(({ key }) => key));
  const toDepartment = (key: string): string | undefined =>
    [key, sameRooms.find(([from]) => from === key)?.[1]].find((one) => one !== undefined && keys.has(one));
  const away = sources.filter(({ code }) => code !== into.code);
  const partial = new Map(away.map((source) => [source.code, source.partial]));
  const isOld = ({ unit, from, to }: Post): boolean =>
    partial.has(unit) && from < effective && (to === undefined || to > effective);

  const questions: Question[] = [];
  const moved: Merger["people"][number][] = [];
  const people = request.people.map((person): RosterPerson => {
    const old = person.posts.filter(isOld);
    if (old.length === 0 || leaveOut.has(person.staffId)) return person;
    const [first] = old as [Post];
    const hold = (code: Question["code"], candidates: readonly string[]): RosterPerson => {
      const subject = { staffId: person.staffId, name: person.fullName, unit: first.unit };
      questions.push({ code, situation: "AMBIGUOUS", systems: [], subject, holds: true, candidates });
      return person;
    };
    if (old.some(({ unit }) => partial.get(unit)) && !take.has(person.staffId)) return hold("part-of-unit", [first.unit]);
    const lost = old.filter(({ department }) => department !== undefined && toDepartment(department) === undefined);
    if (lost.length > 0)
      return hold(
        "no-such-department",
        lost.map(({ department = "" }) => department),
      );
    const posts = person.posts.flatMap((post): Post[] => {
      if (!isOld(post)) return [post];
      const { department, ...rest } = post;
      const there = department === undefined ? {} : { department: toDepartment(department) as string };
      return [
        { ...post, to: effective },
        { ...rest, ...there, unit: into.code, from: effective },
      ];
    });
    moved.push({ staffId: person.staffId, name: person.fullName, from: first.unit });
    return { ...person, posts };
  });
  return {
    people,
    moved,
    questions: [...questions, ...listSeveralHeads(people, request)],
    ...mergeFunctional(request, toDepartment),
  };
}

function listSeveralHeads(
  people: readonly RosterPerson[],
  { into, positions, departments, effective }: MergerRequest,
): Question[] {
  const heads = new Map(
    positions.filter(({ rank }) => rank === "department-head" || rank === "head").map((one) => [one.key, one]),
  );
  const posts = people
    .flatMap((person) => person.posts)
    .filter(
      ({ unit, position, from, to }) =>
        unit === into.code && heads.has(position) && from <= effective && (to === undefined || to > effective),
    );
  const places = [...Map.groupBy(posts, ({ department, position }) => department ?? position)];
  return places.flatMap(([place, own]): Question[] => {
    const ids = [...new Set(own.map(({ staffId }) => staffId))].sort();
    if (ids.length < 2) return [];
    const what = departments.find(({ key }) => key === place)?.name ?? heads.get(place)?.name.vi ?? place;
    const subject = { functionalKey: `${into.code}/${place}`, name: `${what} – ${formatUnitName(into)}`, unit: into.code };
    return [{ code: "several-heads", situation: "AMBIGUOUS", systems: [], subject, holds: false, candidates: ids }];
  });
}

/** The account of a department that goes on is changed, never made anew; the others of its kind are disabled, never deleted. */
function mergeFunctional(
  { into, sources, links, baselines, functionalKeys, named }: MergerRequest,
  toDepartment: (key: string) => string | undefined,
): Pick<MergedUnits, "functional" | "renamed" | "ending"> {
  const whole = new Set(sources.filter(({ code, partial }) => code !== into.code && !partial).map(({ code }) => code));
  const nameOf = (subject: SubjectKey): string =>
    baselines.find((baseline) => baseline.subject === subject)?.state.userName ?? subject.slice("functional/".length);
  const subjects = [...new Set(links.map(({ subject }) => subject))]
    .filter((subject) => subject.startsWith("functional/"))
    .sort();
  const renamed = new Map<SubjectKey, SubjectKey>();
  const ending: Subject[] = [];
  const functional = new Map<string, MergerFunctional>();
  for (const subject of subjects) {
    const [, unit = "", department = "", purpose = ""] = subject.split("/");
    if (!whole.has(unit)) continue;
    const there = toDepartment(department);
    const key = `${into.code}/${there ?? department}/${purpose}`;
    const target = toFunctionalKey(key);
    const before = functional.get(key);
    const isWanted = there !== undefined && functionalKeys.has(key);
    const survives = isWanted && !before && !subjects.includes(target) && !named.has(target);
    if (survives) {
      renamed.set(target, subject);
      functional.set(key, { key, username: nameOf(subject), goesOn: unit, merged: [] });
      continue;
    }
    const own = links.filter((link) => link.subject === subject);
    const shown = baselines.find((baseline) => baseline.subject === subject)?.state.attributes.displayName;
    ending.push({
      key: subject,
      kind: "functional",
      externalId: subject.slice("functional/".length),
      name: shown ?? subject.slice("functional/".length),
      unit,
      attributes: {},
      systems: own.map(({ system }) => system),
      entitled: false,
      usernameBase: nameOf(subject),
      since: "",
    });
    const goesOn = before ?? { key, username: isWanted ? nameOf(target) : null, goesOn: isWanted ? into.code : null, merged: [] };
    functional.set(key, {
      ...goesOn,
      merged: [...goesOn.merged, { functionalKey: subject.slice("functional/".length), username: nameOf(subject) }],
    });
  }
  return { functional: [...functional.values()], renamed, ending };
}
