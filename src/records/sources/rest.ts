import type { Instant } from "../../platform/clock.ts";
import { Failure } from "../../platform/failure.ts";
import type { HttpAnswer, HttpClient } from "../../platform/http.ts";
import type { Field, FieldTexts, RestProfile } from "../source.ts";
import { restWords } from "./rest-words.ts";

/** One page of a source, its items still as they came: take the fields with `pickFields` and let go of the rest. */
export interface Page {
  readonly items: readonly unknown[];
  /** Rows that the source says there are in all. */
  readonly total: number | undefined;
  /** Where the next page starts, undefined after the last. */
  readonly next: string | undefined;
  /** When the answer was true, as the source writes it. */
  readonly asOf: string | undefined;
}

export interface PageRequest {
  /** Page number, offset, cursor or address of the next page; undefined for the first page. */
  readonly place: string | undefined;
  readonly since: string | undefined;
  /** Rows read before this page. */
  readonly readBefore: number;
  /** The page before this one held fewer rows than were asked for: it may have been the last. */
  readonly afterShort: boolean;
  readonly signal: AbortSignal;
}

export interface PageReaderOptions {
  readonly profile: RestProfile;
  readonly client: HttpClient;
  readonly token: string | undefined;
  readonly now: () => Instant;
  readonly wait: (ms: number, signal: AbortSignal) => Promise<void>;
}

const tries = 3;
const pauseMs = 200;
const longestPauseMs = 60_000;
/** As `page.items`: the answer is the list itself. */
const wholeDocument = "$";

/**
 * Reads pages, each tried three times with the pause that the server asks for (Retry-After). A page of HTML is a login page, not data;
 * an empty page before the declared total is a failure, not the end. Failure kinds: unavailable, denied, invalid, cancelled.
 */
export function createPageReader({
  profile,
  client,
  token,
  now,
  wait,
}: PageReaderOptions): (request: PageRequest) => Promise<Page> {
  return async (request) => {
    const url = toUrl(profile, request);
    for (let attempt = 1; ; attempt++) {
      let failure: Failure;
      let pause = pauseMs * 4 ** (attempt - 1);
      try {
        const headers = { accept: "application/json", ...(token !== undefined && { authorization: `Bearer ${token}` }) };
        const answer = await client.send({ method: "GET", url, headers, signal: request.signal });
        if (!isBusy(answer.status)) return toPage(answer, profile, request);
        pause = readRetryAfter(answer.headers["retry-after"], now()) ?? pause;
        const { host } = new URL(url);
        failure = new Failure(
          "unavailable",
          pause > longestPauseMs ? restWords.busyFor(host, answer.status, pause) : restWords.busy(host, answer.status),
        );
      } catch (error) {
        if (!(error instanceof Failure) || error.kind !== "unavailable") throw error;
        failure = error;
      }
      if (attempt === tries || pause > longestPauseMs) throw failure;
      await wait(pause, request.signal);
    }
  };
}

function isBusy(status: number): boolean {
  return status === 429 || status === 408 || status >= 500;
}

/** Seconds or an HTTP date (RFC 9110 §10.2.3), as milliseconds from now. */
function readRetryAfter(text: string | undefined, now: Instant): number | undefined {
  if (text === undefined) return undefined;
  if (/^\d+$/.test(text)) return Number(text) * 1000;
  const at = Date.parse(text);
  return Number.isNaN(at) ? undefined : Math.max(0, at - now);
}

function toUrl({ url, page, sinceParam }: RestProfile, { place, since }: PageRequest): string {
  // A link is followed as it was given: the server put into it what the next page needs.
  if (page.style === "link" && place !== undefined) return place;
  const target = new URL(url);
  target.searchParams.set(page.sizeParam, String(page.size));
  const param = page.param ?? page.style;
  if (isNumbered(page)) target.searchParams.set(param, place ?? String(firstOf(page)));
  else if (place !== undefined) target.searchParams.set(param, place);
  if (sinceParam !== undefined && since !== undefined) target.searchParams.set(sinceParam, since);
  return target.href;
}

function isNumbered({ style }: RestProfile["page"]): boolean {
  return style === "page" || style === "offset";
}

function firstOf({ style, first }: RestProfile["page"]): number {
  return first ?? (style === "page" ? 1 : 0);
}

