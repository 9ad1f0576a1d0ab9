import type { IncomingMessage, ServerResponse } from "node:http";
import { toIso, vietnamZone } from "../platform/time.ts";
import { type CityCore, type CityService, type RequestPlace, readBody, sendJson } from "./city.ts";

/** The account that probes sign in with, the same in every system. */
export const probeAccount = { user: "wardctl-probe", password: "city-probe-password" } as const;

interface CityMessage {
  readonly id: string;
  readonly key: string;
  readonly unit: string;
  status: "sent" | "received";
}

const tokenLifeSeconds = 900;
const syncAgoMs = 7 * 60_000;
const oldSyncAgoMs = 30 * 3_600_000;

/**
 * What the city's systems do beyond showing a page: `POST /login` (JSON), `/login-form` and `/oauth/token` give tokens that `GET /me` takes; documents go from
 * the centre to a ward's inbox, are received and recalled below `/flow`; `GET /queue` and `POST /payments/quote` are the services at the counter;
 * `GET /sync` tells when data last came. Faults: `sign-in-down`, `sign-in-rejects`, `canary-lost`, `recall-fails`, `queue-down`, `fees-fail`, `sync-old`.
 */
export function createDutyService(core: CityCore): CityService & { readonly messages: ReadonlyMap<string, CityMessage> } {
  const { faults, clock } = core;
  const tokens = new Set<string>();
  const messages = new Map<string, CityMessage>();
  let count = 0;

  const findToken = ({ headers }: IncomingMessage): string | undefined =>
    /^Bearer (\S+)$/.exec(headers.authorization ?? "")?.[1] ?? /(?:^|; )CITYSESSION=([^;]+)/.exec(headers.cookie ?? "")?.[1];

  const signIn = async (request: IncomingMessage, response: ServerResponse, { system, path }: RequestPlace): Promise<true> => {
    if (faults.has("sign-in-down", system)) return sendJson(response, 503, { error: "bảo trì" });
    const given = readCredentials(path, await readBody(request), request.headers.authorization);
    const good = given?.user === probeAccount.user && given.password === probeAccount.password;
    if (!good || faults.has("sign-in-rejects", system)) {
      const oauth = path === "/oauth/token";
      return sendJson(response, oauth ? 400 : 401, { error: oauth ? "invalid_client" : "sai tên hoặc mật khẩu" });
    }
    const token = `${system}-session-${++count}-${core.seed}`;
    tokens.add(token);
    if (path === "/login-form") {
      response.writeHead(302, { location: "/", "set-cookie": `CITYSESSION=${token}; Path=/; Secure; HttpOnly` }).end();
      return true;
    }
    const names = path === "/login" ? ["token", "expiresIn"] : ["access_token", "expires_in"];
    return sendJson(response, 200, { [names[0] as string]: token, [names[1] as string]: tokenLifeSeconds, token_type: "Bearer" });
  };

  const carry = async (request: IncomingMessage, response: ServerResponse, { path }: RequestPlace): Promise<true> => {
    const { method } = request;
    const [, place, id = "", verb = ""] = /^\/flow\/(sent|inbox)(?:\/([^/]+))?(?:\/(receipt))?$/.exec(path) ?? [];
    const message = [...messages.values()].find((one) => one.id === id || one.key === id);
    if (place === "sent" && method === "POST") {
      const { key, unit } = (JSON.parse(await readBody(request)) ?? {}) as { readonly key?: string; readonly unit?: string };
      if (!key || !core.units.some(({ code }) => code === unit)) return sendJson(response, 422, { error: "no such unit" });
      const sent = messages.get(key) ?? { id: `vb${++count}`, key, unit: unit as string, status: "sent" as const };
      messages.set(key, sent);
      return sendJson(response, 201, sent);
    }
    const lost = message !== undefined && place === "inbox" && faults.has("canary-lost", message.unit);
    if (!message || lost) return sendJson(response, 404, { error: "not found" });
    if (verb === "receipt" && method === "POST") message.status = "received";
    if (method !== "DELETE") return sendJson(response, 200, message);
    if (faults.has("recall-fails", message.unit)) return sendJson(response, 409, { error: "không thu hồi được" });
    messages.delete(message.key);
    response.writeHead(204).end();
    return true;
  };

  return {
    messages,
    async handle(request, response, place) {
      const { system, unit, path } = place;
      const { method } = request;
      if (method === "POST" && (path === "/login" || path === "/login-form" || path === "/oauth/token")) {
        return signIn(request, response, place);
      }
      const known =
        path === "/me" || path === "/queue" || path === "/payments/quote" || path === "/sync" || path.startsWith("/flow/");
      if (!known) return false;
      if (path === "/me" && faults.has("sign-in-down", system)) return sendJson(response, 503, { error: "bảo trì" });
      const token = findToken(request);
      // An account that is shut loses what it held.
      if (token !== undefined && faults.has("sign-in-rejects", system)) tokens.delete(token);
      if (token === undefined || !tokens.has(token)) return sendJson(response, 401, { error: "cần đăng nhập" });
      const scopes = [system, ...(unit ? [unit] : [])];
      if (path === "/me") return sendJson(response, 200, { user: probeAccount.user });
      if (path === "/queue") return sendJson(response, 200, { open: !faults.has("queue-down", ...scopes) });
      if (path === "/payments/quote") {
        return sendJson(response, faults.has("fees-fail", ...scopes) ? 503 : 200, {
          amount: 0,
          ok: !faults.has("fees-fail", ...scopes),
        });
      }
      if (path === "/sync") {
        const agoMs = faults.has("sync-old", system) ? oldSyncAgoMs : syncAgoMs;
        return sendJson(response, 200, { lastSync: toIso(clock.now() - agoMs, vietnamZone) });
      }
      return carry(request, response, place);
    },
  };
}

function readCredentials(
  path: string,
  body: string,
  authorization: string | undefined,
): { readonly user: string | null; readonly password: string | null } | undefined {
  if (path === "/oauth/token") {
    const [user = "", password = ""] = Buffer.from(authorization?.replace(/^Basic /, "") ?? "", "base64")
      .toString()
      .split(":");
    const grant = new URLSearchParams(body).get("grant_type");
    return grant === "client_credentials"
      ? { user: decodeURIComponent(user), password: decodeURIComponent(password) }
      : undefined;
  }
  if (path === "/login-form") {
    const form = new URLSearchParams(body);
    return { user: form.get("username"), password: form.get("password") };
  }
  try {
    const { username, password } = JSON.parse(body) as { readonly username?: string; readonly password?: string };
    return { user: username ?? null, password: password ?? null };
  } catch {
    return undefined;
  }
}
