import type { Clock } from "../../platform/clock.ts";
import { Failure } from "../../platform/failure.ts";
import type { HttpAnswer, HttpClient } from "../../platform/http.ts";
import { type Account, type AccountState, listDifferences, toNameKey } from "../account.ts";
import type { Connector, Lookup, WriteResult } from "../connector.ts";
import type { Pace } from "../pace.ts";
import type { Profile } from "../profile.ts";
import { withSignIn } from "../sign-in-time.ts";
import { provisionFaults as words } from "../words.ts";
import { describeRefusal, readJsonObject } from "./scim-answer.ts";
import { createScimLine, type LineRequest, mostTries } from "./scim-line.ts";
import { listScimUsers } from "./scim-list.ts";
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
  const readUser = withSignIn(createUserReader(profile?.absentActive ?? undefined), options.lastSignIn);
  const pageSize = Math.min(options.pageSize ?? 200, profile?.pageSize ?? Number.POSITIVE_INFINITY);
  const toPath = (id: string): string => `/Users/${encodeURIComponent(id)}`;

  const sweep = (signal?: AbortSignal) => listScimUsers({ system, line, pageSize, readUser }, signal);

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

  const write = async (request: LineRequest): Promise<Written> => {
    for (let tries = 1; ; tries++) {
      let answer: HttpAnswer;
      try {
        answer = await line.send(request);
      } catch (error) {
        if (error instanceof Failure && error.kind === "unavailable")
          return { result: { outcome: "unknown", message: error.words } };
        throw error;
      }
      // Both say that it was not taken, 503 only where it names the time to come back: a proxy's 503 says nothing of the service behind it.
      const asksToWait = answer.status === 429 || (answer.status === 503 && "retry-after" in answer.headers);
      if (asksToWait && tries < mostTries) continue;
      if (answer.status >= 300) return { result: toRefusal(system, answer) };
      const shown = readScimUser(readJsonObject(answer));
      return { result: { outcome: "done", id: shown?.id ?? readIdOfLocation(answer.headers["location"]) }, shown };
    }
  };

  /** A success that shows another account than the one written is somebody else's: 201 on an existing e-mail was seen (provision.md §13.1). */
  const create = async (account: AccountState, first: { readonly password?: string }): Promise<WriteResult> => {
    const { result, shown } = await write({ method: "POST", path: "/Users", body: { ...toScimUser(account), ...first } });
    if (!shown || toNameKey(shown.userName) === toNameKey(account.userName)) return result;
    return { outcome: "refused", conflict: true, message: words.answeredAnother(system, shown.userName) };
  };

  /** Undefined: it moved since it was read, so nothing may be sent. Where versions are kept, the write says which one it means. */
  const readVersion = async (actual: Account): Promise<Readonly<Record<string, string>> | undefined> => {
    if (profile?.ifMatch !== true || profile.ifMatchHeld === false) return {};
    const body = readJsonObject(await line.read(toPath(actual.id)));
    const now = readUser(body);
    const version = (body?.["meta"] as { version?: unknown } | undefined)?.version;
    if (!now || listDifferences(now, actual).length > 0) return undefined;
    return typeof version === "string" ? { "if-match": version } : {};
  };

  const change = async (actual: Account, body: unknown): Promise<WriteResult> => {
    const headers = await readVersion(actual);
    if (!headers) return { outcome: "refused", conflict: true, message: words.movedBeforeWrite(system) };
    return (await write({ method: "PATCH", path: toPath(actual.id), body, headers })).result;
  };

  /** Read, change what was asked for, write all of it back: nothing of what the server shows is lost (provision.md §1.5). */
  const replace = async (id: string, alter: (user: Record<string, unknown>) => void): Promise<WriteResult> => {
    const answer = await line.read(toPath(id));
    const user = answer.status === 200 ? readJsonObject(answer) : undefined;
    if (!user) return toRefusal(system, answer);
    return (await write({ method: "PUT", path: toPath(id), body: toPutBody(user, alter) })).result;
  };

  const usesPut = profile?.patch === "refused" && profile.put === "keeps";

  return {
    system,
    ...(profile?.uniqueNames === false ? { uniqueNames: false } : {}),
    visibleWithinMs: options.visibleWithinMs ?? defaultVisibleWithinMs,
    sweep,
    find,
    create: (account) => create(account, {}),
    createWithPassword: (account, password) => create(account, { password }),
    async setPassword(id, password) {
      if (!usesPut) return (await write({ method: "PATCH", path: toPath(id), body: toPasswordPatch(password) })).result;
      return replace(id, (user) => {
        user["password"] = password;
      });
    },
    patch: (actual, wanted, keys) =>
      usesPut ? replace(actual.id, (user) => setManaged(user, wanted, keys)) : change(actual, toScimPatch(actual, wanted, keys)),
    async setActive(id, active) {
      if (!usesPut) return (await write({ method: "PATCH", path: toPath(id), body: toActivePatch(active) })).result;
      return replace(id, (user) => {
        user["active"] = active;
      });
    },
    probe: (request) => probeScim({ ...request, system, line }),
    close: () => http.close(),
  };
}

const defaultVisibleWithinMs = 2_000;

function createFixedToken(token: string): TokenSource {
  return createKeptToken(async () => token);
}

interface Written {
  readonly result: WriteResult;
  readonly shown?: Account;
}

/** 4xx and 501 say that nothing was done; any other failure leaves it open. */
function toRefusal(system: string, answer: HttpAnswer): WriteResult {
  const message = describeRefusal(system, answer);
  if (answer.status >= 500 && answer.status !== 501) return { outcome: "unknown", message };
  const conflict = answer.status === 409 || answer.status === 412;
  return { outcome: "refused", conflict, forbidden: answer.status === 403, message };
}

/** RFC 7644 §3.3: the Location of a created resource; relative on some servers, absent on others. */
function readIdOfLocation(location: string | undefined): string | undefined {
  const last = location?.split(/[?#]/, 1)[0]?.split("/").filter(Boolean).at(-1);
  return last === undefined || last === "Users" ? undefined : decodeURIComponent(last);
}
