import { Failure } from "../../platform/failure.ts";
import type { LdapChange, LdapResult } from "../../platform/ldap.ts";
import type { LdapEntry } from "../../platform/ldap-entry.ts";
import { type Account, readState, type StateKey } from "../account.ts";
import type { Connector, WriteResult } from "../connector.ts";
import { madeWithoutPassword, toActiveFlags, toFlagsWithPassword, toUnicodePwd } from "./ad-flags.ts";
import { toWriteResult } from "./ldap-answer.ts";
import type { LdapDialect } from "./ldap-dialect.ts";
import { readAdFlags, readId, toChanges, toNewEntry } from "./ldap-entry.ts";
import type { LdapGroupSettings } from "./ldap-groups.ts";
import { createLdapMemberships } from "./ldap-memberships.ts";
import { createLdapReader, type LdapReaderOptions, toGuidDn } from "./ldap-reader.ts";
import { escapeDnValue, formatEquals } from "./ldap-text.ts";
import { ldapFaults as words } from "./ldap-words.ts";

export interface LdapConnectorOptions extends LdapReaderOptions {
  /** Where new accounts are made; `base` without it. */
  readonly createUnder?: string | undefined;
  /** Under what the line is kept from others. */
  readonly privacy: "ldaps" | "starttls" | "none";
  /** Where groups are and what they are like. Undefined: this directory's groups are not wardctl's business. */
  readonly groups?: LdapGroupSettings | undefined;
}

/** LDAP v3 and Active Directory: provision.md §13.2, decision 0020. */
export function createLdapConnector(options: LdapConnectorOptions): Connector {
  const { system, client, dialect, createUnder = options.base, privacy } = options;
  const reader = createLdapReader(options);
  const { sweep, find, readEntry, knows, forget, paced } = reader;
  const { groups, pace, pageSize = 500 } = options;
  const isAd = dialect.kind === "ad";

  /** No answer is "unknown"; denied goes on to the caller. */
  const write = async (work: () => Promise<LdapResult>, id: string | undefined): Promise<WriteResult> => {
    try {
      return toWriteResult(system, await paced(work), id);
    } catch (error) {
      if (error instanceof Failure && error.kind === "unavailable") return { outcome: "unknown", message: error.words };
      throw error;
    }
  };

  const withEntry = async (
    id: string,
    fresh: boolean,
    work: (entry: LdapEntry) => Promise<WriteResult>,
  ): Promise<WriteResult> => {
    let entry: LdapEntry | undefined;
    try {
      entry = await readEntry(id, fresh);
    } catch (error) {
      if (error instanceof Failure && error.kind === "unavailable") return { outcome: "unknown", message: error.words };
      throw error;
    }
    return entry ? work(entry) : { outcome: "refused", conflict: true, message: words.gone(system) };
  };

  const modify = (id: string, entry: LdapEntry, changes: readonly LdapChange[], unchanged = ""): Promise<WriteResult> => {
    forget(id);
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
    const remembered = !fresh && knows(id);
    const result = await withEntry(id, fresh, (entry) => modify(id, entry, toList(entry), unchanged));
    // Perhaps only its name changed since the sweep: refused is certain, so it is read and sent once more.
    if (remembered && result.outcome === "refused" && result.conflict) return patch(id, toList, { fresh: true, unchanged });
    return result;
  };

  return {
    system,
    sweep,
    find,
    async create(account) {
      const rdn = isAd ? "cn" : dialect.userName;
      const dn = `${rdn}=${escapeDnValue(account.userName)},${createUnder}`;
      let made: LdapEntry | undefined;
      const result = await write(async () => {
        const { entry, ...answer } = await client.add(dn, toNewEntry(account, dialect), isAd ? [] : [dialect.id]);
        made = entry;
        return answer;
      }, undefined);
      if (result.outcome !== "done") return result;
      const id = made && readId(made, dialect);
      if (id !== undefined) reader.learn(id, { dn, userName: account.userName });
      return { ...result, id };
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
      return withEntry(id, true, async (entry) =>
        readAdFlags(entry).pwdLastSet === "0"
          ? modify(id, entry, [replace("userAccountControl", String(madeWithoutPassword))])
          : result,
      );
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
      // RFC 3062 goes by name alone: it is read in that moment, lest it belong to another by now.
      return withEntry(id, true, async (entry) => {
        const set = await write(() => client.setPassword(entry.dn, secret), id);
        if (set.outcome !== "done" || dialect.lock?.attribute.toLowerCase() !== "pwdaccountlockedtime") return set;
        return modify(id, entry, [replace("pwdReset", "TRUE")]);
      });
    },
    ...(groups ? { memberships: createLdapMemberships({ system, client, pace, pageSize, groups, paced, reader }) } : {}),
    close: () => client.close(),
  };
}

function replace(attribute: string, value: string): LdapChange {
  return { operation: "replace", attribute, values: [value] };
}

/** What was not there when it was read is still not there. Of what was, the change itself takes the old value away by name. */
function formatAbsent(actual: Account, keys: readonly StateKey[], dialect: LdapDialect): string {
  return keys
    .filter((key) => key !== "active" && key !== "externalId" && readState(actual, key) === null)
    .map((key) => `(!(${dialect.attributes[key as keyof LdapDialect["attributes"]]}=*))`)
    .join("");
}
