import { type Observations, passed, untested } from "./observation.ts";
import type { GroupKind, RiskGroup } from "./risk-groups.ts";

/** How often a broken group breaks each layer: name, network, tls, http, sign-in, function (check.md §13). */
const layerPrior: Readonly<Record<GroupKind, readonly number[]>> = {
  ward: [2, 3, 0.6, 0.3, 0.2, 0.3],
  system: [0.4, 1, 1.5, 2, 1, 1],
  provsys: [0.4, 1, 1.5, 2, 1, 1],
  carrier: [1, 4, 0.5, 0.5, 0.2, 0.2],
  carprov: [1, 4, 0.5, 0.5, 0.2, 0.2],
  carsys: [0.5, 4, 0.5, 0.5, 0.2, 0.2],
  province: [2, 3, 0.5, 0.5, 0.3, 0.3],
  dc: [0.5, 2, 1, 2, 0.6, 0.6],
  sso: [0.05, 0.2, 0.2, 0.5, 5, 0.3],
  dnszone: [6, 0.2, 0.1, 0.1, 0.1, 0.1],
  local: [2, 2, 3, 2, 0.2, 0.2],
  certificate: [0.05, 0.1, 6, 0.1, 0.05, 0.05],
  issuer: [0.05, 0.1, 6, 0.1, 0.05, 0.05],
  address: [0.1, 3, 1, 2, 0.5, 0.5],
  subnet: [0.1, 4, 1, 1, 0.3, 0.3],
  server: [0.05, 0.5, 1, 5, 0.5, 0.5],
  // As the unit's line, whose two ends they are.
  onsite: [2, 3, 0.6, 0.3, 0.2, 0.3],
  approach: [2, 3, 0.6, 0.3, 0.2, 0.3],
};

/** What it takes to believe in a broken group of this kind at all, in nats. */
const cost: Readonly<Record<GroupKind, number>> = {
  ward: 8.5,
  system: 5,
  provsys: 6.5,
  carrier: 5.5,
  carprov: 6.5,
  carsys: 8,
  province: 6,
  dc: 5.5,
  sso: 5.5,
  dnszone: 6.5,
  local: 5,
  certificate: 8,
  issuer: 8.5,
  address: 8.5,
  subnet: 9,
  server: 9,
  onsite: 8.5,
  approach: 8.5,
};

const layerOfSignature = [0, 0, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 5, 5] as const;
/** The layer of a signature, by number: name, network, tls, http, sign-in, function. */
export function layerOf(signature: number): number {
  return layerOfSignature[signature] as number;
}

const signaturesOfLayer = [2, 3, 4, 4, 2, 2] as const;
export const signatureCount = layerOfSignature.length;
const concentration = 0.2;
/** Any broken thing fails now and then in a way that is not its own. */
const strayShare = 0.05;
/** ln Γ(start + count) − ln Γ(start) of one start. */
export type Rise = (count: number) => number;

/** Summed up once for each start: a diagnosis asks for it a hundred thousand times. */
export function createRise(start: number): Rise {
  const known = [0];
  return (count) => {
    for (let at = known.length; at <= count; at++) known.push((known[at - 1] as number) + Math.log(start + at - 1));
    return known[count] as number;
  };
}

const hitPrior = { fail: 6, pass: 1.2 };
const riseOfFail = createRise(hitPrior.fail);
const riseOfPass = createRise(hitPrior.pass);
const riseOfEither = createRise(hitPrior.fail + hitPrior.pass);
const lnStray = Math.log(strayShare / signatureCount);
const leastHitRate = 0.3;

export interface Tally {
  /** Failures nobody has explained yet. */
  readonly fails: number;
  readonly passes: number;
  readonly bySignature: readonly number[];
}

