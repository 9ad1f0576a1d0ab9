import { Failure } from "../../../platform/failure.ts";
import type { HttpAnswer, HttpClient, HttpRequest } from "../../../platform/http.ts";
import { createTokenSource } from "../../../platform/oauth2.ts";
import { fillJson, fillPath, fillText, type PlaceholderValues } from "../../../platform/placeholders.ts";
import { isPage, listSecrets, passesAny, type ReadAnswer, readWords, toReadAnswer } from "./answers.ts";
import { restWords as words } from "./rest-words.ts";
import type { RestDefinition } from "./settings.ts";

type Headers = Readonly<Record<string, string>>;

/** Being signed in. */
export interface Session {
  /** What a request carries, after signing in where that is needed. `pass` tells one sign-in from the next. Failure kinds: denied, unavailable. */
  open(): Promise<{ readonly headers: Headers; readonly pass: unknown }>;
  /** The system does not know us any more. */
  isOver(answer: ReadAnswer): boolean;
  /** The next `open` signs in anew, unless somebody has since this pass. */
  discard(pass: unknown): void;
  /** Sessions that are prolonged by each answer. */
  learn(answer: HttpAnswer): void;
}

export interface SessionOptions {
  readonly system: string;
  readonly base: string;
  readonly auth: RestDefinition["auth"];
  /** Where an answer has the system's own words. */
  readonly message?: string;
  /** Secrets and variables. */
  readonly values: PlaceholderValues;
  readonly http: HttpClient;
  readonly readMonotonicMs: () => number;
}

export function createSession(options: SessionOptions): Session {
  const { auth, values, http, readMonotonicMs } = options;
  const fill = (template: string): string => fillText(template, values);
  switch (auth.kind) {
    case "none":
      return toFixed({});
    case "bearer":
      return toFixed({ authorization: `Bearer ${fill(auth.token)}` });
    case "basic":
      // RFC 7617 §2.1: UTF-8, which is what servers of today expect.
      return toFixed({ authorization: `Basic ${Buffer.from(`${fill(auth.user)}:${fill(auth.password)}`).toString("base64")}` });
    case "oauth2":
      return createTokenSession(
        createTokenSource({
          tokenUrl: auth.tokenUrl === undefined ? undefined : toAbsolute(options, auth.tokenUrl),
          issuer: auth.issuer === undefined ? undefined : toAbsolute(options, auth.issuer),
          clientId: fill(auth.clientId),
          clientSecret: fill(auth.clientSecret),
          scope: auth.scope === undefined ? undefined : fill(auth.scope),
          sendSecret: auth.sendSecret,
          http,
          readMonotonicMs,
        }),
      );
    case "cookie":
      return createCookieSession(options, auth);
  }
}

/** An address below the system's base, or a whole one of its own. */
function toAbsolute({ base, values }: SessionOptions, template: string): string {
  return template.startsWith("/") ? base + fillPath(template, values) : fillText(template, values);
}

function toFixed(headers: Headers): Session {
  return {
    open: async () => ({ headers, pass: undefined }),
    isOver: () => false,
    discard: () => undefined,
    learn: () => undefined,
  };
}

function createTokenSession(source: ReturnType<typeof createTokenSource>): Session {
  return {
    async open() {
      const token = await source.read();
      return { headers: { authorization: `Bearer ${token}` }, pass: token };
    },
    isOver: ({ status }) => status === 401,
    discard: (pass) => source.discard(String(pass)),
    learn: () => undefined,
  };
}

type CookieAuth = Extract<RestDefinition["auth"], { kind: "cookie" }>;

function createCookieSession(
  { system, base, message, values, http }: SessionOptions,
  { login, expiredWhen }: CookieAuth,
): Session {
  let jar: ReadonlyMap<string, string> | undefined;
  let generation = 0;
  let signingIn: Promise<void> | undefined;
  // One wrong password is enough: systems lock whoever sends several.
  let refused: Failure | undefined;

  const signIn = async (): Promise<void> => {
    try {
      const request = toBody(login, values);
      const answer = toReadAnswer(await http.send({ method: "POST", url: base + fillPath(login.post, values), ...request }));
      if (answer.status >= 500 || answer.status === 429) {
        throw new Failure("unavailable", words.notAnswered(system, answer.status));
      }
      const cookies = takeCookies(new Map(), answer);
      // Cut off on its way: neither yes nor no.
      if (answer.status < 400 && answer.body !== "" && answer.json === undefined && !isPage(answer)) {
        throw new Failure("unavailable", words.notAnswered(system, answer.status));
      }
      // A page with the form once more comes with status 200 and a cookie of its own.
      const taken = answer.status < 400 && cookies.size > 0 && !isPage(answer) && !passesAny(expiredWhen, answer);
      if (login.success ? !passesAny(login.success, answer) || cookies.size === 0 : !taken) {
        refused = new Failure(
          "denied",
          words.signInRefused(system, answer.status, readWords(answer, message, listSecrets(values))),
          { hint: words.signInHint },
        );
        throw refused;
      }
      jar = cookies;
      generation += 1;
    } finally {
      signingIn = undefined;
    }
  };

  return {
    async open() {
      if (refused) throw refused;
      if (!jar) {
        signingIn ??= signIn();
        await signingIn;
      }
      const cookie = [...(jar ?? [])].map(([name, value]) => `${name}=${value}`).join("; ");
      return { headers: { cookie }, pass: generation };
    },
    isOver: (answer) => passesAny(expiredWhen, answer),
    discard(pass) {
      if (pass === generation) jar = undefined;
    },
    learn(answer) {
      if (jar && (answer.setCookies?.length ?? 0) > 0) jar = takeCookies(jar, answer);
    },
  };
}

/** Names and values only (RFC 6265 §5.2): nothing is ever sent to another host or over another protocol than it came by. */
function takeCookies(jar: ReadonlyMap<string, string>, { setCookies = [] }: HttpAnswer): ReadonlyMap<string, string> {
  const next = new Map(jar);
  for (const line of setCookies) {
    const [pair = "", ...attributes] = line.split(";").map((part) => part.trim());
    const equals = pair.indexOf("=");
    if (equals <= 0) continue;
    const gone = attributes.some((attribute) => /^max-age=(0|-\d+)$/i.test(attribute));
    if (gone) next.delete(pair.slice(0, equals));
    else next.set(pair.slice(0, equals), pair.slice(equals + 1));
  }
  return next;
}

interface BodyTemplate {
  readonly json?: unknown;
  readonly form?: Readonly<Record<string, string>>;
}

/** A body from its template, with the header that says what it is. */
export function toBody({ json, form }: BodyTemplate, values: PlaceholderValues): Pick<HttpRequest, "body" | "headers"> {
  if (form) {
    const fields = Object.entries(form).flatMap(([name, template]): [string, string][] => {
      const filled = fillJson(template, values);
      return filled === undefined ? [] : [[name, String(filled).toWellFormed()]];
    });
    const headers = { "content-type": "application/x-www-form-urlencoded" };
    return { body: new URLSearchParams(fields).toString(), headers };
  }
  if (json === undefined) return {};
  return { body: JSON.stringify(fillJson(json, values) ?? {}), headers: { "content-type": "application/json; charset=utf-8" } };
}
