import type { Clock } from "../../platform/clock.ts";
import { sha256, toCanonicalJson } from "../../platform/canonical-json.ts";
import { toScalarText } from "../../platform/exact-json.ts";
import { Failure } from "../../platform/failure.ts";
import type { HttpClient } from "../../platform/http.ts";
import { readPointer } from "../../platform/json-pointer.ts";
import { fillPath, fillText, type PlaceholderValues } from "../../platform/placeholders.ts";
import type { Words } from "../../platform/words.ts";
import { type Account, type AccountState, isAsWanted, listDifferences, narrowState, type StateKey, toNameKey } from "../account.ts";
import type { Connector, Lookup, WriteResult } from "../connector.ts";
import type { Pace } from "../pace.ts";
import { provisionFaults } from "../words.ts";
import { listHeldKeys, readAccount, toValues, writeState } from "./rest/account-map.ts";
import { isPage, passesAny, type ReadAnswer } from "./rest/answers.ts";
import { assertLetIn, createExchange } from "./rest/exchange.ts";
import { listAccounts, readItems } from "./rest/list-accounts.ts";
import { createPacedHttp } from "./rest/paced-http.ts";
import { restWords as words } from "./rest/rest-words.ts";
import { createSession, toBody } from "./rest/session.ts";
import type { AnswerTest, RestDefinition, WriteRequest } from "./rest/settings.ts";

export interface RestOptions {
  readonly system: string;
  /** Base of the service; the definition's addresses stand below it. */
  readonly url: string;
  readonly definition: RestDefinition;
  /** `secret.…` and `var.…` of the definition. */
  readonly values: PlaceholderValues;
  readonly http: HttpClient;
  readonly pace: Pace;
  readonly clock: Clock;
  readonly readMonotonicMs: () => number;
}

/** An account, and the system's own record of it. */
interface Reading {
  readonly json: unknown;
  readonly account: Account;
}

