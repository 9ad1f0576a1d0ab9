import { type Observations, untested } from "./observation.ts";
import type { RiskGroup } from "./risk-groups.ts";

/** Groups that no probe so far can tell apart: their tested members are the same. */
export interface Candidate {
  readonly groups: readonly RiskGroup[];
  /** Tested members of each of them, ascending. */
  readonly members: readonly number[];
}

/** Joins groups with identical tested members; lists are compared whole. Groups with fewer than two are left out: they explain nothing. */
export function toCandidates(groups: readonly RiskGroup[], observed: Observations): readonly Candidate[] {
  const joined: { groups: RiskGroup[]; members: readonly number[] }[] = [];
  const byLook = new Map<string, typeof joined>();
  for (const group of groups) {
    const members = group.members.filter((at) => observed[at] !== untested);
    if (members.length < 2) continue;
    // Only a first sieve: what looks alike is then compared whole.
    const look = `${members.length} ${members[0]} ${members.at(-1)}`;
    const alike = byLook.get(look) ?? [];
    const same = alike.find((one) => one.members.every((at, index) => at === members[index]));
    if (same) same.groups.push(group);
    else {
      const fresh = { groups: [group], members };
      joined.push(fresh);
      alike.push(fresh);
      byLook.set(look, alike);
    }
  }
  return joined;
}
