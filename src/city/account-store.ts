/** An account on one of the city's systems, as that system keeps it. Functional accounts stand beside personal ones. */
export interface CityAccount {
  readonly id: string;
  externalId?: string;
  userName: string;
  active: boolean;
  displayName?: string;
  /** SHA-256 of the password that was set, in hexadecimal: the city can tell whether a slip is right and keeps no secret. */
  passwordSha256?: string;
  /** Everything else the SCIM side was given, kept as it came. */
  attributes: Record<string, unknown>;
}

/** A group of one system: who is in it by id, as it was given. */
export interface CityGroup {
  readonly id: string;
  displayName: string;
  members: readonly CityMember[];
}

export interface CityMember {
  readonly value: string;
  readonly [detail: string]: unknown;
}

/** What servers were seen doing to groups (provision.md §14, §15). Off, a member is an account that is there, once. */
export type GroupLie =
  | "stores-duplicate-members"
  | "stores-unknown-members"
  | "500-on-unknown-member"
  | "big-add-removes-members"
  | "remove-with-values-empties";

/** The truth of one system's accounts: what SCIM writes and what the system's own API and tests read. */
export interface AccountStore {
  readonly accounts: Map<string, CityAccount>;
  readonly groups: Map<string, CityGroup>;
  readonly groupLies: Set<GroupLie>;
  /** Writes since the start: creates, changes, deletions. */
  writes: number;
}

export function createAccountStore(): AccountStore {
  return { accounts: new Map(), groups: new Map(), groupLies: new Set(), writes: 0 };
}