function toPage(answer: HttpAnswer, { page, url }: RestProfile, { place, readBefore, afterShort }: PageRequest): Page {
  const { host } = new URL(url);
  const { status, headers, body } = answer;
  if (status === 401 || status === 403)
    throw new Failure("denied", restWords.denied(host, status), { hint: restWords.mendToken });
  if (status >= 300 && status < 400)
    throw new Failure("denied", restWords.sentOn(host, status, toPlace(headers["location"], url)), {
      hint: restWords.mendAddress,
    });
  // Some send their login page with the type of data.
  if (/^text\/html/i.test(headers["content-type"] ?? "") || /^\s*<(?:!doctype html|html)\b/i.test(body)) {
    throw new Failure("denied", restWords.loginPage(host), { hint: restWords.mendToken });
  }
  // Some servers have no page after the last one.
  if (status === 404 && afterShort && page.total === undefined)
    return { items: [], total: undefined, asOf: undefined, next: undefined };
  if (status !== 200) throw new Failure("unavailable", restWords.badStatus(host, status));
  const document = readJson(body, host);
  const items = page.items === wholeDocument ? document : findPath(document, page.items);
  if (!Array.isArray(items)) throw new Failure("invalid", restWords.noItems(host, page.items));
  const total = page.total === undefined ? undefined : toNumber(findPath(document, page.total));
  const read = readBefore + items.length;
  if (items.length === 0 && total !== undefined && read < total) {
    throw new Failure("unavailable", restWords.endedEarly(host, read, total));
  }
  const asOf = page.asOf === undefined ? undefined : toText(findPath(document, page.asOf));
  const told = { items, total, asOf };
  if (page.style === "cursor") return { ...told, next: findNext(document, page, host) };
  if (page.style === "link") return { ...told, next: findLink(answer, document, page, place ?? url) };
  // A short page is no end: servers give less than was asked for, and leave out rows after cutting the page.
  const ended = items.length === 0 || (total !== undefined && read >= total);
  const step = page.style === "offset" ? items.length : 1;
  return { ...told, next: ended ? undefined : String(Number(place ?? firstOf(page)) + step) };
}

/** From the header Link (RFC 8288 §3), else from the path `next` of the document. A token goes to nobody but the source's own server. */
function findLink(answer: HttpAnswer, document: unknown, page: RestProfile["page"], from: string): string | undefined {
  const inHeader = [...(answer.headers["link"] ?? "").matchAll(/<([^>]*)>((?:\s*;[^,;]*)*)/g)].find(([, , parameters]) =>
    /;\s*rel\s*=\s*(?:"(?:[^"]*\s)?next(?:\s[^"]*)?"|next(?=\s*(?:;|$)))/i.test(parameters ?? ""),
  )?.[1];
  const link = inHeader ?? findNext(document, page, new URL(from).host);
  if (!link) return undefined;
  if (!URL.canParse(link, from)) throw new Failure("unavailable", restWords.badLink(new URL(from).host));
  const next = new URL(link, from);
  if (next.origin !== new URL(from).origin)
    throw new Failure("unavailable", restWords.otherServer(new URL(from).host, next.host));
  return next.href;
}

/** `null`, `""` and `false` name no next page; an object or a list at its place is a path that is written wrong. */
function findNext(document: unknown, page: RestProfile["page"], host: string): string | undefined {
  const next = findPath(document, page.next);
  if (typeof next === "object" && next !== null) throw new Failure("invalid", restWords.badNext(host, page.next));
  return toText(next) || undefined;
}

/** Where a server sends on to, without what its address may carry. */
function toPlace(location: string | undefined, from: string): string | undefined {
  if (location === undefined || !URL.canParse(location, from)) return undefined;
  const { origin, pathname } = new URL(location, from);
  return `${origin}${pathname}`;
}

function readJson(body: string, host: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    // No cause: the parser quotes the body, and the body may hold what must not be shown.
    throw new Failure("unavailable", restWords.notJson(host));
  }
}

function findPath(value: unknown, path: string): unknown {
  return path
    .split(".")
    .reduce<unknown>(
      (at, key) =>
        typeof at === "object" && at !== null && Object.hasOwn(at, key) ? (at as Record<string, unknown>)[key] : undefined,
      value,
    );
}

function toNumber(value: unknown): number | undefined {
  if (typeof value === "string" && /^\d{1,15}$/.test(value)) return Number(value);
  return typeof value === "number" && Number.isSafeInteger(value) && value >= 0 ? value : undefined;
}

function toText(value: unknown): string | undefined {
  return typeof value === "string" ? value : typeof value === "number" ? String(value) : undefined;
}

/** The mapped fields of an item as text; nothing else of it is read. Undefined when it is not a record. */
export function pickFields(item: unknown, columns: RestProfile["columns"]): FieldTexts | undefined {
  if (typeof item !== "object" || item === null || Array.isArray(item)) return undefined;
  const texts: Partial<Record<Field, string>> = {};
  for (const [field, path] of Object.entries(columns) as [Field, string | undefined][]) {
    const text = path === undefined ? undefined : toText(findPath(item, path));
    if (text !== undefined) texts[field] = text.normalize("NFC");
  }
  return texts;
}
