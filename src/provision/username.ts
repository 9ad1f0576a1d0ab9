import { toFold } from "../platform/text.ts";
import { isVulgar } from "./vulgar-names.ts";

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

/**
 * What the template makes of a person, before anybody else is looked at. Letters `a`–`z`, digits, `.`, `_`, `-`. Where that reads as a vulgar word, a
 * longer form of the name, else the staff id: nobody is to introduce themselves by it.
 */
export function toUsernameBase(person: NameParts, template: string): string {
  const base = fitStem(fillTemplate(person, template, (word) => word.slice(0, 1)));
  if (!isVulgar(base)) return base;
  return listLongerForms(person, template).find((name) => name !== base && !isVulgar(name)) ?? toLetters(person.staffId);
}

/**
 * Longer forms for when the base is taken, tried before any number: the last middle name in full (`phuongnthi`), then all of the name
 * (`phuongnguyenthi`). Only those that fit; none for a template without `{initials}`.
 */
export function listExpandedNames(person: NameParts, template: string): readonly string[] {
  const base = toUsernameBase(person, template);
  return listLongerForms(person, template).filter((name) => name !== base && !isVulgar(name));
}

function listLongerForms(person: NameParts, template: string): string[] {
  const forms = [
    fillTemplate(person, template, (word, at, words) => (at === words.length - 1 && at > 0 ? word : word.slice(0, 1))),
    fillTemplate(person, template, (word) => word),
  ];
  return [...new Set(forms)].filter((name) => name.length <= longest);
}

/** Cut to what systems hold; a unit's code at the end stays whole. `suffix` is put before it: `nvhung2.27004`, since `nvhung.270042` names no unit. */
function fitStem(name: string, suffix = ""): string {
  const [, stem = name, tail = ""] = /^(.+)(\.\d+)$/.exec(name) ?? [];
  return stem.slice(0, longest - tail.length - suffix.length) + suffix + tail;
}

function fillTemplate(
  person: NameParts,
  template: string,
  shorten: (word: string, at: number, words: readonly string[]) => string,
): string {
  const words = toWords(person.fullName);
  const given = person.givenName === undefined ? words.slice(-1) : toWords(person.givenName);
  const values: Readonly<Record<string, string>> = {
    given: given.join(""),
    family: words[0] ?? "",
    initials: without(words, given).map(shorten).join(""),
    unit: person.unit,
    staffId: toLetters(person.staffId),
  };
  const name = template
    .replace(/\{(\w+)\}/g, (_, token: string) => values[token] ?? "")
    .replace(/[^a-z0-9._-]/g, "")
    .replace(/^[._-]+|[._-]+$/g, "");
  // A name that leaves one letter or none: the staff id is always there.
  return /[a-z0-9]{2}/.test(given.join("") + (values.initials ?? "")) ? name : given.join("") + toLetters(person.staffId);
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
  /** Names to try before a number is put behind the base. */
  readonly expanded?: readonly string[];
  /** Order of two who want the same: by start date, then by key, never by the order of a file. */
  readonly since: string;
}

/**
 * A free name for each owner: the base, then its longer forms where given, then the base with 2, 3, … behind it. `isTaken` knows the registry, every system and the deny
 * list. The same owners get the same names in whatever order they are given.
 */
export function allocateUsernames(
  requests: readonly NameRequest[],
  isTaken: (name: string, owner: string) => boolean,
): ReadonlyMap<string, string> {
  const given = new Map<string, string>();
  const used = new Set<string>();
  const inOrder = [...requests].sort((a, b) => compare(a.since, b.since) || compare(a.owner, b.owner));
  const take = (owner: string, name: string): boolean => {
    if (used.has(name) || isTaken(name, owner)) return false;
    used.add(name);
    given.set(owner, name);
    return true;
  };
  for (const { owner, base, expanded = [] } of inOrder) {
    if ([base, ...expanded].some((name) => take(owner, name))) continue;
    for (let n = 2; ; n++) {
      const suffix = String(n);
      // A long name is cut for its number, not the number off: `abcdefghijklmnopqrs2`.
      if (take(owner, fitStem(base, suffix))) break;
    }
  }
  return given;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

export const usernameShape = /^[a-z0-9][a-z0-9._-]{1,19}$/;
