import { type Observations, passed, untested } from "./observation.ts";
import type { GroupKind } from "./risk-groups.ts";

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
};

const layerOfSignature = [0, 0, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 5, 5] as const;
/** The layer of a signature, by number: name, network, tls, http, sign-in, function. */
export function layerOf(signature: number): number {
  return layerOfSignature[signature] as number;
}

const signaturesOfLayer = [2, 3, 4, 4, 2, 2] as const;
const signatureCount = layerOfSignature.length;
const concentration = 0.35;
const hitPrior = { fail: 6, pass: 1.2 };
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

/** How much better "this group is broken" explains the tally than background failures at the given rate, in nats; −∞: not at all. */
export function scoreGain(kind: GroupKind, { fails, passes, bySignature }: Tally, backgroundRate: number): number {
  if (fails < 2 || fails < leastHitRate * (fails + passes)) return Number.NEGATIVE_INFINITY;
  const hit = lnBeta(hitPrior.fail + fails, hitPrior.pass + passes) - lnBeta(hitPrior.fail, hitPrior.pass);
  const prior = layerPrior[kind];
  let weight = 0;
  for (const layerWeight of prior) weight += concentration * layerWeight;
  let sign = lnGamma(weight) - lnGamma(weight + fails);
  for (const [signature, count] of bySignature.entries()) {
    if (count === 0) continue;
    const layer = layerOfSignature[signature] as number;
    const alpha = (concentration * (prior[layer] as number)) / (signaturesOfLayer[layer] as number);
    sign += lnGamma(alpha + count) - lnGamma(alpha);
  }
  const base = fails * Math.log(backgroundRate / signatureCount) + passes * Math.log(1 - backgroundRate);
  return hit + sign - base - cost[kind];
}

function lnBeta(a: number, b: number): number {
  return lnGamma(a) + lnGamma(b) - lnGamma(a + b);
}

// Lanczos approximation, g = 7, n = 9: relative error below 1e-13 for arguments above 0.
const lanczos = [
  0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059, 12.507343278686905,
  -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7,
];

export function lnGamma(x: number): number {
  if (x < 0.5) return Math.log(Math.PI / Math.sin(Math.PI * x)) - lnGamma(1 - x);
  let sum = lanczos[0] as number;
  for (let at = 1; at < lanczos.length; at++) sum += (lanczos[at] as number) / (x - 1 + at);
  const t = x + 6.5;
  return 0.5 * Math.log(2 * Math.PI) + (x - 0.5) * Math.log(t) - t + Math.log(sum);
}
