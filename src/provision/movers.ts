import type { Department } from "../directory/department.ts";
import type { Directory } from "../directory/directory.ts";
import type { Post } from "../directory/person.ts";
import type { Position } from "../directory/position.ts";
import type { IsoDate } from "../directory/unit.ts";
import { Failure, type Fault } from "../platform/failure.ts";
import { startOfLocalDay, toIsoDate, toLocalDay, vietnamZone } from "../platform/time.ts";
import { endPosts } from "./known-people.ts";
import { lifecycleFaults as words } from "./lifecycle-words.ts";
import type { RosterPerson } from "./roster.ts";
import { readPlace, readUnit } from "./roster-place.ts";
import type { RosterRules } from "./roster-row.ts";

export interface Destination {
  readonly unit: string;
  readonly department: string | undefined;
  readonly position: string;
}

interface DestinationRules {
  readonly directory: Directory;
  readonly departments: readonly Department[];
  readonly positions: readonly Position[];
  readonly units: ReadonlySet<string>;
  readonly today: IsoDate;
}

/** Unit, department and position as a roster would be read. Failure kind: invalid, every fault at once. */
export function readDestination(
  asked: { readonly unit: string; readonly department?: string; readonly position: string },
  rules: DestinationRules,
): Destination {
  const faults: Fault[] = [];
  const flags: Readonly<Record<string, string>> = { unit_code: "--to-unit", department: "--department", position: "--position" };
  const complain = (column: string, value: string, message: Fault["message"]): void => {
    faults.push({ file: flags[column] ?? column, value: value || undefined, message });
  };
  const all: RosterRules = { ...rules, denied: new Set() };
  const unit = readUnit(asked.unit, all, complain);
  const place = readPlace(asked.department ?? "", asked.position, unit, all, complain);
  if (faults.length > 0 || !unit || !place) throw new Failure("invalid", words.badDestination, { faults });
  return { unit: unit.code, department: place.department, position: place.position };
}

/** One person, two posts after each other or for a while beside each other: the account goes on. */
export function toMovedPerson(person: RosterPerson, to: Destination, effective: IsoDate, overlapDays: number): RosterPerson {
  const post: Post = {
    staffId: person.staffId,
    unit: to.unit,
    ...(to.department === undefined ? {} : { department: to.department }),
    position: to.position,
    from: effective,
  };
  const isThere = person.posts.some(
    ({ unit, department, position, from, to: end }) =>
      unit === post.unit &&
      department === post.department &&
      position === post.position &&
      from <= effective &&
      (end === undefined || end > effective),
  );
  if (isThere) return person;
  return { ...person, posts: [...endPosts(person.posts, effective, addDays(effective, overlapDays)), post] };
}

function addDays(day: IsoDate, days: number): IsoDate {
  const [year = 0, month = 1, date = 1] = day.split("-").map(Number);
  const at = Date.UTC(year, month - 1, date) - vietnamZone.offsetMinutes * 60_000;
  return toIsoDate(startOfLocalDay(toLocalDay(at, vietnamZone) + days, vietnamZone), vietnamZone);
}
