import { toScalarText } from "../../../platform/exact-json.ts";
import { Failure } from "../../../platform/failure.ts";
import { readPointer } from "../../../platform/json-pointer.ts";
import { fillPath, type PlaceholderValues } from "../../../platform/placeholders.ts";
import type { Account } from "../../account.ts";
import { provisionFaults } from "../../words.ts";
import { readAccount } from "./account-map.ts";
import { passesAny, type ReadAnswer } from "./answers.ts";
import type { RestSystem } from "./find-accounts.ts";
import { restWords as words } from "./rest-words.ts";
import type { RestDefinition } from "./settings.ts";

export interface ListRequest<Item> {
  readonly list: Omit<RestDefinition["list"], "total" | "count"> & Pick<Partial<RestDefinition["list"]>, "total" | "count">;
  /** Undefined when it is none; then there is no list. */
  readonly readItem: (value: unknown) => Item | undefined;
  readonly toId: (item: Item) => string;
  /** What the address names beside. */
  readonly values?: PlaceholderValues;
}

/** Every account once, or a Failure of kind unavailable or denied. */
export function listAccounts(
  rest: RestSystem,
  signal?: AbortSignal,
  note?: (account: Account, json: unknown) => void,
): Promise<Account[]> {
  const { definition } = rest;
  const readItem = (value: unknown): Account | undefined => {
    const account = readAccount(definition, value);
    if (account) note?.(account, value);
    return account;
  };
  return listAll(rest, { list: definition.list, readItem, toId: ({ id }) => id }, signal);
}

/**
 * Every item once, or a Failure of kind unavailable or denied. The end of the list is the declared total or an empty page; a short page is none, for
 * many systems cap what was asked for without saying so.
 */
export async function listAll<Item>(
  { system, definition, exchange, ...rest }: RestSystem,
  { list, readItem, toId, values: more }: ListRequest<Item>,
  signal?: AbortSignal,
): Promise<Item[]> {
  const values = { ...rest.values, ...more };
  const fail = (message: Failure["words"]): Failure => new Failure("unavailable", message);
  const found = new Map<string, Item>();
  const places = new Set<string>();
  let total = list.count ? await readTotal(fillPath(list.count.get, values), list.count.total) : undefined;

  async function readTotal(target: string, pointer: string): Promise<number> {
    return toTotal(await exchange.read(target, signal), pointer);
  }
  function toTotal(answer: ReadAnswer, pointer: string): number {
    const number = Number(toScalarText(readPointer(answer.json, pointer)) ?? Number.NaN);
    if (passesAny(definition.answers.ok, answer) && Number.isSafeInteger(number) && number >= 0) return number;
    throw fail(words.noTotal(system));
  }

  const toTarget = (page: number, cursor: string | undefined): string =>
    fillPath(list.get, { ...values, offset: found.size, page: page + list.firstPage, limit: list.limit, cursor: cursor ?? "" });

  let target = toTarget(0, undefined);
  for (let page = 0; ; page++) {
    if (places.has(target)) throw fail(words.notPaged(system));
    places.add(target);
    const answer = await exchange.read(target, signal);
    if (list.total !== undefined) {
      const said = toTotal(answer, list.total);
      total ??= said;
      if (said !== total) throw fail(provisionFaults.totalChanged(system, total, said));
    }
    const items = readItems(definition, answer, list.items, readItem);
    if (!items) throw fail(provisionFaults.noList(system, answer.status));
    for (const item of items) {
      if (found.has(toId(item))) throw fail(provisionFaults.repeatedPage(system));
      found.set(toId(item), item);
    }
    if (total !== undefined && found.size > total) throw fail(provisionFaults.totalChanged(system, total, found.size));
    const following = findNext(page, answer, items.length === 0);
    if (following === undefined) break;
    target = following;
  }
  if (total !== undefined && found.size < total) throw fail(provisionFaults.emptyPage(system, found.size, total));
  return [...found.values()];

  function findNext(page: number, answer: ReadAnswer, empty: boolean): string | undefined {
    switch (list.paging) {
      case "none":
        return undefined;
      case "offset":
      case "page":
        return empty || found.size === total ? undefined : toTarget(page + 1, undefined);
      case "cursor": {
        const cursor = toScalarText(readPointer(answer.json, list.next ?? "")) ?? "";
        return cursor === "" ? undefined : toTarget(page + 1, cursor);
      }
      case "next":
        return toAddress(toScalarText(readPointer(answer.json, list.next ?? "")));
      case "link":
        return toAddress(findLink(answer.headers["link"] ?? ""));
    }
  }
  /** Relative to the page it stands on. Another host is not asked: it is an incomplete list. */
  function toAddress(next: string | undefined): string | undefined {
    if (next === undefined || next === "") return undefined;
    const from = exchange.toUrl(target);
    const url = URL.canParse(next, from) ? new URL(next, from) : undefined;
    if (url?.origin !== new URL(from).origin) throw fail(words.notPaged(system));
    return url.href;
  }
}

/** RFC 8288: `<address>; rel="next"`. Commas may stand inside the angle brackets. */
export function findLink(header: string): string | undefined {
  for (const [, address, parameters = ""] of header.matchAll(/<([^>]*)>([^<]*)/g)) {
    const relations = /;\s*rel\s*=\s*("([^"]*)"|[^\s;,"]+)/i.exec(parameters);
    const names = (relations?.[2] ?? relations?.[1] ?? "").toLowerCase().split(/\s+/);
    if (names.includes("next")) return address;
  }
  return undefined;
}

/** Undefined when it is no list: one unreadable item makes all of it unreadable. */
export function readItems<Item>(
  definition: RestDefinition,
  answer: ReadAnswer,
  pointer: string,
  readItem: (value: unknown) => Item | undefined,
): Item[] | undefined {
  const items = passesAny(definition.answers.ok, answer) ? readPointer(answer.json, pointer) : undefined;
  const read = Array.isArray(items) ? items.map(readItem) : [undefined];
  return read.every((item) => item !== undefined) ? read : undefined;
}
