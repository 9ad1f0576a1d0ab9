import { Failure } from "./failure.ts";
import type { HttpClient } from "./http.ts";
import type { Words } from "./words.ts";

/** A bearer token that is renewed in time. */
export interface TokenSource {
  /** Fetched when there is none or when 80 % of its life is over. Failure kinds: denied, unavailable. */
  read(): Promise<string>;
  /** The server does not take this one any more: the next read fetches another, unless somebody has by now. */
  discard(token: string): void;
}

export interface ClientCredentials {
  /** Where tokens are given. Without it the issuer's own description is read (OpenID Connect Discovery, RFC 8414). */
  readonly tokenUrl?: string;
  readonly issuer?: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly scope?: string;
  /** How the secret is sent (RFC 6749 §2.3.1): in the form's body or in the header. */
  readonly sendSecret: "body" | "header";
  readonly http: HttpClient;
  readonly readMonotonicMs: () => number;
}

interface Held {
  readonly token: string;
  readonly renewAtMs: number;
  readonly endsAtMs: number;
}

const renewAfter = 0.8;

/** RFC 6749 §5.1: without `expires_in` nothing is known of its life; then it is kept until the server refuses it. */
const unknownLife = Number.POSITIVE_INFINITY;

/** Client credentials grant (RFC 6749 §4.4). All that want a token while one is being fetched get that one. */
export function createTokenSource(credentials: ClientCredentials): TokenSource {
  const { readMonotonicMs } = credentials;
  let held: Held | undefined;
  let fetching: Promise<string> | undefined;
  let grant: Promise<() => Promise<{ token: string; lifeMs: number }>> | undefined;

  const fetchToken = async (): Promise<string> => {
    const before = readMonotonicMs();
    try {
      grant ??= prepareGrant(credentials);
      const { token, lifeMs } = await (await grant)();
      // Counted from before the request: the server began to count before we had the answer.
      held = { token, renewAtMs: before + lifeMs * renewAfter, endsAtMs: before + lifeMs };
      return token;
    } catch (error) {
      grant = undefined;
      // There is a fifth of its life left for the token server to come back.
      if (held && readMonotonicMs() < held.endsAtMs) return held.token;
      throw toFailure(error, credentials.tokenUrl ?? credentials.issuer ?? "");
    } finally {
      fetching = undefined;
    }
  };

  return {
    read: async () => {
      if (held && readMonotonicMs() < held.renewAtMs) return held.token;
      fetching ??= fetchToken();
      return fetching;
    },
    discard(token) {
      if (held?.token === token) held = undefined;
    },
  };
}

async function prepareGrant(credentials: ClientCredentials): Promise<() => Promise<{ token: string; lifeMs: number }>> {
  const { tokenUrl, issuer, clientId, clientSecret, scope, sendSecret, http } = credentials;
  const address = tokenUrl ?? issuer ?? "";
  if (!URL.canParse(address) || (!address.startsWith("https://") && !isLoopback(address))) {
    throw new Failure("denied", words.openLine, { hint: words.checkClient });
  }
  const client = await import("openid-client");
  const send = async (url: string, options: { method: string; headers: object; body?: unknown }): Promise<Response> => {
    const answer = await http.send({
      method: options.method === "POST" ? "POST" : "GET",
      url,
      headers: { ...options.headers },
      body: options.body === undefined || options.body === null ? undefined : String(options.body),
    });
    const empty = answer.status === 204 || answer.status === 304;
    return new Response(empty ? null : answer.body, { status: answer.status, headers: answer.headers });
  };
  const sendIt = send as (...args: Parameters<typeof fetch>) => Promise<Response>;
  const authenticate = sendSecret === "body" ? client.ClientSecretPost(clientSecret) : client.ClientSecretBasic(clientSecret);
  const insecure = isLoopback(address) ? [client.allowInsecureRequests] : [];
  let configuration: Awaited<ReturnType<typeof client.discovery>>;
  if (tokenUrl === undefined) {
    const options = { execute: insecure, [client.customFetch]: sendIt };
    configuration = await client.discovery(new URL(issuer ?? ""), clientId, undefined, authenticate, options);
  } else {
    const server = { issuer: new URL(tokenUrl).origin, token_endpoint: tokenUrl };
    configuration = new client.Configuration(server, clientId, undefined, authenticate);
    configuration[client.customFetch] = sendIt;
    for (const allow of insecure) allow(configuration);
  }
  return async () => {
    const answer = await client.clientCredentialsGrant(configuration, scope === undefined ? {} : { scope });
    return {
      token: answer.access_token,
      lifeMs: answer.expires_in === undefined ? unknownLife : answer.expires_in * 1000,
    };
  };
}

/** A client secret is sent over an open line only to this machine itself. */
function isLoopback(url: string): boolean {
  return /^http:\/\/(localhost|127\.\d+\.\d+\.\d+|\[::1\])([:/]|$)/.test(url);
}

/** The package's own errors quote answers of the server: only the code of RFC 6749 §5.2 is told, and only that is a no. */
function toFailure(error: unknown, url: string): Failure {
  for (let cause = error; cause instanceof Error; cause = cause.cause) if (cause instanceof Failure) return cause;
  const { error: inBody, cause, ...shown } = error as { error?: unknown; status?: unknown; cause?: unknown };
  // An answer without any word of RFC 6749 comes as the cause.
  const status = shown.status ?? (cause instanceof Response ? cause.status : undefined);
  // A server that was asked by header answers by header (RFC 6750 §3).
  const inHeader = Array.isArray(cause) ? (cause[0] as { parameters?: { error?: unknown } }).parameters?.error : undefined;
  const code = String(inBody ?? inHeader ?? "");
  const host = URL.canParse(url) ? new URL(url).host : url;
  const kind = code !== "" || status === 400 || status === 401 || status === 403 ? "denied" : "unavailable";
  return new Failure(kind, words.noToken(host, /^[a-z_]{1,40}$/.test(code) ? code : ""), { hint: words.checkClient });
}

const words = {
  noToken: (host: string, code: string): Words => ({
    vi: `${host} không cấp mã truy cập${code ? ` (${code})` : ""}`,
    en: `${host} gives no access token${code ? ` (${code})` : ""}`,
  }),
  openLine: {
    vi: "địa chỉ cấp mã truy cập phải là https: khóa của ứng dụng không đi qua đường không mã hóa",
    en: "the address that gives access tokens must be https: the client's secret is not sent over an open line",
  },
  checkClient: {
    vi: "kiểm tra địa chỉ cấp mã (tokenUrl, issuer), clientId và clientSecret của hệ thống này",
    en: "check this system's token address (tokenUrl, issuer), clientId and clientSecret",
  },
};
