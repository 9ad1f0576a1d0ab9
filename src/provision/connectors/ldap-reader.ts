import { Failure } from "../../platform/failure.ts";
import type { LdapClient, LdapResult, LdapSearch } from "../../platform/ldap.ts";
import type { LdapEntry } from "../../platform/ldap-entry.ts";
import { type Account, toNameKey } from "../account.ts";
import type { Connector, Lookup } from "../connector.ts";
import type { Pace } from "../pace.ts";
import { assertRead, isStrained } from "./ldap-answer.ts";
import { type LdapDialect, toExternalIdAttribute } from "./ldap-dialect.ts";
import { listAttributes, readAccount } from "./ldap-entry.ts";
import { formatEquals, toDnKey } from "./ldap-text.ts";
import { ldapFaults as words } from "./ldap-words.ts";

export interface LdapReaderOptions {
  readonly system: string;
  readonly client: LdapClient;
  readonly dialect: LdapDialect;
  /** Where accounts are looked for. */
  readonly base: string;
  readonly pace: Pace;
  readonly pageSize?: number | undefined;
}

/** A group names its members by distinguished name, or by user name. */
export type HolderName = "dn" | "userName";
type Holder = Readonly<Record<HolderName, string>>;

/** Looked up one by one; more are listed at once. */
const mostLookups = 50;

/** The reading half of the connector. */
export interface LdapReader extends Pick<Connector, "sweep" | "find"> {
  /** The entry of an id as last read, or read now; undefined when it is gone. A change needs its name and the bytes of its values. */
  readEntry(id: string, fresh: boolean): Promise<LdapEntry | undefined>;
  knows(id: string): boolean;
  forget(id: string): void;
  /** An account that was just made. */
  learn(id: string, holder: Holder): void;
  /** How groups name an account; read now where `fresh`. Undefined: it is gone. */
  findHolder(id: string, by: HolderName, fresh: boolean): Promise<string | undefined>;
  /** What groups say → account id, as of the last sweep and what was read since; who is new is read. Nobody's accounts are absent. */
  findAccounts(holders: readonly string[], by: HolderName, signal?: AbortSignal): Promise<ReadonlyMap<string, string>>;
  /** Every request goes through here. */
  paced<T extends LdapResult>(work: () => Promise<T>): Promise<T>;
}

