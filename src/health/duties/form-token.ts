import type { Flow, FlowFault } from "./flow.ts";
import type { SignInSettings } from "./settings.ts";

export type FormToken = NonNullable<Extract<SignInSettings, { readonly kind: "form" }>["formToken"]>;

/** What has to go with the form. */
export interface GivenToken {
  readonly kind: "given";
  /** The page's cookies with it: most servers keep the token by them. */
  readonly headers: Readonly<Record<string, string>>;
  readonly fields: readonly [string, string][];
}

/** Asks for the page of a form and reads its token. `senseless`: the page has none, so the form was not sent. */
export async function fetchFormToken(
  { page, field, cookie, header }: FormToken,
  formUrl: string,
  flow: Flow,
): Promise<GivenToken | { readonly kind: "broken" | "limited" | "senseless" } | FlowFault> {
  const url = page === undefined ? formUrl : new URL(page, formUrl).href;
  const answer = await flow.send({ method: "GET", url, headers: { accept: "text/html" } });
  if (answer.kind !== "answer") return answer;
  if (answer.status === 429) return { kind: "limited" };
  if (answer.status >= 500) return { kind: "broken" };
  const pairs = answer.setCookies.map((line) => line.split(";", 1)[0]?.trim() ?? "").filter((pair) => pair.includes("="));
  const inCookie = pairs.find((pair) => pair.startsWith(`${cookie}=`))?.slice((cookie?.length ?? 0) + 1);
  const token = cookie === undefined ? findHidden(answer.text, field ?? "") : inCookie && unescapeUrl(inCookie);
  if (!token || !/^[\x21-\x7e]+$/.test(token)) return { kind: "senseless" };
  return {
    kind: "given",
    headers: {
      ...(pairs.length > 0 ? { cookie: pairs.join("; ") } : {}),
      ...(header === undefined ? {} : { [header.toLowerCase()]: token }),
    },
    fields: header === undefined && field !== undefined ? [[field, token]] : [],
  };
}

/** The value of a hidden field, or of a `meta` of that name, as some frameworks have it. */
export function findHidden(page: string, name: string): string | undefined {
  for (const [tag] of page.matchAll(/<(?:input|meta)\s[^<>]*>/gi)) {
    if (readAttribute(tag, "name") === name) return readAttribute(tag, "value") ?? readAttribute(tag, "content");
  }
  return undefined;
}

function readAttribute(tag: string, name: string): string | undefined {
  const found = new RegExp(`\\s${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)'|([^\\s"'>]+))`, "i").exec(tag);
  const raw = found?.[1] ?? found?.[2] ?? found?.[3];
  return raw?.replaceAll(/&(?:quot|apos|lt|gt|amp|#(\d{1,4})|#x([\da-f]{1,4}));/gi, (entity, decimal, hex) =>
    decimal || hex
      ? String.fromCharCode(decimal ? Number(decimal) : Number.parseInt(hex, 16))
      : (entities[entity.toLowerCase()] ?? entity),
  );
}

const entities: Readonly<Record<string, string>> = { "&quot;": '"', "&apos;": "'", "&lt;": "<", "&gt;": ">", "&amp;": "&" };

/** A cookie's value is escaped by some frameworks, whose scripts unescape it. */
function unescapeUrl(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
