import type { IsoDate } from "../directory/unit.ts";

/** A functional account that wardctl keeps, and whom it is accountable to now. */
export interface KeptAccount {
  readonly key: string;
  readonly name: string;
  readonly unit: string;
  /** Staff id; null while the post is vacant. */
  readonly owner: string | null;
  readonly systems: readonly string[];
  /** The day on which wardctl first knew it. */
  readonly since: IsoDate;
}

/** Somebody said that the account is still needed and who answers for it. */
export interface Attestation {
  readonly key: string;
  /** Instant with offset. */
  readonly at: string;
  readonly owner: string;
  readonly actor: string;
  readonly note: string | undefined;
}

export interface AttestationStanding extends KeptAccount {
  readonly last: Attestation | undefined;
  /** On this day at the latest it is to be attested. */
  readonly reattestBy: IsoDate;
  /** Why then: a year is over, or units became one since. */
  readonly why: "yearly" | "merged";
  readonly due: boolean;
}

interface AttestationRequest {
  readonly accounts: readonly KeptAccount[];
  /** The newest of each key. */
  readonly attested: ReadonlyMap<string, Attestation>;
  /** Units into which others merged, with the day. */
  readonly merged: ReadonlyMap<string, IsoDate>;
  readonly today: IsoDate;
}

/** Once a year, and whenever units merged into the account's own (provision.md §5). Pure. */
export function judgeAttestations({ accounts, attested, merged, today }: AttestationRequest): AttestationStanding[] {
  return accounts
    .map((account): AttestationStanding => {
      const last = attested.get(account.key);
      const from = last?.at.slice(0, 10) ?? account.since;
      const yearly = toNextYear(from);
      const effective = merged.get(account.unit);
      // An account that wardctl knows only since the merger, under the new unit's key, is due like the others.
      const isMerged = effective !== undefined && (last === undefined || effective > from) && effective < yearly;
      const reattestBy = isMerged ? effective : yearly;
      return { ...account, last, reattestBy, why: isMerged ? "merged" : "yearly", due: reattestBy <= today };
    })
    .sort((a, b) => (a.reattestBy < b.reattestBy ? -1 : a.reattestBy > b.reattestBy ? 1 : a.key < b.key ? -1 : 1));
}

/** 29 February comes to 28 February. */
export function toNextYear(day: IsoDate): IsoDate {
  const [year, rest] = [Number(day.slice(0, 4)) + 1, day.slice(4)];
  const isLeap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  return `${String(year).padStart(4, "0")}${rest === "-02-29" && !isLeap ? "-02-28" : rest}`;
}