export function createLdapReader(options: LdapReaderOptions): LdapReader {
  const { system, client, dialect, base, pace, pageSize = 500 } = options;
  const isAd = dialect.kind === "ad";
  const binary = isAd ? [dialect.id] : [];
  const attributes = listAttributes(dialect);
  const known = new Map<string, LdapEntry>();
  const idsByHolder = new Map<string, string>();
  const holders = new Map<string, Holder>();
  let wasSwept = false;

  const paced = <T extends LdapResult>(work: () => Promise<T>): Promise<T> =>
    pace.run(async () => {
      const value = await work();
      return { value, strained: isStrained(value) };
    });

  const learn = (id: string, holder: Holder): void => {
    holders.set(id, holder);
    idsByHolder.set(toHolderKey(holder.dn, "dn"), id);
    idsByHolder.set(toHolderKey(holder.userName, "userName"), id);
  };

  const keep = (entry: LdapEntry): Account => {
    const account = readAccount(entry, dialect);
    if (!account) throw new Failure("unavailable", words.noAccount(system, entry.dn));
    known.set(account.id, entry);
    learn(account.id, { dn: entry.dn, userName: account.userName });
    return account;
  };

  const sweep = async (signal?: AbortSignal): Promise<readonly Account[]> => {
    const found = new Map<string, Account>();
    const pages = client.pages({ base, scope: "sub", filter: dialect.filter, attributes, binary }, pageSize, signal);
    try {
      for (;;) {
        const page = await pace.run(async () => ({ value: await pages.next() }));
        if (page.done) {
          wasSwept = true;
          // A name that somebody gave up belongs to nobody, or to another.
          idsByHolder.clear();
          for (const id of found.keys()) learn(id, holders.get(id) as Holder);
          return [...found.values()];
        }
        for (const account of page.value.map(keep)) {
          if (found.has(account.id)) throw new Failure("unavailable", words.repeated(system));
          found.set(account.id, account);
        }
      }
    } finally {
      await pages.return(undefined);
    }
  };

  /** A reading may be repeated: directories hang up on those who were silent for a while. */
  const ask = async (where: Pick<LdapSearch, "base" | "scope" | "filter">, signal?: AbortSignal) => {
    if (signal?.aborted) throw new Failure("cancelled", { vi: "đã dừng", en: "cancelled" });
    const once = () => paced(() => client.search({ ...where, attributes, binary }));
    return once().catch((error: unknown) => {
      if (error instanceof Failure && error.kind === "unavailable") return once();
      throw error;
    });
  };

  const search = async (filter: string): Promise<Account[]> => {
    const result = await ask({ base, scope: "sub", filter });
    assertRead(system, result);
    return result.entries.map(keep);
  };

  /** Active Directory takes an object's GUID for its name, so that no move in between can lead to another (MS-ADTS §3.1.1.3.1.2.4). */
  const findById = async (id: string): Promise<Account[]> => {
    if (!isAd)
      return (await search(`(&${dialect.filter}${formatEquals(dialect.id, id)})`)).filter((account) => account.id === id);
    if (!/^[0-9a-f-]{36}$/.test(id)) return [];
    const result = await ask({ base: toGuidDn(id), scope: "base", filter: "(objectClass=*)" });
    if (result.code === noSuchObject) return [];
    assertRead(system, result);
    return result.entries.map(keep).filter((account) => account.id === id);
  };

  const find = async (by: Lookup): Promise<readonly Account[]> => {
    if ("id" in by) return findById(by.id);
    if ("username" in by) {
      const hits = await search(`(&${dialect.filter}${formatEquals(dialect.userName, by.username)})`);
      return hits.filter(({ userName }) => toNameKey(userName) === toNameKey(by.username));
    }
    const attribute = toExternalIdAttribute(dialect, by.externalId);
    const hits = await search(`(&${dialect.filter}${formatEquals(attribute, by.externalId)})`);
    return hits.filter(({ externalId }) => externalId === by.externalId);
  };

  const readEntry = async (id: string, fresh: boolean): Promise<LdapEntry | undefined> => {
    if (fresh || !known.has(id)) {
      const [account] = await findById(id);
      if (!account) return undefined;
    }
    return known.get(id);
  };

  const isOurs = (holder: string, by: HolderName): boolean => by === "userName" || toDnKey(holder).endsWith(`,${toDnKey(base)}`);

  const findAccounts: LdapReader["findAccounts"] = async (named, by, signal) => {
    const isNew = (holder: string): boolean => isOurs(holder, by) && !idsByHolder.has(toHolderKey(holder, by));
    if (!wasSwept || named.filter(isNew).length > mostLookups) await sweep(signal);
    // Nested groups and the like stay nobody's, each for one reading.
    for (const holder of named.filter(isNew)) {
      if (by === "userName") await find({ username: holder });
      else {
        const result = await ask({ base: holder, scope: "base", filter: dialect.filter }, signal);
        if (result.code === noSuchObject) continue;
        assertRead(system, result);
        result.entries.map(keep);
      }
    }
    return new Map(
      named.flatMap((holder) => {
        const id = isOurs(holder, by) ? idsByHolder.get(toHolderKey(holder, by)) : undefined;
        return id === undefined ? [] : [[holder, id] as const];
      }),
    );
  };

  return {
    sweep,
    find,
    findAccounts,
    learn,
    async findHolder(id, by, fresh) {
      if (fresh || !holders.has(id)) return (await readEntry(id, true)) && holders.get(id)?.[by];
      return holders.get(id)?.[by];
    },
    readEntry,
    knows: (id) => known.has(id),
    forget: (id) => void known.delete(id),
    paced,
  };
}

function toHolderKey(holder: string, by: HolderName): string {
  // RFC 2307 §3: memberUid is compared letter by letter.
  return by === "dn" ? toDnKey(holder) : `uid:${holder}`;
}

/** RFC 4511 appendix A.1. */
const noSuchObject = 32;

export function toGuidDn(id: string): string {
  return `<GUID=${id}>`;
}
