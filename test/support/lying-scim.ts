import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { changeGroup, changeRoles } from "./lying-groups.ts";
import { describeSchemas } from "./lying-schemas.ts";

/** What real servers were seen doing (provision.md §13.1, §14, §15). */
export const scimLies = [
  // Listing
  "ignores-start-index",
  "ignores-count",
  "caps-at-50",
  "caps-at-5",
  "caps-at-2",
  "repeats-a-page",
  "empty-page-before-total",
  "total-changes",
  "ignores-filter",
  "refuses-filter",
  "cursor-only",
  "refuses-index",
  "cursor-expires-once",
  "cursor-expires",
  "413-on-large-page",
  // Identity
  "names-by-case",
  "adopts-anothers",
  "rewrites-external-id",
  "domain-user",
  "names-in-small-letters",
  "mail-in-small-letters",
  "phones-as-addresses",
  "invents-names",
  "hides-new-accounts",
  "hides-new-accounts-for-long",
  // Create
  "conflict-on-create",
  "400-on-duplicate",
  "500-on-duplicate",
  "accepts-duplicates",
  "500-after-executing",
  "reset-after-executing",
  "stalls-after-executing",
  "delivered-twice",
  "no-id-no-location",
  "only-location",
  "absolute-location",
  "200-without-id",
  "conflict-text-in-200",
  "echoes-creates",
  "answers-briefly",
  "stores-nothing-now-and-then",
  // Update
  "patch-204",
  "refuses-patch",
  "put-wipes",
  "versions",
  "demands-versions",
  "shows-etags",
  "ignores-if-match",
  "refuses-string-booleans",
  "no-target",
  "ignores-attribute",
  "put-wipes-password",
  "unique-external-ids",
  // What its own schemas say, and whether that is so
  "title-is-read-only",
  "phone-is-never-returned",
  "schemas-are-wrong",
  "names-by-case-declared",
  "no-schemas",
  // Groups and roles
  "gives-another-groups-id",
  "gives-anothers-id",
  "stores-duplicate-members",
  "stores-unknown-members",
  "500-on-unknown-member",
  "big-add-removes-members",
  "remove-with-values-empties",
  "refuses-value-paths",
  "hides-members",
  "ignores-roles",
  "ignores-members",
  "forbids-groups",
  "no-groups",
  // Bulk
  "bulk",
  "bulk-413",
  "bulk-forgets-one",
  "bulk-numbers-as-status",
  "bulk-stops-at-first-error",
  "bulk-not-there",
  // Life cycle
  "hides-active-when-false",
  "ignores-active",
  "refuses-active",
  "500-on-delete",
  // Protocol
  "throttles",
  "throttles-by-date",
  "throttles-in-silence",
  "unavailable-now-and-then",
  "413-on-write",
  "no-description",
  "short-tokens",
  "truncated-json",
  "login-page",
  "redirects",
  "denies",
  "forbids-creates",
  // Passwords
  "echoes-password",
  "refuses-password-reset",
] as const;
export type Lie = (typeof scimLies)[number];

export interface User extends Record<string, unknown> {
  id: string;
  userName: string;
}

export interface Group extends Record<string, unknown> {
  id: string;
  displayName: string;
  members: { readonly value: string; readonly [detail: string]: unknown }[];
}

export interface LoggedRequest {
  readonly method: string;
  readonly url: string;
  readonly atMs: number;
  readonly status: number | undefined;
  readonly ifMatch: string | undefined;
  readonly body: string;
}

export interface LyingServer {
  readonly url: string;
  readonly users: Map<string, User>;
  readonly groups: Map<string, Group>;
  readonly lies: Set<Lie>;
  /** Every request that came, with what it was answered. */
  readonly requests: readonly LoggedRequest[];
  /** Where the host under `redirects` is sent; a request there is a leak. */
  redirectTo: string;
  /** Seconds of silence that `throttles` asks for. */
  retryAfter: string;
  /** Tokens given out by `/token`, the newest last. */
  readonly tokens: readonly string[];
  /** Every password that any request carried. */
  readonly seenPasswords: readonly string[];
  /** Called with each create before it is carried out; `drop` breaks the line instead. */
  onCreate: () => "drop" | undefined;
  /** Called with each bulk request before it is carried out. */
  onBulk: () => void;
  /** Writes carried out. */
  writes: number;
  stop(): Promise<void>;
}

