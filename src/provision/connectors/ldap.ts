import { Failure } from "../../platform/failure.ts";
import type { LdapChange, LdapClient, LdapEntry, LdapResult, LdapSearch } from "../../platform/ldap.ts";
import { type Account, readState, type StateKey, toNameKey } from "../account.ts";
import type { Connector, Lookup, WriteResult } from "../connector.ts";
import type { Pace } from "../pace.ts";
import { madeWithoutPassword, toActiveFlags, toFlagsWithPassword, toUnicodePwd } from "./ad-flags.ts";
import { assertRead, isStrained, toWriteResult } from "./ldap-answer.ts";
import { type LdapDialect, toExternalIdAttribute } from "./ldap-dialect.ts";
import { listAttributes, readAccount, readAdFlags, toChanges, toNewEntry } from "./ldap-entry.ts";
import { escapeDnValue, formatEquals } from "./ldap-text.ts";
import { ldapFaults as words } from "./ldap-words.ts";

export interface LdapConnectorOptions {
  readonly system: string;
  readonly client: LdapClient;
  readonly dialect: LdapDialect;
  /** Where accounts are looked for. */
  readonly base: string;
  /** Where new ones are made; `base` without it. */
  readonly createUnder?: string | undefined;
  /** Under what the line is kept from others. */
  readonly privacy: "ldaps" | "starttls" | "none";
  readonly pace: Pace;
  readonly pageSize?: number | undefined;
}

