import { Failure } from "../../platform/failure.ts";
import type { LdapChange } from "../../platform/ldap.ts";
import type { Membership } from "../account.ts";
import type { MembershipPort, WriteResult } from "../connector.ts";
import { type AskedMembership, collectHeld, listAsked, type MatchedNames, matchNames, readMembership } from "../membership.ts";
import { createTurns } from "../shared-reads.ts";
import { toWriteResult } from "./ldap-answer.ts";
import { type LdapGroup, type LdapGroupReaderOptions, listLdapGroups, readMembers } from "./ldap-groups.ts";
import type { LdapReader } from "./ldap-reader.ts";
import { escapeDnValue, formatEquals } from "./ldap-text.ts";
import { joinResults, type MembershipChange, settleRefusal, toNotRead } from "./membership-results.ts";
import { membershipFaults as words } from "./membership-words.ts";

export interface LdapMembershipsOptions extends LdapGroupReaderOptions {
  readonly reader: LdapReader;
}

/** RFC 4511 appendix A: the last member of a group that must have one. */
const objectClassViolation = 65;

/** Groups of a directory by the attribute of their name; directories have no roles. Nested groups are nobody's account and stay as they are. */
export function createLdapMemberships(options: LdapMembershipsOptions): MembershipPort {
  const { system, client, groups, reader, paced } = options;
  const { kind, name, placeholder } = groups;
  const inTurn = createTurns();
  const known = new Map<string, LdapGroup>();

  const listGroups = async (
    asked: readonly AskedMembership[],
    more: Parameters<typeof listLdapGroups>[2],
  ): Promise<MatchedNames<LdapGroup>> => {
    const matched = matchNames(asked, await listLdapGroups(options, asked, more));
    for (const group of matched.found.values()) known.set(group.name, group);
    return matched;
  };

  const resolve = async (asked: readonly AskedMembership[]): Promise<MatchedNames<LdapGroup>> => {
    const held = asked.map((one) => known.get(one.name));
    return held.every((group) => group !== undefined) ? matchNames(asked, held) : listGroups(asked, { attributes: [] });
  };

  const findHeld = async (accountId: string, asked: readonly Membership[]): Promise<readonly Membership[]> => {
    const askedGroups = listAsked(asked, "group");
    const holder = askedGroups.length === 0 ? undefined : await reader.findHolder(accountId, kind.holds, true);
    if (holder === undefined) return [];
    const held = await listLdapGroups(options, askedGroups, { holder: formatEquals(kind.member, holder), attributes: [] });
    const names = new Set(held.map((group) => group.name));
    return askedGroups
      .filter((one) => names.has(one.name))
      .map(({ membership }) => membership)
      .sort();
  };

  const modify = async (dn: string, changes: readonly LdapChange[], accountId: string): Promise<WriteResult> => {
    try {
      const result = await paced(() => client.modify(dn, changes));
      if (result.code === objectClassViolation && kind.needsMember && changes.length === 1) {
        return modify(dn, [{ operation: "add", attribute: kind.member, values: [placeholder] }, ...changes], accountId);
      }
      return toWriteResult(system, result, accountId);
    } catch (error) {
      if (error instanceof Failure && error.kind === "unavailable") return { outcome: "unknown", message: error.words };
      throw error;
    }
  };

  const change = async (accountId: string, wanted: MembershipChange): Promise<WriteResult> => {
    const asked = [...wanted.add, ...wanted.remove];
    const roles = listAsked(asked, "role").map(({ membership }) => membership);
    const { found, missing, ambiguous } = await resolve(listAsked(asked, "group"));
    const absent = [...roles, ...missing];
    if (absent.length > 0) return { outcome: "refused", conflict: false, message: words.noSuch(system, absent) };
    if (ambiguous.length > 0) return { outcome: "refused", conflict: false, message: words.ambiguous(system, ambiguous) };
    const holder = await reader.findHolder(accountId, kind.holds, false);
    if (holder === undefined) return { outcome: "refused", conflict: true, message: words.accountGone(system) };
    const results: WriteResult[] = [];
    for (const [membership, { dn }] of found) {
      const operation = wanted.add.includes(membership) ? "add" : "delete";
      const result = await inTurn(dn, () => modify(dn, [{ operation, attribute: kind.member, values: [holder] }], accountId));
      if (result.outcome !== "done") known.delete(readMembership(membership).name);
      results.push(result);
    }
    return settleRefusal(joinResults(results, accountId), findHeld, accountId, wanted);
  };

  const createGroup = async (membership: Membership): Promise<WriteResult> => {
    const asked = readMembership(membership);
    const there = await listGroups([asked], { attributes: [] });
    if (there.missing.length === 0) {
      return { outcome: "refused", conflict: true, message: words.groupThere(system, asked.name) };
    }
    const dn = `${name}=${escapeDnValue(asked.name)},${groups.createUnder}`;
    try {
      const result = await paced(() =>
        client.add(dn, {
          objectClass: ["top", kind.objectClass],
          [name]: [asked.name],
          ...kind.fresh?.(asked.name),
          ...(kind.needsMember ? { [kind.member]: [placeholder] } : {}),
        }),
      );
      return toWriteResult(system, result, dn);
    } catch (error) {
      if (error instanceof Failure && error.kind === "unavailable") return { outcome: "unknown", message: error.words };
      throw error;
    }
  };

  return {
    kinds: new Set(["group"]),
    async sweep(asked, signal) {
      const roles = listAsked(asked, "role").map(({ membership }) => membership);
      const { found, missing, ambiguous } = await listGroups(listAsked(asked, "group"), {
        attributes: [kind.member],
        signal,
      });
      const members = await Promise.all(
        [...found].map(async ([membership, group]) => [membership, await readMembers(options, group)] as const),
      );
      const holders = await reader.findAccounts([...new Set(members.flatMap(([, list]) => list))], kind.holds, signal);
      const pairs = members.flatMap(([membership, list]) =>
        list.flatMap((member) => {
          const account = holders.get(member);
          return account === undefined ? [] : [[account, membership] as const];
        }),
      );
      return { held: collectHeld(pairs), missing: [...roles, ...missing], ambiguous };
    },
    find: findHeld,
    ...(kind.fresh
      ? { createGroup: (membership: Membership) => inTurn("", () => createGroup(membership)).catch(toNotRead) }
      : {}),
    change: (accountId, wanted) => change(accountId, wanted).catch(toNotRead),
  };
}
