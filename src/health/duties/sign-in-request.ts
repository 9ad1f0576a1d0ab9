import { readPointer } from "../../platform/json-pointer.ts";
import { fillJson, fillText } from "../../platform/placeholders.ts";
import type { Flow, FlowAnswer, FlowFault } from "./flow.ts";
import { fetchFormToken, type GivenToken } from "./form-token.ts";
import type { HeldToken } from "./sealed-token.ts";
import type { SignInSettings } from "./settings.ts";

export type SignInAnswer =
  | { readonly kind: "token"; readonly token: HeldToken }
  /** refused: by what was sent. broken: 5xx. senseless: neither a token nor a refusal. limited: 429. */
  | { readonly kind: "refused" | "broken" | "senseless" | "limited" }
  | FlowFault;

export interface SignInRequest {
  readonly settings: SignInSettings;
  readonly url: string;
  readonly password: string;
  readonly flow: Flow;
  readonly now: () => number;
}

/** Signs in once. Resolves for whatever the other side does. */
export async function requestSignIn(request: SignInRequest): Promise<SignInAnswer> {
  const { settings, url, flow } = request;
  // Counted from before the request: the server began to count before we had the answer.
  const before = request.now();
  const wanted = settings.kind === "form" ? settings.formToken : undefined;
  const given = wanted && (await fetchFormToken(wanted, url, flow));
  if (given && given.kind !== "given") return given;
  const answer = await flow.send({ method: "POST", url, ...toMessage(request, given) });
  if (answer.kind !== "answer") return answer;
  const { status } = answer;
  if (status === 429) return { kind: "limited" };
  if (status >= 500) return { kind: "broken" };
  const found = readToken(settings, answer, before);
  if (found) return { kind: "token", token: found };
  // A form that is shown again is a no as well.
  const shownAgain = settings.kind === "form" && status < 400;
  // RFC 6749 §5.2: a refused client is 400 or 401; 423 is a locked account.
  return { kind: shownAgain || [400, 401, 403, 423].includes(status) ? "refused" : "senseless" };
}

function toMessage(
  { settings, password }: SignInRequest,
  token: GivenToken | undefined,
): { readonly headers: Record<string, string>; readonly body: string } {
  const values = { user: settings.user, password };
  const form = { "content-type": "application/x-www-form-urlencoded" };
  switch (settings.kind) {
    case "json":
      return {
        headers: { accept: "application/json", "content-type": "application/json" },
        body: JSON.stringify(fillJson(settings.body, values)),
      };
    case "form": {
      const fields = Object.entries(settings.fields).map(([name, text]): [string, string] => [name, fillText(text, values)]);
      return {
        headers: { ...form, ...token?.headers },
        body: new URLSearchParams([...fields, ...(token?.fields ?? [])]).toString(),
      };
    }
    case "oidc": {
      // RFC 6749 §2.3.1: both halves are form-encoded before they are joined.
      const encode = (text: string): string => new URLSearchParams({ v: text }).toString().slice(2);
      const basic = Buffer.from(`${encode(settings.user)}:${encode(password)}`).toString("base64");
      const question = new URLSearchParams({ grant_type: "client_credentials" });
      if (settings.scope !== undefined) question.set("scope", settings.scope);
      return {
        headers: { ...form, accept: "application/json", authorization: `Basic ${basic}` },
        body: question.toString(),
      };
    }
  }
}

function readToken(settings: SignInSettings, { status, json, setCookies }: FlowAnswer, now: number): HeldToken | undefined {
  if (settings.kind === "form") {
    const pair = setCookies
      .map((line) => line.split(";", 1)[0]?.trim() ?? "")
      .find((one) => one.startsWith(`${settings.cookie}=`));
    const given = pair !== undefined && pair.length > settings.cookie.length + 1 && status < 400;
    return given ? { header: "cookie", value: pair, until: now + settings.lifeMinutes * 60_000 } : undefined;
  }
  const at = settings.kind === "oidc" ? { token: "/access_token", expiresIn: "/expires_in" } : settings;
  const token = readPointer(json, at.token);
  if (status >= 300 || typeof token !== "string" || !/^[\x21-\x7e]+$/.test(token)) return undefined;
  const seconds = Number(at.expiresIn === undefined ? Number.NaN : readPointer(json, at.expiresIn));
  const lifeMs = seconds > 0 ? seconds * 1000 : (settings.kind === "json" ? settings.lifeMinutes : 15) * 60_000;
  return { header: "authorization", value: `Bearer ${token}`, until: now + lifeMs };
}
