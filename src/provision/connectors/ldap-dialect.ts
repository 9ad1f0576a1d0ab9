import type { ManagedKey } from "../account.ts";

/** Where on an entry each thing stands, and how one kind of directory wants to be spoken to. */
export interface LdapDialect {
  readonly kind: "ldap" | "ad";
  /** The server's own id of an entry: it stays through renames and moves. */
  readonly id: string;
  readonly userName: string;
  readonly externalId: string;
  /** Takes external ids that `externalId` is too short for. */
  readonly longExternalId: string | undefined;
  readonly attributes: Readonly<Record<ManagedKey, string>>;
  readonly objectClasses: readonly string[];
  /** Which entries are accounts. */
  readonly filter: string;
  /** How an account is locked: this attribute holds this value. Active Directory has a flag instead. */
  readonly lock: { readonly attribute: string; readonly locked: string } | undefined;
  /** When somebody last signed in. */
  readonly lastSignIn?: string | undefined;
}

/**
 * `inetOrgPerson` (RFC 2798). The lock is the one of the password policy overlay: `000001010000Z` is "locked until somebody unlocks", which
 * the directory itself enforces at every sign-in; a mark in some other attribute would only say so.
 */
export const ldapDialect: LdapDialect = {
  kind: "ldap",
  id: "entryUUID",
  userName: "uid",
  externalId: "employeeNumber",
  longExternalId: undefined,
  attributes: {
    displayName: "displayName",
    formattedName: "cn",
    givenName: "givenName",
    title: "title",
    userType: "employeeType",
    employeeNumber: "employeeNumber",
    unit: "o",
    department: "departmentNumber",
    email: "mail",
    phone: "telephoneNumber",
  },
  objectClasses: ["top", "person", "organizationalPerson", "inetOrgPerson"],
  filter: "(uid=*)",
  lock: { attribute: "pwdAccountLockedTime", locked: "000001010000Z" },
};

/** Active Directory. `employeeID` holds at most 16 characters, so the keys of departments stand in `employeeNumber` (512). */
export const adDialect: LdapDialect = {
  kind: "ad",
  id: "objectGUID",
  userName: "sAMAccountName",
  externalId: "employeeID",
  longExternalId: "employeeNumber",
  attributes: {
    displayName: "displayName",
    // cn is the name of the entry itself here and must be unique in its folder: the full name stands in displayName.
    formattedName: "displayName",
    givenName: "givenName",
    title: "title",
    userType: "employeeType",
    employeeNumber: "employeeID",
    unit: "company",
    department: "department",
    email: "mail",
    phone: "telephoneNumber",
  },
  objectClasses: ["top", "person", "organizationalPerson", "user"],
  // Computers and contacts are not accounts of people.
  filter: "(&(objectCategory=person)(objectClass=user))",
  lock: undefined,
  // Copied to all controllers; up to 14 days late, but the first sign-in is written at once (MS-ADA1 §2.351).
  lastSignIn: "lastLogonTimestamp",
};

/** employeeID's upper bound in Active Directory's schema. */
const longestEmployeeId = 16;

/** The attribute an external id is written to, and looked for in. */
export function toExternalIdAttribute({ externalId, longExternalId }: LdapDialect, value: string): string {
  return longExternalId !== undefined && value.length > longestEmployeeId ? longExternalId : externalId;
}

/** The dialect with what wardctl.yaml says otherwise. */
export function adaptDialect(
  dialect: LdapDialect,
  change: {
    readonly attributes?:
      | Readonly<Partial<Record<ManagedKey | "id" | "userName" | "externalId" | "lastSignIn", string | undefined>>>
      | undefined;
    readonly objectClasses?: readonly string[] | undefined;
    readonly filter?: string | undefined;
    readonly lock?: LdapDialect["lock"] | undefined;
  },
): LdapDialect {
  const given = Object.entries(change.attributes ?? {}).filter(([, attribute]) => attribute !== undefined);
  const { id, userName, externalId, lastSignIn, ...managed } = Object.fromEntries(given) as Partial<Record<string, string>>;
  const name = userName ?? dialect.userName;
  return {
    ...dialect,
    id: id ?? dialect.id,
    userName: name,
    externalId: externalId ?? dialect.externalId,
    // A site that names its own attribute has made room in it.
    longExternalId: externalId === undefined ? dialect.longExternalId : undefined,
    attributes: { ...dialect.attributes, ...(managed as Partial<Record<ManagedKey, string>>) },
    objectClasses: change.objectClasses ?? dialect.objectClasses,
    filter: change.filter ?? (dialect.kind === "ldap" ? `(${name}=*)` : dialect.filter),
    lock: change.lock ?? dialect.lock,
    lastSignIn: lastSignIn ?? dialect.lastSignIn,
  };
}
