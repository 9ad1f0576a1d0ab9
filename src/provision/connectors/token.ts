import type { Clock, Instant } from "../../platform/clock.ts";
import { Failure } from "../../platform/failure.ts";
import type { HttpClient } from "../../platform/http.ts";
import { provisionFaults as words } from "../words.ts";

/** The bearer token of one system. Its value is in no message. */
export interface TokenSource {
  read(): Promise<string>;
  /** Another token than the one that was refused; undefined when there is none to be had. Failure kinds: denied, unavailable. */
  renew(refused: string): Promise<string | undefined>;
}

/** A token kept outside, read again when it is refused: a file may hold a newer one by now. */
export function createKeptToken(readSecret: () => Promise<string>): TokenSource {
  let kept: Promise<string> | undefined;
  return {
    read() {
      kept ??= readSecret();
      return kept;
    },
    async renew(refused) {
      const held = kept;
      if (held !== undefined && (await held) !== refused) return held;
      kept = readSecret();
      const next = await kept;
      return next === refused ? undefined : next;
    },
  };
}

export interface ClientCredentials {
  readonly system: string;
  /** The token endpoint. */
  readonly url: string;
  readonly clientId: string;
  readonly scope: string | undefined;
  readonly http: HttpClient;
  readonly clock: Clock;
  readClientSecret(): Promise<string>;
}

interface Grant {
  readonly token: string;
  readonly freshUntil: Instant;
}

/** A token that says nothing of its life is taken to live this long. */
const defaultLifeSeconds = 300;

/** Client credentials (RFC 6749 §4.4), fetched anew at 80 % of the token's life; many who wait share one request. */
export function createClientToken({
  system,
  url,
  clientId,
  scope,
  http,
  clock,
  readClientSecret,
}: ClientCredentials): TokenSource {
  let granted: Grant | undefined;
  let asking: Promise<Grant> | undefined;
  const fetchGrant = async (): Promise<Grant> => {
    const secret = await readClientSecret();
    const form = new URLSearchParams({ grant_type: "client_credentials", ...(scope === undefined ? {} : { scope }) });
    const credentials = `${encodeURIComponent(clientId)}:${encodeURIComponent(secret)}`;
    const asked = clock.now();
    const { status, body } = await http.send({
      method: "POST",
      url,
      headers: {
        authorization: `Basic ${Buffer.from(credentials).toString("base64")}`,
        accept: "application/json",
        "content-type": "application/x-www-form-urlencoded",
      },
      body: form.toString(),
    });
    if (status >= 500 || status === 429) throw new Failure("unavailable", words.noToken(system, status));
    const { token, seconds } = readTokenAnswer(body);
    if (status !== 200 || token === undefined) throw new Failure("denied", words.noToken(system, status));
    return { token, freshUntil: asked + seconds * 800 };
  };
  const grant = async (): Promise<string> => {
    asking ??= fetchGrant().finally(() => {
      asking = undefined;
    });
    granted = await asking;
    return granted.token;
  };
  return {
    read: async () => (granted && clock.now() < granted.freshUntil ? granted.token : grant()),
    renew: async (refused) => (granted && granted.token !== refused ? granted.token : grant()),
  };
}

function readTokenAnswer(body: string): { readonly token: string | undefined; readonly seconds: number } {
  try {
    const { access_token: token, expires_in: seconds } = JSON.parse(body) as Record<string, unknown>;
    return {
      token: typeof token === "string" && token !== "" ? token : undefined,
      seconds: typeof seconds === "number" && seconds > 0 ? seconds : defaultLifeSeconds,
    };
  } catch {
    return { token: undefined, seconds: 0 };
  }
}
