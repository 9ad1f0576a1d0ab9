import type { Profile } from "../../src/provision/profile.ts";

/** How the child reaches its server. The values of `line` depend on the kind. */
export interface CrashAddress {
  readonly kind: "scim" | "ldap" | "keycloak" | "vendor";
  readonly url: string;
  readonly ca?: string;
  readonly bindDn?: string;
  readonly base?: string;
  /** Token, password or client's secret. */
  readonly secret: string;
}

/**
 * Where a process kills itself with SIGKILL. What happens between them is met by `clock`, which its parent keeps. `nth` counts from 1, `afterMs` is
 * waited while everything else goes on.
 */
export type Instant =
  | { readonly at: "create-sent"; readonly nth: number; readonly afterMs: number }
  | { readonly at: "create-answered" | "before-commit" | "after-commit"; readonly nth: number }
  | { readonly at: "read"; readonly nth: number; readonly afterMs: number }
  | { readonly at: "intents-kept" | "closing" | "closed" }
  | { readonly at: "clock"; readonly afterMs: number };

/** One run of one arm in a process of its own. */
export interface CrashRun {
  readonly arm: "ours" | "naive";
  readonly folder: string;
  readonly address: CrashAddress;
  /** Whose key seals first passwords; absent: there are none. */
  readonly recipient?: string;
  readonly instant?: Instant;
  /** What was learned of the server; the plan is made for it. */
  readonly known?: KnownServer;
}

export interface KnownServer {
  readonly profile: Profile;
  readonly sha256: string;
}

export const planFile = "plan.json";
export const databaseFile = "cache.db";
/** One letter for each request that was begun, written at once: `c` create, `r` a read of many or one, `w` anything else. */
export const requestFile = "requests.txt";
export const crashSystem = "documents";
