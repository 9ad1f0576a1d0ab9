import { toScalarText } from "../../../platform/exact-json.ts";
import { readPointer, writePointer } from "../../../platform/json-pointer.ts";
import type { PlaceholderValues } from "../../../platform/placeholders.ts";
import type { Account, Membership, MembershipKind } from "../../account.ts";
import type { MembershipPort, WriteResult } from "../../connector.ts";
import { collectHeld, listAsked, readMembership } from "../../membership.ts";
import { createTouched, createTurns } from "../../shared-reads.ts";
import { joinResults, type MembershipChange, settleRefusal, toNotRead } from "../membership-results.ts";
import { membershipFaults as words } from "../membership-words.ts";
import type { RideAlong } from "../ride-along.ts";
import type { RestSystem } from "./find-accounts.ts";
import { createMembershipReader, type Held, type MembershipReader, type Named } from "./membership-reader.ts";
import type { MembershipDefinition, WriteRequest } from "./settings.ts";

export interface RestMembershipsOptions {
  readonly rest: RestSystem;
  readonly recordsListed: Readonly<Record<MembershipKind, RideAlong<readonly string[]>>>;
  sweepAccounts(signal?: AbortSignal): Promise<readonly Account[]>;
  /** A request of its own, filled and judged. */
  send(request: WriteRequest, filled: PlaceholderValues): Promise<WriteResult>;
  /** An account's record read, altered and written back. `into` is all of it, or nothing where only changes are sent. */
  alterRecord(id: string, alter: (json: unknown, into: unknown) => unknown): Promise<WriteResult>;
}

interface Kind {
  readonly kind: MembershipKind;
  readonly part: MembershipDefinition;
  readonly reader: MembershipReader;
}

/** Roles and groups as the definition says that the system speaks of them. Undefined where it says nothing. */
export function createRestMemberships(options: RestMembershipsOptions): MembershipPort | undefined {
  const { rest, recordsListed, sweepAccounts } = options;
  const { roles, groups } = rest.definition;
  const toKind = (kind: MembershipKind, part: MembershipDefinition | undefined): Kind[] =>
    part === undefined
      ? []
      : [{ kind, part, reader: createMembershipReader({ rest, part, recordsListed: recordsListed[kind], sweepAccounts }) }];
  const kinds = [...toKind("role", roles), ...toKind("group", groups)];
  return kinds.length === 0 ? undefined : createPort(options, kinds);
}

