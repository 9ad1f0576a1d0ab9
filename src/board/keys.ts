import { sha256 } from "../platform/canonical-json.ts";
import { readSecureBytes } from "../platform/secure-bytes.ts";

/** Who may look: links that work once, a token that the team holds, and the browsers that were let in. Only hashes are kept. */
export interface Keys {
  /** A new link's key. */
  makeKey(): string;
  /** The cookie's value of a browser that is let in; undefined: wrong, or used before. */
  enter(given: string): string | undefined;
  isIn(cookie: string | undefined): boolean;
}

const bytes = 24;
/** More wrong tries than people make: then only links made afterwards work, and a token must be asked of the one who runs the board. */
const wrongAtMost = 20;
const browsersAtMost = 1_000;

export function createKeys(token?: string): Keys {
  const once = new Set<string>();
  const inside = new Set<string>();
  const tokenHash = token === undefined ? undefined : sha256(token);
  let wrong = 0;
  const make = (): string => Buffer.from(readSecureBytes(bytes)).toString("base64url");
  return {
    makeKey() {
      const key = make();
      once.add(sha256(key));
      wrong = 0;
      return key;
    },
    enter(given) {
      const hash = sha256(given);
      // Hashes are compared: how long that takes tells nothing of what is kept.
      const right = once.delete(hash) || (tokenHash === hash && wrong < wrongAtMost);
      if (!right || inside.size >= browsersAtMost) {
        wrong += 1;
        return undefined;
      }
      const cookie = make();
      inside.add(sha256(cookie));
      return cookie;
    },
    isIn: (cookie) => cookie !== undefined && inside.has(sha256(cookie)),
  };
}

export const cookieName = "wardctl_board";

/** The cookie of a request's header. */
export function readCookie(header: string | undefined): string | undefined {
  const pairs = (header ?? "").split(";").map((pair) => pair.trim().split("=", 2));
  return pairs.find(([name]) => name === cookieName)?.[1];
}

/** No script reads it, no other site's request brings it; it ends with the browser. Ports share cookies, so the name alone would not do: the value does. */
export function formatCookie(value: string): string {
  return `${cookieName}=${value}; Path=/; HttpOnly; SameSite=Strict`;
}
