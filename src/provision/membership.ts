import type { Membership, MembershipKind } from "./account.ts";

/** One that was asked for, with its name in NFC: rosters and systems write the same letters in two ways. */
export interface AskedMembership {
  readonly membership: Membership;
  readonly kind: MembershipKind;
  readonly name: string;
}

export function readMembership(membership: Membership): AskedMembership {
  // Names may hold colons themselves: `group:unit:27004:center`.
  const at = membership.indexOf(":");
  return {
    membership,
    kind: membership.slice(0, at) as MembershipKind,
    name: membership.slice(at + 1).normalize("NFC"),
  };
}

export function listAsked(asked: readonly Membership[], kind: MembershipKind): readonly AskedMembership[] {
  return asked.map(readMembership).filter((one) => one.kind === kind);
}

export interface MatchedNames<Named> {
  readonly found: ReadonlyMap<Membership, Named>;
  readonly missing: readonly Membership[];
  readonly ambiguous: readonly Membership[];
}

/** Which of the system's groups or roles are meant: those of exactly that name. Two of one name are none. */
export function matchNames<Named extends { readonly name: string }>(
  asked: readonly AskedMembership[],
  listed: readonly Named[],
): MatchedNames<Named> {
  const byName = Map.groupBy(listed, ({ name }) => name.normalize("NFC"));
  const found = new Map<Membership, Named>();
  const missing: Membership[] = [];
  const ambiguous: Membership[] = [];
  for (const { membership, name } of asked) {
    const [only, ...others] = byName.get(name) ?? [];
    if (!only) missing.push(membership);
    else if (others.length > 0) ambiguous.push(membership);
    else found.set(membership, only);
  }
  return { found, missing, ambiguous };
}

/** Account id → what it holds, sorted; what a system keeps twice is held once. */
export function collectHeld(
  pairs: Iterable<readonly [account: string, membership: Membership]>,
): ReadonlyMap<string, readonly Membership[]> {
  const held = new Map<string, Set<Membership>>();
  for (const [account, membership] of pairs) {
    const own = held.get(account) ?? new Set();
    held.set(account, own.add(membership));
  }
  return new Map([...held].map(([account, own]) => [account, [...own].sort()]));
}
