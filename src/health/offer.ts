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

/** Signatures as bits of a number: this is turned over far too often for lists. */
type Takes = number;
const nothing: Takes = 0;

function isTaken(takes: Takes, signature: number): boolean {
  return ((takes >> signature) & 1) === 1;
}

/** Failing members by signature: free ones, and those that others explain with what that is worth. */
interface Stock {
  readonly passes: number;
  /** Signatures that any of them shows. */
  readonly present: readonly number[];
  readonly free: readonly number[];
  readonly held: readonly number[];
  readonly heldWorth: readonly number[];
  readonly freeCount: number;
  /** P(no accepted cause hits), on average over what is held. */
  readonly spared: number;
}

/** What a candidate would gain as things stand, taking what suits it. */
export function makeOffer(candidate: Candidate, standing: Standing, { rate }: Pick<Question, "rate">): Offer {
  const { groups, failing } = candidate;
  const first = groups[0] as RiskGroup;
  const refused: Offer = { candidate, best: first, gain: Number.NEGATIVE_INFINITY, takes: [] };
  const stock = takeStock(candidate, standing);
  const chance = scoreBackground(rate);
  const saved = -stock.heldWorth.reduce((sum, one) => sum + one, stock.freeCount * chance);
  if (saved <= leastCost(candidate)) return refused;
  const held = stock.present.filter((signature) => (stock.held[signature] as number) > 0);
  const least = rareShare * (failing.length - stock.freeCount);
  const open = held.filter((signature) => (stock.held[signature] as number) > least);
  const everything = held.reduce((all, signature) => all | (1 << signature), nothing);
  const starts = everything === nothing ? [nothing] : [nothing, everything];
  const scratch = [...stock.free];
  let best: { readonly group: RiskGroup; readonly gain: number; readonly takes: Takes } | undefined;
  for (const group of groups) {
    for (const start of starts) {
      const found = climb(start, open, (takes) => lookAt(group, stock, takes, { chance, scratch }));
      if (found.gain > (best?.gain ?? Number.NEGATIVE_INFINITY)) best = { group, ...found };
    }
  }
  if (!best) return refused;
  const { group, gain, takes } = best;
  return { candidate, best: group, gain, takes: stock.held.map((_, signature) => isTaken(takes, signature)) };
}

/** What it could gain at most: all that it could save, less its cost. Most candidates under a broad cause cannot gain at all. */
export function boundGain(candidate: Candidate, { rows, worth, looks }: Standing): number {
  // With no cause yet all are worth the same.
  if (looks.length === 0) return -candidate.failing.length * (worth[0] as number) - leastCost(candidate);
  let saved = 0;
  for (const at of candidate.failing) saved -= worth[rows.of[at] as number] as number;
  return saved - leastCost(candidate);
}

function leastCost({ groups }: Candidate): number {
  let least = Number.POSITIVE_INFINITY;
  for (const group of groups) least = Math.min(least, costOf(group));
  return least;
}

function takeStock({ failing, passes }: Candidate, { rows, owner, worth, spared }: Standing): Stock {
  const inRow = new Uint32Array(rows.size.length);
  for (const at of failing) inRow[rows.of[at] as number] = (inRow[rows.of[at] as number] as number) + 1;
  const free = new Array<number>(signatureCount).fill(0);
  const held = new Array<number>(signatureCount).fill(0);
  const heldWorth = new Array<number>(signatureCount).fill(0);
  let freeCount = 0;
  let sparedSum = 0;
  for (let row = 0; row < inRow.length; row++) {
    const count = inRow[row] as number;
    if (count === 0) continue;
    const signature = rows.signature[row] as number;
    if (owner[row] === -1) {
      free[signature] = (free[signature] as number) + count;
      freeCount += count;
    } else {
      held[signature] = (held[signature] as number) + count;
      heldWorth[signature] = (heldWorth[signature] as number) + count * (worth[row] as number);
      sparedSum += count * (spared[row] as number);
    }
  }
  return {
    passes,
    present: [...free.keys()].filter((signature) => (free[signature] as number) + (held[signature] as number) > 0),
    free,
    held,
    heldWorth,
    freeCount,
    spared: sparedSum / Math.max(1, failing.length - freeCount),
  };
}

/** `scratch` has a place for each signature and is written over: this is asked a hundred thousand times in a diagnosis. */
function lookAt(
  group: RiskGroup,
  stock: Stock,
  takes: Takes,
  { chance, scratch: bySignature }: { readonly chance: number; readonly scratch: number[] },
): number {
  const { passes, present, free, held, heldWorth, freeCount, spared } = stock;
  let fails = freeCount;
  let left = 0;
  let base = freeCount * chance;
  for (const signature of present) {
    const count = held[signature] as number;
    const taken = isTaken(takes, signature);
    bySignature[signature] = (free[signature] as number) + (taken ? count : 0);
    if (taken) {
      fails += count;
      base += heldWorth[signature] as number;
    } else left += count;
  }
  if (!reachesHitFloor({ fails, passes })) return Number.NEGATIVE_INFINITY;
  const taken = fails - freeCount;
  const seen = { fails, passes, bySignature };
  if (taken + left === 0) return scoreBroken(group, seen) - base;
  const hit = predictHit(seen);
  // Two broken things hit more than either alone.
  const either = 1 - spared * (1 - hit);
  const together = taken * Math.log(either / hit) + left * Math.log(either / (1 - spared));
  return scoreBroken(group, seen) + shareOut(taken, left) + together - base - insideNats;
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
  start: Takes,
  open: readonly number[],
  look: (takes: Takes) => number,
): { readonly gain: number; readonly takes: Takes } {
  let takes = start;
  let gain = look(start);
  for (;;) {
    let betterGain = gain;
    let better = takes;
    for (const signature of open) {
      const other = takes ^ (1 << signature);
      const found = look(other);
      if (found > betterGain) [betterGain, better] = [found, other];
    }
    if (better === takes) return { gain, takes };
    [gain, takes] = [betterGain, better];
  }
}
