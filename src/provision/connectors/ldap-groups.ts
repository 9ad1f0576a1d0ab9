import { Failure } from "../../platform/failure.ts";
import type { LdapClient } from "../../platform/ldap.ts";
import type { LdapEntry } from "../../platform/ldap-entry.ts";
import type { AskedMembership } from "../membership.ts";
import type { Pace } from "../pace.ts";
import { assertRead } from "./ldap-answer.ts";
import { readValues } from "./ldap-entry.ts";
import type { LdapReader } from "./ldap-reader.ts";
import { formatEquals } from "./ldap-text.ts";
import { membershipFaults as words } from "./membership-words.ts";

/** How one kind of group names who is in it. */
export interface GroupKind {
  readonly objectClass: string;
  readonly member: string;
  /** By distinguished name, or by user name (RFC 2307). */
  readonly holds: "dn" | "userName";
  /** A group must have a member (RFC 4519 §3.5): one that nobody is in holds a placeholder. */
  readonly needsMember: boolean;
  /** What a new group has beside its name. Undefined: it needs numbers that only its owner gives. */
  readonly fresh: ((name: string) => Readonly<Record<string, readonly string[]>>) | undefined;
}

export const groupKinds = {
  groupOfNames: { objectClass: "groupOfNames", member: "member", holds: "dn", needsMember: true, fresh: () => ({}) },
  groupOfUniqueNames: {
    objectClass: "groupOfUniqueNames",
    member: "uniqueMember",
    holds: "dn",
    needsMember: true,
    fresh: () => ({}),
  },
  posixGroup: { objectClass: "posixGroup", member: "memberUid", holds: "userName", needsMember: false, fresh: undefined },
  /** Active Directory. A new one is a global security group ([MS-ADTS] §2.2.12). */
  group: {
    objectClass: "group",
    member: "member",
    holds: "dn",
    needsMember: false,
    // sAMAccountName takes none of these signs ([MS-SAMR] §3.1.1.6).
    fresh: (name: string) => ({ sAMAccountName: [name.replace(/["/\\[\]:;|=,+*?<>]/g, "_")], groupType: ["-2147483646"] }),
  },
} satisfies Readonly<Record<string, GroupKind>>;

export interface LdapGroupSettings {
  readonly kind: GroupKind;
  /** Where groups are looked for, and made. */
  readonly base: string;
  readonly createUnder: string;
  /** The attribute of a group's name. */
  readonly name: string;
  /** Stands in a group that nobody is in. */
  readonly placeholder: string;
}

export interface LdapGroup {
  readonly dn: string;
  readonly name: string;
  readonly entry: LdapEntry;
}

export interface LdapGroupReaderOptions {
  readonly system: string;
  readonly client: LdapClient;
  readonly pace: Pace;
  readonly pageSize: number;
  readonly groups: LdapGroupSettings;
  readonly paced: LdapReader["paced"];
}

/** Names in one filter: a longer one is refused by some servers. */
const mostNames = 50;

/** The asked groups that are there, page by page; under every one of the asked names that they bear. Failure kinds: unavailable, denied, cancelled. */
export async function listLdapGroups(
  { client, pace, pageSize, groups: { kind, base, name } }: LdapGroupReaderOptions,
  asked: readonly AskedMembership[],
  { holder, attributes, signal }: { holder?: string; attributes: readonly string[]; signal?: AbortSignal | undefined },
): Promise<LdapGroup[]> {
  const names = [...new Set(asked.map((one) => one.name))];
  const found: LdapGroup[] = [];
  for (let from = 0; from < names.length; from += mostNames) {
    const some = names.slice(from, from + mostNames);
    const isNamed = `(|${some.map((one) => formatEquals(name, one)).join("")})`;
    const filter = `(&(objectClass=${kind.objectClass})${isNamed}${holder ?? ""})`;
    const pages = client.pages({ base, scope: "sub", filter, attributes: [name, ...attributes] }, pageSize, signal);
    try {
      for (;;) {
        const page = await pace.run(async () => ({ value: await pages.next() }));
        if (page.done) break;
        for (const entry of page.value) {
          // One group may bear several names; each counts once.
          const own = new Set(readValues(entry, name).map((value) => value.normalize("NFC")));
          for (const one of some) if (own.has(one)) found.push({ dn: entry.dn, name: one, entry });
        }
      }
    } finally {
      await pages.return(undefined);
    }
  }
  return found;
}

/**
 * Everybody in a group. Active Directory gives so many at a time (`member;range=0-1499`, [MS-ADTS] §3.1.1.3.1.3.3) until one ends with `*`.
 * Failure kind: unavailable (the ranges do not add up).
 */
export async function readMembers(
  { system, client, paced, groups: { kind, name } }: LdapGroupReaderOptions,
  group: LdapGroup,
): Promise<readonly string[]> {
  const members = [...readValues(group.entry, kind.member)];
  let range = findRange(group.entry, kind.member);
  while (range) {
    if (range.from !== members.length) throw new Failure("unavailable", words.noGroup(system));
    members.push(...range.values);
    if (range.to === "*") break;
    const attribute = `${kind.member};range=${Number(range.to) + 1}-*`;
    const result = await paced(() =>
      client.search({ base: group.dn, scope: "base", filter: "(objectClass=*)", attributes: [name, attribute] }),
    );
    assertRead(system, result);
    const next: ReturnType<typeof findRange> = result.entries[0] && findRange(result.entries[0], kind.member);
    // A group that was emptied meanwhile shows none; a list with a hole is none.
    if (!next || next.values.length === 0) throw new Failure("unavailable", words.noGroup(system));
    range = next;
  }
  return members;
}

function findRange(
  { values }: LdapEntry,
  attribute: string,
): { readonly from: number; readonly to: string; readonly values: readonly string[] } | undefined {
  for (const [key, held] of values) {
    const [, from, to] = new RegExp(`^${attribute.toLowerCase()};range=(\\d+)-(\\d+|\\*)$`).exec(key) ?? [];
    if (from !== undefined && to !== undefined) return { from: Number(from), to, values: held.map(String) };
  }
  return undefined;
}
