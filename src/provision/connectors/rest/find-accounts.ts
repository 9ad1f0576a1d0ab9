import { toScalarText } from "../../../platform/exact-json.ts";
import { Failure } from "../../../platform/failure.ts";
import { readPointer } from "../../../platform/json-pointer.ts";
import { fillPath, type PlaceholderValues } from "../../../platform/placeholders.ts";
import { type Account, toNameKey } from "../../account.ts";
import type { Lookup } from "../../connector.ts";
import { provisionFaults } from "../../words.ts";
import { readAccount } from "./account-map.ts";
import { passesAny } from "./answers.ts";
import type { Exchange } from "./exchange.ts";
import { listAccounts, readItems } from "./list-accounts.ts";
import type { RestDefinition } from "./settings.ts";

export interface RestSystem {
  readonly system: string;
  readonly definition: RestDefinition;
  /** `secret.…` and `var.…`. */
  readonly values: PlaceholderValues;
  readonly exchange: Exchange;
}

/** An account, and the system's own record of it. */
export interface Reading {
  readonly json: unknown;
  readonly account: Account;
}

/** Undefined when the system says that there is none, or the id cannot be part of an address. Failure kinds: unavailable, denied. */
export async function readRecord({ system, definition, values, exchange }: RestSystem, id: string): Promise<Reading | undefined> {
  const { find, answers } = definition;
  const target = toTarget(find.id.get, { ...values, id });
  if (target === undefined) return undefined;
  const answer = await exchange.read(target);
  if (passesAny(answers.missing, answer)) return undefined;
  const json = passesAny(answers.ok, answer) ? readPointer(answer.json, find.id.item) : undefined;
  const account = readAccount(definition, json);
  if (account?.id !== id) throw new Failure("unavailable", provisionFaults.noList(system, answer.status));
  return { json, account };
}

type Sought = Exclude<Lookup, { readonly id: string }>;

/** What a search of the system's own gave. `whole`: all of it and nothing else, so that it is a certain answer. */
export async function searchAccounts(
  { definition, values, exchange }: RestSystem,
  by: Sought,
): Promise<{ readonly accounts: readonly Account[]; readonly whole: boolean }> {
  const request = "externalId" in by ? definition.find.externalId : definition.find.username;
  const target = request && toTarget(request.get, { ...values, ...by });
  if (!request || target === undefined) return { accounts: [], whole: false };
  const answer = await exchange.read(target);
  if (passesAny(definition.answers.missing, answer)) return { accounts: [], whole: true };
  const found = readItems(definition, answer, request.items, (value) => readAccount(definition, value));
  const accounts = found?.filter((account) => isMatch(account, by)) ?? [];
  const total = request.total === undefined ? accounts.length : Number(toScalarText(readPointer(answer.json, request.total)));
  return { accounts, whole: found !== undefined && accounts.length === found.length && total === found.length };
}

export async function findAccounts(rest: RestSystem, by: Lookup): Promise<readonly Account[]> {
  if ("id" in by) {
    const reading = await readRecord(rest, by.id);
    return reading ? [reading.account] : [];
  }
  if ("externalId" in by && rest.definition.correlation.strong === null) return [];
  // A search that may have left something out, or does not search at all, is no answer: then only a whole reading is.
  const { accounts, whole } = await searchAccounts(rest, by);
  return whole ? accounts : (await listAccounts(rest)).filter((account) => isMatch(account, by));
}

function isMatch(account: Account, by: Sought): boolean {
  return "externalId" in by ? account.externalId === by.externalId : toNameKey(account.userName) === toNameKey(by.username);
}

/** Undefined for a value that would name another resource. */
export function toTarget(template: string, values: PlaceholderValues): string | undefined {
  try {
    return fillPath(template, values);
  } catch (error) {
    if (error instanceof Failure && error.kind === "invalid") return undefined;
    throw error;
  }
}
