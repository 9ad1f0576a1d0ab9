import type { Clock } from "../../platform/clock.ts";
import { Failure } from "../../platform/failure.ts";
import type { HttpAnswer, HttpClient, HttpRequest } from "../../platform/http.ts";
import type { Pace } from "../pace.ts";
import { assertLetIn, readJsonObject, readRetryAfterMs } from "./scim-answer.ts";
import type { TokenSource } from "./token.ts";

export interface LineRequest {
  readonly method: HttpRequest["method"];
  /** Below the base. */
  readonly path: string;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
}

/** The way to one service: its token, its pace, its patience. No request goes to any other host. */
export interface ScimLine {
  readonly base: string;
  /** Sent once. Failure kinds: unavailable (no answer: it may have been carried out), denied (401 twice, redirect, sign-in page). */
  send(request: LineRequest): Promise<HttpAnswer>;
  /** A read: repeated after a broken line, 5xx, and when asked to wait. */
  read(path: string, signal?: AbortSignal): Promise<HttpAnswer>;
}

export interface LineOptions {
  readonly system: string;
  readonly url: string;
  readonly token: TokenSource;
  readonly http: HttpClient;
  readonly pace: Pace;
  readonly clock: Clock;
}

const mostTries = 4;

/** A system that asks to wait says that it took nothing and will take it later; several askings at once may be unlucky in turn. */
export const mostTriesOfWaiting = 8;

/** A system that does not answer takes the whole deadline each time. */
const mostTriesOfSilence = 2;

export function createScimLine({ system, url, token, http, pace, clock }: LineOptions): ScimLine {
  const base = url.replace(/\/+$/, "");

  const sendWith = (bearer: string, { method, path, body, headers, signal }: LineRequest): Promise<HttpAnswer> =>
    pace.run(async () => {
      const text = body === undefined ? undefined : JSON.stringify(body);
      const value = await http.send({
        method,
        url: `${base}${path}`,
        headers: {
          authorization: `Bearer ${bearer}`,
          accept: "application/scim+json, application/json",
          ...(text === undefined ? {} : { "content-type": "application/scim+json; charset=utf-8" }),
          ...headers,
        },
        body: text,
        signal,
      });
      const held = value.status === 429 || value.status === 503;
      return { value, strained: held, holdMs: held ? readRetryAfterMs(value, clock.now()) : 0 };
    });

  let demandsVersions = false;
  /** Some take no write that does not say which version it means (RFC 6585 §3): then the one that is there now, as a write without it would. */
  const sendVersioned = async (bearer: string, request: LineRequest): Promise<HttpAnswer> => {
    const isChange = request.method !== "GET" && request.method !== "POST" && request.headers?.["if-match"] === undefined;
    const answer = isChange && demandsVersions ? undefined : await sendWith(bearer, request);
    if (answer && (!isChange || answer.status !== 428)) return answer;
    demandsVersions = true;
    const shown = await sendWith(bearer, { method: "GET", path: request.path, signal: request.signal });
    const version = shown.headers["etag"] ?? (readJsonObject(shown)?.["meta"] as { version?: unknown } | undefined)?.version;
    if (typeof version !== "string") return answer ?? (await sendWith(bearer, request));
    return sendWith(bearer, { ...request, headers: { ...request.headers, "if-match": version } });
  };

  const send: ScimLine["send"] = async (request) => {
    const bearer = await token.read();
    let answer = await sendVersioned(bearer, request);
    // 401 says that nothing was done, so a write may be sent again; once, with another token.
    const renewed = answer.status === 401 ? await token.renew(bearer) : undefined;
    if (renewed !== undefined) answer = await sendVersioned(renewed, request);
    assertLetIn(system, answer, request.method === "GET");
    return answer;
  };

  return {
    base,
    send,
    async read(path, signal) {
      for (let tries = 1; ; tries++) {
        try {
          const answer = await send({ method: "GET", path, signal });
          if ((answer.status < 500 && answer.status !== 429) || answer.status === 501) return answer;
          if (tries >= (answer.status === 429 ? mostTriesOfWaiting : mostTries)) return answer;
        } catch (error) {
          if (!(error instanceof Failure) || error.kind !== "unavailable" || tries === mostTriesOfSilence) throw error;
        }
      }
    },
  };
}
