import { type Account, toNameKey } from "./account.ts";
import type { SubjectKey } from "./roster.ts";
import type { Subject } from "./subject.ts";
import { allocateUsernames } from "./username.ts";

/** A name in wardctl's own register. Issued names never move, a leaver's is never given to another. */
export interface RegisteredName {
  readonly name: string;
  readonly owner: SubjectKey;
  readonly state: "reserved" | "issued" | "retired";
  /** When it came to this state, ISO instant. */
  readonly since?: string;
}

export type NameSource = "register" | "found" | "roster" | "new";

export interface AssignedName {
  readonly name: string;
  readonly source: NameSource;
  /** The name belongs to another subject already: a person must decide. */
  readonly takenBy?: SubjectKey;
}

export interface NameRequest {
  readonly subjects: readonly Subject[];
  readonly register: readonly RegisteredName[];
  /** Accounts of every system that was read. */
  readonly accounts: readonly Account[];
  /** Names seen on a system at any time. */
  readonly seen: Iterable<string>;
  readonly denied: ReadonlySet<string>;
}

/**
 * One name for each subject across all systems: the issued one, else the one its accounts have, else the one the roster keeps, else the
 * one reserved before, else a new one that is free everywhere.
 */
export function assignUsernames({
  subjects,
  register,
  accounts,
  seen,
  denied,
}: NameRequest): ReadonlyMap<SubjectKey, AssignedName> {
  const registered = new Map(register.map((entry) => [entry.owner, entry]));
  const registeredNames = new Map(register.map(({ name, owner }) => [toNameKey(name), owner]));
  const found = countNames(subjects, accounts);
  const assigned = new Map<SubjectKey, AssignedName>();
  const fresh: Subject[] = [];
  for (const subject of subjects) {
    const own = registered.get(subject.key);
    const foundName = found.get(subject.externalId);
    if (own && own.state !== "reserved") assigned.set(subject.key, { name: own.name, source: "register" });
    else if (foundName !== undefined) assigned.set(subject.key, { name: foundName, source: "found" });
    else if (subject.usernameAnswered !== undefined)
      assigned.set(subject.key, { name: subject.usernameAnswered, source: "found" });
    else if (subject.usernameGiven !== undefined) assigned.set(subject.key, { name: subject.usernameGiven, source: "roster" });
    else if (own) assigned.set(subject.key, { name: own.name, source: "register" });
    else fresh.push(subject);
  }
  const taken = new Map<string, SubjectKey | undefined>(registeredNames);
  for (const name of seen) if (!taken.has(toNameKey(name))) taken.set(toNameKey(name), undefined);
  for (const { userName } of accounts) if (!taken.has(toNameKey(userName))) taken.set(toNameKey(userName), undefined);
  for (const [key, { name }] of assigned) {
    const holder = taken.get(toNameKey(name));
    if (holder !== undefined && holder !== key) assigned.set(key, { name, source: "roster", takenBy: holder });
    else taken.set(toNameKey(name), key);
  }
  const names = allocateUsernames(
    fresh.map(({ key, usernameBase, usernameExpanded, since }) => ({
      owner: key,
      base: usernameBase,
      expanded: usernameExpanded,
      since,
    })),
    (name) => taken.has(name) || denied.has(name),
  );
  for (const [key, name] of names) assigned.set(key, { name, source: "new" });
  return assigned;
}

/** The name that most of a subject's accounts have; of two equally frequent ones the first in the alphabet. */
function countNames(subjects: readonly Subject[], accounts: readonly Account[]): ReadonlyMap<string, string> {
  const wanted = new Set(subjects.map(({ externalId }) => externalId));
  const counts = new Map<string, Map<string, number>>();
  for (const { externalId, userName } of accounts) {
    if (externalId === undefined || !wanted.has(externalId)) continue;
    const own = counts.get(externalId) ?? new Map<string, number>();
    counts.set(externalId, own.set(toNameKey(userName), (own.get(toNameKey(userName)) ?? 0) + 1));
  }
  return new Map(
    [...counts].map(([externalId, own]) => {
      const [best] = [...own].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));
      return [externalId, best?.[0] as string];
    }),
  );
}
