import type { Words } from "../platform/words.ts";
import type { Account, AccountState, Membership, MembershipKind, StateKey } from "./account.ts";
import type { Probed, ProbeRequest } from "./profile.ts";

/**
 * What came of a write. `unknown`: the system may or may not have done it (time ran out, the line broke, 5xx): read back,
 * never send again blindly. `refused`: it certainly did not do it.
 */
export type WriteResult =
  | {
      readonly outcome: "done";
      readonly id: string | undefined;
      /** The account as the answer shows it, where the connector has `answers`. */
      readonly shown?: Account;
    }
  | { readonly outcome: "unknown"; readonly message: Words }
  | {
      readonly outcome: "refused";
      readonly conflict: boolean;
      /** 403: we may read, but not do this kind of thing. */
      readonly forbidden?: boolean;
      readonly message: Words;
    };

export type Lookup = { readonly id: string } | { readonly externalId: string } | { readonly username: string };

export interface MembershipSweep {
  /** Account id → what of the asked it holds, sorted. An account that holds nothing may be absent. */
  readonly held: ReadonlyMap<string, readonly Membership[]>;
  /** Of the asked: what the system has not got. A group can be made, a role only by the system's owner. */
  readonly missing: readonly Membership[];
  /** Of the asked: names that two groups or roles bear there. Nothing is changed about them. */
  readonly ambiguous: readonly Membership[];
  /** What the system has, asked or not, where reading it cost nothing more: a name that is missing is shown the nearest of these. */
  readonly existing?: readonly Membership[];
}

/**
 * Roles and groups of one system. Only what is asked for is read and only what is named is changed: a role that no template mentions
 * belongs to the system.
 *
 * - `sweep` is complete over the asked or throws, as accounts are swept. What the listing of accounts right before it showed it need not read
 *   again, once.
 * - `change` sends what `add` and `remove` name, once each, one account a request: big lists lose members on some servers
 *   (provision.md §13.1), and never asks for a removal by a list of values. `unknown` when any of its answers was lost;
 *   `refused` when any was refused: what was done beside it stays done.
 */
export interface MembershipPort {
  readonly kinds: ReadonlySet<MembershipKind>;
  sweep(asked: readonly Membership[], signal?: AbortSignal): Promise<MembershipSweep>;
  /** What one account holds of the asked, read afresh. */
  find(accountId: string, asked: readonly Membership[]): Promise<readonly Membership[]>;
  /** An empty group of that name. Absent: groups are made by the system's owner. */
  createGroup?(group: Membership): Promise<WriteResult>;
  change(
    accountId: string,
    change: { readonly add: readonly Membership[]; readonly remove: readonly Membership[] },
  ): Promise<WriteResult>;
}

/** By what answers that stand for reading back are checked. */
export interface AnswersAsStored {
  /** Accounts that a sweep gets with one request. */
  readonly pageSize: number;
  /** How many accounts there are, in one request. Undefined: the system does not say. Failure kinds: unavailable, denied. */
  count(): Promise<number | undefined>;
}

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
  /** How many operations may be offered at a time, where several travel in one request. */
  readonly mostAtOnce?: number;
  /** How long a new account may stay out of sight. Undefined: it shows at once. */
  readonly visibleWithinMs?: number;
  /** Present where `probe` saw that the answer to a create shows what every later read shows: then it may stand for one (decision 26). */
  readonly answers?: AnswersAsStored;
  sweep(signal?: AbortSignal): Promise<readonly Account[]>;
  find(by: Lookup): Promise<readonly Account[]>;
  create(account: AccountState): Promise<WriteResult>;
  /** As `create`, with a first password, which stands in the request's body and nowhere else. Absent: an account is made without one. */
  createWithPassword?(account: AccountState, password: string): Promise<WriteResult>;
  /** Sets another password, or the first where `createWithPassword` is absent; to be changed at the first sign-in. Absent: nobody can. */
  setPassword?(id: string, password: string): Promise<WriteResult>;
  /** Has the system mail a link, good for so many seconds, by which its owner sets a password. Absent: it cannot. */
  sendLink?(id: string, lifespanS: number): Promise<WriteResult>;
  /** Ends every session of the account, so that what was signed in stays out at once. Absent: sessions run out by themselves. */
  endSessions?(id: string): Promise<WriteResult>;
  /** `actual` is what was read before; only `keys` are brought to what `wanted` says. */
  patch(actual: Account, wanted: AccountState, keys: readonly StateKey[]): Promise<WriteResult>;
  setActive(id: string, active: boolean): Promise<WriteResult>;
  /** Absent: the system gives accounts and nothing else, and templates may name no role or group there. */
  readonly memberships?: MembershipPort;
  /** Learns how the system behaves; writes marked test accounts only where the request allows it. Failure kinds: unavailable, denied. */
  probe?(request: ProbeRequest): Promise<Probed>;
  close(): Promise<void>;
}
