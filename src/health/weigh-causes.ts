import type { GroupName } from "./explain.ts";
import { type Observations, untested } from "./observation.ts";
import { temperature, toOdds } from "./odds.ts";
import type { RiskGroup } from "./risk-groups.ts";
import { scoreGain, tally } from "./score.ts";

/** What something else than a probe says: an answer of the technician, a second vantage. */
export interface ExtraEvidence {
  readonly cause: GroupName;
  /** ln P(what was seen | this cause) − ln P(what was seen | no shared cause), in nats. */
  readonly logLikelihood: number;
}

export interface WeighedCause extends GroupName {
  /** How much better it explains the observations than chance, in nats; extra evidence not counted. */
  readonly gainNats: number;
  /** Posterior, 0 to 1; all of them and `none` add up to 1. */
  readonly odds: number;
}

export interface Weighing {
  /** Likeliest first; groups that explain nothing are absent unless extra evidence speaks of them. */
  readonly causes: readonly WeighedCause[];
  /** Posterior of "no shared cause". */
  readonly none: number;
  /** How far the first is ahead of the next answer, in nats of the posterior; infinite for the only one. */
  readonly marginNats: number;
}

export interface WeighOptions {
  /** One for every position whose failure another cause explains already. */
  readonly explained?: Uint8Array;
  /** Failures to be expected without any shared cause, as a share of the tested. */
  readonly backgroundRate?: number;
}

/**
 * The posterior over single causes: which one of the groups is broken, or none. The gains of probes are tempered, since failures of one cause
 * are correlated; extra evidence is taken at its word, several items for one cause add up. Unlike a diagnosis it keeps groups apart whose
 * members are the same: extra evidence can tell them from each other. Pure; the order of the arguments' items changes nothing but ties.
 */
export function weighCauses(
  observed: Observations,
  groups: readonly RiskGroup[],
  extra: readonly ExtraEvidence[] = [],
  { explained = new Uint8Array(observed.length), backgroundRate = 0.006 }: WeighOptions = {},
): Weighing {
  const said = new Map<string, number>();
  for (const { cause, logLikelihood } of extra) said.set(toKey(cause), (said.get(toKey(cause)) ?? 0) + logLikelihood);
  const weighed = groups.flatMap((group): { name: GroupName; gain: number; total: number }[] => {
    const gain = scoreGain(group, tally(group.members, observed, explained), backgroundRate);
    const more = said.get(toKey(group));
    const isSeen = group.members.some((at) => observed[at] !== untested);
    if (gain === Number.NEGATIVE_INFINITY && (more === undefined || !isSeen)) return [];
    // Probes say nothing for it: what is left is how seldom such a thing breaks.
    const own = gain === Number.NEGATIVE_INFINITY ? -rejectedNats : gain;
    return [{ name: { kind: group.kind, id: group.id }, gain: own, total: own + temperature * (more ?? 0) }];
  });
  weighed.sort((a, b) => b.total - a.total || toKey(a.name).localeCompare(toKey(b.name)));
  const odds = toOdds(weighed.map(({ total }) => total));
  const [first, second] = [...odds].sort((a, b) => b - a);
  return {
    causes: weighed.map(({ name, gain }, at) => ({ ...name, gainNats: gain, odds: odds[at] as number })),
    none: odds.at(-1) as number,
    marginNats: second === undefined ? Number.POSITIVE_INFINITY : Math.log((first as number) / second),
  };
}

const rejectedNats = 20;

function toKey({ kind, id }: GroupName): string {
  return `${kind} ${id}`;
}
