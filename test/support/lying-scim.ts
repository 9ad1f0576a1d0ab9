import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo, Socket } from "node:net";

/** What real servers were seen doing (provision.md §13.1, §14, §15). */
export type Lie =
  | "ignores-start-index"
  | "caps-at-50"
  | "repeats-a-page"
  | "empty-page-before-total"
  | "total-changes"
  | "ignores-filter"
  | "refuses-filter"
  | "conflict-on-create"
  | "500-after-executing"
  | "reset-after-executing"
  | "no-id-no-location"
  | "only-location"
  | "patch-204"
  | "throttles"
  | "truncated-json"
  | "login-page"
  | "redirects"
  | "denies"
  | "ignores-attribute"
  | "400-on-duplicate"
  | "accepts-duplicates"
  | "echoes-password"
  | "refuses-password-reset";

interface User extends Record<string, unknown> {
  id: string;
  userName: string;
}

export interface LyingServer {
  readonly url: string;
  readonly users: Map<string, User>;
  readonly lies: Set<Lie>;
  /** Method and path of every request, with the token's presence. */
  readonly requests: { readonly method: string; readonly url: string; readonly atMs: number }[];
  /** Every password that any request carried. */
  readonly seenPasswords: readonly string[];
  /** Called with each create before it is carried out; `drop` breaks the line instead. */
  onCreate: () => "drop" | undefined;
  /** Writes carried out. */
  writes: number;
  stop(): Promise<void>;
}

/** A small SCIM server that keeps the truth in `users` and lies on demand. Unique user names. */
export async function startLyingScim(...lies: readonly Lie[]): Promise<LyingServer> {
  const users = new Map<string, User>();
  const active = new Set<Lie>(lies);
  const requests: LyingServer["requests"] = [];
  const seenPasswords: string[] = [];
  let count = 0;
  let reads = 0;
  let throttled = 0;
  const sockets = new Set<Socket>();
  const server = createServer((request, response) => void answer(request, response));
  const state = { writes: 0, onCreate: (): "drop" | undefined => undefined };

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? "/", "http://x");
    requests.push({ method: request.method ?? "", url: request.url ?? "", atMs: performance.now() });
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = chunks.length > 0 ? JSON.parse(Buffer.concat(chunks).toString("utf8")) : undefined;
    const send = (status: number, value?: unknown, headers: Record<string, string> = {}): void => {
      response.writeHead(status, { "content-type": "application/scim+json", ...headers });
      response.end(value === undefined ? undefined : JSON.stringify(value));
    };
    if (active.has("denies") || request.headers.authorization !== "Bearer secret-canary") return send(401, { status: "401" });
    if (active.has("login-page")) {
      response.writeHead(200, { "content-type": "text/html; charset=utf-8" }).end("<html><form action=login></form></html>");
      return;
    }
    if (active.has("redirects")) return send(302, undefined, { location: "http://elsewhere.example/Users" });
    if (active.has("throttles") && throttled++ % 3 === 0) return send(429, { status: "429" }, { "retry-after": "0" });
    const id = decodeURIComponent(url.pathname.replace(/^\/Users\/?/, ""));
    if (request.method === "GET") return id ? sendOne(id) : sendPage(url.searchParams);
    if (request.method === "POST") return create(body);
    return patch(id, body);

    function sendOne(wanted: string): void {
      const user = users.get(wanted);
      if (user) send(200, user);
      else send(404, { status: "404" });
    }

    function sendPage(query: URLSearchParams) {
      reads += 1;
      const filter = /^(\w+) eq (".*")$/.exec(query.get("filter") ?? "");
      if (filter && active.has("refuses-filter")) return send(400, { scimType: "invalidFilter" });
      const matches = [...users.values()].filter(
        (user) =>
          !filter || active.has("ignores-filter") || String(user[filter[1] as string]) === JSON.parse(filter[2] as string),
      );
      const startIndex = active.has("ignores-start-index") ? 1 : Number(query.get("startIndex") ?? 1);
      const asked = Number(query.get("count") ?? 100);
      const size = active.has("caps-at-50") ? Math.min(50, asked) : asked;
      const start = active.has("repeats-a-page") && startIndex > 1 ? startIndex - 2 : startIndex - 1;
      const page = active.has("empty-page-before-total") && startIndex > 1 ? [] : matches.slice(start, start + size);
      const total = active.has("total-changes") ? matches.length + reads : matches.length;
      const value = { totalResults: total, startIndex, itemsPerPage: page.length, Resources: page };
      if (!active.has("truncated-json")) return send(200, value);
      response.writeHead(200, { "content-type": "application/scim+json" }).end(JSON.stringify(value).slice(0, -20));
    }

    function create(user: Omit<User, "id">) {
      if (typeof user["password"] === "string") seenPasswords.push(user["password"]);
      if (state.onCreate() === "drop") return void request.socket.destroy();
      // Longer than what is kept of a refusal, so that it is cut in the middle of the second one.
      if (active.has("echoes-password"))
        return send(400, { detail: `'${user["password"]}' is too weak. ${".".repeat(156)} '${user["password"]}'` });
      const taken = [...users.values()].some((other) => other.userName.toLowerCase() === String(user.userName).toLowerCase());
      if ((taken && !active.has("accepts-duplicates")) || active.has("conflict-on-create"))
        return send(active.has("400-on-duplicate") ? 400 : 409, { detail: "taken" });
      const made = { ...user, id: `u${++count}` } as User;
      if (active.has("ignores-attribute")) delete made["title"];
      users.set(made.id, made);
      state.writes += 1;
      if (active.has("500-after-executing")) return send(500, { detail: "oops" });
      if (active.has("reset-after-executing")) return void request.socket.destroy();
      if (active.has("no-id-no-location")) return send(201);
      if (active.has("only-location")) return send(201, undefined, { location: `/Users/${made.id}` });
      send(201, made);
    }

    function patch(wanted: string, message: { Operations: { op: string; path: string; value?: unknown }[] }) {
      const user = users.get(wanted);
      if (!user) return send(404, { status: "404" });
      for (const { op, path, value } of message.Operations) {
        if (!/^(add|replace|remove)$/.test(op)) return send(400, { detail: `op ${op}` });
        if (path === "password") seenPasswords.push(String(value));
        if (path === "password" && active.has("refuses-password-reset")) return send(400, { detail: "mutability" });
        setPath(user, path, op === "remove" ? undefined : value);
      }
      state.writes += 1;
      if (active.has("500-after-executing")) return send(500, { detail: "oops" });
      if (active.has("reset-after-executing")) return void request.socket.destroy();
      if (active.has("patch-204")) return send(204);
      send(200, user);
    }
  }

  server.on("connection", (socket) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
  });
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    users,
    lies: active,
    requests,
    seenPasswords,
    set onCreate(call: () => "drop" | undefined) {
      state.onCreate = call;
    },
    get onCreate() {
      return state.onCreate;
    },
    get writes() {
      return state.writes;
    },
    stop: () =>
      new Promise((done) => {
        server.close(() => done());
        for (const socket of sockets) socket.destroy();
      }),
  };
}

function setPath(user: User, path: string, value: unknown): void {
  const [, parent, key = path] = /^(urn:.*:User|\w+)[:.](\w+)$/.exec(path) ?? [];
  if (parent !== undefined) user[parent] ??= {};
  const holder = parent === undefined ? user : (user[parent] as Record<string, unknown>);
  if (value === undefined) delete holder[key];
  else holder[key] = value;
}
