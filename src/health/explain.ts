import { listTested, toCandidates } from "./candidates.ts";
import type { Endpoint } from "./endpoint.ts";
import { type Observations, passed, untested } from "./observation.ts";
import { temperature, toOdds } from "./odds.ts";
import { boundGain, makeOffer } from "./offer.ts";
import { isOfCarrier, relabelGroups } from "./relabel-groups.ts";
import { type GroupKind, type RiskGroup, toRiskGroups } from "./risk-groups.ts";
import { layerOf, scoreBackground, scoreBroken } from "./score.ts";
import { type Accepted, addUp, gainOf, type Question, searchCauses } from "./search-causes.ts";
import { type Standing, stand } from "./standing.ts";
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
  /** How far it is ahead of the next answer, or of no shared cause. */
  readonly marginNats: number;
  /** Groups that no probe so far can tell from it. */
  readonly or: readonly GroupName[];
  /** The next best answers. */
  readonly rivals: readonly (GroupName & { readonly odds: number; readonly gainNats: number })[];
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
const rivalsKept = 2;
/** A rival so far behind has no odds to speak of. */
const hopelessNats = 20 * temperature;
const alikeNats = Math.log(20);
/** A label is doubted on trial long before anybody is told of it; what a wrong one costs, is what it takes to believe in it. */
const trialOdds = 0.3;
const relabelNats = 4;
const firmShare = 0.6;

/**
 * Which shared things are broken, from what was observed of each endpoint: the score and the procedure of check.md §13. Pure.
 */
export function explainObservations(
  endpoints: readonly Endpoint[],
  observed: Observations,
  discovered: readonly RiskGroup[] = [],
): Explanation {
  const groups = [...toRiskGroups(endpoints), ...discovered];
  const scene = { endpoints, observed };
  const asListed = solve(groups, scene);
  const doubts = findSuspects(asListed.causes.filter(isFirm), scene, trialOdds).suspects;
  const solution = doubts.length === 0 ? asListed : solveRelabelled(asListed, { groups, doubts, scene });
  const found = findSuspects(solution.causes, scene);
  const explained = new Uint8Array(observed.length);
  for (const { affected } of found.causes) for (const at of affected) explained[at] = 1;
  const unexplained: number[] = [];
  for (let at = 0; at < observed.length; at++) if ((observed[at] as number) >= 0 && explained[at] === 0) unexplained.push(at);
  return {
    ...found,
    unexplained,
    backgroundRate: solution.rate,
    groups,
  };
}

/** A group of few that fails by half may be made of wrong labels alone: it does not speak against doubting them. */
function isFirm({ kind, affected, members }: Cause): boolean {
  return !isOfCarrier(kind) || affected.length >= firmShare * members.length;
}

interface Scene {
  readonly endpoints: readonly Endpoint[];
  readonly observed: Observations;
}

interface Solution {
  readonly causes: readonly Cause[];
  readonly rate: number;
  /** ln P(everything seen | these causes). */
  readonly worth: number;
}

function solve(groups: readonly RiskGroup[], { endpoints, observed }: Scene): Solution {
  const candidates = toCandidates(groups, observed);
  const failing: number[] = [];
  for (let at = 0; at < observed.length; at++) if ((observed[at] as number) >= 0) failing.push(at);
  const shown = observed.filter((seen) => seen >= 0);
  const first = searchCauses({ candidates, observed: shown, rate: firstBackgroundRate }, false);
  const rate = estimateBackground(first, observed);
  const question = { candidates, observed: shown, rate };
  const accepted = searchCauses(question, true);
  const standing = stand(accepted, question);
  const causes = accepted
    .map((one) => toCause(one, accepted, question, { failing, all: observed, standing }))
    .map((cause) => ({ ...cause, affected: withoutStrays(cause, endpoints, observed) }))
    .sort((a, b) => b.gainNats - a.gainNats);
  const passes = observed.reduce((count, seen) => count + (seen === passed ? 1 : 0), 0);
  const byChance = failing.length * scoreBackground(rate) + passes * Math.log(1 - rate);
  return { causes, rate, worth: addUp(accepted, question) + byChance };
}

/**
 * Wrong labels make broad causes out of what is none. So the causes are sought again with the doubtful labels as the units behave, which has to pay
 * for each of them; the causes keep the members that the inventory lists.
 */
