import type { LdapChange } from "../../platform/ldap.ts";
import type { LdapEntry } from "../../platform/ldap-entry.ts";
import { type Account, type AccountState, type ManagedKey, managedKeys, readState, type StateKey } from "../account.ts";
import { toSignIn } from "../sign-in-time.ts";
import { type AdFlags, isActive, madeLocked, madeWithoutPassword } from "./ad-flags.ts";
import { type LdapDialect, toExternalIdAttribute } from "./ldap-dialect.ts";
import { findFirstRdn, formatGuid } from "./ldap-text.ts";

/** Everything that is asked of an entry. */
export function listAttributes(dialect: LdapDialect): string[] {
  const { id, userName, externalId, longExternalId, attributes, lock, lastSignIn, kind } = dialect;
  const state = kind === "ad" ? ["userAccountControl", "pwdLastSet"] : [lock?.attribute];
  const all = [id, userName, externalId, longExternalId, ...Object.values(attributes), ...state, lastSignIn];
  return [...new Set(all.filter((name) => name !== undefined))];
}

/** The text values of an attribute as they stand on the entry. */
export function readValues({ values }: LdapEntry, attribute: string): string[] {
  return (values.get(attribute.toLowerCase()) ?? []).filter((value) => typeof value === "string" && value !== "") as string[];
}

/** Undefined when it is no account: without id or user name an entry proves nothing. */
export function readAccount(entry: LdapEntry, dialect: LdapDialect): Account | undefined {
  const id = readId(entry, dialect);
  const names = readValues(entry, dialect.userName);
  const rdn = findFirstRdn(entry.dn, dialect.userName);
  const userName = names.find((name) => name === rdn) ?? names[0];
  if (id === undefined || userName === undefined) return undefined;
  return {
    id,
    userName: userName.normalize("NFC"),
    externalId: readExternalId(entry, dialect),
    active: readActive(entry, dialect),
    attributes: Object.fromEntries(managedKeys.map((key) => [key, readManaged(entry, dialect.attributes[key])])),
    ...(dialect.lastSignIn === undefined ? {} : toSignIn(readValues(entry, dialect.lastSignIn)[0])),
  };
}

export function readId(entry: LdapEntry, { id, kind }: LdapDialect): string | undefined {
  if (kind === "ldap") return readValues(entry, id)[0];
  const [bytes] = entry.values.get(id.toLowerCase()) ?? [];
  return Buffer.isBuffer(bytes) ? formatGuid(bytes) : undefined;
}

/** Of several values the first: `toChanges` keeps the managed one there. */
function readManaged(entry: LdapEntry, attribute: string): string | null {
  return readValues(entry, attribute)[0]?.normalize("NFC") ?? null;
}

function readExternalId(entry: LdapEntry, dialect: LdapDialect): string | undefined {
  const short = readValues(entry, dialect.externalId)[0]?.normalize("NFC");
  if (short !== undefined || dialect.longExternalId === undefined) return short;
  const long = readValues(entry, dialect.longExternalId)[0]?.normalize("NFC");
  // What is short enough for the other attribute is a number of somebody else's.
  return long !== undefined && toExternalIdAttribute(dialect, long) === dialect.longExternalId ? long : undefined;
}

function readActive(entry: LdapEntry, { kind, lock }: LdapDialect): boolean {
  if (kind === "ad") return isActive(readAdFlags(entry));
  return !readValues(entry, lock?.attribute ?? "").some((value) => value.toLowerCase() === lock?.locked.toLowerCase());
}

export function readAdFlags(entry: LdapEntry): AdFlags {
  return {
    userAccountControl: Number(readValues(entry, "userAccountControl")[0] ?? 0),
    pwdLastSet: readValues(entry, "pwdLastSet")[0] ?? "0",
  };
}

/** A new entry. What the schema demands beside what is managed (`sn`, `cn`) is given once and is the directory's from then on. */
export function toNewEntry(account: AccountState, dialect: LdapDialect): Record<string, string[]> {
  const { externalId, userName, active, attributes } = account;
  const entry: Record<string, string[]> = { objectClass: [...dialect.objectClasses], [dialect.userName]: [userName] };
  for (const key of managedKeys) setOnce(entry, dialect.attributes[key], attributes[key]);
  if (externalId !== undefined) setOnce(entry, toExternalIdAttribute(dialect, externalId), externalId);
  if (dialect.kind === "ad") {
    return { ...entry, cn: [userName], userAccountControl: [String(active ? madeWithoutPassword : madeLocked)] };
  }
  const name = (attributes.formattedName ?? attributes.displayName ?? userName).normalize("NFC");
  setOnce(entry, "cn", name);
  // The family name is the first word of a Vietnamese name; what has no given name is no person.
  setOnce(entry, "sn", attributes.givenName ? name.split(" ")[0] : name);
  if (!active && dialect.lock) entry[dialect.lock.attribute] = [dialect.lock.locked];
  return entry;
}

function setOnce(entry: Record<string, string[]>, attribute: string, value: string | null | undefined): void {
  if (value && !(attribute in entry)) entry[attribute] = [value.normalize("NFC")];
}

/**
 * The changes that bring `keys` to what is wanted. The old value is taken away by name, so the server refuses when somebody changed it
 * meanwhile; other values of the attribute stay, ours before them, where it is read. `active` is not among them.
 */
export function toChanges(
  actual: AccountState,
  wanted: AccountState,
  keys: readonly StateKey[],
  entry: LdapEntry,
  dialect: LdapDialect,
): LdapChange[] {
  const wishes = new Map<string, { before: string | null; after: string | null }>();
  for (const key of keys) {
    if (key === "active") continue;
    const [before, after] = [readState(actual, key) as string | null, readState(wanted, key) as string | null];
    const attribute = toAttribute(key, (after ?? before) as string, dialect);
    if (!wishes.has(attribute)) wishes.set(attribute, { before, after: after?.normalize("NFC") ?? null });
  }
  return [...wishes].flatMap(([attribute, { before, after }]): LdapChange[] => {
    const held = readValues(entry, attribute);
    const [first, ...others] = held;
    // As it stands there, down to the byte; when it is another by now, what was read before: then the server refuses.
    const old = first?.normalize("NFC") === before ? first : before;
    const change = (operation: LdapChange["operation"], values: string[]): LdapChange => ({ operation, attribute, values });
    const removal = old === null ? [] : [change("delete", [old])];
    if (after === null) return removal;
    // A value that is wanted and stood there as another's comes forward; then the one before it was another's too, and stays.
    const isThere = held.some((value) => value.normalize("NFC") === after);
    const rest = (isThere || old === null ? held : others).filter((value) => value.normalize("NFC") !== after);
    return [...removal, rest.length === 0 && !isThere ? change("add", [after]) : change("replace", [after, ...rest])];
  });
}

function toAttribute(key: ManagedKey | "externalId", value: string, dialect: LdapDialect): string {
  return key === "externalId" ? toExternalIdAttribute(dialect, value) : dialect.attributes[key];
}
