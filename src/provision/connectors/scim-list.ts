import { Failure } from "../../platform/failure.ts";
import type { HttpAnswer } from "../../platform/http.ts";
import type { Words } from "../../platform/words.ts";
import type { Account } from "../account.ts";
import { provisionFaults as words } from "../words.ts";
import { readDetail, readJsonObject } from "./scim-answer.ts";
import type { ScimLine } from "./scim-line.ts";

export interface ResourceListOptions {
  readonly system: string;
  readonly line: ScimLine;
  readonly pageSize: number;
  /** `/Users`, `/Groups?excludedAttributes=members`. */
  readonly path: string;
  /** What is said of an answer that is no list. */
  readonly noList: (system: string, status: number, detail?: string) => Words;
}

export interface ListOptions extends Omit<ResourceListOptions, "path" | "noList"> {
  /** Undefined when it is no account. */
  readonly readUser: (value: unknown) => Account | undefined;
}

interface Page {
  readonly total: number | undefined;
  readonly resources: readonly unknown[];
  /** RFC 9865: where the next page is. */
  readonly next: string | undefined;
}

type PageAnswer = Page | "too-large" | "cursor-gone";

/** Every user once, or a Failure (unavailable, denied). */
export async function listScimUsers({ readUser, ...options }: ListOptions, signal?: AbortSignal): Promise<readonly Account[]> {
  const accounts = (await listScimResources({ ...options, path: "/Users", noList: words.noList }, signal)).map(readUser);
  if (accounts.some((account) => !account)) throw new Failure("unavailable", words.noUser(options.system));
  return accounts as Account[];
}

/**
 * Every resource once, or a Failure (unavailable, denied): by startIndex (RFC 7644 §3.4.2.4), by cursor (RFC 9865) where the service answers
 * with one. A page that repeats, is missing, or does not add up to the total is no list.
 */
export async function listScimResources(options: ResourceListOptions, signal?: AbortSignal): Promise<readonly unknown[]> {
  const read = (size: number, restarted: boolean): Promise<readonly unknown[]> =>
    listOnce({ ...options, pageSize: size }, signal).then((found) => {
      if (found === "too-large" && size > 1) return read(Math.floor(size / 2), restarted);
      // A cursor that ran out is nobody's fault once; twice, the list cannot be read in the time it gives.
      if (found === "cursor-gone" && !restarted) return read(size, true);
      if (typeof found === "string") throw new Failure("unavailable", words.cursorGone(options.system));
      return found;
    });
  return read(options.pageSize, false);
}

async function listOnce(
  { system, line, pageSize, path, noList }: ResourceListOptions,
  signal: AbortSignal | undefined,
): Promise<readonly unknown[] | "too-large" | "cursor-gone"> {
  const found = new Map<string, unknown>();
  let total: number | undefined;
  let cursor: string | undefined;
  let byIndex = true;
  const cursors = new Set<string>();
  for (;;) {
    // Step by what came, not by what was asked for: many cap a page at 50 without saying so.
    const first = byIndex ? `startIndex=${found.size + 1}` : "cursor";
    const where = cursor === undefined ? first : `cursor=${encodeURIComponent(cursor)}`;
    const answer = await line.read(`${path}${path.includes("?") ? "&" : "?"}${where}&count=${pageSize}`, signal);
    // RFC 9865 §2: whoever knows no index may refuse it; the first page by cursor is asked for without a value.
    if (answer.status === 400 && byIndex && found.size === 0) {
      byIndex = false;
      continue;
    }
    const page = readPage({ system, noList }, answer);
    if (typeof page === "string") return page;
    total ??= page.total;
    // Neither a total nor a cursor: nothing says that this page is everything.
    if (total === undefined && cursor === undefined && page.next === undefined) {
      throw new Failure("unavailable", noList(system, 200));
    }
    if (page.total !== undefined && total !== undefined && page.total !== total) {
      throw new Failure("unavailable", words.totalChanged(system, total, page.total));
    }
    for (const resource of page.resources) {
      const id = (resource as { id?: unknown } | null)?.id;
      if (typeof id !== "string" || id === "") throw new Failure("unavailable", words.noUser(system));
      if (found.has(id)) throw new Failure("unavailable", words.repeatedPage(system));
      found.set(id, resource);
    }
    if (total !== undefined && found.size > total)
      throw new Failure("unavailable", words.totalChanged(system, total, found.size));
    if (total === undefined ? page.next === undefined : found.size === total) break;
    if (page.resources.length === 0) throw new Failure("unavailable", words.emptyPage(system, found.size, total ?? found.size));
    if (cursor !== undefined && page.next === undefined)
      throw new Failure("unavailable", words.emptyPage(system, found.size, total ?? found.size));
    if (page.next !== undefined && cursors.has(page.next)) throw new Failure("unavailable", words.repeatedPage(system));
    cursor = page.next;
    if (cursor !== undefined) cursors.add(cursor);
  }
  return [...found.values()];
}

/** The service's own word for how many there are. Undefined when it gives none. Failure kinds: unavailable, denied. */
export async function countScimUsers(line: ScimLine): Promise<number | undefined> {
  const answer = await line.read("/Users?startIndex=1&count=1");
  const total = answer.status === 200 ? readJsonObject(answer)?.["totalResults"] : undefined;
  return typeof total === "number" ? total : undefined;
}

function readPage({ system, noList }: Pick<ResourceListOptions, "system" | "noList">, answer: HttpAnswer): PageAnswer {
  if (answer.status === 413) return "too-large";
  const body = readJsonObject(answer);
  if (answer.status === 400 && /^(expired|invalid)Cursor$/.test(String(body?.["scimType"]))) return "cursor-gone";
  const list = answer.status === 200 ? body : undefined;
  const resources = list?.["Resources"] ?? [];
  const total = list?.["totalResults"];
  const next = list?.["nextCursor"];
  if (!list || !Array.isArray(resources) || (total !== undefined && typeof total !== "number")) {
    throw new Failure("unavailable", noList(system, answer.status, readDetail(answer)));
  }
  return { total, resources, next: typeof next === "string" && next !== "" ? next : undefined };
}
