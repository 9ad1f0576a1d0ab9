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
  const joined = new Map<string, { groups: RiskGroup[]; members: readonly number[] }>();
  for (const group of groups) {
    const members = group.members.filter((at) => observed[at] !== untested);
    if (members.length < 2) continue;
    const key = members.join(",");
    const same = joined.get(key);
    if (same) same.groups.push(group);
    else joined.set(key, { groups: [group], members });
  }
  return [...joined.values()];
}