/** LDAP v3 and Active Directory: provision.md §13.2, decision 0020. */
export function createLdapConnector(options: LdapConnectorOptions): Connector {
  const { system, client, dialect, base, createUnder = base, privacy, pace, pageSize = 500 } = options;
  const isAd = dialect.kind === "ad";
  const binary = isAd ? [dialect.id] : [];
  const attributes = listAttributes(dialect);
  /** As last read, by id: a change needs the entry's name and the bytes of its values. */
  const known = new Map<string, LdapEntry>();

  const paced = <T extends LdapResult>(work: () => Promise<T>): Promise<T> =>
    pace.run(async () => {
      const value = await work();
      return { value, strained: isStrained(value) };
    });

  const keep = (entry: LdapEntry): Account => {
    const account = readAccount(entry, dialect);
    if (!account) throw new Failure("unavailable", words.noAccount(system, entry.dn));
    known.set(account.id, entry);
    return account;
  };

  const sweep = async (signal?: AbortSignal): Promise<readonly Account[]> => {
    const found = new Map<string, Account>();
    const pages = client.pages({ base, scope: "sub", filter: dialect.filter, attributes, binary }, pageSize, signal);
    for (;;) {
      const page = await pace.run(async () => ({ value: await pages.next() }));
      if (page.done) return [...found.values()];
      for (const account of page.value.map(keep)) {
        if (found.has(account.id)) throw new Failure("unavailable", words.repeated(system));
        found.set(account.id, account);
      }
    }
  };

  /** A reading may be repeated: directories hang up on those who were silent for a while. */
  const ask = async (where: Pick<LdapSearch, "base" | "scope" | "filter">) => {
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

  /** No answer is "unknown"; denied goes on to the caller. */
  const write = async (work: () => Promise<LdapResult>, id: string | undefined): Promise<WriteResult> => {
    try {
      return toWriteResult(system, await paced(work), id);
    } catch (error) {
      if (error instanceof Failure && error.kind === "unavailable") return { outcome: "unknown", message: error.words };
      throw error;
    }
  };

  const modify = (id: string, entry: LdapEntry, changes: readonly LdapChange[], unchanged = ""): Promise<WriteResult> => {
    known.delete(id);
    return write(
      () =>
        isAd
          ? client.modify(toGuidDn(id), changes)
          : client.modify(entry.dn, changes, `(&${formatEquals(dialect.id, id)}${unchanged})`),
      id,
    );
  };

  const toActiveChange = (entry: LdapEntry, active: boolean): LdapChange => {
    if (isAd) return replace("userAccountControl", String(toActiveFlags(readAdFlags(entry), active)));
    const { attribute, locked } = dialect.lock as NonNullable<LdapDialect["lock"]>;
    return active ? { operation: "replace", attribute, values: [] } : replace(attribute, locked);
  };

  const patch = async (
    id: string,
    toList: (entry: LdapEntry) => readonly LdapChange[],
    { fresh, unchanged = "" }: { readonly fresh: boolean; readonly unchanged?: string },
  ): Promise<WriteResult> => {
    const remembered = !fresh && known.has(id);
    let entry: LdapEntry | undefined;
    try {
      entry = await readEntry(id, fresh);
    } catch (error) {
      if (error instanceof Failure && error.kind === "unavailable") return { outcome: "unknown", message: error.words };
      throw error;
    }
    if (!entry) return { outcome: "refused", conflict: true, message: words.gone(system) };
    const result = await modify(id, entry, toList(entry), unchanged);
    // Perhaps only its name changed since the sweep: refused is certain, so it is read and sent once more.
    if (remembered && result.outcome === "refused" && result.conflict) return patch(id, toList, { fresh: true, unchanged });
    return result;
  };

  return {
    system,
    sweep,
    find,
    create(account) {
      const rdn = isAd ? "cn" : dialect.userName;
      const dn = `${rdn}=${escapeDnValue(account.userName)},${createUnder}`;
      return write(() => client.add(dn, toNewEntry(account, dialect)), undefined);
    },
    patch(actual, wanted, keys) {
      const changesActive = keys.includes("active");
      // Flags are read and written as a whole: those of a moment ago may be another's change.
      return patch(
        actual.id,
        (entry) => [
          ...toChanges(actual, wanted, keys, entry, dialect),
          ...(changesActive ? [toActiveChange(entry, wanted.active)] : []),
        ],
        { fresh: changesActive && isAd, unchanged: formatAbsent(actual, keys, dialect) },
      );
    },
    async setActive(id, active) {
      const result = await patch(id, (entry) => [toActiveChange(entry, active)], { fresh: isAd });
      if (!isAd || !active || result.outcome !== "refused" || result.conflict) return result;
      // Open without a password is what Active Directory refuses; one that never had any goes back to waiting for it.
      const entry = await readEntry(id, true);
      if (!entry || readAdFlags(entry).pwdLastSet !== "0") return result;
      return modify(id, entry, [replace("userAccountControl", String(madeWithoutPassword))]);
    },
    async setPassword(id, secret) {
      // Active Directory takes unicodePwd over TLS only; RFC 3062 §4 wants the line private too.
      if (privacy === "none" || (isAd && privacy !== "ldaps"))
        return { outcome: "refused", conflict: false, message: words.needsLdaps(system) };
      if (isAd) {
        return patch(
          id,
          (entry) => [
            { operation: "replace", attribute: "unicodePwd", values: [toUnicodePwd(secret)] },
            replace("userAccountControl", String(toFlagsWithPassword(readAdFlags(entry)))),
            replace("pwdLastSet", "0"),
          ],
          { fresh: true },
        );
      }
      const entry = await readEntry(id, false);
      if (!entry) return { outcome: "refused", conflict: true, message: words.gone(system) };
      const set = await write(() => client.setPassword(entry.dn, secret), id);
      if (set.outcome !== "done" || dialect.lock?.attribute.toLowerCase() !== "pwdaccountlockedtime") return set;
      return modify(id, entry, [replace("pwdReset", "TRUE")]);
    },
    close: () => client.close(),
  };
}

const noSuchObject = 32;

function replace(attribute: string, value: string): LdapChange {
  return { operation: "replace", attribute, values: [value] };
}

function toGuidDn(id: string): string {
  return `<GUID=${id}>`;
}

/** What was not there when it was read is still not there. Of what was, the change itself takes the old value away by name. */
function formatAbsent(actual: Account, keys: readonly StateKey[], dialect: LdapDialect): string {
  return keys
    .filter((key) => key !== "active" && key !== "externalId" && readState(actual, key) === null)
    .map((key) => `(!(${dialect.attributes[key as keyof LdapDialect["attributes"]]}=*))`)
    .join("");
}
