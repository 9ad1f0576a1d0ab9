import { sha256, toCanonicalJson } from "../platform/canonical-json.ts";
import type { Instant } from "../platform/clock.ts";

/**
 * The attributes wardctl answers for on an account. Everything else on it belongs to the system and is never touched.
 * `null` is "no value"; a key that is absent is not managed on this account.
 */
export const managedKeys = [
  "displayName",
  "formattedName",
  "givenName",
  "title",
  "userType",
  "employeeNumber",
  "unit",
  "department",
  "email",
  "phone",
] as const;
export type ManagedKey = (typeof managedKeys)[number];
export type ManagedAttributes = Readonly<Partial<Record<ManagedKey, string | null>>>;

/** What an account may do on a system, by the name people know it by there: `role:doc.read`, `group:unit:27004:center`. */
export type Membership = `${MembershipKind}:${string}`;
export type MembershipKind = "role" | "group";

/** An account of one system as it was read, or as it is wanted (then without an id). */
export interface AccountState {
  /** The staff id of a person, the key of a functional account. Undefined on accounts nobody of ours made. */
  readonly externalId: string | undefined;
  readonly userName: string;
  readonly active: boolean;
  readonly attributes: ManagedAttributes;
}

export interface Account extends AccountState {
  /** The system's own id. */
  readonly id: string;
  /** When somebody last signed in with it; null: never. Absent: the system does not tell, or not in a way that is understood. */
  readonly lastSignInAt?: Instant | null;
}

/** A user name as systems compare it: without case and without the `DOMAIN/` that WSO2 puts in front (provision.md §13.1). */
export function toNameKey(userName: string): string {
  return userName.slice(userName.lastIndexOf("/") + 1).toLowerCase();
}

/** What an account was like when it was read; `absent` where there was none. Equal fingerprints: nobody moved it since. */
export async function toFingerprint(account: Account | undefined): Promise<string> {
  if (!account) return "absent";
  const { id, externalId = null, userName, active, attributes } = account;
  return sha256(await toCanonicalJson({ id, externalId, userName, active, attributes }));
}

export type StateKey = ManagedKey | "externalId" | "active";

/** What a system that holds only these can be brought to. */
export function narrowState<State extends AccountState>(state: State, held: ReadonlySet<StateKey> | undefined): State {
  if (!held) return state;
  const attributes = Object.fromEntries(Object.entries(state.attributes).filter(([key]) => held.has(key as ManagedKey)));
  return { ...state, externalId: held.has("externalId") ? state.externalId : undefined, attributes };
}

/** The attributes in which `wanted` differs from what is there; only what is managed counts. */
export function listDifferences(actual: AccountState, wanted: AccountState): StateKey[] {
  const keys: StateKey[] = managedKeys.filter(
    (key) => key in wanted.attributes && toComparable(key, wanted.attributes[key]) !== toComparable(key, actual.attributes[key]),
  );
  if (wanted.externalId !== actual.externalId) keys.push("externalId");
  if (wanted.active !== actual.active) keys.push("active");
  return keys;
}

/**
 * What two ways of writing one thing have in common: many systems keep mail addresses without their capitals, which SCIM and LDAP do not compare
 * (RFC 7643 §8.7.1, RFC 4524 §2.16), and numbers as `tel:+84-912-345-678` (RFC 7643 §4.1.2).
 */
function toComparable(key: ManagedKey, value: string | null | undefined): string | null {
  if (key === "email") return value?.toLowerCase() ?? null;
  if (key !== "phone") return value ?? null;
  const digits = value?.replace(/^tel:/i, "").replace(/[\s().-]/g, "");
  return digits?.replace(/^\+84(?=\d{9}$)/, "0") ?? null;
}

/** True when the account is what was wanted, name included. */
export function isAsWanted(actual: AccountState, wanted: AccountState): boolean {
  return toNameKey(actual.userName) === toNameKey(wanted.userName) && listDifferences(actual, wanted).length === 0;
}

/** The value of one attribute for showing to a person and for a change. */
export function readState(state: AccountState, key: StateKey): string | boolean | null {
  if (key === "externalId") return state.externalId ?? null;
  if (key === "active") return state.active;
  return state.attributes[key] ?? null;
}
