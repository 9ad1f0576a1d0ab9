import { toFold } from "../platform/text.ts";

/** sAMAccountName of Active Directory holds no more; the suffix counts. */
const longest = 20;

/** Names that systems, mail and habits keep for themselves. */
export const defaultDenied: readonly string[] = [
  "abuse",
  "admin",
  "administrator",
  "anonymous",
  "daemon",
  "guest",
  "hostmaster",
  "info",
  "mail",
  "nobody",
  "noreply",
  "null",
  "operator",
  "postmaster",
  "root",
  "security",
  "support",
  "sysadmin",
  "system",
  "test",
  "undefined",
  "user",
  "webmaster",
];

export interface NameParts {
  readonly staffId: string;
  readonly fullName: string;
  /** Where the given name is not the last word: `Y Moan Êban`. */
  readonly givenName?: string;
  readonly unit: string;
}

/** What the template makes of a person, before anybody else is looked at. Letters `a`–`z`, digits, `.`, `_`, `-`. */
export function toUsernameBase(person: NameParts, template: string): string {
  const words = toWords(person.fullName);
  const given = person.givenName === undefined ? words.slice(-1) : toWords(person.givenName);
  const rest = without(words, given);
  const values: Readonly<Record<string, string>> = {
    given: given.join(""),
    family: words[0] ?? "",
    initials: rest.map((word) => word.slice(0, 1)).join(""),
    unit: person.unit,
    staffId: toLetters(person.staffId),
  };
  const name = template.replace(/\{(\w+)\}/g, (_, token: string) => values[token] ?? "").replace(/[^a-z0-9._-]/g, "");
  // A name that leaves no letters at all: the staff id is always there.
  return (/[a-z0-9]/.test(name) ? name : toLetters(person.staffId)).slice(0, longest);
}

function toWords(name: string): string[] {
  return toFold(name)
    .split(" ")
    .map(toLetters)
    .filter((word) => word !== "");
}

function toLetters(text: string): string {
  return toFold(text).replace(/[^a-z0-9]/g, "");
}

/** The last place where the given words stand is taken out. */
function without(words: readonly string[], given: readonly string[]): readonly string[] {
  for (let at = words.length - given.length; at >= 0; at--) {
    if (given.every((word, i) => words[at + i] === word)) return [...words.slice(0, at), ...words.slice(at + given.length)];
  }
  return words.slice(0, -1);
}

export interface NameRequest {
  /** Whose name it is to be. */
  readonly owner: string;
  readonly base: string;
  /** Order of two who want the same: by start date, then by key, never by the order of a file. */
  readonly since: string;
}

/**
 * A free name for each owner: the base, then with 2, 3, … behind it. `isTaken` knows the registry, every system and the deny
 * list. The same owners get the same names in whatever order they are given.
 */
export function allocateUsernames(
  requests: readonly NameRequest[],
  isTaken: (name: string, owner: string) => boolean,
): ReadonlyMap<string, string> {
  const given = new Map<string, string>();
  const used = new Set<string>();
  const inOrder = [...requests].sort((a, b) => compare(a.since, b.since) || compare(a.owner, b.owner));
  for (const { owner, base } of inOrder) {
    for (let n = 1; ; n++) {
      const suffix = n === 1 ? "" : String(n);
      const name = base.slice(0, longest - suffix.length) + suffix;
      if (used.has(name) || isTaken(name, owner)) continue;
      used.add(name);
      given.set(owner, name);
      break;
    }
  }
  return given;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

export const usernameShape = /^[a-z0-9][a-z0-9._-]{1,19}$/;
