import type { Instant } from "../platform/clock.ts";
import type { Candidate, Ways } from "./candidates.ts";
import { type Capacity, precedence } from "./capacity.ts";
import { findFailing, premiseOrder } from "./premise.ts";

/** A way of signing at an instant, and the premises of it that are not known to hold, as a set. */
export interface Nearest {
  readonly candidate: Candidate;
  readonly failing: number;
  /** Nothing of it is known to fail: what does not hold is not known. */
  readonly isUnknown: boolean;
}

const precedencePlaces = Object.fromEntries(precedence.map((name, place) => [name, place])) as Record<Capacity, number>;

/**
 * ALLOW before UNKNOWN before DENY; among those that allow the precedence of capacities; among misses the nearest: fewest failed
 * premises, then the one whose first failure comes latest. Equal ones keep the order of the candidates, which is total. Compared by
 * sets of premises: what fails is told of the best one only.
 */
export function findNearest({ candidates, means, rights, typed }: Ways, at: Instant): Nearest {
  const own = findFailing(means, at);
  let best = 0;
  let failing = 0;
  let isUnknown = false;
  let rank = Number.POSITIVE_INFINITY;
  for (let place = 0; place < candidates.length; place++) {
    const right = rights[place] as Ways["rights"][number];
    const type = typed[place] as Ways["typed"][number];
    const fails = own | findFailing(right, at) | findFailing(type, at);
    const all = fails | means.missing | right.missing | type.missing;
    const grade = fails !== 0 ? 2 : all !== 0 ? 1 : 0;
    const first = all === 0 ? 0 : 31 - Math.clz32(all & -all);
    // Digits of one number: grade, failures, how late the first one comes, capacity. Each has room to spare.
    const capacity = precedencePlaces[(candidates[place] as Candidate).capacity];
    const score = ((grade * 64 + countBits(all)) * 64 + (premiseOrder.length - first)) * 64 + capacity;
    if (score < rank) {
      best = place;
      failing = all;
      isUnknown = grade === 1;
      rank = score;
    }
  }
  return { candidate: candidates[best] as Candidate, failing, isUnknown };
}

/** What of one candidate is not known to hold. */
export function listFailing({ means, rights, typed }: Ways, place: number, at: Instant): number {
  let all = 0;
  for (const checks of [means, rights[place], typed[place]]) if (checks) all |= findFailing(checks, at) | checks.missing;
  return all;
}

function countBits(set: number): number {
  let count = 0;
  for (let rest = set; rest !== 0; rest &= rest - 1) count++;
  return count;
}
