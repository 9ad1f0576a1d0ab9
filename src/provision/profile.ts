import { sha256, toCanonicalJson } from "../platform/canonical-json.ts";
import type { ManagedKey } from "./account.ts";

/**
 * What `probe` learned of one system. `null`: not seen, or only to be learned by writing (`wrote` is then false). A plan pins it by its hash:
 * a system that behaves otherwise than when it was planned for is planned for again.
 */
export interface Profile {
  readonly schema: "wardctl.profile/1";
  readonly system: string;
  readonly url: string;
  readonly probedAt: string;
  /** True when test accounts were written (`--allow-writes`). */
  readonly wrote: boolean;
  /** Its own description (RFC 7643 §5) could be read. */
  readonly described: boolean;
  /** The most accounts it gives a page, where that is fewer than asked for. */
  readonly pageSize: number | null;
  readonly paging: "index" | "cursor" | "ignored" | null;
  readonly filter: "works" | "ignored" | "refused" | null;
  /** A filter finds a user name only in the case it was written in. */
  readonly caseExactNames: boolean | null;
  /**
   * Attributes that the service's own schemas (RFC 7643 §7) say cannot be written or are not shown, and that no writing showed otherwise: nothing
   * is wanted of them. `null`: it shows no schemas.
   */
  readonly notHeld: readonly ManagedKey[] | null;
  /** What an account that shows no `active` is. */
  readonly absentActive: boolean | null;
  /** Versions are advertised and shown, so a write may say which one it means. */
  readonly ifMatch: boolean;
  /** A stale If-Match is refused rather than overlooked. */
  readonly ifMatchHeld: boolean | null;
  readonly patch: "works" | "refused" | "loses" | null;
  readonly patchStatus: number | null;
  /** A whole account read and written back comes back whole. */
  readonly put: "keeps" | "loses" | "refused" | null;
  readonly disable: "works" | "ignored" | "refused" | null;
  /** Status of a second create under a taken name. */
  readonly duplicateStatus: number | null;
  readonly uniqueNames: boolean | null;
  readonly uniqueExternalIds: boolean | null;
  readonly keepsExternalId: boolean | null;
  readonly keepsUserName: boolean | null;
  /** How the answer to a create names the new account. */
  readonly idFrom: "body" | "location" | "none" | null;
  /** The answer to a create shows the account as it is listed and read by its id right after. */
  readonly answersAsStored?: boolean | null;
  readonly remove: "works" | "refused" | null;
  /** Creates that travel in one request and are told apart in its answer; 0 where that went wrong. */
  readonly bulk: number | null;
}

export interface ProbeRequest {
  /** Test accounts may be written, then removed or disabled. */
  readonly writes: boolean;
  /** Tells this probe's test accounts from any other's. */
  readonly marker: string;
  readonly probedAt: string;
  readonly signal?: AbortSignal;
}

export interface Probed {
  readonly profile: Profile;
  /** User names of test accounts that could be disabled only. */
  readonly disabled: readonly string[];
  /** User names of test accounts that are still there and active. */
  readonly left: readonly string[];
}

export async function hashProfile(profile: Profile): Promise<string> {
  // When it was learned does not change what was learned.
  return sha256(await toCanonicalJson({ ...profile, probedAt: null }));
}
