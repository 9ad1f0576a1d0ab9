import type { Clock } from "../../platform/clock.ts";
import { toScalarText } from "../../platform/exact-json.ts";
import { Failure } from "../../platform/failure.ts";
import type { HttpClient } from "../../platform/http.ts";
import { readPointer } from "../../platform/json-pointer.ts";
import { fillPath, type PlaceholderValues } from "../../platform/placeholders.ts";
import type { Words } from "../../platform/words.ts";
import { type Account, type AccountState, isAsWanted, listDifferences, narrowState, type StateKey } from "../account.ts";
import type { Connector, WriteResult } from "../connector.ts";
import type { Pace } from "../pace.ts";
import { listHeldKeys, toValues, writeState } from "./rest/account-map.ts";
import { listSecrets, type ReadAnswer } from "./rest/answers.ts";
import { createExchange } from "./rest/exchange.ts";
import { findAccounts, type RestSystem, readRecord, searchAccounts } from "./rest/find-accounts.ts";
import { createHoldingHttp } from "./rest/holding-http.ts";
import { type JudgeRequest, judgeAnswer } from "./rest/judge-answer.ts";
import { listAccounts } from "./rest/list-accounts.ts";
import { readTexts } from "./rest/membership-reader.ts";
import { createRestMemberships } from "./rest/memberships.ts";
import { fillHeaders, takesPassword, toLastSegment, toMethod, toRequestKey } from "./rest/requests.ts";
import { restWords as words } from "./rest/rest-words.ts";
import { createSession, toBody } from "./rest/session.ts";
import type { RestDefinition, WriteRequest } from "./rest/settings.ts";

import { createRideAlong } from "./ride-along.ts";

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

