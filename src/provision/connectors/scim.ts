import type { Clock } from "../../platform/clock.ts";
import { Failure } from "../../platform/failure.ts";
import type { HttpClient } from "../../platform/http.ts";
import {
  type Account,
  type AccountState,
  listDifferences,
  type ManagedKey,
  managedKeys,
  type StateKey,
  toNameKey,
} from "../account.ts";
import type { AnswersAsStored, Connector, Lookup, WriteResult } from "../connector.ts";
import type { Pace } from "../pace.ts";
import type { Profile } from "../profile.ts";
import { withSignIn } from "../sign-in-time.ts";
import { provisionFaults as words } from "../words.ts";
import { createRideAlong } from "./ride-along.ts";
import { readJsonObject } from "./scim-answer.ts";
import { createScimBulk, mostInBulk } from "./scim-bulk.ts";
import { readRoles } from "./scim-group.ts";
import { createScimLine, type LineRequest } from "./scim-line.ts";
import { countScimUsers, listScimUsers } from "./scim-list.ts";
import { createScimMemberships } from "./scim-memberships.ts";
import { probeScim } from "./scim-probe.ts";
import {
  createUserReader,
  readScimUser,
  setManaged,
  toActivePatch,
  toPasswordPatch,
  toPutBody,
  toScimPatch,
  toScimUser,
} from "./scim-user.ts";
import { readIdOfLocation, type ScimWritten, sendScimWrite, toRefusal } from "./scim-write.ts";
import { createKeptToken, type TokenSource } from "./token.ts";

export interface ScimOptions {
  readonly system: string;
  /** Base of the service, `https://host/documents/scim/v2`. */
  readonly url: string;
  readonly token: string | TokenSource;
  readonly http: HttpClient;
  readonly pace: Pace;
  readonly clock: Clock;
  readonly pageSize?: number;
  /** What `probe` learned; without it nothing is taken for granted that servers were seen to differ in. */
  readonly profile?: Profile;
  /** How long a new account may stay out of sight. */
  readonly visibleWithinMs?: number;
  /** Where on a user the last sign-in stands, as a JSON pointer; SCIM itself has no place for it. */
  readonly lastSignIn?: string;
}

