import type { Candidate } from "./candidates.ts";
import type { Observations } from "./observation.ts";
import type { RiskGroup } from "./risk-groups.ts";
import { layerOf, scoreGain, tally } from "./score.ts";

/** A candidate with its score, given what was already explained. */
export interface Accepted {
  readonly candidate: Candidate;
  /** The likeliest of its groups. */
  readonly best: RiskGroup;
  readonly gain: number;
}

export function scoreCandidate(candidate: Candidate, observed: Observations, explained: Uint8Array, rate: number): Accepted {
  const seen = tally(candidate.members, observed, explained);
  let best = candidate.groups[0] as RiskGroup;
  let gain = Number.NEGATIVE_INFINITY;
  for (const group of candidate.groups) {
    const own = scoreGain(group.kind, seen, rate);
    if (own > gain) {
      best = group;
      gain = own;
    }
  }
  return { candidate, best, gain };
}

const restarts = 4;

/**
 * A broad group can swallow two narrow faults that happen together (half a carrier down while one certificate runs out): each
 * alone gains less than all of it at once. So where an answer mixes layers it is left out, and the better whole is kept.
 */
export function searchCauses(candidates: readonly Candidate[], observed: Observations, rate: number): Accepted[] {
  let left = candidates;
  let best: Accepted[] = [];
  let bestTotal = Number.NEGATIVE_INFINITY;
  for (let round = 0; round <= restarts; round++) {
    const accepted = pickAndPrune(left, observed, rate);
    const total = addUp(accepted, observed, rate);
    if (total > bestTotal) [best, bestTotal] = [accepted, total];
    const mixed = accepted.find(({ candidate }) => mixesLayers(candidate, observed));
    if (!mixed) break;
    left = left.filter((candidate) => candidate !== mixed.candidate);
  }
  return best;
}

/** What the causes gain together, each after the ones before it. */
function addUp(accepted: readonly Accepted[], observed: Observations, rate: number): number {
  return accepted.reduce((sum, { candidate }, at) => {
    const explained = markExplained(accepted.slice(0, at), observed);
    return sum + scoreCandidate(candidate, observed, explained, rate).gain;
  }, 0);
}

/** More than a tenth of its failures are of another layer than most. */
function mixesLayers({ members }: Candidate, observed: Observations): boolean {
  const counts = new Map<number, number>();
  let fails = 0;
  for (const at of members) {
    const seen = observed[at] as number;
    if (seen < 0) continue;
    fails++;
    counts.set(layerOf(seen), (counts.get(layerOf(seen)) ?? 0) + 1);
  }
  return Math.max(...counts.values()) < fails * 0.9;
}

/** What pruning sets free is offered again to the rest, so that dropping a broad cause leaves nothing unexplained. */
function pickAndPrune(candidates: readonly Candidate[], observed: Observations, rate: number): Accepted[] {
  let left = candidates;
  let kept: Accepted[] = [];
  for (;;) {
    const picked = pickGreedily(left, observed, rate, kept);
    const next = prune(picked, observed, rate);
    if (next.length === picked.length) return next;
    const dropped = new Set(picked.filter((one) => !next.includes(one)).map(({ candidate }) => candidate));
    left = left.filter((candidate) => !dropped.has(candidate));
    kept = next;
  }
}

/** Takes the best, marks its failures explained, rescores what shared them, until nothing gains. */
function pickGreedily(
  candidates: readonly Candidate[],
  observed: Observations,
  rate: number,
  kept: readonly Accepted[] = [],
): Accepted[] {
  const explained = markExplained(kept, observed);
  const accepted = [...kept];
  let scored = candidates
    .filter((candidate) => !kept.some((one) => one.candidate === candidate))
    .map((candidate) => scoreCandidate(candidate, observed, explained, rate))
    .filter(({ gain }) => gain > 0);
  while (scored.length > 0) {
    const best = scored.reduce((a, b) => (b.gain > a.gain ? b : a));
    accepted.push(best);
    const fresh = new Set(best.candidate.members.filter((at) => (observed[at] as number) >= 0 && explained[at] === 0));
    for (const at of fresh) explained[at] = 1;
    scored = scored
      .filter((one) => one !== best)
      .map((one) =>
        one.candidate.members.some((at) => fresh.has(at)) ? scoreCandidate(one.candidate, observed, explained, rate) : one,
      )
      .filter(({ gain }) => gain > 0);
  }
  return accepted;
}

/** Drops, weakest first, each cause that gains nothing once the others have explained their share. */
function prune(accepted: readonly Accepted[], observed: Observations, rate: number): Accepted[] {
  let kept = [...accepted];
  for (;;) {
    const rescored = kept.map((one) => {
      const explained = markExplained(
        kept.filter((other) => other !== one),
        observed,
      );
      return { one, gain: scoreCandidate(one.candidate, observed, explained, rate).gain };
    });
    const weakest = rescored.filter(({ gain }) => gain <= 0).sort((a, b) => a.gain - b.gain)[0];
    if (!weakest) return kept;
    kept = kept.filter((one) => one !== weakest.one);
  }
}

/** One for every failure that lies under any of them. */
export function markExplained(accepted: readonly Accepted[], observed: Observations): Uint8Array {
  const explained = new Uint8Array(observed.length);
  for (const { candidate } of accepted) {
    for (const at of candidate.members) if ((observed[at] as number) >= 0) explained[at] = 1;
  }
  return explained;
}