function solveRelabelled(
  asListed: Solution,
  {
    groups,
    doubts,
    scene,
  }: { readonly groups: readonly RiskGroup[]; readonly doubts: readonly Suspect[]; readonly scene: Scene },
): Solution {
  const relabelled = solve(relabelGroups(groups, doubts, scene.endpoints), scene);
  if (relabelled.worth - doubts.length * relabelNats <= asListed.worth) return asListed;
  const membersOf = new Map(groups.map((group) => [`${group.kind} ${group.id}`, group]));
  const causes = relabelled.causes.flatMap((cause): Cause[] => {
    const listed = membersOf.get(`${cause.kind} ${cause.id}`);
    if (!listed || !isOfCarrier(cause.kind)) return [cause];
    const members = listTested(listed, scene.observed);
    const inside = new Set(members);
    return [{ ...cause, members, affected: cause.affected.filter((at) => inside.has(at)) }];
  });
  return { ...relabelled, causes };
}

function estimateBackground(accepted: readonly Accepted[], observed: Observations): number {
  let tested = 0;
  let fails = 0;
  for (const seen of observed) {
    if (seen !== untested) tested++;
    if (seen >= 0) fails++;
  }
  const covered = new Uint8Array(fails);
  for (const { candidate } of accepted) for (const at of candidate.failing) covered[at] = 1;
  const explained = covered.reduce((sum, one) => sum + one, 0);
  return Math.max(leastBackgroundRate, (fails - explained) / Math.max(1, tested));
}

function toCause(
  one: Accepted,
  accepted: readonly Accepted[],
  question: Question,
  { failing, all, standing }: { readonly failing: readonly number[]; readonly all: Observations; readonly standing: Standing },
): Cause {
  const { candidate, best } = one;
  const { candidates, observed } = question;
  const without = stand(
    accepted.filter((other) => other !== one),
    question,
  );
  const index = accepted.indexOf(one);
  const owned = candidate.failing.filter((at) => standing.owner[standing.rows.of[at] as number] === index);
  const touched = new Uint8Array(observed.length);
  for (const at of owned) touched[at] = 1;
  const own = gainOf(one, index, standing, question);
  const taken = new Set(accepted.map((other) => other.candidate));
  const rivals = candidates
    .filter(
      (other) =>
        !taken.has(other) && boundGain(other, without) > own - hopelessNats && other.failing.some((at) => touched[at] === 1),
    )
    .map((other) => makeOffer(other, without, question))
    .filter(({ gain }) => gain > Number.NEGATIVE_INFINITY)
    .sort((a, b) => b.gain - a.gain);
  const odds = toOdds([own, ...rivals.map(({ gain }) => gain)]);
  const { seen } = one;
  const broken = scoreBroken(best, seen);
  const alike = candidate.groups.filter((group) => group !== best && scoreBroken(group, seen) > broken - alikeNats);
  return {
    kind: best.kind,
    id: best.id,
    odds: odds[0] as number,
    gainNats: own,
    marginNats: own - Math.max(0, rivals[0]?.gain ?? 0),
    or: alike.map(({ kind, id }) => ({ kind, id })),
    rivals: rivals
      .slice(0, rivalsKept)
      .map(({ best: { kind, id }, gain }, at) => ({ kind, id, odds: odds[at + 1] as number, gainNats: gain })),
    affected: Array.from(owned, (at) => failing[at] as number),
    members: listTested(best, all),
  };
}

const strayShare = 0.1;

/**
 * Without the failures that only happen to lie under the cause: of a layer that few of its failures are of, in a unit that it
 * otherwise spares. A slow page on a line that works is not the carrier's.
 */
function withoutStrays({ affected, members }: Cause, endpoints: readonly Endpoint[], observed: Observations): readonly number[] {
  const layerAt = (at: number): number => ((observed[at] as number) < 0 ? -1 : layerOf(observed[at] as number));
  const ofLayer = new Map<number, number>();
  for (const at of affected) ofLayer.set(layerAt(at), (ofLayer.get(layerAt(at)) ?? 0) + 1);
  const [usual] = [...ofLayer].reduce((a, b) => (b[1] > a[1] ? b : a), [-1, 0]);
  const isCommon = (layer: number): boolean => layer === usual || (ofLayer.get(layer) ?? 0) >= strayShare * affected.length;
  if ([...ofLayer.keys()].every(isCommon)) return affected;
  const byUnit = Map.groupBy(members, (at) => (endpoints[at] as Endpoint).unit);
  return affected.filter((at) => {
    const layer = layerAt(at);
    if (isCommon(layer)) return true;
    const beside = (byUnit.get((endpoints[at] as Endpoint).unit) ?? []).filter((other) => other !== at);
    return beside.length > 0 && beside.filter((other) => layerAt(other) === usual).length * 2 >= beside.length;
  });
}