/** A system described by a definition (provision.md §13.3). Failure kind: invalid (a header cannot be sent). */
export function createRestConnector(options: RestOptions): Connector {
  const { system, definition, values, readMonotonicMs } = options;
  const { create, update, limits } = definition;
  const base = options.url.replace(/\/+$/, "");
  const { pace } = options;
  const http = createHoldingHttp(options.http, pace, options.clock);
  const { auth, answers } = definition;
  const session = createSession({ system, base, auth, message: answers.message, values, http, readMonotonicMs });
  const exchange = createExchange({ system, base, headers: fillHeaders(system, definition, values), session, http, pace });
  const rest: RestSystem = { system, definition, values, exchange };
  const held = listHeldKeys(definition);
  const isWhole = (update.sends ?? (update.put === undefined ? "changes" : "whole")) === "whole";

  const judge = (
    answer: Parameters<typeof judgeAnswer>[0],
    { success, conflict }: Pick<JudgeRequest, "success" | "conflict">,
    password = "",
  ): WriteResult => judgeAnswer(answer, { system, answers, success, conflict, secrets: [...listSecrets(values), password] });

  const send = (
    request: Pick<WriteRequest, "post" | "put" | "patch" | "delete">,
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
        const found = await searchAccounts(rest, { username: state.userName }).catch(toUnread);
        const [only, ...others] = "unread" in found ? [] : found.accounts;
        if (only && others.length === 0 && isAsWanted(only, narrowState(state, held))) return only.id;
        continue;
      }
      const text =
        "header" in source ? answer.headers[source.header.toLowerCase()] : toScalarText(readPointer(answer.json, source.pointer));
      const id = "header" in source && source.lastSegment ? toLastSegment(text) : text;
      if (id !== undefined && id !== "") return id;
    }
    return undefined;
  };

  /** Read, compared with what was read before, changed and sent: the system has no other way to keep what others write meanwhile. */
  const change = async (
    before: Account | undefined,
    id: string,
    wanted: Partial<AccountState>,
    keys: readonly StateKey[],
  ): Promise<WriteResult> => {
    const record = before && !isWhole ? { json: {}, account: before } : await readRecord(rest, id).catch(toUnread);
    if (!record) return { outcome: "refused", conflict: false, message: words.noSuchAccount(system, id) };
    if ("unread" in record) return { outcome: "refused", conflict: false, message: record.unread };
    const moved = before ? listDifferences(record.account, before) : [];
    if (moved.length > 0) return { outcome: "refused", conflict: true, message: words.movedMeanwhile(moved) };
    const after = { ...record.account, ...wanted };
    const json = writeState(definition, isWhole ? record.json : {}, after, keys, isWhole ? undefined : null);
    const answer = await send(
      update,
      { ...values, id },
      {
        body: JSON.stringify(json),
        headers: { "content-type": "application/json; charset=utf-8" },
      },
    );
    const result = judge(answer, update);
    return result.outcome === "done" ? { ...result, id } : result;
  };

  const sendFilled = async (request: WriteRequest, filled: PlaceholderValues, password?: string): Promise<WriteResult> =>
    judge(await send(request, filled, toBody(request, filled)), request, password);

  /** A request of its own about one account. */
  const sendAbout = async (
    request: WriteRequest,
    id: string,
    { password, lifespan }: { readonly password?: string; readonly lifespan?: number } = {},
  ): Promise<WriteResult> => {
    const result = await sendFilled(request, { ...values, id, password, lifespan }, password);
    return result.outcome === "done" ? { ...result, id } : result;
  };

  const alterRecord = async (id: string, alter: (json: unknown, into: unknown) => unknown): Promise<WriteResult> => {
    const record = await readRecord(rest, id).catch(toUnread);
    if (!record) return { outcome: "refused", conflict: false, message: words.noSuchAccount(system, id) };
    if ("unread" in record) return { outcome: "refused", conflict: false, message: record.unread };
    const body = JSON.stringify(alter(record.json, isWhole ? record.json : {}));
    const headers = { "content-type": "application/json; charset=utf-8" };
    const result = judge(await send(update, { ...values, id }, { body, headers }), update);
    return result.outcome === "done" ? { ...result, id } : result;
  };

  const setActive = (id: string, active: boolean): Promise<WriteResult> => {
    const request = active ? definition.enable : definition.disable;
    return request ? sendAbout(request, id) : change(undefined, id, { active }, ["active"]);
  };

  const recordsListed = {
    role: createRideAlong<readonly string[]>(),
    group: createRideAlong<readonly string[]>(),
  };
  /** What the records say of roles and groups is kept for the reading of those. */
  const sweep = (signal?: AbortSignal): Promise<readonly Account[]> =>
    recordsListed.role.during((noteRoles) =>
      recordsListed.group.during((noteGroups) =>
        listAccounts(rest, signal, (account, json) => {
          if (definition.roles?.held) noteRoles(account.id, readTexts(json, definition.roles.held));
          if (definition.groups?.held) noteGroups(account.id, readTexts(json, definition.groups.held));
        }),
      ),
    );
  const memberships = createRestMemberships({ rest, recordsListed, sweepAccounts: sweep, send: sendFilled, alterRecord });

  return {
    system,
    holds: held,
    ...(memberships ? { memberships } : {}),
    sweep,
    find: (by) => findAccounts(rest, by),
    create: (account) => createAccount(account),
    ...(takesPassword(create) ? { createWithPassword: createAccount } : {}),
    ...(definition.setPassword
      ? { setPassword: (id, password) => sendAbout(definition.setPassword as WriteRequest, id, { password }) }
      : {}),
    ...(definition.sendLink
      ? { sendLink: (id, lifespan) => sendAbout(definition.sendLink as WriteRequest, id, { lifespan }) }
      : {}),
    ...(definition.endSessions ? { endSessions: (id) => sendAbout(definition.endSessions as WriteRequest, id) } : {}),
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

/** What cannot be read before a change is not changed. */
function toUnread(error: unknown): { readonly unread: Words } {
  if (error instanceof Failure && error.kind === "unavailable") return { unread: error.words };
  throw error;
}
