import { type Candidate, toCandidates } from "./candidates.ts";
import type { Endpoint } from "./endpoint.ts";
import { type Observations, untested } from "./observation.ts";
import { toOdds } from "./odds.ts";
import { type GroupKind, type RiskGroup, toRiskGroups } from "./risk-groups.ts";
import { layerOf, scoreGain, tally } from "./score.ts";
import { findSuspects, type Suspect } from "./suspects.ts";

export interface GroupName {
  readonly kind: GroupKind;
  readonly id: string;
}

/** A broken thing that several failures share. */
export interface Cause extends GroupName {
  /** Probability of this answer against its rivals and against no shared cause, 0 to 1. */
  readonly odds: number;
  /** How much better it explains the failures than chance, in nats. */
  readonly gainNats: number;
  /** Groups that no probe so far can tell from it. */
  readonly or: readonly GroupName[];
  /** The next best answers. */
  readonly rivals: readonly (GroupName & { readonly odds: number })[];
  /** Positions of the failing endpoints it explains. */
  readonly affected: readonly number[];
  /** Positions of its tested members, failing or not. */
  readonly members: readonly number[];
}

export interface Explanation {
  /** Best first. */
  readonly causes: readonly Cause[];
  readonly suspects: readonly Suspect[];
  /** Positions of failing endpoints that no cause explains. */
  readonly unexplained: readonly number[];
  /** Failures to be expected without any shared cause, as a share of the tested. */
  readonly backgroundRate: number;
  readonly groups: readonly RiskGroup[];
}

const firstBackgroundRate = 0.006;
const leastBackgroundRate = 0.002;
/** Groups alike in members are told apart by their way of failing only where one is twenty times likelier. */
const alikeNats = Math.log(20);

interface Accepted {
  readonly candidate: Candidate;
  /** The likeliest of its groups. */
  readonly best: RiskGroup;
  readonly gain: number;
}

/**
 * Which shared things are broken, from what was observed of each endpoint: the score and the procedure of check.md §13. Pure.
 */
export function explainObservations(endpoints: readonly Endpoint[], observed: Observations): Explanation {
  const groups = toRiskGroups(endpoints);
  const candidates = toCandidates(groups, observed);
  let rate = firstBackgroundRate;
  let accepted: Accepted[] = [];
  for (let round = 0; round < 2; round++) {
    accepted = search(candidates, observed, rate);
    const explained = markExplained(accepted, observed);
    const tested = observed.filter((seen) => seen !== untested).length;
    const left = observed.filter((seen, at) => seen >= 0 && explained[at] === 0).length;
    if (round === 0) rate = Math.max(leastBackgroundRate, left / Math.max(1, tested));
  }
  const { causes, suspects } = findSuspects(
    accepted.map((one) => toCause(one, accepted, candidates, { observed, rate })).sort((a, b) => b.gainNats - a.gainNats),
    endpoints,
    observed,
  );
  const explained = markExplained(accepted, observed);
  return {
    causes,
    suspects,
    unexplained: [...observed.keys()].filter((at) => (observed[at] as number) >= 0 && explained[at] === 0),
    backgroundRate: rate,
    groups,
  };
}

function scoreCandidate(candidate: Candidate, observed: Observations, explained: Uint8Array, rate: number): Accepted {
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
function search(candidates: readonly Candidate[], observed: Observations, rate: number): Accepted[] {
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

function markExplained(accepted: readonly Accepted[], observed: Observations): Uint8Array {
  const explained = new Uint8Array(observed.length);
  for (const { candidate } of accepted) {
    for (const at of candidate.members) if ((observed[at] as number) >= 0) explained[at] = 1;
  }
  return explained;
}

function toCause(
  one: Accepted,
  accepted: readonly Accepted[],
  candidates: readonly Candidate[],
  { observed, rate }: { readonly observed: Observations; readonly rate: number },
): Cause {
  const { candidate, best } = one;
  const others = markExplained(
    accepted.filter((other) => other !== one),
    observed,
  );
  const failing = candidate.members.filter((at) => (observed[at] as number) >= 0);
  const touched = new Uint8Array(observed.length);
  for (const at of failing) touched[at] = 1;
  const rivals = candidates
    .filter((other) => other !== candidate && other.members.some((at) => touched[at] === 1))
    .map((other) => scoreCandidate(other, observed, others, rate))
    .filter(({ gain }) => gain > Number.NEGATIVE_INFINITY)
    .sort((a, b) => b.gain - a.gain);
  const own = scoreCandidate(candidate, observed, others, rate).gain;
  const odds = toOdds([own, ...rivals.map(({ gain }) => gain)]);
  const seen = tally(candidate.members, observed, others);
  const alike = candidate.groups.filter((group) => group !== best && scoreGain(group.kind, seen, rate) > own - alikeNats);
  return {
    kind: best.kind,
    id: best.id,
    odds: odds[0] as number,
    gainNats: own,
    or: alike.map(({ kind, id }) => ({ kind, id })),
    rivals: rivals.slice(0, 2).map(({ best: { kind, id } }, at) => ({ kind, id, odds: odds[at + 1] as number })),
    affected: failing.filter((at) => isNearest(one, at, accepted, observed)),
    members: candidate.members,
  };
}

/** Of the causes that a failure lies under, is this the one whose failures look most like it? */
function isNearest(one: Accepted, at: number, accepted: readonly Accepted[], observed: Observations): boolean {
  const likeness = ({ candidate: { members } }: Accepted): number => {
    const failing = members.filter((member) => (observed[member] as number) >= 0);
    return failing.filter((member) => observed[member] === observed[at]).length / failing.length;
  };
  const covering = accepted.filter(({ candidate }) => candidate.members.includes(at));
  if (covering.length === 1) return true;
  return covering.reduce((best, other) => (likeness(other) > likeness(best) ? other : best)) === one;
}
