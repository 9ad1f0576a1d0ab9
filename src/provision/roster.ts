import type { Person, Post } from "../directory/person.ts";
import type { Fault } from "../platform/failure.ts";
import type { Words } from "../platform/words.ts";

/** A member of staff as the roster tells of them: one staff id, all posts that its rows give. */
export interface RosterPerson extends Person {
  readonly givenName?: string;
  readonly phone?: string;
  /** A name that exists already and is to be kept. */
  readonly username?: string;
  /** At least one; each ends where its row does. */
  readonly posts: readonly Post[];
  /** Lines of the file, first one first. */
  readonly lines: readonly number[];
}

export interface Roster {
  readonly file: string;
  readonly sha256: string;
  readonly people: readonly RosterPerson[];
  /** Two people of one name and birthday: a person decides, nobody is merged. Staff ids. */
  readonly twins: readonly (readonly string[])[];
  /** What was mended or left out while reading, for the person to know. */
  readonly notes: readonly Words[];
  readonly skipped: SkippedRows | undefined;
  /** Only rows that were set aside from a whole roster: it says nothing of whom it does not name. */
  readonly isPart?: boolean;
}

/** Rows that were set aside. */
export interface SkippedRows {
  readonly faults: readonly Fault[];
  readonly staffIds: readonly string[];
  readonly rows: number;
  /** The rows as a CSV that can be mended and fed back. */
  readonly csv: string;
}

/** `person/CB1` or `functional/27004/van-phong/clerk`: the key of a subject in links, registry and journal. */
export type SubjectKey = string;

export function toPersonKey(staffId: string): SubjectKey {
  return `person/${staffId}`;
}

export function toFunctionalKey(key: string): SubjectKey {
  return `functional/${key}`;
}
