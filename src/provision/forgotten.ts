import { sha256 } from "../platform/canonical-json.ts";
import type { RegisteredName } from "./name-register.ts";
import type { SubjectKey } from "./roster.ts";

const prefix = "forgotten/";

/** Whose a name was, once the person is forgotten: who returns is known by it, and nobody is named by it. */
export function toForgottenKey(salt: string, subject: SubjectKey): SubjectKey {
  return prefix + sha256(`${salt}\u0000${subject}`);
}

/** Subjects that were forgotten and are wanted again → the key under which their name is kept. */
export function listReturning(
  register: readonly RegisteredName[],
  subjects: Iterable<SubjectKey>,
  salt: string | undefined,
): ReadonlyMap<SubjectKey, SubjectKey> {
  const kept = new Set(register.map(({ owner }) => owner).filter((owner) => owner.startsWith(prefix)));
  if (salt === undefined || kept.size === 0) return new Map();
  return new Map(
    [...subjects].flatMap((subject) => {
      const key = toForgottenKey(salt, subject);
      return kept.has(key) ? [[subject, key] as const] : [];
    }),
  );
}

const personal = new Set(["name", "fullName", "displayName", "formattedName", "givenName", "email", "phone", "birthDate"]);

/** A stored plan without what it says of one person: names, mail and telephone, wherever they stand beside the staff id. */
export function blankPerson(value: unknown, staffId: string, blank: string): unknown {
  const subject = `person/${staffId}`;
  const walk = (one: unknown, isTheirs: boolean): unknown => {
    if (Array.isArray(one)) return one.map((item) => walk(item, isTheirs));
    if (typeof one !== "object" || one === null) return one;
    const record = one as Readonly<Record<string, unknown>>;
    const inner = record.subject as Readonly<Record<string, unknown>> | string | undefined;
    const theirs =
      isTheirs ||
      [record.staffId, record.externalId, typeof inner === "object" ? inner?.staffId : undefined].includes(staffId) ||
      inner === subject;
    return Object.fromEntries(
      Object.entries(record).map(([key, item]) => [
        key,
        theirs && personal.has(key) && typeof item === "string" ? blank : walk(item, theirs),
      ]),
    );
  };
  return walk(value, false);
}
