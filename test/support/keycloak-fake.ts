import { randomUUID } from "node:crypto";
import { serve } from "./serve.ts";

export type KeycloakUser = Record<string, unknown> & { id: string; username: string };

/** A realm role or a group of the top level, and who holds it. */
export interface KeycloakRole {
  readonly id: string;
  readonly name: string;
  readonly holders: Set<string>;
}

export interface KeycloakFake {
  readonly url: string;
  readonly roles: KeycloakRole[];
  readonly groups: KeycloakRole[];
  /** Writes are carried out and then not answered. */
  losesAnswers: boolean;
  readonly users: Map<string, KeycloakUser>;
  readonly passwords: Map<string, { readonly value: string; readonly temporary: boolean }>;
  readonly requests: { readonly method: string; readonly url: string; readonly authorization: string; readonly letIn: boolean }[];
  readonly counts: { tokens: number };
  /** Mails with a link that went out: to whom, for what, for how many seconds. */
  readonly mails: { readonly id: string; readonly actions: unknown; readonly lifespan: string | null }[];
  /** Ids whose sessions were ended. */
  readonly loggedOut: string[];
  /** The realm's mail server does not answer. */
  mailIsDown: boolean;
  refusesLogout: boolean;
  /** Requests that a token is good for. */
  tokenUses: number;
  /** Whether somebody else's token is good; without it only the fake's own are. */
  isTokenGood: ((token: string) => Promise<boolean>) | undefined;
  /** Waited for before an account is made. */
  onCreate: (() => Promise<void>) | undefined;
  stop(): Promise<void>;
}

export const keycloakSecret = "keycloak-canary+/4711";

/**
 * As Keycloak's issues tell of it: 201 with Location and no body, 409 for another user's name or e-mail, PUT replaces the attributes that it is sent and
 * the credentials stay, names in lower case, an attribute is a list.
 */