const fixedToken = "secret-canary";
/** Requests that a token of `short-tokens` is good for. */
const tokenLife = 8;

/** A small SCIM server that keeps the truth in `users` and lies on demand. Unique user names. */
export async function startLyingScim(...lies: readonly Lie[]): Promise<LyingServer> {
  const users = new Map<string, User>();
  const groups = new Map<string, Group>();
  const active = new Set<Lie>(lies);
  const has = (lie: Lie): boolean => active.has(lie);
  const requests: { -readonly [K in keyof LoggedRequest]: LoggedRequest[K] }[] = [];
  const tokens: string[] = [];
  const seenPasswords: string[] = [];
  const hidden = new Map<string, number>();
  const adopted = new Set<string>();
  let count = 0;
  let reads = 0;
  let asked = 0;
  let cursorsGone = 0;
  const tokenUses = new Map<string, number>();
  const sockets = new Set<Socket>();
  const server = createServer((request, response) => void answer(request, response));
  const state = {
    writes: 0,
    redirectTo: "http://elsewhere.example",
    retryAfter: "0",
    onCreate: (): "drop" | undefined => undefined,
    onBulk: (): void => undefined,
  };

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? "/", "http://x");
    const log = {
      method: request.method ?? "",
      url: request.url ?? "",
      atMs: performance.now(),
      status: undefined as number | undefined,
      ifMatch: request.headers["if-match"],
      body: "",
    };
    requests.push(log);
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const text = Buffer.concat(chunks).toString("utf8");
    log.body = text;
    const send = (status: number, value?: unknown, headers: Record<string, string> = {}): void => {
      log.status = status;
      response.writeHead(status, { "content-type": "application/scim+json", ...headers });
      const json = value === undefined ? undefined : JSON.stringify(value);
      response.end(has("names-in-small-letters") ? json?.replace(/"([\w:.$]+)":/g, (name) => name.toLowerCase()) : json);
    };
    if (url.pathname === "/token") return giveToken();
    const body = text === "" ? undefined : JSON.parse(text);
    if (has("denies") || !isLetIn()) return send(401, { status: "401" });
    if (has("login-page")) {
      response.writeHead(200, { "content-type": "text/html; charset=utf-8" }).end("<html><form action=login></form></html>");
      return;
    }
    if (has("redirects")) return send(302, undefined, { location: `${state.redirectTo}/Users` });
    if (has("throttles") && asked++ % 3 === 0) return send(429, { status: "429" }, { "retry-after": state.retryAfter });
    if (has("throttles-by-date") && asked++ % 5 === 0)
      return send(429, {}, { "retry-after": new Date(Date.now()).toUTCString() });
    if (has("throttles-in-silence") && asked++ === 5) return send(429, {});
    if (has("unavailable-now-and-then") && asked++ % 4 === 2) return send(503, {}, { "retry-after": "0" });
    if (url.pathname === "/ServiceProviderConfig") return describe();
    if (url.pathname === "/Schemas" && !has("no-schemas") && !has("no-description")) return send(200, describeSchemas(has));
    if (url.pathname === "/Bulk") return bulk(body.Operations);
    const [, kind = "", id = ""] = url.pathname.split("/").map(decodeURIComponent);
    const store: Map<string, User | Group> | undefined = kind === "Users" ? users : kind === "Groups" ? groups : undefined;
    if (!store || (kind === "Groups" && has("no-groups"))) return send(404, { status: "404" });
    if (request.method === "GET") return id ? sendOne(store, id) : sendPage(store, url.searchParams);
    if (has("413-on-write")) return send(413, {});
    if (has("demands-versions") && request.method !== "POST" && log.ifMatch === undefined) return send(428, { status: "428" });
    if (kind === "Groups") return changeGroups(id, body);
    if (request.method === "POST") return has("delivered-twice") ? createTwice(body) : create(body);
    const user = users.get(id);
    if (!user) return send(404, { status: "404" });
    if (has("versions") && !has("ignores-if-match") && log.ifMatch !== undefined && log.ifMatch !== toVersion(user)) {
      return send(412, { status: "412" });
    }
    if (request.method === "PUT") return put(user, body);
    if (request.method === "DELETE") return remove(user);
    return patch(user, body);

    function isLetIn(): boolean {
      if (!has("short-tokens")) return request.headers.authorization === `Bearer ${fixedToken}`;
      const token = tokens.find((one) => request.headers.authorization === `Bearer ${one}`);
      if (token === undefined) return false;
      tokenUses.set(token, (tokenUses.get(token) ?? 0) + 1);
      return (tokenUses.get(token) ?? 0) <= tokenLife;
    }

    function giveToken(): void {
      const form = new URLSearchParams(text);
      const basic = Buffer.from((request.headers.authorization ?? "").replace("Basic ", ""), "base64").toString();
      // RFC 6749 §2.3.1: encoded as in a form before it is put into the header.
      const inHeader = basic.split(":").map(decodeURIComponent).join(":");
      const client = basic === "" ? `${form.get("client_id")}:${form.get("client_secret")}` : inHeader;
      if (client !== `wardctl:${fixedToken}` || form.get("grant_type") !== "client_credentials") return send(401, {});
      tokens.push(`short-token-canary-${tokens.length + 1}`);
      send(200, { access_token: tokens.at(-1), token_type: "Bearer", expires_in: 60 });
    }

    function describe(): void {
      if (has("no-description")) return send(404, { status: "404" });
      send(200, {
        patch: { supported: !has("refuses-patch") },
        filter: { supported: true, maxResults: 200 },
        etag: { supported: has("versions") },
        bulk: { supported: has("bulk"), maxOperations: 20 },
      });
    }

    function show(user: User | Group): Record<string, unknown> {
      const shown: Record<string, unknown> = { ...user };
      if (has("domain-user") && "userName" in shown) shown["userName"] = `VHXH/${user["userName"]}`;
      if (has("domain-user") && "members" in shown) shown["displayName"] = `VHXH/${user["displayName"]}`;
      if (has("hides-active-when-false") && user["active"] === false) delete shown["active"];
      const emails = (user as User)["emails"] as { value: string }[] | undefined;
      if (has("mail-in-small-letters") && emails) {
        shown["emails"] = emails.map((email) => ({ ...email, value: email.value.toLowerCase(), type: "Work" }));
      }
      const phones = (user as User)["phoneNumbers"] as { value: string }[] | undefined;
      if (has("phones-as-addresses") && phones) {
        shown["phoneNumbers"] = phones.map((phone) => ({ ...phone, value: phone.value.replace(/^0(\d{3})/, "tel:+84-$1-") }));
      }
      if (has("phone-is-never-returned")) delete shown["phoneNumbers"];
      delete shown["password"];
      if (has("hides-members") || url.searchParams.get("excludedAttributes") === "members") delete shown["members"];
      if (Array.isArray(shown["members"]) && shown["members"].length === 0) delete shown["members"];
      if (has("versions") || has("shows-etags")) shown["meta"] = { version: toVersion(user) };
      return shown;
    }

    function isShown(user: User | Group): boolean {
      const left = has("hides-new-accounts") || has("hides-new-accounts-for-long") ? (hidden.get(user.id) ?? 0) : 0;
      if (left > 0) hidden.set(user.id, left - 1);
      return left === 0;
    }

    function sendOne(from: ReadonlyMap<string, User | Group>, wanted: string): void {
      const user = from.get(wanted);
      if (user && isShown(user)) send(200, show(user), has("shows-etags") ? { etag: toVersion(user) } : {});
      else send(404, { status: "404" });
    }

    function sendPage(from: ReadonlyMap<string, User | Group>, query: URLSearchParams): void {
      reads += 1;
      const filter = /^(\w+) eq (".*")$/.exec(query.get("filter") ?? "");
      if (filter && has("refuses-filter")) return send(400, { scimType: "invalidFilter" });
      const wanted = filter && (JSON.parse(filter[2] as string) as string);
      const fold = (value: unknown): string =>
        filter?.[1] === "userName" && !has("names-by-case") ? String(value).toLowerCase() : String(value);
      const matches = [...from.values()]
        .filter(isShown)
        .filter((user) => !filter || has("ignores-filter") || fold(user[filter[1] as string]) === fold(wanted));
      const pageSize = has("ignores-count") ? matches.length : Number(query.get("count") ?? 100);
      if (has("413-on-large-page") && pageSize > 50) return send(413, {});
      const size = Math.min(pageSize, has("caps-at-50") ? 50 : has("caps-at-5") ? 5 : has("caps-at-2") ? 2 : pageSize);
      if (has("refuses-index") && query.has("startIndex")) return send(400, { detail: "no index here, use cursor" });
      if (has("cursor-only") && !filter) return sendCursor(matches, query.get("cursor"), Math.min(size, 5));
      const startIndex = has("ignores-start-index") ? 1 : Number(query.get("startIndex") ?? 1);
      const start = has("repeats-a-page") && startIndex > 1 ? startIndex - 2 : startIndex - 1;
      const page = has("empty-page-before-total") && startIndex > 1 ? [] : matches.slice(start, start + size);
      const total = has("total-changes") ? matches.length + reads : matches.length;
      const value = { totalResults: total, startIndex, itemsPerPage: page.length, Resources: page.map(show) };
      if (!has("truncated-json")) return send(200, value);
      response.writeHead(200, { "content-type": "application/scim+json" }).end(JSON.stringify(value).slice(0, -20));
    }

    function sendCursor(matches: readonly (User | Group)[], cursor: string | null, size: number): void {
      const start = cursor === null || cursor === "" ? 0 : Number(cursor.slice(1));
      if (start > 0 && (has("cursor-expires") || (has("cursor-expires-once") && cursorsGone++ === 0))) {
        return send(400, { scimType: "expiredCursor" });
      }
      const page = matches.slice(start, start + size);
      const nextCursor = start + size < matches.length ? `c${start + size}` : undefined;
      send(200, { totalResults: matches.length, nextCursor, Resources: page.map(show) });
    }

    function createTwice(user: Omit<User, "id">): void {
      make(user);
      create(user);
    }

    function isTaken(userName: unknown): boolean {
      const fold = (name: unknown): string => (has("names-by-case") ? String(name) : String(name).toLowerCase());
      return [...users.values()].some((other) => fold(other.userName) === fold(userName));
    }

    function make(user: Omit<User, "id">): User {
      const made = { ...user, id: `u${++count}` } as User;
      if (has("ignores-attribute") || has("title-is-read-only")) delete made["title"];
      if (has("rewrites-external-id")) made["externalId"] = `ext-${made.id}`;
      if (has("ignores-active")) made["active"] = true;
      if (has("invents-names")) {
        const name = (made["name"] ?? {}) as Record<string, unknown>;
        made["displayName"] ??= `${name["givenName"]} ?`;
        made["name"] = { formatted: `${name["givenName"]} ?`, familyName: "?", ...name };
      }
      if (has("hides-new-accounts")) hidden.set(made.id, 2);
      if (has("hides-new-accounts-for-long")) hidden.set(made.id, Number.POSITIVE_INFINITY);
      users.set(made.id, made);
      state.writes += 1;
      return made;
    }

    /** RFC 7644 §3.7: an outcome for each, no body for what was done. */
    function bulk(operations: readonly { readonly bulkId: string; readonly data: Omit<User, "id"> }[]): void {
      if (has("bulk-not-there")) return send(501, {});
      if (has("bulk-413") && operations.length > 4) return send(413, {});
      state.onBulk();
      let hasFailed = false;
      const done = operations.map(({ bulkId, data }) => {
        if (typeof data["password"] === "string") seenPasswords.push(data["password"]);
        const toStatus = (status: number): unknown => (has("bulk-numbers-as-status") ? status : String(status));
        if (has("bulk-stops-at-first-error") && hasFailed) return undefined;
        if (isTaken(data.userName)) {
          hasFailed = true;
          return { method: "POST", bulkId, status: toStatus(409), response: { status: "409", detail: "taken" } };
        }
        return { method: "POST", bulkId, status: toStatus(201), location: `/Users/${make(data).id}` };
      });
      const told = done.filter((one, index) => one !== undefined && !(has("bulk-forgets-one") && index === 1));
      if (endWritten()) return;
      send(200, { Operations: told });
    }

    function create(user: Omit<User, "id">): void {
      if (typeof user["password"] === "string") seenPasswords.push(user["password"]);
      if (state.onCreate() === "drop") return void request.socket.destroy();
      // Longer than what is kept of a refusal, so that it is cut in the middle of the second one.
      if (has("echoes-password"))
        return send(400, { detail: `'${user["password"]}' is too weak. ${".".repeat(156)} '${user["password"]}'` });
      if (has("forbids-creates")) return send(403, {});
      const another = [...users.values()].find((other) => other["externalId"] === undefined && !adopted.has(other.id));
      if (has("adopts-anothers") && another) {
        adopted.add(another.id);
        return send(201, show(another));
      }
      if ((isTaken(user.userName) && !has("accepts-duplicates")) || has("conflict-on-create")) {
        if (has("conflict-text-in-200")) return send(200, [`user ${user.userName} already exist`]);
        return send(has("400-on-duplicate") ? 400 : has("500-on-duplicate") ? 500 : 409, { detail: "taken" });
      }
      const sameId = [...users.values()].some((other) => other["externalId"] === user["externalId"]);
      if (has("unique-external-ids") && sameId) return send(409, { scimType: "uniqueness" });
      const made = make(user);
      if (endWritten()) return;
      if (has("no-id-no-location")) return send(201);
      if (has("200-without-id")) return send(200, { status: "ok" });
      if (has("only-location")) return send(201, undefined, { location: `/Users/${made.id}` });
      if (has("absolute-location")) return send(201, undefined, { location: `http://internal.example/Users/${made.id}` });
      if (has("stores-nothing-now-and-then") && count % 5 === 0) users.delete(made.id);
      const [first] = users.keys();
      if (has("gives-anothers-id")) return send(201, { ...show(made), id: first });
      if (has("answers-briefly")) return send(201, { id: made.id, userName: made.userName });
      send(201, has("echoes-creates") ? { ...user, id: made.id } : show(made));
    }

    /** True when the answer to a write that was carried out is lost. */
    function endWritten(): boolean {
      if (has("500-after-executing")) send(500, { detail: "oops" });
      else if (has("reset-after-executing")) request.socket.destroy();
      else if (!has("stalls-after-executing")) return false;
      return true;
    }

    function put(user: User, body: User): void {
      if (typeof body["password"] === "string") seenPasswords.push(body["password"]);
      const kept = has("ignores-active") ? { active: true } : {};
      const password = has("put-wipes-password") ? undefined : user["password"];
      const next = { password, ...body, ...kept, id: user.id } as User;
      if (next["password"] === undefined) delete next["password"];
      if (has("put-wipes")) {
        delete next["nickName"];
        delete next["externalId"];
      }
      users.set(user.id, next);
      state.writes += 1;
      if (!endWritten()) send(200, show(next));
    }

    function remove(user: User): void {
      if (has("500-on-delete")) return send(500, { detail: "referenced" });
      users.delete(user.id);
      state.writes += 1;
      send(204);
    }

    function changeGroups(groupId: string, message: unknown): void {
      if (has("forbids-groups")) return send(403, {});
      if (request.method === "PATCH" && has("refuses-patch")) return send(501, { status: "501" });
      const found = groups.get(groupId);
      if (has("versions") && !has("ignores-if-match") && log.ifMatch !== undefined && found && log.ifMatch !== toVersion(found)) {
        return send(412, { status: "412" });
      }
      const result = changeGroup({ groups, users, has, method: request.method ?? "", id: groupId, body: message });
      if (!("group" in result)) return send(result.status, result.scimType ? { scimType: result.scimType } : {});
      if (request.method === "POST") result.group.id = `g${++count}`;
      if (request.method === "POST" && has("hides-new-accounts")) hidden.set(result.group.id, 2);
      groups.set(result.group.id, result.group);
      state.writes += 1;
      if (endWritten()) return;
      if (request.method === "POST" && has("only-location")) {
        return send(201, undefined, { location: `/Groups/${result.group.id}` });
      }
      if (request.method === "POST" && has("no-id-no-location")) return send(201);
      if (request.method === "PATCH" && has("patch-204")) return send(204);
      const [first] = groups.keys();
      if (request.method === "POST" && has("gives-another-groups-id")) return send(201, { ...show(result.group), id: first });
      send(request.method === "POST" ? 201 : 200, show(result.group));
    }

    function patch(user: User, message: { Operations: { op: string; path: string; value?: unknown }[] }): void {
      if (has("refuses-patch")) return send(501, { status: "501" });
      for (const { op, path, value } of message.Operations) {
        if (!/^(add|replace|remove)$/.test(op)) return send(400, { detail: `op ${op}` });
        if (path === "title" && has("title-is-read-only")) return send(400, { scimType: "mutability" });
        if (path === "password") seenPasswords.push(String(value));
        if (path === "password" && has("refuses-password-reset")) return send(400, { detail: "mutability" });
        if (path === "active" && typeof value !== "boolean" && has("refuses-string-booleans")) return send(400, {});
        const selected = /^(\w+)\[/.exec(path)?.[1];
        if (selected !== undefined && user[selected] === undefined) return send(400, { scimType: "noTarget" });
        if (path === "active" && has("refuses-active")) return send(400, { scimType: "invalidPath" });
        if (path === "active" && has("ignores-active")) continue;
        if (path === "title" && has("ignores-attribute")) continue;
        if (path.startsWith("roles")) {
          const status = changeRoles(user, { op, path, value }, has);
          if (status !== undefined) return send(status, { scimType: "noTarget" });
          continue;
        }
        setPath(user, path, op === "remove" ? undefined : value);
      }
      state.writes += 1;
      if (endWritten()) return;
      if (has("patch-204")) return send(204);
      send(200, show(user));
    }
  }

  server.on("connection", (socket) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
  });
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  return Object.assign(state, {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    users,
    groups,
    lies: active,
    requests,
    tokens,
    seenPasswords,
    stop: () =>
      new Promise<void>((done) => {
        server.close(() => done());
        for (const socket of sockets) socket.destroy();
      }),
  });
}

/** Changes with every change of the account. */
function toVersion(user: User | Group): string {
  return `W/"${[...JSON.stringify(user)].reduce((sum, char) => (sum * 31 + (char.codePointAt(0) ?? 0)) % 1_000_003, 7)}"`;
}

function setPath(user: User, path: string, value: unknown): void {
  const selected = /^(\w+)\[type eq "(\w+)"\](?:\.(\w+))?$/.exec(path);
  if (selected) {
    const [, list = "", type, member] = selected;
    const entries = user[list] as Record<string, unknown>[];
    if (value === undefined) user[list] = entries.filter((entry) => entry["type"] !== type);
    else for (const entry of entries) if (entry["type"] === type && member !== undefined) entry[member] = value;
    return;
  }
  const [, parent, key = path] = /^(urn:.*:User|\w+)[:.](\w+)$/.exec(path) ?? [];
  if (parent !== undefined) user[parent] ??= {};
  const holder = parent === undefined ? user : (user[parent] as Record<string, unknown>);
  if (value === undefined) delete holder[key];
  else holder[key] = value;
}
