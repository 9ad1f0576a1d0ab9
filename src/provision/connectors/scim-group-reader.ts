import { Failure } from "../../platform/failure.ts";
import type { Account, Membership } from "../account.ts";
import type { MembershipPort, MembershipSweep } from "../connector.ts";
import { type AskedMembership, collectHeld, listAsked, type MatchedNames, matchNames } from "../membership.ts";
import { createSharedReads, createTouched } from "../shared-reads.ts";
import { provisionFaults } from "../words.ts";
import { membershipFaults as words } from "./membership-words.ts";
import type { Listed, RideAlong } from "./ride-along.ts";
import { readJsonObject } from "./scim-answer.ts";
import { readRoles, readScimGroup, type ScimGroup } from "./scim-group.ts";
import type { ScimLine } from "./scim-line.ts";
import { listScimResources } from "./scim-list.ts";

export interface ScimGroupReaderOptions {
  readonly system: string;
  readonly line: ScimLine;
  readonly pageSize: number;
  /** Account id → its roles as they stand there. */
  readonly rolesListed: RideAlong<readonly string[]>;
  sweepAccounts(signal?: AbortSignal): Promise<readonly Account[]>;
}

type Json = Readonly<Record<string, unknown>>;
export type GroupName = Pick<ScimGroup, "id" | "name">;

/** What a sweep knows of one account. */
export interface Recalled {
  readonly held: ReadonlySet<Membership>;
  /** Its roles as they stand there. */
  readonly roles: readonly string[];
}

/** The reading half of roles and groups. */
export interface ScimGroupReader extends Pick<MembershipPort, "sweep" | "find"> {
  /** Group names as last listed; listed anew where one of the asked is missing. */
  resolve(asked: readonly AskedMembership[]): Promise<MatchedNames<GroupName>>;
  /** Undefined: the account is gone. */
  readUser(id: string): Promise<Json | undefined>;
  /** What the last sweep saw; undefined where that is not the whole truth any more. */
  recall(accountId: string, asked: readonly Membership[], groups: MatchedNames<GroupName>["found"]): Recalled | undefined;
  /** Changes an account, which is read again from now on. */
  change<T>(accountId: string, work: () => Promise<T>): Promise<T>;
  /** Runs `make` for a group that is not there yet; afterwards the list holds it, or is to be read again. */
  addGroup<T extends { readonly id?: string | undefined }>(asked: AskedMembership, make: () => Promise<T>): Promise<T | "there">;
}

