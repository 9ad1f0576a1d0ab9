import type { Clock } from "../../platform/clock.ts";
import { Failure } from "../../platform/failure.ts";
import type { HttpAnswer, HttpClient } from "../../platform/http.ts";
import { type Account, toNameKey } from "../account.ts";
import type { Connector, Lookup, WriteResult } from "../connector.ts";
import type { Pace } from "../pace.ts";
import { provisionFaults as words } from "../words.ts";
import { assertLetIn, describeRefusal, readJsonObject, readRetryAfterMs } from "./scim-answer.ts";
import { readScimUser, toActivePatch, toPasswordPatch, toScimPatch, toScimUser } from "./scim-user.ts";

export interface ScimOptions {
  readonly system: string;
  /** Base of the service, `https://host/documents/scim/v2`. */
  readonly url: string;
  readonly token: string;
  readonly http: HttpClient;
  readonly pace: Pace;
  readonly clock: Clock;
  readonly pageSize?: number;
}

interface Page {
  readonly total: number;
  readonly accounts: readonly Account[];
}

const mostTries = 4;

/** A system that does not answer takes the whole deadline each time. */
const mostTriesOfSilence = 2;

/** SCIM 2.0 (RFC 7643, 7644) as systems really speak it: provision.md §13.1 and §15. */
export function createScimConnector({ system, url, token, http, pace, clock, pageSize = 200 }: ScimOptions): Connector {
  const base = `${url.replace(/\/+$/, "")}/Users`;
  const headers = {
    authorization: `Bearer ${token}`,
    accept: "application/scim+json, application/json",
    "content-type": "application/scim+json; charset=utf-8",
  };

  const sendOnce = (
    method: "GET" | "POST" | "PATCH",
    target: string,
    body?: unknown,
    signal?: AbortSignal,
  ): Promise<HttpAnswer> =>
    pace.run(async () => {
      const text = body === undefined ? undefined : JSON.stringify(body);
      const value = await http.send({ method, url: target, headers, body: text, signal });
      const held = value.status === 429 || value.status === 503;
      return { value, strained: held, holdMs: held ? readRetryAfterMs(value, clock.now()) : 0 };
    });

  /** Reads may be repeated: after a broken line, 5xx, and when asked to wait. */
  const read = async (target: string, signal?: AbortSignal): Promise<HttpAnswer> => {
    for (let tries = 1; ; tries++) {
      try {
        const answer = await sendOnce("GET", target, undefined, signal);
        assertLetIn(system, answer);
        if ((answer.status < 500 && answer.status !== 429) || answer.status === 501 || tries === mostTries) return answer;
      } catch (error) {
        if (!(error instanceof Failure) || error.kind !== "unavailable" || tries === mostTriesOfSilence) throw error;
      }
    }
  };

  const readPage = async (query: string, signal?: AbortSignal): Promise<Page> => {
    const answer = await read(`${base}?${query}`, signal);
    const list = answer.status === 200 ? readJsonObject(answer) : undefined;
    if (!list) throw new Failure("unavailable", words.noList(system, answer.status));
    const resources = list["Resources"] ?? [];
    const total = list["totalResults"];
    if (!Array.isArray(resources) || typeof total !== "number")
      throw new Failure("unavailable", words.noList(system, answer.status));
    const accounts = resources.map(readScimUser);
    if (accounts.some((account) => !account)) throw new Failure("unavailable", words.noUser(system));
    return { total, accounts: accounts as Account[] };
  };

  const sweep = async (signal?: AbortSignal): Promise<readonly Account[]> => {
    const found = new Map<string, Account>();
    let total: number | undefined;
    for (;;) {
      // Step by what came, not by what was asked for: many cap a page at 50 without saying so.
      const page = await readPage(`startIndex=${found.size + 1}&count=${pageSize}`, signal);
      total ??= page.total;
      if (page.total !== total) throw new Failure("unavailable", words.totalChanged(system, total, page.total));
      if (page.accounts.length === 0 && found.size < total)
        throw new Failure("unavailable", words.emptyPage(system, found.size, total));
      for (const account of page.accounts) {
        if (found.has(account.id)) throw new Failure("unavailable", words.repeatedPage(system));
        found.set(account.id, account);
      }
      if (found.size > total) throw new Failure("unavailable", words.totalChanged(system, total, found.size));
      if (found.size === total) return [...found.values()];
    }
  };

  const find = async (by: Lookup): Promise<readonly Account[]> => {
    if ("id" in by) {
      const answer = await read(`${base}/${encodeURIComponent(by.id)}`);
      if (answer.status === 404) return [];
      const account = answer.status === 200 ? readScimUser(readJsonObject(answer)) : undefined;
      if (account?.id !== by.id) throw new Failure("unavailable", words.noList(system, answer.status));
      return [account];
    }
    const matches = (account: Account): boolean =>
      "externalId" in by ? account.externalId === by.externalId : toNameKey(account.userName) === toNameKey(by.username);
    // RFC 7644 §3.4.2.2: a filter's value is a JSON string.
    const filter =
      "externalId" in by ? `externalId eq ${JSON.stringify(by.externalId)}` : `userName eq ${JSON.stringify(by.username)}`;
    const answer = await read(`${base}?filter=${encodeURIComponent(filter)}`);
    const list = answer.status === 200 ? readJsonObject(answer) : undefined;
    const resources = list?.["Resources"] ?? [];
    const accounts = Array.isArray(resources) ? resources.map(readScimUser) : [undefined];
    const whole = list !== undefined && list["totalResults"] === accounts.length && accounts.every(Boolean);
    // Where filters do not work, or it answered with a page of everything, only a whole reading is a certain answer.
    const candidates = whole ? (accounts as Account[]) : await sweep();
    return candidates.filter(matches);
  };

  const write = async (method: "POST" | "PATCH", target: string, body: unknown): Promise<WriteResult> => {
    for (let tries = 1; ; tries++) {
      let answer: HttpAnswer;
      try {
        answer = await sendOnce(method, target, body);
      } catch (error) {
        if (error instanceof Failure && error.kind === "unavailable") return { outcome: "unknown", message: error.words };
        throw error;
      }
      assertLetIn(system, answer);
      if (answer.status === 429 && tries < mostTries) continue;
      if (answer.status === 429 || (answer.status >= 400 && answer.status < 500)) {
        return { outcome: "refused", conflict: answer.status === 409, message: describeRefusal(system, answer) };
      }
      if (answer.status >= 500) return { outcome: "unknown", message: describeRefusal(system, answer) };
      return { outcome: "done", id: readScimUser(readJsonObject(answer))?.id ?? readIdOfLocation(answer.headers["location"]) };
    }
  };

  return {
    system,
    sweep,
    find,
    create: (account) => write("POST", base, toScimUser(account)),
    createWithPassword: (account, password) => write("POST", base, { ...toScimUser(account), password }),
    setPassword: (id, password) => write("PATCH", `${base}/${encodeURIComponent(id)}`, toPasswordPatch(password)),
    patch: (actual, wanted, keys) =>
      write("PATCH", `${base}/${encodeURIComponent(actual.id)}`, toScimPatch(actual, wanted, keys)),
    setActive: (id, active) => write("PATCH", `${base}/${encodeURIComponent(id)}`, toActivePatch(active)),
    close: () => http.close(),
  };
}

/** RFC 7644 §3.3: the Location of a created resource; relative on some servers, absent on others. */
function readIdOfLocation(location: string | undefined): string | undefined {
  const last = location?.split(/[?#]/, 1)[0]?.split("/").filter(Boolean).at(-1);
  return last === undefined || last === "Users" ? undefined : decodeURIComponent(last);
}
