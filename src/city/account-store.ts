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

/** The truth of one system's accounts: what SCIM writes and what the system's own API and tests read. */
export interface AccountStore {
  readonly accounts: Map<string, CityAccount>;
  /** Writes since the start: creates, changes, deletions. */
  writes: number;
}

export function createAccountStore(): AccountStore {
  return { accounts: new Map(), writes: 0 };
}
