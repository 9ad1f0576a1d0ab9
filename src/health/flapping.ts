import type { Instant } from "../platform/clock.ts";

/** One look at an endpoint that was judged. */
export interface Look {
  readonly at: Instant;
  readonly up: boolean;
}

/** So many results are looked back over. */
export const lookback = 21;

const changes = lookback - 1;
/** The newest change weighs this much more or less than one in the middle. */
const newestWeight = 1.25;
const oldestWeight = 0.75;
const startShare = 0.3;
const stopShare = 0.2;
/** Changes that still count as fresh, each halved every two hours: what is looked at twice a day does not flap because it was down twice. */
const halfLifeMs = 2 * 3_600_000;
const startPenalty = 2;
const stopPenalty = 1;

/** How restless it is: the weighed share of changes, and the changes that are still fresh. */
export interface Restlessness {
  readonly share: number;
  readonly penalty: number;
}

/** Of the last looks, newest last, at an instant (check.md §10; the penalty decays as a route's does in RFC 2439). Pure. */
export function measureRestlessness(looks: readonly Look[], now: Instant): Restlessness {
  const last = looks.slice(-lookback);
  let weighed = 0;
  let penalty = 0;
  for (let at = 1; at < last.length; at++) {
    if (last[at]?.up === last[at - 1]?.up) continue;
    // The newest change has place 0, whatever the number of looks.
    const place = last.length - 1 - at;
    weighed += newestWeight - (place / (changes - 1)) * (newestWeight - oldestWeight);
    penalty += 2 ** (-Math.max(0, now - (last[at] as Look).at) / halfLifeMs);
  }
  return { share: weighed / changes, penalty };
}

/** Starts above the upper thresholds and ends below either lower one. Pure. */
export function isFlapping({ share, penalty }: Restlessness, was: boolean): boolean {
  return was ? share >= stopShare && penalty >= stopPenalty : share >= startShare && penalty >= startPenalty;
}
