import { type Candidate, toCandidates } from "./candidates.ts";
import type { Endpoint } from "./endpoint.ts";
import { type Observations, untested } from "./observation.ts";
import { toOdds } from "./odds.ts";
import { type GroupKind, type RiskGroup, toRiskGroups } from "./risk-groups.ts";
import { layerOf, scoreGain, tally } from "./score.ts";
import { type Accepted, markExplained, scoreCandidate, searchCauses } from "./search-causes.ts";
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

/**
 * Which shared things are broken, from what was observed of each endpoint: the score and the procedure of check.md §13. Pure.
 */
export function explainObservations(endpoints: readonly Endpoint[], observed: Observations): Explanation {
  const groups = toRiskGroups(endpoints);
  const candidates = toCandidates(groups, observed);
  let rate = firstBackgroundRate;
  let accepted: Accepted[] = [];
  for (let round = 0; round < 2; round++) {
    accepted = searchCauses(candidates, observed, rate);
    const explained = markExplained(accepted, observed);
    const tested = observed.filter((seen) => seen !== untested).length;
    const left = observed.filter((seen, at) => seen >= 0 && explained[at] === 0).length;
    if (round === 0) rate = Math.max(leastBackgroundRate, left / Math.max(1, tested));
  }
  const all = accepted
    .map((one) => toCause(one, accepted, candidates, { observed, rate }))
    .map((cause) => ({ ...cause, affected: withoutStrays(cause, endpoints, observed) }))
    .sort((a, b) => b.gainNats - a.gainNats);
  const explained = new Set(all.flatMap(({ affected }) => affected));
  return {
    ...findSuspects(all, endpoints, observed),
    unexplained: [...observed.keys()].filter((at) => (observed[at] as number) >= 0 && !explained.has(at)),
    backgroundRate: rate,
    groups,
  };
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

const strayShare = 0.1;

/**
 * Without the failures that only happen to lie under the cause: of a layer that few of its failures are of, in a unit that it
 * otherwise spares. A slow page on a line that works is not the carrier's.
 */
function withoutStrays({ affected, members }: Cause, endpoints: readonly Endpoint[], observed: Observations): readonly number[] {
  const layerAt = (at: number): number => ((observed[at] as number) < 0 ? -1 : layerOf(observed[at] as number));
  const ofLayer = Map.groupBy(affected, layerAt);
  const [usual] = [...ofLayer].reduce((a, b) => (b[1].length > a[1].length ? b : a), [-1, [] as number[]]);
  return affected.filter((at) => {
    const layer = layerAt(at);
    if (layer === usual || (ofLayer.get(layer)?.length ?? 0) >= strayShare * affected.length) return true;
    const { unit } = endpoints[at] as Endpoint;
    const beside = members.filter((other) => other !== at && (endpoints[other] as Endpoint).unit === unit);
    return beside.length > 0 && beside.filter((other) => layerAt(other) === usual).length * 2 >= beside.length;
  });
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