/** A system described by a definition (provision.md §13.3). Failure kind: invalid (a header cannot be sent). */
export function createRestConnector(options: RestOptions): Connector {
  const { system, definition, values, readMonotonicMs } = options;
  const { answers, find, create, update, correlation, limits } = definition;
  const base = options.url.replace(/\/+$/, "");
  const http = createPacedHttp(options.http, options.pace, options.clock);
  const session = createSession({ system, base, auth: definition.auth, values, http, readMonotonicMs });
  const exchange = createExchange({ system, base, headers: fillHeaders(options), session, http });
  const held = listHeldKeys(definition);
  const redact = createRedaction(values);

  const sweep = (signal?: AbortSignal): Promise<Account[]> => listAccounts({ system, definition, values, exchange }, signal);

  /** Undefined when the system says that there is none. A value that cannot be part of an address is nobody's id. */
  const readRecord = async (id: string): Promise<Reading | undefined> => {
    const answer = await exchange.read(fillPath(find.id.get, { ...values, id }));
    if (passesAny(answers.missing, answer)) return undefined;
    const json = passesAny(answers.ok, answer) ? readPointer(answer.json, find.id.item) : undefined;
    const account = readAccount(definition, json);
    if (account?.id !== id) throw new Failure("unavailable", provisionFaults.noList(system, answer.status));
    return { json, account };
  };

  /** What a search of the system's own gave. `whole`: all of it and nothing else, so that it is a certain answer. */
  const search = async (by: Exclude<Lookup, { id: string }>): Promise<{ accounts: Account[]; whole: boolean }> => {
    const request = "externalId" in by ? find.externalId : find.username;
    if (!request) return { accounts: [], whole: false };
    const answer = await exchange.read(fillPath(request.get, { ...values, ...by }));
    if (passesAny(answers.missing, answer)) return { accounts: [], whole: true };
    const found = readItems(definition, answer, request.items);
    const accounts = found?.filter((account) => isMatch(account, by)) ?? [];
    const total = request.total === undefined ? accounts.length : Number(toScalarText(readPointer(answer.json, request.total)));
    return { accounts, whole: found !== undefined && accounts.length === found.length && total === found.length };
  };

  const findAccounts = async (by: Lookup): Promise<readonly Account[]> => {
    if ("id" in by) {
      const record = await readRecord(by.id).catch(toNothing);
      return record ? [record.account] : [];
    }
    if ("externalId" in by && correlation.strong === null) return [];
    // A search that may have left something out, or does not search at all, is no answer: then only a whole reading is.
    const { accounts, whole } = await search(by).catch(toNoSearch);
    return whole ? accounts : (await sweep()).filter((account) => isMatch(account, by));
  };

  const judge = (
    answer: ReadAnswer | { readonly unanswered: Words },
    { success = answers.ok, conflict = [] }: { readonly success?: readonly AnswerTest[]; readonly conflict?: readonly AnswerTest[] },
    password?: string,
  ): WriteResult => {
    if ("unanswered" in answer) return { outcome: "unknown", message: answer.unanswered };
    const detail = answers.message === undefined ? "" : (toScalarText(readPointer(answer.json, answers.message)) ?? "");
    const message = provisionFaults.refused(system, answer.status, redact(detail, password).slice(0, 200));
    if (passesAny(conflict, answer)) return { outcome: "refused", conflict: true, message };
    assertLetIn(system, answer);
    if (passesAny(success, answer) && !isPage(answer)) return { outcome: "done", id: undefined };
    const isClients = answer.status >= 400 && answer.status < 500 && answer.status !== 408;
    if (isClients || passesAny(answers.refused, answer)) return { outcome: "refused", conflict: answer.status === 409, message };
    return { outcome: "unknown", message: words.notAnswered(system, answer.status) };
  };

  const send = (
    request: Pick<WriteRequest, "post" | "put" | "patch">,
    filled: PlaceholderValues,
    body: ReturnType<typeof toBody>,
    more: Readonly<{ [name: string]: string }> = {},
  ) => {
    const [method, template] = toMethod(request);
    return exchange.write({ method, target: fillPath(template, filled), ...body, headers: { ...body.headers, ...more } });
  };

  const createAccount = async (state: AccountState, password?: string): Promise<WriteResult> => {
    const filled = { ...values, ...toValues(definition, state), password };
    const body = toBody(create, filled);
    const { idempotencyHeader } = limits;
    const key = idempotencyHeader === undefined ? {} : { [idempotencyHeader]: await toRequestKey(system, state) };
    const answer = await send(create, filled, body, key);
    const result = judge(answer, create, password);
    return result.outcome === "done" ? { ...result, id: await findId(answer as ReadAnswer, state) } : result;
  };

  const findId = async (answer: ReadAnswer, state: AccountState): Promise<string | undefined> => {
    for (const source of create.id) {
      if ("find" in source) {
        // The name alone is weak: it is ours when it is what was sent. Without an id the reading back at the end finds it.
        const found = await search({ username: state.userName }).catch(toNoSearch);
        const [only, ...others] = found.accounts;
        if (only && others.length === 0 && isAsWanted(only, narrowState(state, held))) return only.id;
        continue;
      }
      const text =
        "header" in source
          ? answer.headers[source.header.toLowerCase()]
          : toScalarText(readPointer(answer.json, source.pointer));
      const id = "header" in source && source.lastSegment ? toLastSegment(text) : text;
      if (id !== undefined && id !== "") return id;
    }
    return undefined;
  };

  /** Read, compared with what was read before, changed and sent: the system has no other way to keep what others write meanwhile. */
  const change = async (before: Account | undefined, id: string, wanted: Partial<AccountState>, keys: readonly StateKey[]): Promise<WriteResult> => {
    const whole = (update.sends ?? (update.put === undefined ? "changes" : "whole")) === "whole";
    const record = before && !whole ? { json: {}, account: before } : await readRecord(id).catch(toUnread);
    if (!record) return { outcome: "refused", conflict: false, message: words.noSuchAccount(system, id) };
    if ("unread" in record) return { outcome: "refused", conflict: false, message: record.unread };
    const moved = before ? listDifferences(record.account, before) : [];
    if (moved.length > 0) return { outcome: "refused", conflict: true, message: words.movedMeanwhile(moved) };
    const after = { ...record.account, ...wanted };
    const json = writeState(definition, whole ? record.json : {}, after, keys, whole ? undefined : null);
    const filled = { ...values, id, username: record.account.userName };
    const answer = await send(update, filled, { body: JSON.stringify(json), headers: { "content-type": "application/json; charset=utf-8" } });
    const result = judge(answer, update);
    return result.outcome === "done" ? { ...result, id } : result;
  };

  /** A request of its own about one account. */
  const sendAbout = async (request: WriteRequest, id: string, password?: string): Promise<WriteResult> => {
    const filled = { ...values, id, password };
    const result = judge(await send(request, filled, toBody(request, filled)), request, password);
    return result.outcome === "done" ? { ...result, id } : result;
  };

  const setActive = (id: string, active: boolean): Promise<WriteResult> => {
    const request = active ? definition.enable : definition.disable;
    return request ? sendAbout(request, id) : change(undefined, id, { active }, ["active"]);
  };

  return {
    system,
    holds: held,
    sweep,
    find: findAccounts,
    create: (account) => createAccount(account),
    ...(takesPassword(create) ? { createWithPassword: createAccount } : {}),
    ...(definition.setPassword ? { setPassword: (id, password) => sendAbout(definition.setPassword as WriteRequest, id, password) } : {}),
    async patch(actual, wanted, keys) {
      const own = keys.filter((key) => held.has(key));
      const apart = definition.disable !== undefined;
      const together = apart ? own.filter((key) => key !== "active") : own;
      const result: WriteResult =
        together.length === 0 ? { outcome: "done", id: actual.id } : await change(actual, actual.id, wanted, together);
      if (result.outcome !== "done" || together.length === own.length) return result;
      return setActive(actual.id, wanted.active);
    },
    setActive,
    close: () => http.close(),
  };
}