/** A reading of groups costs the list's pages and one request a group; roles come with the accounts. */
export function createScimGroupReader(options: ScimGroupReaderOptions): ScimGroupReader {
  const { system, line, pageSize, rolesListed, sweepAccounts } = options;
  let names: readonly GroupName[] | undefined;
  const members = new Map<string, ReadonlySet<string>>();
  let roles: Listed<readonly string[]> | undefined;
  const touched = createTouched();

  const listGroups = async (signal?: AbortSignal): Promise<readonly GroupName[]> => {
    const list = await listScimResources(
      { system, line, pageSize, path: "/Groups?excludedAttributes=members", noList: words.noGroups },
      signal,
    );
    names = list.map((value) => {
      const { id, displayName } = value as Json;
      if (typeof id !== "string" || typeof displayName !== "string") throw new Failure("unavailable", words.noGroup(system));
      return { id, name: displayName };
    });
    return names;
  };

  /** Undefined: it is gone. */
  const readGroup = async (id: string, signal?: AbortSignal): Promise<ScimGroup | undefined> => {
    const answer = await line.read(toGroupPath(id), signal);
    if (answer.status === 404) return undefined;
    const group = answer.status === 200 ? readScimGroup(readJsonObject(answer)) : undefined;
    if (group?.id !== id) throw new Failure("unavailable", words.noGroup(system));
    return group;
  };
  const readShared = createSharedReads((id) => readGroup(id));

  /** Undefined: the account is gone. */
  const readUser = async (id: string): Promise<Json | undefined> => {
    const answer = await line.read(toUserPath(id));
    if (answer.status === 404) return undefined;
    const user = answer.status === 200 ? readJsonObject(answer) : undefined;
    if (user?.["id"] !== id) throw new Failure("unavailable", provisionFaults.noList(system, answer.status));
    return user;
  };

  const resolve = async (asked: readonly AskedMembership[]): Promise<MatchedNames<GroupName>> => {
    const matched = names && matchGroups(asked, names);
    if (matched && matched.missing.length === 0) return matched;
    return asked.length === 0 ? matchGroups(asked, []) : matchGroups(asked, await listGroups());
  };

  const findHeld = async (accountId: string, asked: readonly Membership[]): Promise<readonly Membership[]> => {
    const held: Membership[] = [];
    const askedRoles = listAsked(asked, "role");
    if (askedRoles.length > 0) held.push(...pickRoles(askedRoles, readRoles(await readUser(accountId))));
    const { found } = await resolve(listAsked(asked, "group"));
    const read = await Promise.all(
      [...found].map(async ([membership, { id }]) => ((await readShared(id))?.members.has(accountId) ? [membership] : [])),
    );
    return [...new Set([...held, ...read.flat()])].sort();
  };

  return {
    resolve,
    readUser,
    find: findHeld,
    recall(accountId, asked, groups) {
      const askedRoles = listAsked(asked, "role");
      if (touched.has(accountId) || (askedRoles.length > 0 && !roles)) return undefined;
      if ([...groups.values()].some(({ id }) => !members.has(id))) return undefined;
      const own = roles?.get(accountId) ?? [];
      const held = [...groups].filter(([, { id }]) => members.get(id)?.has(accountId)).map(([membership]) => membership);
      return { held: new Set([...pickRoles(askedRoles, own), ...held]), roles: own };
    },
    change(accountId, work) {
      rolesListed.forget();
      return touched.during(accountId, work);
    },
    async addGroup(asked, make) {
      const known = names ?? (await listGroups());
      if (matchGroups([asked], known).missing.length === 0) return "there";
      names = undefined;
      const made = await make();
      // An id that another group has: the list says which one this has really got.
      if (made.id !== undefined && !known.some(({ id }) => id === made.id)) {
        names = [...known, { id: made.id, name: asked.name }];
        members.set(made.id, new Set());
      }
      return made;
    },
    async sweep(asked, signal): Promise<MembershipSweep> {
      const askedRoles = listAsked(asked, "role");
      const askedGroups = listAsked(asked, "group");
      const pairs: (readonly [string, Membership])[] = [];
      touched.clear();
      members.clear();
      roles = undefined;
      if (askedRoles.length > 0) {
        if (!rolesListed.isListed()) await sweepAccounts(signal);
        roles = (await rolesListed.take()) ?? new Map();
        for (const [account, values] of roles) {
          for (const membership of pickRoles(askedRoles, values)) pairs.push([account, membership]);
        }
      }
      const { found, missing, ambiguous } = matchGroups(askedGroups, askedGroups.length > 0 ? await listGroups(signal) : []);
      await Promise.all(
        [...found].map(async ([membership, { id, name }]) => {
          const group = await readGroup(id, signal);
          // A group that the list named must be there.
          if (!group) throw new Failure("unavailable", words.groupGone(system, name));
          members.set(id, group.members);
          for (const account of group.members) pairs.push([account, membership]);
        }),
      );
      const existing = askedGroups.length > 0 ? (names ?? []).map(({ name }): Membership => `group:${name}`) : [];
      // RFC 7643 has no list of the roles there are: any value may be given.
      return { held: collectHeld(pairs), missing, ambiguous, existing };
    },
  };
}

export function toUserPath(id: string): string {
  return `/Users/${encodeURIComponent(id)}`;
}

export function toGroupPath(id: string): string {
  return `/Groups/${encodeURIComponent(id)}`;
}

function pickRoles(asked: readonly AskedMembership[], values: readonly string[]): Membership[] {
  const held = new Set(values.map((value) => value.normalize("NFC")));
  return asked.filter(({ name }) => held.has(name)).map(({ membership }) => membership);
}

/** By the name alone, or behind the `DOMAIN/` that WSO2 puts in front (provision.md §13.1) where nobody asked for the whole of it. */
function matchGroups(asked: readonly AskedMembership[], listed: readonly GroupName[]): MatchedNames<GroupName> {
  const wanted = new Set(asked.map(({ name }) => name));
  return matchNames(
    asked,
    listed.map(({ id, name }) => {
      const [, behind] = /^[\w.-]+\/(.+)$/.exec(name) ?? [];
      return behind !== undefined && !wanted.has(name.normalize("NFC")) ? { id, name: behind } : { id, name };
    }),
  );
}