function createPort({ rest, recordsListed, send, alterRecord }: RestMembershipsOptions, kinds: readonly Kind[]): MembershipPort {
  const { system } = rest;
  const inTurn = createTurns();
  // Who held what at the last sweep; who was changed since is read again.
  const known = new Map<Membership, ReadonlySet<string>>();
  const touched = createTouched();

  const listForeign = (asked: readonly Membership[]): Membership[] =>
    asked.filter((one) => !kinds.some(({ kind }) => kind === readMembership(one).kind));

  const find: MembershipPort["find"] = async (accountId, asked) => {
    const held: Membership[] = [];
    for (const { kind, reader } of kinds) {
      const { found } = await reader.resolve(listAsked(asked, kind));
      const own = await reader.readHeld(accountId, [...found.values()]);
      held.push(...[...found].filter(([, named]) => own.has(named)).map(([membership]) => membership));
    }
    return held.sort();
  };

  const recall = (accountId: string, { add, remove }: MembershipChange): boolean =>
    !touched.has(accountId) &&
    add.every((one) => known.get(one)?.has(accountId) === false) &&
    remove.every((one) => known.get(one)?.has(accountId) === true);

  const changeKind = async (
    { part }: Kind,
    accountId: string,
    add: readonly Named[],
    remove: readonly Named[],
  ): Promise<WriteResult[]> => {
    const { held } = part;
    if (held && part.add === undefined) {
      if (add.length + remove.length === 0) return [];
      return [
        await inTurn(`account ${accountId}`, () =>
          alterRecord(accountId, (json, into) => writePointer(into, held.pointer, alterHeld(json, held, add, remove))),
        ),
      ];
    }
    const sendAbout = (request: WriteRequest | undefined, { id, name }: Named): Promise<WriteResult> =>
      inTurn(id, () => send(request as WriteRequest, { ...rest.values, id: accountId, membership: id, name }));
    const results: WriteResult[] = [];
    for (const one of add) results.push(await sendAbout(part.add, one));
    for (const one of remove) results.push(await sendAbout(part.remove, one));
    return results;
  };

  const change = async (accountId: string, wanted: MembershipChange): Promise<WriteResult> => {
    const asked = [...wanted.add, ...wanted.remove];
    const matches = await Promise.all(
      kinds.map(async (one) => ({ one, ...(await one.reader.resolve(listAsked(asked, one.kind))) })),
    );
    const missing = [...listForeign(asked), ...matches.flatMap((match) => match.missing)];
    const ambiguous = matches.flatMap((match) => match.ambiguous);
    if (missing.length > 0) return { outcome: "refused", conflict: false, message: words.noSuch(system, missing) };
    if (ambiguous.length > 0) return { outcome: "refused", conflict: false, message: words.ambiguous(system, ambiguous) };
    const held = recall(accountId, wanted) ? new Set(wanted.remove) : new Set(await find(accountId, asked));
    for (const { kind } of kinds) recordsListed[kind].forget();
    const results = await touched.during(accountId, async () => {
      const done: WriteResult[] = [];
      for (const { one, found } of matches) {
        const pick = (of: readonly Membership[], isHeld: boolean): Named[] =>
          of.filter((membership) => held.has(membership) === isHeld).flatMap((membership) => found.get(membership) ?? []);
        done.push(...(await changeKind(one, accountId, pick(wanted.add, false), pick(wanted.remove, true))));
      }
      return done;
    });
    return settleRefusal(joinResults(results, accountId), find, accountId, wanted);
  };

  const createGroup = async (membership: Membership, { part, reader }: Kind): Promise<WriteResult> => {
    const asked = readMembership(membership);
    const { missing } = await reader.list([asked]);
    if (missing.length === 0) return { outcome: "refused", conflict: true, message: words.groupThere(system, asked.name) };
    reader.forget();
    return send(part.create as WriteRequest, { ...rest.values, name: asked.name });
  };

  const maker = kinds.find(({ kind, part }) => kind === "group" && part.create !== undefined);
  return {
    kinds: new Set(kinds.map(({ kind }) => kind)),
    async sweep(asked, signal) {
      touched.clear();
      known.clear();
      const pairs: (readonly [string, Membership])[] = [];
      const missing = listForeign(asked);
      const ambiguous: Membership[] = [];
      const existing: Membership[] = [];
      for (const { kind, reader } of kinds) {
        const matched = await reader.list(listAsked(asked, kind), signal);
        missing.push(...matched.missing);
        ambiguous.push(...matched.ambiguous);
        existing.push(...reader.listNames().map((name): Membership => `${kind}:${name}`));
        const holders = await reader.readHolders([...matched.found.values()], signal);
        for (const [membership, named] of matched.found) {
          const accounts = holders.get(named) ?? new Set();
          known.set(membership, accounts);
          for (const account of accounts) pairs.push([account, membership]);
        }
      }
      return { held: collectHeld(pairs), missing, ambiguous, existing };
    },
    find,
    ...(maker
      ? { createGroup: (membership: Membership) => inTurn("", () => createGroup(membership, maker)).catch(toNotRead) }
      : {}),
    change: (accountId, wanted) => change(accountId, wanted).catch(toNotRead),
  };
}

/** The list of an account's record with some added and others gone; what else it holds stays as it is. */
function alterHeld(
  json: unknown,
  { pointer, item, by }: Held,
  add: readonly Named[],
  remove: readonly Named[],
): readonly unknown[] {
  const before = readPointer(json, pointer);
  const list: readonly unknown[] = Array.isArray(before) ? before : [];
  const toKey = (named: Named): string => (by === "name" ? named.name.normalize("NFC") : named.id);
  const gone = new Set(remove.map(toKey));
  const kept = list.filter((one) => !gone.has((toScalarText(readPointer(one, item)) ?? "").normalize("NFC")));
  const added = add.map((named) => {
    const value = by === "name" ? named.name : named.rawId;
    return item === "" ? value : writePointer({}, item, value);
  });
  return [...kept, ...added];
}
