import { randomUUID } from "node:crypto";
import { serve } from "./serve.ts";

export type KeycloakUser = Record<string, unknown> & { id: string; username: string };

export interface KeycloakFake {
  readonly url: string;
  readonly users: Map<string, KeycloakUser>;
  readonly passwords: Map<string, { readonly value: string; readonly temporary: boolean }>;
  readonly requests: { readonly method: string; readonly url: string; readonly authorization: string; readonly letIn: boolean }[];
  readonly counts: { tokens: number };
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
  const fake = {
    tokenUses: Number.POSITIVE_INFINITY,
    isTokenGood: undefined as ((token: string) => Promise<boolean>) | undefined,
    onCreate: undefined as (() => Promise<void>) | undefined,
  };

  const { url, stop } = await serve(async (request, response, body) => {
    const { method = "", headers } = request;
    const target = new URL(request.url ?? "/", url);
    const authorization = headers.authorization ?? "";
    const answer = (status: number, value?: unknown, more: Record<string, string> = {}): void => {
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
    const [first = "", last] = target.pathname
      .replace("/admin/realms/phuong/users", "")
      .split("/")
      .slice(1)
      .map(decodeURIComponent);
    if (method === "GET" && first === "count") return answer(200, users.size);
    if (method === "GET" && first === "") return list(target.searchParams);
    if (method === "POST") await fake.onCreate?.();
    if (method === "POST") return create(JSON.parse(body) as Record<string, unknown>);
    const user = users.get(first);
    if (!user) return answer(404, { error: "User not found" });
    if (method === "GET") return answer(200, user);
    if (last === "reset-password") {
      const { value, temporary } = JSON.parse(body) as { value: string; temporary: boolean };
      passwords.set(first, { value, temporary });
      return answer(204);
    }
    users.set(first, { ...(JSON.parse(body) as KeycloakUser), id: first, username: user.username });
    answer(204);

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
  return Object.assign(fake, { url, users, passwords, requests, counts, stop });
}
