import type { Endpoint } from "./endpoint.ts";
import type { Cause, Explanation, GroupName } from "./explain.ts";
import { type Observations, passed, untested } from "./observation.ts";
import { tally } from "./score.ts";

export interface NextProbe {
  /** Position of the endpoint to try. */
  readonly at: number;
  readonly tells: GroupName;
  readonly from: GroupName;
}

const closeOdds = 0.1;

/**
 * Where the best answer has a rival that is nearly as likely, the endpoint whose result is expected to tell them apart best: untested
 * before retests, by expected information gain (check.md §13). Undefined when nothing is left open or no endpoint differs.
 */
export function findNextProbe(
  { causes, groups, backgroundRate }: Explanation,
  endpoints: readonly Endpoint[],
  observed: Observations,
): NextProbe | undefined {
  const none = new Uint8Array(endpoints.length);
  const membersOf = ({ kind, id }: GroupName): readonly number[] =>
    groups.find((group) => group.kind === kind && group.id === id)?.members ?? [];
  for (const cause of causes) {
    const rival = findRival(cause);
    if (!rival) continue;
    const [own, other] = [membersOf(cause), membersOf(rival.group)];
    const inOwn = new Set(own);
    const inOther = new Set(other);
    const failRate = (members: readonly number[]): number => {
      const { fails, passes } = tally(members, observed, none);
      return (6 + fails) / (7.2 + fails + passes);
    };
    const [ownRate, otherRate] = [failRate(own), failRate(other)];
    const gain = (at: number): number =>
      informationGain(
        cause.odds / (cause.odds + rival.odds),
        inOwn.has(at) ? ownRate : backgroundRate,
        inOther.has(at) ? otherRate : backgroundRate,
      );
    const best = [...new Set([...own, ...other])]
      .filter((at) => inOwn.has(at) !== inOther.has(at) && (observed[at] === untested || observed[at] === passed))
      .sort((a, b) => rank(b) - rank(a) || gain(b) - gain(a) || a - b)[0];
    if (best !== undefined && gain(best) > 0.01) return { at: best, tells: cause, from: rival.group };
  }
  return undefined;

  function rank(at: number): number {
    return observed[at] === untested ? 1 : 0;
  }
}

function findRival(cause: Cause): { readonly group: GroupName; readonly odds: number } | undefined {
  const [alike] = cause.or;
  // Alike in everything tested: as likely as each other.
  if (alike) return { group: alike, odds: cause.odds };
  const [rival] = cause.rivals;
  return rival && rival.odds >= closeOdds ? { group: rival, odds: rival.odds } : undefined;
}

function informationGain(prior: number, failIfOwn: number, failIfOther: number): number {
  const fail = prior * failIfOwn + (1 - prior) * failIfOther;
  const after = (outcome: number, own: number): number => (outcome === 0 ? 0 : outcome * entropy((prior * own) / outcome));
  return entropy(prior) - after(fail, failIfOwn) - after(1 - fail, 1 - failIfOwn);
}

function entropy(p: number): number {
  return p <= 0 || p >= 1 ? 0 : -p * Math.log(p) - (1 - p) * Math.log(1 - p);
}