function isMatch(account: Account, by: Exclude<Lookup, { id: string }>): boolean {
  return "externalId" in by ? account.externalId === by.externalId : toNameKey(account.userName) === toNameKey(by.username);
}

function toMethod({ post, put, patch }: Pick<WriteRequest, "post" | "put" | "patch">): ["POST" | "PUT" | "PATCH", string] {
  if (post !== undefined) return ["POST", post];
  return put === undefined ? ["PATCH", patch ?? ""] : ["PUT", put];
}

/** A value that cannot stand in an address names nothing. */
function toNothing(error: unknown): undefined {
  if (error instanceof Failure && error.kind === "invalid") return undefined;
  throw error;
}

function toNoSearch(error: unknown): { accounts: Account[]; whole: boolean } {
  toNothing(error);
  return { accounts: [], whole: false };
}

/** What cannot be read before a change is not changed. */
function toUnread(error: unknown): { readonly unread: Words } | undefined {
  if (error instanceof Failure && error.kind === "unavailable") return { unread: error.words };
  return toNothing(error);
}

function takesPassword({ json, form }: RestDefinition["create"]): boolean {
  return JSON.stringify([json, form]).includes("${password}");
}

/** The same account is the same request, today and when a killed run goes on. */
async function toRequestKey(system: string, { userName, externalId }: AccountState): Promise<string> {
  return sha256(await toCanonicalJson({ system, userName, externalId: externalId ?? null })).slice(0, 36);
}

/** `Location: /users/4711`, relative or not. */
function toLastSegment(address: string | undefined): string | undefined {
  const last = address?.split(/[?#]/, 1)[0]?.split("/").filter(Boolean).at(-1);
  try {
    return last === undefined ? undefined : decodeURIComponent(last);
  } catch {
    return last;
  }
}

/** Some systems say in their refusal what they were sent. */
function createRedaction(values: PlaceholderValues): (text: string, password?: string) => string {
  const secrets = Object.entries(values).flatMap(([name, value]) =>
    name.startsWith("secret.") && typeof value === "string" ? [value] : [],
  );
  return (text, password) =>
    [...secrets, password ?? ""].filter(Boolean).reduce((shown, secret) => shown.replaceAll(secret, "•••"), text);
}

function fillHeaders({ system, definition, values }: RestOptions): Readonly<{ [name: string]: string }> {
  return Object.fromEntries(
    Object.entries(definition.headers).map(([name, template]) => {
      const value = fillText(template, values);
      if (!/^[\x20-\x7e]*$/.test(value)) throw new Failure("invalid", words.badHeader(system, name));
      return [name.toLowerCase(), value];
    }),
  );
}