export async function startKeycloak(): Promise<KeycloakFake> {
  const users = new Map<string, KeycloakUser>();
  const passwords: KeycloakFake["passwords"] = new Map();
  const requests: KeycloakFake["requests"] = [];
  const tokens = new Map<string, number>();
  const counts = { tokens: 0 };
  const mails: KeycloakFake["mails"] = [];
  const loggedOut: string[] = [];
  const roles: KeycloakRole[] = [];
  const groups: KeycloakRole[] = [];
  const fake = {
    mailIsDown: false,
    refusesLogout: false,
    losesAnswers: false,
    tokenUses: Number.POSITIVE_INFINITY,
    isTokenGood: undefined as ((token: string) => Promise<boolean>) | undefined,
    onCreate: undefined as (() => Promise<void>) | undefined,
  };

  const { url, stop } = await serve(async (request, response, body) => {
    const { method = "", headers } = request;
    const target = new URL(request.url ?? "/", url);
    const authorization = headers.authorization ?? "";
    const answer = (status: number, value?: unknown, more: Record<string, string> = {}): void => {
      if (fake.losesAnswers && method !== "GET" && status < 300 && target.pathname.startsWith("/admin"))
        return void request.socket.destroy();
      response.writeHead(status, { ...(value === undefined ? {} : { "content-type": "application/json" }), ...more });
      response.end(value === undefined ? undefined : JSON.stringify(value));
    };
    if (target.pathname === "/realms/phuong/protocol/openid-connect/token") {
      const form = new URLSearchParams(body);
      const known = form.get("client_id") === "wardctl" && form.get("client_secret") === keycloakSecret;
      if (!known || form.get("grant_type") !== "client_credentials") return answer(401, { error: "invalid_client" });
      const token = randomUUID();
      tokens.set(token, fake.tokenUses);
      counts.tokens += 1;
      return answer(200, { access_token: token, token_type: "Bearer", expires_in: 60 });
    }
    const token = authorization.replace(/^Bearer /, "");
    const left = fake.isTokenGood ? Number(await fake.isTokenGood(token)) : (tokens.get(token) ?? 0);
    requests.push({ method, url: request.url ?? "", authorization, letIn: left > 0 });
    if (left <= 0) return answer(401, { error: "HTTP 401 Unauthorized" });
    tokens.set(token, left - 1);
    const [collection, ...rest] = target.pathname.replace("/admin/realms/phuong/", "").split("/").map(decodeURIComponent);
    if (collection === "roles" || collection === "groups") {
      return changeCatalogue(collection === "roles" ? roles : groups, rest, collection);
    }
    const [first = "", last] = target.pathname
      .replace("/admin/realms/phuong/users", "")
      .split("/")
      .slice(1)
      .map(decodeURIComponent);
    if (method === "GET" && first === "count") return answer(200, users.size);
    if (method === "GET" && first === "") return list(target.searchParams);
    if (method === "POST" && first === "") await fake.onCreate?.();
    if (method === "POST" && first === "") return create(JSON.parse(body) as Record<string, unknown>);
    const user = users.get(first);
    if (!user) return answer(404, { error: "User not found" });
    if (method === "GET" && last === undefined) return answer(200, user);
    if (last === "role-mappings" || last === "groups") return changeHeld(user.id, last, rest[2]);
    if (last === "execute-actions-email") {
      if (!user["email"]) return answer(400, { errorMessage: "User email missing" });
      if (fake.mailIsDown) return answer(500, { errorMessage: "Failed to send execute actions email" });
      mails.push({ id: first, actions: JSON.parse(body), lifespan: target.searchParams.get("lifespan") });
      return answer(204);
    }
    if (last === "logout") {
      if (fake.refusesLogout) return answer(403, { errorMessage: "no" });
      loggedOut.push(first);
      return answer(204);
    }
    if (last === "reset-password") {
      const { value, temporary } = JSON.parse(body) as { value: string; temporary: boolean };
      passwords.set(first, { value, temporary });
      return answer(204);
    }
    users.set(first, { ...(JSON.parse(body) as KeycloakUser), id: first, username: user.username });
    answer(204);

    function sendPage(items: readonly unknown[]): void {
      const start = Number(target.searchParams.get("first") ?? 0);
      answer(200, items.slice(start, start + Number(target.searchParams.get("max") ?? 100)));
    }

    /** /roles, /roles/NAME/users, /groups, /groups/ID/members. */
    function changeCatalogue(catalogue: KeycloakRole[], [key, what]: readonly string[], name: "roles" | "groups"): void {
      const show = ({ id, name: shown }: KeycloakRole): object => ({ id, name: shown });
      if (key === undefined && method === "GET") return sendPage(catalogue.map(show));
      if (key === undefined && method === "POST" && name === "groups") {
        const { name: wanted } = JSON.parse(body) as { name: string };
        if (catalogue.some((one) => one.name === wanted)) return answer(409, { errorMessage: "Top level group exists" });
        const made = { id: randomUUID(), name: wanted, holders: new Set<string>() };
        catalogue.push(made);
        return answer(201, undefined, { location: `${url}/admin/realms/phuong/groups/${made.id}` });
      }
      const one = catalogue.find((role) => (name === "roles" ? role.name : role.id) === key);
      if (!one || what !== (name === "roles" ? "users" : "members")) return answer(404, { error: "Could not find it" });
      sendPage([...one.holders].flatMap((id) => users.get(id) ?? []));
    }

    /** A user's own: role-mappings by a body that names them, groups by address. */
    function changeHeld(id: string, what: "role-mappings" | "groups", groupId: string | undefined): void {
      const catalogue = what === "groups" ? groups : roles;
      if (method === "GET") {
        return answer(
          200,
          catalogue.filter(({ holders }) => holders.has(id)).map((one) => ({ id: one.id, name: one.name })),
        );
      }
      const named =
        what === "groups" ? [{ id: groupId as string }] : (JSON.parse(body) as { readonly id: string; readonly name: string }[]);
      const found = named.map((one) => catalogue.find((role) => role.id === one.id));
      if (found.some((role) => role === undefined)) return answer(404, { error: "Role not found" });
      for (const role of found) {
        if (method === "DELETE") role?.holders.delete(id);
        else role?.holders.add(id);
      }
      answer(204);
    }

    function list(query: URLSearchParams): void {
      const name = query.get("username");
      const found = [...users.values()].filter((other) => name === null || other.username === name.toLowerCase());
      const start = Number(query.get("first") ?? 0);
      answer(200, found.slice(start, start + Number(query.get("max") ?? 100)));
    }

    function create({ credentials, ...sent }: Record<string, unknown>): void {
      const username = String(sent["username"]).toLowerCase();
      const same = (key: string, value: unknown): boolean =>
        value !== undefined && [...users.values()].some((other) => other[key] === value);
      if (same("username", username)) return answer(409, { errorMessage: "User exists with same username" });
      if (same("email", sent["email"])) return answer(409, { errorMessage: "User exists with same email" });
      const id = randomUUID();
      users.set(id, { ...sent, id, username, createdTimestamp: 1751515200000 });
      const [given] = (credentials ?? []) as { value: string; temporary: boolean }[];
      if (given) passwords.set(id, given);
      response.writeHead(201, { location: `${url}/admin/realms/phuong/users/${id}` }).end();
    }
  });
  return Object.assign(fake, { url, users, roles, groups, passwords, requests, counts, mails, loggedOut, stop });
}
