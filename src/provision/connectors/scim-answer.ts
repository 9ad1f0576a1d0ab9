import type { Instant } from "../../platform/clock.ts";
import { Failure } from "../../platform/failure.ts";
import type { HttpAnswer } from "../../platform/http.ts";
import type { Words } from "../../platform/words.ts";
import { provisionFaults as words } from "../words.ts";
import { toKnownNames } from "./scim-names.ts";

/** The JSON object of an answer. Undefined when it is none: a cut-off body, a login page, a list. */
export function readJsonObject(answer: HttpAnswer): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(answer.body);
    if (typeof value !== "object" || value === null || Array.isArray(value)) return undefined;
    return toKnownNames(value) as Readonly<Record<string, unknown>>;
  } catch {
    return undefined;
  }
}

/**
 * Not let in: 401, a redirect to somewhere, or a login page with status 200, and 403 where we only wanted to read. Nothing more may be sent then;
 * 403 on a write speaks of that kind of write alone.
 */
export function assertLetIn(system: string, answer: HttpAnswer, reading: boolean): void {
  const page = /^text\/html/i.test(answer.headers["content-type"] ?? "") && answer.status < 400;
  if (answer.status === 401 || (answer.status === 403 && reading))
    throw new Failure("denied", words.notLetIn(system, answer.status));
  if (answer.status >= 300 && answer.status < 400) throw new Failure("denied", words.redirected(system));
  if (page) throw new Failure("denied", words.loginPage(system));
}

/**
 * How long the system asked for silence (RFC 9110 §10.2.3: seconds or a date), a second when it did not say. A date is reckoned from the system's own
 * `Date`, where it says one: clocks differ.
 */
export function readRetryAfterMs(answer: HttpAnswer, now: Instant): number {
  const text = answer.headers["retry-after"]?.trim() ?? "";
  if (/^\d+$/.test(text)) return Math.min(Number(text) * 1000, longestHoldMs);
  const at = Date.parse(text);
  const said = Date.parse(answer.headers["date"] ?? "");
  return Number.isNaN(at) ? 1000 : Math.min(Math.max(0, at - (Number.isNaN(said) ? now : said)), longestHoldMs);
}

const longestHoldMs = 120_000;

/** The server's own words for a refusal (RFC 7644 §3.12), shortened. */
export function describeRefusal(system: string, answer: HttpAnswer): Words {
  return words.refused(system, answer.status, readDetail(answer));
}

/** Empty where it gives none. */
export function readDetail(answer: HttpAnswer): string {
  const detail = readJsonObject(answer)?.["detail"];
  return typeof detail === "string" ? detail.slice(0, 200) : "";
}
