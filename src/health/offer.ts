import type { Candidate } from "./candidates.ts";
import type { RiskGroup } from "./risk-groups.ts";
import { costOf, createRise, predictHit, reachesHitFloor, scoreBackground, scoreBroken, signatureCount } from "./score.ts";
import type { Question } from "./search-causes.ts";
import type { Standing } from "./standing.ts";

/** How well a candidate would explain what it takes from chance and from the accepted causes. */
export interface Offer {
  readonly candidate: Candidate;
  readonly best: RiskGroup;
  /** In nats; −∞: not at all. */
  readonly gain: number;
  /** By signature: does it take such failures from those that explain them now? What nobody explains it takes whole. */
  readonly takes: readonly boolean[];
}

/** To believe in a cause inside another takes more: no line fails evenly over all that hangs on it. */
const insideNats = 2;

/** Signatures that fewer failures show are taken or left with the rest. */
const rareShare = 0.03;

/** Failing members by signature: free ones, and those that others explain with what that is worth. */
interface Stock {
  readonly passes: number;
  readonly free: readonly number[];
  readonly held: readonly number[];
  readonly heldWorth: readonly number[];
  readonly freeCount: number;
  /** P(no accepted cause hits), on average over what is held. */
  readonly spared: number;
}

/** What a candidate would gain as things stand, taking what suits it. */
export function makeOffer(candidate: Candidate, standing: Standing, question: Question): Offer {
  const { groups, failing } = candidate;
  const first = groups[0] as RiskGroup;
  const refused: Offer = { candidate, best: first, gain: Number.NEGATIVE_INFINITY, takes: [] };
  if (boundGain(candidate, standing) <= 0) return refused;
  const stock = takeStock(candidate, standing, question);
  const chance = scoreBackground(question.rate);
  const everything = stock.held.map((count) => count > 0);
  const least = rareShare * (failing.length - stock.freeCount);
  const open = [...everything.keys()].filter((signature) => (stock.held[signature] as number) > least);
  const starts = everything.includes(true) ? [everything.map(() => false), everything] : [everything];
  let best = refused;
  for (const group of groups) {
    for (const start of starts) {
      const found = climb(start, open, (takes) => lookAt(group, stock, takes, chance));
      if (found.gain > best.gain) best = { candidate, best: group, ...found };
    }
  }
  return best;
}

/** What it could gain at most: all that it could save, less its cost. Most candidates under a broad cause cannot gain at all. */
export function boundGain({ groups, failing }: Candidate, { rows, worth }: Standing): number {
  let saved = 0;
  for (const at of failing) saved -= worth[rows.of[at] as number] as number;
  return saved - Math.min(...groups.map(({ kind }) => costOf(kind)));
}

function takeStock({ failing, passes }: Candidate, { rows, owner, worth, spared }: Standing, { observed }: Question): Stock {
  const free = new Array<number>(signatureCount).fill(0);
  const held = new Array<number>(signatureCount).fill(0);
  const heldWorth = new Array<number>(signatureCount).fill(0);
  let freeCount = 0;
  let sparedSum = 0;
  for (const at of failing) {
    const seen = observed[at] as number;
    const row = rows.of[at] as number;
    if (owner[row] === -1) {
      free[seen] = (free[seen] as number) + 1;
      freeCount++;
    } else {
      held[seen] = (held[seen] as number) + 1;
      heldWorth[seen] = (heldWorth[seen] as number) + (worth[row] as number);
      sparedSum += spared[row] as number;
    }
  }
  return {
    passes,
    free,
    held,
    heldWorth,
    freeCount,
    spared: sparedSum / Math.max(1, failing.length - freeCount),
  };
}

function lookAt({ kind }: RiskGroup, stock: Stock, takes: readonly boolean[], chance: number): number {
  const { passes, free, held, heldWorth, freeCount, spared } = stock;
  const bySignature = [...free];
  let fails = freeCount;
  let left = 0;
  let base = freeCount * chance;
  for (let seen = 0; seen < signatureCount; seen++) {
    const count = held[seen] as number;
    if (count === 0) continue;
    if (takes[seen]) {
      bySignature[seen] = (bySignature[seen] as number) + count;
      fails += count;
      base += heldWorth[seen] as number;
    } else left += count;
  }
  if (!reachesHitFloor({ fails, passes })) return Number.NEGATIVE_INFINITY;
  const taken = fails - freeCount;
  const seen = { fails, passes, bySignature };
  if (taken + left === 0) return scoreBroken(kind, seen) - base;
  const hit = predictHit(seen);
  // Two broken things hit more than either alone.
  const either = 1 - spared * (1 - hit);
  const together = taken * Math.log(either / hit) + left * Math.log(either / (1 - spared));
  return scoreBroken(kind, seen) + shareOut(taken, left) + together - base - insideNats;
}

const riseOfOne = createRise(1);
const riseOfTwo = createRise(2);

/**
 * Where two broken things meet, either may show: ln of the chance that just these failures show the one and the rest the other, whatever the share
 * (uniform Beta). Without it a cause could take what suits it from another for nothing.
 */
function shareOut(taken: number, left: number): number {
  return riseOfOne(taken) + riseOfOne(left) - riseOfTwo(taken + left);
}

/** Takes or leaves one signature at a time, as long as that helps. */
function climb(
  start: readonly boolean[],
  open: readonly number[],
  look: (takes: readonly boolean[]) => number,
): { readonly gain: number; readonly takes: readonly boolean[] } {
  let takes = start;
  let gain = look(start);
  for (;;) {
    let better: { gain: number; takes: readonly boolean[] } | undefined;
    for (const seen of open) {
      const other = takes.with(seen, !takes[seen]);
      const found = look(other);
      if (found > (better?.gain ?? gain)) better = { gain: found, takes: other };
    }
    if (!better) return { gain, takes };
    ({ gain, takes } = better);
  }
}
