import { toScalarText } from "../../../platform/exact-json.ts";
import { Failure } from "../../../platform/failure.ts";
import { readPointer } from "../../../platform/json-pointer.ts";
import type { PlaceholderValues } from "../../../platform/placeholders.ts";
import type { Account } from "../../account.ts";
import { type AskedMembership, type MatchedNames, matchNames } from "../../membership.ts";
import { createSharedReads } from "../../shared-reads.ts";
import { provisionFaults } from "../../words.ts";
import type { Listed, RideAlong } from "../ride-along.ts";
import { passesAny } from "./answers.ts";
import { type RestSystem, readRecord, toTarget } from "./find-accounts.ts";
import { listAll, readItems } from "./list-accounts.ts";
import type { MembershipDefinition } from "./settings.ts";

/** A role or group as the system lists it. */
export interface Named {
  readonly id: string;
  readonly name: string;
  /** The id as it is written in JSON. */
  readonly rawId: unknown;
}

export type Held = NonNullable<MembershipDefinition["held"]>;

export interface MembershipReaderOptions {
  readonly rest: RestSystem;
  readonly part: MembershipDefinition;
  /** Account id → what its record holds, where the record says so. */
  readonly recordsListed: RideAlong<readonly string[]>;
  sweepAccounts(signal?: AbortSignal): Promise<readonly Account[]>;
}

/** Reading one kind, roles or groups, of one system. */
export interface MembershipReader {
  /** Failure kinds of all: unavailable, denied. */
  list(asked: readonly AskedMembership[], signal?: AbortSignal): Promise<MatchedNames<Named>>;
  /** All names as last listed. */
  listNames(): readonly string[];
  /** By the names as last listed; listed anew where one is missing. */
  resolve(asked: readonly AskedMembership[]): Promise<MatchedNames<Named>>;
  /** Who holds each of them: account ids. */
  readHolders(named: readonly Named[], signal?: AbortSignal): Promise<ReadonlyMap<Named, ReadonlySet<string>>>;
  /** Which of them an account holds, read afresh. */
  readHeld(accountId: string, named: readonly Named[]): Promise<ReadonlySet<Named>>;
  /** The list is to be read again. */
  forget(): void;
}

export function createMembershipReader(options: MembershipReaderOptions): MembershipReader {
  const { rest, part, recordsListed, sweepAccounts } = options;
  const { system, definition, values, exchange } = rest;
  const { list: catalogue, holders, held, of } = part;
  let listed: readonly Named[] | undefined;

  const readNamed = (value: unknown): Named | undefined => {
    const rawId = readPointer(value, catalogue.id);
    const [id, name] = [toScalarText(rawId), toScalarText(readPointer(value, catalogue.name))];
    return id && name ? { id, name, rawId } : undefined;
  };

  const list: MembershipReader["list"] = async (asked, signal) => {
    listed =
      asked.length === 0 ? [] : await listAll(rest, { list: catalogue, readItem: readNamed, toId: ({ id }) => id }, signal);
    return matchNames(asked, listed);
  };

  /** Undefined: the system has no such address, for the name cannot stand in one. */
  const readHoldersOf = async ({ id, name }: Pick<Named, "id" | "name">, signal?: AbortSignal): Promise<ReadonlySet<string>> => {
    const request = holders as NonNullable<MembershipDefinition["holders"]>;
    const more: PlaceholderValues = { membership: id, name };
    if (toTarget(request.get, { ...values, ...more }) === undefined) {
      throw new Failure("unavailable", provisionFaults.noList(system, 0));
    }
    const readItem = (value: unknown): string | undefined => toScalarText(readPointer(value, request.account)) || undefined;
    return new Set(await listAll(rest, { list: request, readItem, toId: (item) => item, values: more }, signal));
  };
  const keys = new Map<string, Named>();
  const readShared = createSharedReads((key) => readHoldersOf(keys.get(key) as Named));

  const isHeld = (texts: readonly string[], named: Named): boolean =>
    texts.some((text) => text.normalize("NFC") === (held?.by === "name" ? named.name.normalize("NFC") : named.id));

  const readOwn = async (accountId: string): Promise<readonly string[]> => {
    const request = of as NonNullable<MembershipDefinition["of"]>;
    const target = toTarget(request.get, { ...values, id: accountId });
    if (target === undefined) return [];
    const answer = await exchange.read(target);
    if (passesAny(definition.answers.missing, answer)) return [];
    const readItem = (value: unknown): string | undefined => toScalarText(readPointer(value, request.membership)) || undefined;
    const items = readItems(definition, answer, request.items, readItem);
    if (!items) throw new Failure("unavailable", provisionFaults.noList(system, answer.status));
    return items;
  };

  return {
    list,
    listNames: () => listed?.map(({ name }) => name) ?? [],
    async resolve(asked) {
      const matched = listed && matchNames(asked, listed);
      return matched && matched.missing.length === 0 ? matched : list(asked);
    },
    async readHolders(named, signal) {
      if (holders) {
        return new Map(await Promise.all(named.map(async (one) => [one, await readHoldersOf(one, signal)] as const)));
      }
      if (named.length === 0) return new Map();
      if (!recordsListed.isListed()) await sweepAccounts(signal);
      const records: Listed<readonly string[]> = (await recordsListed.take()) ?? new Map();
      return new Map(
        named.map((one) => {
          const accounts = [...records].filter(([, texts]) => isHeld(texts, one)).map(([account]) => account);
          return [one, new Set(accounts)];
        }),
      );
    },
    async readHeld(accountId, named) {
      if (named.length === 0) return new Set();
      if (of) {
        const own = new Set(await readOwn(accountId));
        return new Set(named.filter(({ id }) => own.has(id)));
      }
      if (held) {
        const record = await readRecord(rest, accountId);
        const texts = record ? readTexts(record.json, held) : [];
        return new Set(named.filter((one) => isHeld(texts, one)));
      }
      const read = await Promise.all(
        named.map(async (one) => {
          keys.set(one.id, one);
          return (await readShared(one.id)).has(accountId) ? [one] : [];
        }),
      );
      return new Set(read.flat());
    },
    forget() {
      listed = undefined;
    },
  };
}

/** What an account's own record says that it holds. */
export function readTexts(json: unknown, { pointer, item }: Held): readonly string[] {
  const list = readPointer(json, pointer);
  if (!Array.isArray(list)) return [];
  return list.flatMap((one) => toScalarText(readPointer(one, item)) || []);
}
