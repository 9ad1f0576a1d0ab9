import type { Instant } from "../platform/clock.ts";
import type { Candidate, Ways } from "./candidates.ts";
import { findFailing, findMissing, findNext, premiseOrder } from "./premise.ts";

/** A way of signing at an instant, and the premises of it that are not known to hold, as a set. */
export interface Nearest {
  readonly candidate: Candidate;
  readonly failing: number;
  /** Nothing of it is known to fail: what does not hold is not known. */
  readonly isUnknown: boolean;
}

/**
 * ALLOW before UNKNOWN before DENY; among those that allow the precedence of capacities; among misses the nearest: fewest failed
 * premises, then the one whose first failure comes latest. Equal ones keep the order of the candidates, which is total. Compared by
 * sets of premises: what fails is told of the best one only.
 */
export function findNearest({ candidates, capacities, means, rights, typed }: Ways, at: Instant): Nearest {
  const ownFails = findFailing(means, 0, at);
  const ownMissing = findMissing(means, 0);
  let best = 0;
  let failing = 0;
  let isUnknown = false;
  let rank = Number.POSITIVE_INFINITY;
  let right = 0;
  let type = 0;
  for (let place = 0; place < capacities.length; place++) {
    const fails = ownFails | findFailing(rights, right, at) | findFailing(typed, type, at);
    const all = fails | ownMissing | findMissing(rights, right) | findMissing(typed, type);
    right = findNext(rights, right);
    type = findNext(typed, type);
    const grade = fails !== 0 ? 2 : all !== 0 ? 1 : 0;
    const first = all === 0 ? 0 : 31 - Math.clz32(all & -all);
    // Digits of one number: grade, failures, how late the first one comes, capacity. Each has room to spare.
    const score = ((grade * 64 + countBits(all)) * 64 + (premiseOrder.length - first)) * 64 + (capacities[place] as number);
    if (score < rank) {
      best = place;
      failing = all;
      isUnknown = grade === 1;
      rank = score;
    }
  }
  return { candidate: candidates[best] as Candidate, failing, isUnknown };
}

function countBits(set: number): number {
  let count = 0;
  for (let rest = set; rest !== 0; rest &= rest - 1) count++;
  return count;
}
