import type { Membership } from "../account.ts";
import type { MembershipPort, WriteResult } from "../connector.ts";
import { listAsked, readMembership } from "../membership.ts";
import { createTurns } from "../shared-reads.ts";
import { joinResults, type MembershipChange, settleRefusal, toNotRead } from "./membership-results.ts";
import { membershipFaults as words } from "./membership-words.ts";
import { readJsonObject } from "./scim-answer.ts";
import {
  changeRoles,
  isHardInPath,
  type RoleChange,
  readRoles,
  readScimGroup,
  setMember,
  toMemberPatch,
  toRolePatch,
  toRolesPatch,
  toScimGroup,
} from "./scim-group.ts";
import {
  createScimGroupReader,
  type GroupName,
  type ScimGroupReaderOptions,
  toGroupPath,
  toUserPath,
} from "./scim-group-reader.ts";
import { readIdOfLocation, sendScimWrite } from "./scim-write.ts";

export interface ScimMembershipsOptions extends ScimGroupReaderOptions {
  /** The service takes no PATCH and keeps what a whole resource written back says. */
  readonly usesPut: boolean;
  /** Accounts that were seen there. Any other is looked up before it goes into a group: servers store ids that are nobody's (provision.md §14). */
  readonly seen: ReadonlySet<string>;
  /** Read, altered, written back whole. */
  replace(path: string, alter: (resource: Record<string, unknown>) => void): Promise<WriteResult>;
}

type Json = Readonly<Record<string, unknown>>;
interface ReadyRoles extends RoleChange {
  /** The account as it was just read, where its roles are to be written as a whole. */
  readonly user: Json | undefined;
}

interface ReadyChange {
  readonly roles: ReadyRoles;
  readonly groups: readonly { readonly group: GroupName; readonly wanted: boolean }[];
}

/**
 * Groups by their displayName, roles in the user's `roles` (RFC 7643 §4.1.2, §4.2). What the last sweep saw decides what is to be sent, so that
 * a new account costs no look-up; who was changed since, or is not as the sweep said, is read again.
 */
export function createScimMemberships(options: ScimMembershipsOptions): MembershipPort {
  const { system, line, usesPut, seen, replace } = options;
  const reader = createScimGroupReader(options);
  const { find } = reader;
  const inTurn = createTurns();

  const changeMember = (accountId: string, { id }: GroupName, wanted: boolean): Promise<WriteResult> =>
    inTurn(id, () =>
      usesPut
        ? replace(toGroupPath(id), (group) => setMember(group, accountId, wanted)).catch(toNotRead)
        : send("PATCH", toGroupPath(id), toMemberPatch(accountId, wanted), accountId),
    );

  const changeUserRoles = async (accountId: string, { user, ...change }: ReadyRoles): Promise<WriteResult> => {
    const path = toUserPath(accountId);
    if (usesPut) {
      return replace(path, (whole) => {
        whole["roles"] = changeRoles(whole, change);
      }).catch(toNotRead);
    }
    return send("PATCH", path, user ? toRolesPatch(user, change) : toRolePatch(change), accountId);
  };

  const send = async (method: "POST" | "PATCH", path: string, body: unknown, id?: string): Promise<WriteResult> => {
    const written = await sendScimWrite(system, line, { method, path, body });
    if ("result" in written) return written.result;
    const { answer } = written;
    return {
      outcome: "done",
      id: id ?? readScimGroup(readJsonObject(answer))?.id ?? readIdOfLocation(answer.headers["location"]),
    };
  };

  /** Reads what the change needs to know. */
  const prepare = async (accountId: string, wanted: MembershipChange): Promise<ReadyChange | WriteResult> => {
    const asked = [...wanted.add, ...wanted.remove];
    const { found, missing, ambiguous } = await reader.resolve(listAsked(asked, "group"));
    if (missing.length > 0) return { outcome: "refused", conflict: false, message: words.noSuch(system, missing) };
    if (ambiguous.length > 0) return { outcome: "refused", conflict: false, message: words.ambiguous(system, ambiguous) };
    if (!seen.has(accountId) && !(await reader.readUser(accountId))) {
      return { outcome: "refused", conflict: true, message: words.accountGone(system) };
    }
    const recalled = reader.recall(accountId, asked, found);
    // What contradicts the last sweep was changed since by somebody: read again.
    const isNews = recalled && wanted.add.every((one) => !recalled.held.has(one));
    const fits = isNews && wanted.remove.every((one) => recalled.held.has(one));
    const held = fits ? recalled.held : new Set(await find(accountId, asked));
    const add = wanted.add.filter((one) => !held.has(one));
    const remove = wanted.remove.filter((one) => held.has(one));
    const names = new Set(listAsked(remove, "role").map(({ name }) => name));
    const pickNamed = (values: readonly string[]): string[] => [
      ...new Set(values.filter((value) => names.has(value.normalize("NFC")))),
    ];
    let gone = names.size > 0 && fits ? pickNamed(recalled.roles) : [];
    const user = names.size > 0 && (!fits || gone.some(isHardInPath)) ? await reader.readUser(accountId) : undefined;
    if (user) gone = pickNamed(readRoles(user));
    return {
      groups: [...found]
        .filter(([membership]) => add.includes(membership) || remove.includes(membership))
        .map(([membership, group]) => ({ group, wanted: add.includes(membership) })),
      roles: {
        add: listAsked(add, "role").map(({ name }) => name),
        remove: gone,
        user: gone.some(isHardInPath) ? user : undefined,
      },
    };
  };

  const change: MembershipPort["change"] = async (accountId, wanted) => {
    const ready = await prepare(accountId, wanted).catch(toNotRead);
    if ("outcome" in ready) return ready;
    const results = await reader.change(accountId, async () => {
      const { add, remove } = ready.roles;
      const done = add.length + remove.length > 0 ? [await changeUserRoles(accountId, ready.roles)] : [];
      for (const { group, wanted: isIn } of ready.groups) done.push(await changeMember(accountId, group, isIn));
      return done;
    });
    return settleRefusal(joinResults(results, accountId), find, accountId, wanted);
  };

  const createGroup = async (membership: Membership): Promise<WriteResult> => {
    const asked = readMembership(membership);
    const made = await reader.addGroup(asked, async () => {
      const result = await send("POST", "/Groups", toScimGroup(asked.name));
      return { result, id: result.outcome === "done" ? result.id : undefined };
    });
    if (made === "there") return { outcome: "refused", conflict: true, message: words.groupThere(system, asked.name) };
    return made.result;
  };

  return {
    kinds: new Set(["role", "group"]),
    sweep: reader.sweep,
    find,
    createGroup: (membership) => inTurn("", () => createGroup(membership)).catch(toNotRead),
    change,
  };
}
