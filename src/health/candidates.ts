import { type Observations, untested } from "./observation.ts";
import type { RiskGroup } from "./risk-groups.ts";
import { reachesHitFloor } from "./score.ts";

/** Groups that no probe so far can tell apart: their tested members are the same. */
export interface Candidate {
  readonly groups: readonly RiskGroup[];
  /** How many of the tested members pass. */
  readonly passes: number;
  /** Those that fail, by their index among all that fail. */
  readonly failing: Int32Array;
}

/** Joins groups with identical tested members; lists are compared whole. Groups of which too few fail are left out: they explain nothing. */
export function toCandidates(groups: readonly RiskGroup[], observed: Observations): readonly Candidate[] {
  const indexOf = new Int32Array(observed.length);
  for (let at = 0, index = 0; at < observed.length; at++) if ((observed[at] as number) >= 0) indexOf[at] = index++;
  // One piece of memory for all: a hundred thousand numbers in lists that grow keep the collector busy.
  const pool = new Int32Array(groups.reduce((sum, { members }) => sum + members.length, 0));
  let used = 0;
  const joined: (Candidate & { readonly groups: RiskGroup[] })[] = [];
  const byLook = new Map<number, typeof joined>();
  for (const group of groups) {
    const from = used;
    let tested = 0;
    let look = 0;
    for (const at of group.members) {
      const seen = observed[at] as number;
      if (seen === untested) continue;
      tested++;
      look = (look * 31 + at) | 0;
      if (seen >= 0) pool[used++] = indexOf[at] as number;
    }
    const failing = pool.subarray(from, used);
    const passes = tested - failing.length;
    if (!reachesHitFloor({ fails: failing.length, passes })) continue;
    // Only a first sieve: what looks alike is then compared whole.
    const alike = byLook.get(look) ?? [];
    const same = alike.find((one) => isSame(one.groups[0] as RiskGroup, group, observed));
    if (same) same.groups.push(group);
    else {
      const fresh = { groups: [group], passes, failing };
      joined.push(fresh);
      alike.push(fresh);
      byLook.set(look, alike);
    }
  }
  return joined;
}

export function listTested({ members }: RiskGroup, observed: Observations): readonly number[] {
  return members.filter((at) => observed[at] !== untested);
}

function isSame(one: RiskGroup, other: RiskGroup, observed: Observations): boolean {
  let index = 0;
  for (const at of one.members) {
    if (observed[at] === untested) continue;
    while (index < other.members.length && observed[other.members[index] as number] === untested) index++;
    if (other.members[index++] !== at) return false;
  }
  return other.members.slice(index).every((at) => observed[at] === untested);
}
