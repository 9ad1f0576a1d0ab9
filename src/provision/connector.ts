import type { Words } from "../platform/words.ts";
import type { Account, AccountState, StateKey } from "./account.ts";
import type { Probed, ProbeRequest } from "./profile.ts";

/**
 * What came of a write. `unknown`: the system may or may not have done it (time ran out, the line broke, 5xx): read back,
 * never send again blindly. `refused`: it certainly did not do it.
 */
export type WriteResult =
  | { readonly outcome: "done"; readonly id: string | undefined }
  | { readonly outcome: "unknown"; readonly message: Words }
  | {
      readonly outcome: "refused";
      readonly conflict: boolean;
      /** 403: we may read, but not do this kind of thing. */
      readonly forbidden?: boolean;
      readonly message: Words;
    };

export type Lookup = { readonly id: string } | { readonly externalId: string } | { readonly username: string };

/**
 * The port to one system's accounts. The contract suite (test/contract/connector.contract.ts) holds every adapter to it:
 *
 * - `sweep` gives every account exactly once or throws (unavailable, denied): a page that repeats, is missing, or does not add up is
 *   no list of accounts. Nothing is planned on half a list.
 * - `find` gives every account that matches, compared again on this side; an empty list is a certain no.
 * - `create`, `patch`, `setActive` send once. A 201 may lack an id. They change nothing but what they are given.
 * - Denied is thrown (Failure kind: denied) when the system does not let us in at all; then nothing more is to be sent.
 * - Secrets are in no message. Reads may be repeated; a write is only repeated when the system said it did not take it (429).
 */
export interface Connector {
  readonly system: string;
  /** What the system has a place for, where that is not everything: the rest is neither wanted nor missed there. */
  readonly holds?: ReadonlySet<StateKey>;
  /** False where two accounts may have one name: creates go one after the other, and a lost answer is waited for. Undefined: not known. */
  readonly uniqueNames?: boolean;
  /** How long a new account may stay out of sight. Undefined: it shows at once. */
  readonly visibleWithinMs?: number;
  sweep(signal?: AbortSignal): Promise<readonly Account[]>;
  find(by: Lookup): Promise<readonly Account[]>;
  create(account: AccountState): Promise<WriteResult>;
  /** As `create`, with a first password, which stands in the request's body and nowhere else. Absent: an account is made without one. */
  createWithPassword?(account: AccountState, password: string): Promise<WriteResult>;
  /** Sets another password, or the first where `createWithPassword` is absent; to be changed at the first sign-in. Absent: nobody can. */
  setPassword?(id: string, password: string): Promise<WriteResult>;
  /** `actual` is what was read before; only `keys` are brought to what `wanted` says. */
  patch(actual: Account, wanted: AccountState, keys: readonly StateKey[]): Promise<WriteResult>;
  setActive(id: string, active: boolean): Promise<WriteResult>;
  /** Learns how the system behaves; writes marked test accounts only where the request allows it. Failure kinds: unavailable, denied. */
  probe?(request: ProbeRequest): Promise<Probed>;
  close(): Promise<void>;
}
