import type { Instant } from "../../platform/clock.ts";
import type { GrantedCapacity } from "../capacity.ts";
import { type DocTypeMask, docTypes } from "../doc-types.ts";
import type { CarriedRight } from "../evidence.ts";
import { type Interval, type Intervals, intersect, unite } from "../interval.ts";
import { type EvidenceGrade, toRank } from "./evidence-grade.ts";

/**
 * Word on one right of one person, where a read-back is word on all of them: a dry-run signing request, or a screen that two people looked at. It supports
 * [at, at + ttlMs), and says nothing of anything else.
 */
export interface Sight extends Interval {
  readonly system: string;
  readonly unit: string;
  readonly staffId: string;
  readonly capacity: GrantedCapacity;
  readonly docTypes: DocTypeMask;
  readonly grade: EvidenceGrade;
  readonly carried: boolean;
  readonly at: Instant;
  readonly ttlMs: number;
  readonly recordedAt: Instant;
}

/** What the words on some types of one person come to, in place of what the listing says of them. */
export interface Weighed {
  readonly capacity: GrantedCapacity;
  readonly docTypes: DocTypeMask;
  /** open: a weaker word that is no older says otherwise than the strongest, so neither is believed until it is read again. */
  readonly state: "carried" | "not-carried" | "open";
  readonly holds: Intervals;
  readonly grade: EvidenceGrade;
  readonly at: Instant;
  readonly ttlMs: number;
}

export interface WeighedListing {
  readonly at: Instant;
  readonly ttlMs: number;
  readonly grade: EvidenceGrade;
  /** Active rights of the one person. */
  readonly rights: readonly CarriedRight[];
}

interface Word {
  readonly grade: EvidenceGrade;
  readonly at: Instant;
  readonly ttlMs: number;
  readonly holds: Intervals;
}

/**
 * The precedence of grades: the strongest fresh word decides, of equal ones the latest. A weaker word does not overrule it, but one that is no older and
 * says otherwise leaves the matter open: it may have been changed since, or somebody looked wrongly. `sights` are the fresh ones of one person in one unit;
 * `listing` is undefined where no listing is fresh. Pure, and the order of `sights` does not matter.
 */
export function weighSights(sights: readonly Sight[], listing: WeighedListing | undefined, from: Instant): Weighed[] {
  const weighed: Weighed[] = [];
  for (const [capacity, own] of Map.groupBy(sights, (sight) => sight.capacity)) {
    docTypes.forEach((_, bit) => {
      const mask = (1 << bit) >>> 0;
      const about = own.filter((sight) => (sight.docTypes & mask) !== 0);
      if (about.length === 0) return;
      const listed = (listing?.rights ?? []).filter((right) => right.capacity === capacity && (right.docTypes & mask) !== 0);
      const words: Word[] = about.map((sight) => toWord(sight, listed));
      if (listing) words.push({ ...listing, holds: unite(listed) });
      const [best, ...others] = words.toSorted(byStrength) as [Word, ...Word[]];
      const isOpen = others.some((other) => other.at >= best.at && !isAlike(best.holds, other.holds, from));
      const { grade, at, ttlMs, holds } = best;
      const state = isOpen ? "open" : holds.length > 0 ? "carried" : "not-carried";
      weighed.push({ capacity, docTypes: mask, state, holds, grade, at, ttlMs });
    });
  }
  return weighed;
}

/** A trial, or a screen without dates, says that it is so now; how long it will be, the listing says where it has that right. */
function toWord(sight: Sight, listed: readonly CarriedRight[]): Word {
  const { grade, at, ttlMs, carried, from, to } = sight;
  if (!carried) return { grade, at, ttlMs, holds: [] };
  const lasting =
    grade === "probe" || to === Number.POSITIVE_INFINITY ? unite(listed).filter((span) => span.from <= at && at < span.to) : [];
  return { grade, at, ttlMs, holds: lasting.length > 0 ? lasting : [{ from, to }] };
}

function byStrength(a: Word, b: Word): number {
  // Of the same strength and instant the one that takes away: authority is not made out of a tie.
  return toRank(b.grade) - toRank(a.grade) || b.at - a.at || a.holds.length - b.holds.length || (toKey(a) < toKey(b) ? -1 : 1);
}

function toKey({ grade, holds }: Word): string {
  return `${grade}/${holds.map(({ from, to }) => `${from}-${to}`).join(",")}`;
}

/** From now on; what was carried in the past is nobody's quarrel. */
function isAlike(a: Intervals, b: Intervals, from: Instant): boolean {
  const ahead = [{ from, to: Number.POSITIVE_INFINITY }];
  const [x, y] = [intersect(a, ahead), intersect(b, ahead)];
  return x.length === y.length && x.every((span, place) => span.to === y[place]?.to && span.from === y[place]?.from);
}