/** SCIM 2.0 (RFC 7643, 7644, 9865) as systems really speak it: provision.md §13.1 and §15. */
export function createScimConnector(options: ScimOptions): Connector {
  const { system, http, profile } = options;
  const token = typeof options.token === "string" ? createFixedToken(options.token) : options.token;
  const line = createScimLine({ ...options, token });
  const readAnyUser = withSignIn(createUserReader(profile?.absentActive ?? undefined), options.lastSignIn);
  const seen = new Set<string>();
  const readUser = (value: unknown): Account | undefined => {
    const account = readAnyUser(value);
    if (account) seen.add(account.id);
    return account;
  };
  const pageSize = Math.min(options.pageSize ?? 200, profile?.pageSize ?? Number.POSITIVE_INFINITY);
  const toPath = (id: string): string => `/Users/${encodeURIComponent(id)}`;

  const holdsVersions = profile?.ifMatch === true && profile.ifMatchHeld !== false;
  const notHeld = profile?.notHeld ?? [];
  const usesPut = profile?.patch === "refused" && profile.put === "keeps";
  const rolesListed = createRideAlong<readonly string[]>();

  /** Roles stand on the accounts, so the next reading of roles need not list them again. */
  const sweep = (signal?: AbortSignal): Promise<readonly Account[]> =>
    rolesListed.during((note) => {
      const readNoted = (value: unknown): Account | undefined => {
        const account = readUser(value);
        const roles = readRoles(value);
        if (account && roles.length > 0) note(account.id, roles);
        return account;
      };
      return listScimUsers({ system, line, pageSize, readUser: readNoted }, signal);
    });

  const findById = async (id: string): Promise<readonly Account[]> => {
    const answer = await line.read(toPath(id));
    if (answer.status === 404) return [];
    const account = answer.status === 200 ? readUser(readJsonObject(answer)) : undefined;
    if (account?.id !== id) throw new Failure("unavailable", words.noList(system, answer.status));
    return [account];
  };

  /** Undefined where filters do not work: a page of everything proves nothing. */
  const findByFilter = async (by: Exclude<Lookup, { id: string }>): Promise<readonly Account[] | undefined> => {
    if (profile?.filter === "ignored" || profile?.filter === "refused") return undefined;
    // RFC 7644 §3.4.2.2: a filter's value is a JSON string.
    const filter =
      "externalId" in by ? `externalId eq ${JSON.stringify(by.externalId)}` : `userName eq ${JSON.stringify(by.username)}`;
    const answer = await line.read(`/Users?filter=${encodeURIComponent(filter)}`);
    const list = answer.status === 200 ? readJsonObject(answer) : undefined;
    const resources = list?.["Resources"] ?? [];
    const accounts = Array.isArray(resources) ? resources.map(readUser) : [undefined];
    const whole = list !== undefined && list["totalResults"] === accounts.length && accounts.every(Boolean);
    return whole ? (accounts as Account[]) : undefined;
  };

  const find = async (by: Lookup): Promise<readonly Account[]> => {
    if ("id" in by) return findById(by.id);
    const matches = (account: Account): boolean =>
      "externalId" in by ? account.externalId === by.externalId : toNameKey(account.userName) === toNameKey(by.username);
    return ((await findByFilter(by)) ?? (await sweep())).filter(matches);
  };

  const toWritten = (written: ScimWritten): Written => {
    if ("result" in written) return written;
    const shown = readScimUser(readJsonObject(written.answer), profile?.absentActive ?? true);
    const id = shown?.id ?? readIdOfLocation(written.answer.headers["location"]);
    const wasSeen = id !== undefined && seen.has(id);
    if (shown) seen.add(shown.id);
    return { result: { outcome: "done", id }, shown, wasSeen };
  };
  const write = async (request: LineRequest): Promise<Written> => toWritten(await sendScimWrite(system, line, request));

  const answers: AnswersAsStored | undefined =
    profile?.answersAsStored === true ? { pageSize, count: () => countScimUsers(line) } : undefined;

  // Where only we keep a name from being given twice, creates go one after the other.
  const bulkSize = profile?.uniqueNames === true ? Math.min(profile.bulk ?? 0, mostInBulk) : 0;
  const bulk = bulkSize > 1 ? createScimBulk({ system, line, most: bulkSize }) : undefined;
  /** Answers that show the account spare reading everything again, and those of a bulk need not (RFC 7644 §3.7); where requests are counted, fewer are better. */
  const usesBulk = (): boolean => !answers || options.pace.isLimited();
  const post = (body: unknown): Promise<ScimWritten> =>
    bulk && usesBulk() ? bulk.create(body) : sendScimWrite(system, line, { method: "POST", path: "/Users", body });

  /** A success that shows another account than the one written is somebody else's: 201 on an existing e-mail was seen (provision.md §13.1). */
  const create = async (account: AccountState, first: { readonly password?: string }): Promise<WriteResult> => {
    const { result, shown, wasSeen = false } = toWritten(await post({ ...toScimUser(account), ...first }));
    // The id of somebody who was there before is not the new one's, whatever else the answer says: it is looked up.
    if (wasSeen && (!shown || toNameKey(shown.userName) === toNameKey(account.userName)))
      return { outcome: "done", id: undefined };
    if (!shown || toNameKey(shown.userName) === toNameKey(account.userName)) {
      return result.outcome === "done" && answers ? { ...result, shown } : result;
    }
    return { outcome: "refused", conflict: true, message: words.answeredAnother(system, shown.userName) };
  };

  /** Undefined: it moved since it was read, so nothing may be sent. Where versions are kept, the write says which one it means. */
  const readVersion = async (actual: Account): Promise<Readonly<Record<string, string>> | undefined> => {
    if (!holdsVersions) return {};
    const body = readJsonObject(await line.read(toPath(actual.id)));
    const now = readUser(body);
    return !now || listDifferences(now, actual).length > 0 ? undefined : toIfMatch(body);
  };

  const change = async (actual: Account, body: unknown): Promise<WriteResult> => {
    const headers = await readVersion(actual);
    if (!headers) return { outcome: "refused", conflict: true, message: words.movedBeforeWrite(system) };
    return (await write({ method: "PATCH", path: toPath(actual.id), body, headers })).result;
  };

  /** Read, change what was asked for, write all of it back: nothing of what the server shows is lost (provision.md §1.5). */
  const replace = async (path: string, alter: (resource: Record<string, unknown>) => void): Promise<WriteResult> => {
    const answer = await line.read(path);
    const resource = answer.status === 200 ? readJsonObject(answer) : undefined;
    if (!resource) return toRefusal(system, answer);
    const headers = holdsVersions ? toIfMatch(resource) : {};
    return (await write({ method: "PUT", path, body: toPutBody(resource, alter), headers })).result;
  };

  return {
    system,
    ...(answers ? { answers } : {}),
    ...(notHeld.length > 0 ? { holds: listHeldKeys(notHeld) } : {}),
    ...(bulk && usesBulk() ? { mostAtOnce: bulkSize } : {}),
    ...(profile?.uniqueNames === false ? { uniqueNames: false } : {}),
    visibleWithinMs: options.visibleWithinMs ?? defaultVisibleWithinMs,
    sweep,
    find,
    create: (account) => create(account, {}),
    createWithPassword: (account, password) => create(account, { password }),
    async setPassword(id, password) {
      if (!usesPut) return (await write({ method: "PATCH", path: toPath(id), body: toPasswordPatch(password) })).result;
      return replace(toPath(id), (user) => {
        user["password"] = password;
      });
    },
    patch: (actual, wanted, keys) =>
      usesPut
        ? replace(toPath(actual.id), (user) => setManaged(user, wanted, keys))
        : change(actual, toScimPatch(actual, wanted, keys)),
    async setActive(id, active) {
      if (!usesPut) return (await write({ method: "PATCH", path: toPath(id), body: toActivePatch(active) })).result;
      return replace(toPath(id), (user) => {
        user["active"] = active;
      });
    },
    memberships: createScimMemberships({ system, line, pageSize, usesPut, seen, rolesListed, sweepAccounts: sweep, replace }),
    probe: (request) => probeScim({ ...request, system, line }),
    close: () => http.close(),
  };
}

const defaultVisibleWithinMs = 2_000;

function createFixedToken(token: string): TokenSource {
  return createKeptToken(async () => token);
}

function listHeldKeys(notHeld: readonly ManagedKey[]): ReadonlySet<StateKey> {
  return new Set<StateKey>([...managedKeys.filter((key) => !notHeld.includes(key)), "externalId", "active"]);
}

/** Only where a version stands there. */
function toIfMatch(resource: Readonly<Record<string, unknown>> | undefined): Readonly<Record<string, string>> {
  const version = (resource?.["meta"] as { version?: unknown } | undefined)?.version;
  return typeof version === "string" ? { "if-match": version } : {};
}

interface Written {
  readonly result: WriteResult;
  readonly shown?: Account;
  /** Somebody of that id was seen before. */
  readonly wasSeen?: boolean;
}