/** Passes always count; failures that are explained are passed over. */
export function tally(members: readonly number[], observed: Observations, explained: Uint8Array): Tally {
  const bySignature = new Array<number>(signatureCount).fill(0);
  let fails = 0;
  let passes = 0;
  for (const at of members) {
    const seen = observed[at] as number;
    if (seen === untested) continue;
    if (seen === passed) passes++;
    else if (explained[at] === 0) {
      fails++;
      bySignature[seen] = (bySignature[seen] as number) + 1;
    }
  }
  return { fails, passes, bySignature };
}

/** What it takes to believe in a group: the less, the fewer of its kind there are to be found by chance. */
export type Priced = Pick<RiskGroup, "kind" | "cheaperNats">;

export function costOf({ kind, cheaperNats = 0 }: Priced): number {
  return cost[kind] - cheaperNats;
}

/**
 * ln P(these failures with these signatures, these passes | a group of this kind is broken) less what it takes to believe in it, in nats. What it is
 * held against is the caller's: background failures, or another cause.
 */
export function scoreBroken(group: Priced, { fails, passes, bySignature }: Tally): number {
  const hit = riseOfFail(fails) + riseOfPass(passes) - riseOfEither(fails + passes);
  const prior = weights[group.kind];
  const spread = Math.log(prior.total + fails);
  let sign = 0;
  let own = 0;
  for (let signature = 0; signature < signatureCount; signature++) {
    const count = bySignature[signature] as number;
    if (count === 0) continue;
    const asOwn = (prior.rises[signature] as Rise)(count);
    // Few of many: such failures say nothing of the kind of thing that broke.
    if (asOwn - count * spread < count * lnStray) sign += count * lnStray;
    else {
      sign += asOwn;
      own += count;
    }
  }
  sign += own * Math.log(1 - strayShare) - prior.riseOfTotal(own);
  return hit + sign - costOf(group);
}

/** ln P(a member fails in this way | the group is broken and has failed so before): the mean of what the tally leaves open. */
export function predictFailure(kind: GroupKind, { fails, passes, bySignature }: Tally, signature: number): number {
  const hit = predictHit({ fails, passes });
  const prior = weights[kind];
  const share = ((prior.of[signature] as number) + (bySignature[signature] as number)) / (prior.total + fails);
  return Math.log(hit * Math.max(share * (1 - strayShare), strayShare / signatureCount));
}

/** P(a member fails | the group is broken), from what was seen. */
export function predictHit({ fails, passes }: Pick<Tally, "fails" | "passes">): number {
  return (hitPrior.fail + fails) / (hitPrior.fail + hitPrior.pass + fails + passes);
}

/** ln P(an endpoint fails in any one way by chance). */
export function scoreBackground(rate: number): number {
  return Math.log(rate / signatureCount);
}

export function reachesHitFloor({ fails, passes }: Pick<Tally, "fails" | "passes">): boolean {
  return fails >= 2 && fails >= leastHitRate * (fails + passes);
}

/** How much better "this group is broken" explains the tally than background failures at the given rate, in nats; −∞: not at all. */
export function scoreGain(group: Priced, seen: Tally, backgroundRate: number): number {
  if (!reachesHitFloor(seen)) return Number.NEGATIVE_INFINITY;
  return scoreBroken(group, seen) - seen.fails * scoreBackground(backgroundRate);
}

/** A kind's Dirichlet weights, by signature. */
interface Weights {
  readonly of: readonly number[];
  readonly rises: readonly Rise[];
  readonly total: number;
  readonly riseOfTotal: Rise;
}

const weights = Object.fromEntries(
  Object.entries(layerPrior).map(([kind, prior]) => {
    const of = layerOfSignature.map((layer) => (concentration * (prior[layer] as number)) / (signaturesOfLayer[layer] as number));
    const total = of.reduce((sum, one) => sum + one, 0);
    return [kind, { of, total, rises: of.map(createRise), riseOfTotal: createRise(total) }];
  }),
) as unknown as Readonly<Record<GroupKind, Weights>>;
