import type { Endpoint } from "./endpoint.ts";
import type { Cause } from "./explain.ts";
import { judgeLabel, type LabelJudgement, type LabelScene, type Look, toCarrierCause, toLook } from "./label-odds.ts";
import { type Observations, passed, untested } from "./observation.ts";
import { toRiskGroups } from "./risk-groups.ts";
import { signatureCount } from "./score.ts";

/** A unit whose label in the inventory looks wrong. Shown, never corrected by itself. */
export interface Suspect {
  readonly unit: string;
  readonly attribute: "carrier";
  /** Undefined: the inventory does not say. */
  readonly listed: string | undefined;
  /** The carrier that it fails together with; undefined: it works while the listed one fails. */
  readonly behavesLike: string | undefined;
  /** Probability that the label is wrong, 0 to 1. */
  readonly odds: number;
}

/** How many labels of an inventory are held for wrong before anything was seen, and how many units that belief weighs. Judgement. */
const wrongShare = 0.03;
const wrongWeight = 33;
/** Failures by chance of each signature, beside those that were seen. */
const chanceWeight = 0.5;
const leastOdds = 0.8;
/** What is believed of labels and of chance is read from the sweep again, with what came out. */
const rounds = 5;

/** A unit that its label does not suit. */
interface Case {
  readonly unit: string;
  readonly listed: string | undefined;
  readonly members: readonly number[];
}

/**
 * A unit that behaves as another carrier label would have it is probably on that carrier: it fails in the very way that another carrier fails
 * just now ("inventory says Viettel; behaves like VNPT"), or works while all others of its own fail. By Bayes, against a broken line of its own,
 * against chance and against being spared. The failures of a suspect are those of the cause that it behaves like.
 */
export function findSuspects(
  causes: readonly Cause[],
  { endpoints, observed }: Pick<LabelScene, "endpoints" | "observed">,
  least = leastOdds,
): { readonly causes: readonly Cause[]; readonly suspects: readonly Suspect[] } {
  const lineOf = new Map(causes.map((cause) => [cause, findUnit(cause, endpoints)]));
  const shared = causes.filter((cause) => lineOf.get(cause) === undefined);
  const broken = shared.flatMap((cause) => toCarrierCause(cause, endpoints, observed, wrongShare) ?? []);
  const carriers = new Map<string, number>();
  for (const { carrier } of endpoints) if (carrier) carriers.set(carrier, (carriers.get(carrier) ?? 0) + 1);
  if (broken.length === 0 || carriers.size < 2) return { causes, suspects: [] };
  const fixed = shared
    .filter((cause) => !broken.some((one) => one.cause === cause))
    .map((cause) => ({ reached: mark(cause.members, observed), look: toLook(cause, observed) }));
  const scene: LabelScene = { endpoints, observed, carriers, broken, fixed };
  const cases = listCases(scene);
  const judged = judgeCases(cases, causes, scene);
  const found = cases.flatMap((one, at) => {
    const { odds, likeliest } = judged[at] as LabelJudgement;
    return odds < least ? [] : [{ ...one, odds, shared: listShared(one, likeliest, scene), likeliest }];
  });
  const suspects = found.map(
    ({ unit, listed, odds, shared, likeliest }): Suspect => ({
      unit,
      attribute: "carrier",
      listed,
      behavesLike: shared.length > 0 ? likeliest : undefined,
      odds,
    }),
  );
  const lines = new Set<string | undefined>(found.map(({ unit }) => unit));
  const taken = found.flatMap(({ shared }) => shared);
  const elsewhere = new Set(taken.map(({ at }) => at));
  return {
    causes: causes
      .filter((cause) => !lines.has(lineOf.get(cause)))
      .map((cause) => {
        const more = taken.filter((one) => one.cause === cause).map(({ at }) => at);
        const own = cause.affected.filter((at) => !elsewhere.has(at));
        return more.length + own.length === cause.affected.length && more.length === 0
          ? cause
          : { ...cause, affected: [...own, ...more].sort((a, b) => a - b) };
      }),
    suspects,
  };
}

/** The unit whose own trouble this is; undefined: several share it. A carrier with one unit in a province is that unit's line. */
function findUnit({ members }: Cause, endpoints: readonly Endpoint[]): string | undefined {
  const { unit } = endpoints[members[0] as number] as Endpoint;
  return members.every((at) => (endpoints[at] as Endpoint).unit === unit) ? unit : undefined;
}

/** How much better another label has to explain a failure for the unit to be looked at. */
const betterFactor = 2;

