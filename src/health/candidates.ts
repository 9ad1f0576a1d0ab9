import { type Observations, untested } from "./observation.ts";
import type { RiskGroup } from "./risk-groups.ts";
import { reachesHitFloor } from "./score.ts";

/** Groups that no probe so far can tell apart: their tested members are the same. */
export interface Candidate {
  readonly groups: readonly RiskGroup[];
  /** Tested members of each of them, ascending. */
  readonly members: readonly number[];
  /** Those of them that fail, by their index among all that fail. */
  readonly failing: readonly number[];
}

/** Joins groups with identical tested members; lists are compared whole. Groups of which too few fail are left out: they explain nothing. */
export function toCandidates(groups: readonly RiskGroup[], observed: Observations): readonly Candidate[] {
  const indexOf = new Int32Array(observed.length);
  for (let at = 0, index = 0; at < observed.length; at++) if ((observed[at] as number) >= 0) indexOf[at] = index++;
  const joined: (Candidate & { groups: RiskGroup[] })[] = [];
  const byLook = new Map<string, typeof joined>();
  for (const group of groups) {
    let fails = 0;
    let tested = 0;
    for (const at of group.members) {
      const seen = observed[at] as number;
      if (seen !== untested) tested++;
      if (seen >= 0) fails++;
    }
    if (!reachesHitFloor({ fails, passes: tested - fails })) continue;
    const members = group.members.filter((at) => observed[at] !== untested);
    // Only a first sieve: what looks alike is then compared whole.
    const look = `${members.length} ${members[0]} ${members.at(-1)}`;
    const alike = byLook.get(look) ?? [];
    const same = alike.find((one) => one.members.every((at, index) => at === members[index]));
    if (same) same.groups.push(group);
    else {
      const fresh = {
        groups: [group],
        members,
        failing: members.filter((at) => (observed[at] as number) >= 0).map((at) => indexOf[at] as number),
      };
      joined.push(fresh);
      alike.push(fresh);
      byLook.set(look, alike);
    }
  }
  return joined;
}
