import { type Observations, untested } from "../../src/health/observation.ts";
import type { RiskGroup } from "../../src/health/risk-groups.ts";
import { layerOf } from "../../src/health/score.ts";

interface Candidate {
  readonly groups: readonly RiskGroup[];
  readonly members: readonly number[];
}

/** The rivals too may say "A or B" of groups whose tested members are the same. `enough`: a sieve, so that not every group is compared. */
function toCandidates(
  groups: readonly RiskGroup[],
  observed: Observations,
  enough: (fails: number, tested: number) => boolean,
): readonly Candidate[] {
  const tested = groups.flatMap((group) => {
    const members = group.members.filter((at) => observed[at] !== untested);
    const fails = members.filter((at) => (observed[at] as number) >= 0).length;
    return members.length > 1 && enough(fails, members.length) ? [{ group, members }] : [];
  });
  return [...Map.groupBy(tested, ({ members }) => members.join()).values()].flatMap((alike) => {
    const [first] = alike;
    return first ? [{ groups: alike.map(({ group }) => group), members: first.members }] : [];
  });
}

/** Names of groups; several in one answer cannot be told apart by any probe so far. */
export type Answer = readonly string[];

export interface ScoreSettings {
  /** Least share of a group's tested members that fail. */
  readonly hit: number;
  /** Fewest failures that a pick must explain anew, absolutely and as a share of all failures. */
  readonly least: number;
  readonly share: number;
}

/** The grid of check.md §13. */
export const scoreGrid: readonly ScoreSettings[] = [0.3, 0.4, 0.5, 0.6, 0.8].flatMap((hit) =>
  [2, 3, 4].flatMap((least) => [0, 0.02, 0.05, 0.1].map((share) => ({ hit, least, share }))),
);

/** SCORE (Kompella et al., NSDI 2005): greedily the group that covers most unexplained failures, among those of which enough fail. */
export function explainByScore(groups: readonly RiskGroup[], observed: Observations, settings: ScoreSettings): Answer[] {
  const total = observed.filter((seen) => seen >= 0).length;
  const open = new Set([...observed.keys()].filter((at) => (observed[at] as number) >= 0));
  const ratio = ({ members }: Candidate): number => members.filter((at) => (observed[at] as number) >= 0).length / members.length;
  const left = toCandidates(groups, observed, (fails, tested) => fails >= settings.least && fails >= settings.hit * tested)
    .map((candidate) => ({ candidate, ratio: ratio(candidate) }))
    .filter((one) => one.ratio >= settings.hit);
  const answers: Answer[] = [];
  for (;;) {
    const covers = left.map((one) => ({ ...one, count: one.candidate.members.filter((at) => open.has(at)).length }));
    const best = covers.reduce<(typeof covers)[number] | undefined>(
      (a, b) => (!a || b.count > a.count || (b.count === a.count && b.ratio > a.ratio) ? b : a),
      undefined,
    );
    if (!best || best.count === 0 || best.count < Math.max(settings.least, settings.share * total)) return answers;
    answers.push(toAnswer(best.candidate));
    for (const at of best.candidate.members) open.delete(at);
  }
}

/** What a glance at the matrix says: the commonest failing layer, and the group with most failures of it; the machine that probes is not blamed. */
export function explainByMajority(groups: readonly RiskGroup[], observed: Observations): Answer[] {
  const counts = new Map<number, number>();
  for (const seen of observed) if (seen >= 0) counts.set(layerOf(seen), (counts.get(layerOf(seen)) ?? 0) + 1);
  const [layer] = [...counts].reduce((best, one) => (one[1] > best[1] ? one : best), [-1, 0]);
  if (layer < 0) return [];
  const count = ({ members }: Candidate): number =>
    members.filter((at) => (observed[at] as number) >= 0 && layerOf(observed[at] as number) === layer).length;
  const [best] = toCandidates(
    groups.filter(({ kind }) => kind !== "local"),
    observed,
    (fails) => fails > 0,
  )
    .map((candidate) => ({ candidate, count: count(candidate) }))
    .sort((a, b) => b.count - a.count || a.candidate.members.length - b.candidate.members.length);
  return best ? [toAnswer(best.candidate)] : [];
}

function toAnswer({ groups }: Candidate): Answer {
  return groups.map(({ kind, id }) => `${kind} ${id}`);
}