/** Units that fail in a way that another label would explain better, and those that work where their own would have them fail. */
function listCases({ endpoints, observed, broken, fixed }: LabelScene): readonly Case[] {
  return toRiskGroups(endpoints).flatMap(({ kind, id, members }) => {
    if (kind !== "ward") return [];
    const { carrier: listed } = endpoints[members[0] as number] as Endpoint;
    let suited = 0;
    let spared = 0;
    let unsuited = 0;
    for (const at of members) {
      const seen = observed[at] as number;
      if (seen === untested) continue;
      let own = false;
      let asListed = 0;
      let asOther = 0;
      // Every endpoint of the country comes by here: no lists.
      for (const { carrier, reaches, look } of broken) {
        if (!reaches(endpoints[at] as Endpoint)) continue;
        const show = seen === passed ? 0 : (look.shows[seen] as number);
        if (carrier === listed) {
          own = true;
          asListed = Math.max(asListed, show);
        } else asOther = Math.max(asOther, show);
      }
      if (seen === passed) {
        if (own) spared++;
        continue;
      }
      if (own) suited++;
      for (const { reached, look } of fixed) if (reached[at] === 1) asListed = Math.max(asListed, look.shows[seen] as number);
      if (asOther > betterFactor * asListed) unsuited++;
    }
    return unsuited > 0 || (spared > 0 && suited === 0) ? [{ unit: id, listed, members }] : [];
  });
}

/** How often labels are wrong, and how often each signature shows by chance, is read from the same sweep. */
function judgeCases(cases: readonly Case[], causes: readonly Cause[], scene: LabelScene): readonly LabelJudgement[] {
  const { observed } = scene;
  const caseOf = new Int32Array(observed.length).fill(-1);
  for (const [index, { members }] of cases.entries()) for (const at of members) caseOf[at] = index;
  const explained = mark(
    causes.flatMap(({ affected }) => affected),
    observed,
  );
  const visible = countVisible(scene);
  let free = 0;
  const lone: number[] = [];
  for (let at = 0; at < observed.length; at++) {
    if (observed[at] === untested) continue;
    if (explained[at] === 1) continue;
    free++;
    if (observed[at] !== passed) lone.push(at);
  }
  let judged: readonly LabelJudgement[] = [];
  for (let round = 0; round < rounds; round++) {
    const oddsOf = (index: number): number => judged[index]?.odds ?? 0;
    const expected = cases.reduce((sum, { listed }, index) => sum + (listed === undefined ? 0 : oddsOf(index)), 0);
    const counts = new Array<number>(signatureCount).fill(chanceWeight);
    for (const at of lone) {
      const index = caseOf[at] as number;
      const seen = observed[at] as number;
      counts[seen] = (counts[seen] as number) + 1 - (index === -1 ? 0 : oddsOf(index));
    }
    const belief = {
      wrong: round === 0 ? wrongShare : (wrongShare * wrongWeight + expected) / (wrongWeight + visible),
      chance: counts.map((count) => count / (free + chanceWeight * signatureCount)),
    };
    judged = cases.map(({ members, listed }) => judgeLabel(members, listed, scene, belief));
  }
  return judged;
}

/** Units whose label would show that it is wrong, were it so: each counts by how likely its right one is among those that fail. */
function countVisible({ endpoints, carriers, broken }: LabelScene): number {
  const total = [...carriers.values()].reduce((a, b) => a + b, 0);
  const byCarrier = [...Map.groupBy(broken, ({ carrier }) => carrier)];
  let visible = 0;
  for (const { kind, members } of toRiskGroups(endpoints)) {
    if (kind !== "ward") continue;
    const listed = (endpoints[members.at(-1) as number] as Endpoint).carrier;
    const others = total - (carriers.get(listed ?? "") ?? 0);
    for (const [carrier, causes] of byCarrier) {
      if (carrier === listed) continue;
      if (!causes.some(({ reaches }) => members.some((at) => reaches(endpoints[at] as Endpoint)))) continue;
      visible += (carriers.get(carrier) ?? 0) / others;
    }
  }
  return visible;
}

/** The failures of a unit that a cause of this carrier would explain, each with the cause that it looks most like. */
function listShared(
  { members }: Case,
  carrier: string,
  { endpoints, observed, broken, fixed }: LabelScene,
): readonly { readonly at: number; readonly cause: Cause }[] {
  return members.flatMap((at) => {
    const seen = observed[at] as number;
    if (seen < 0) return [];
    const shows = ({ look }: { readonly look: Look }): number => look.shows[seen] as number;
    const elsewhere = Math.max(0, ...fixed.filter(({ reached }) => reached[at] === 1).map(shows));
    const [first, ...more] = broken.filter(
      (one) => one.carrier === carrier && one.reaches(endpoints[at] as Endpoint) && shows(one) > elsewhere,
    );
    return first ? [{ at, cause: more.reduce((best, one) => (shows(one) > shows(best) ? one : best), first).cause }] : [];
  });
}

function mark(positions: readonly number[], { length }: Observations): Uint8Array {
  const marks = new Uint8Array(length);
  for (const at of positions) marks[at] = 1;
  return marks;
}
