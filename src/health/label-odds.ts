import type { Endpoint } from "./endpoint.ts";
import type { Cause } from "./explain.ts";
import { type Observations, passed, untested } from "./observation.ts";
import { predictFailure, predictHit, scoreBroken, signatureCount, tally } from "./score.ts";

/** What a broken thing does to its members. */
export interface Look {
  readonly hit: number;
  /** By signature, P(a member is hit and shows that). */
  readonly shows: readonly number[];
}

/** A broken carrier, carrier in a province or carrier to a system. */
export interface CarrierCause {
  readonly cause: Cause;
  readonly carrier: string;
  /** Would it have this endpoint, were its carrier the cause's? */
  readonly reaches: (endpoint: Endpoint) => boolean;
  readonly look: Look;
  /** P(it leaves a unit alone altogether). */
  readonly spares: number;
}

/** What labels are judged by. */
export interface LabelScene {
  readonly endpoints: readonly Endpoint[];
  readonly observed: Observations;
  /** Endpoints on each carrier of the inventory. */
  readonly carriers: ReadonlyMap<string, number>;
  readonly broken: readonly CarrierCause[];
  /** The other shared causes: whoever has which carrier, they hit the same endpoints. */
  readonly fixed: readonly { readonly reached: Uint8Array; readonly look: Look }[];
}

/** What is believed of all labels and of chance, read from the sweep. */
export interface LabelBelief {
  /** P(a label is wrong). */
  readonly wrong: number;
  /** By signature, P(an endpoint shows it by chance). */
  readonly chance: readonly number[];
}

export interface LabelJudgement {
  /** P(it is not on the carrier that the inventory says). */
  readonly odds: number;
  /** The likeliest of the other carriers. */
  readonly likeliest: string;
}

/** How often a broken carrier leaves a unit alone (a second line, another exchange), and how many units that belief weighs. Judgement. */
const sparedShare = 0.05;
const sparedWeight = 20;

/** What a cause that could make labels look wrong does to units; undefined for all others. */
export function toCarrierCause(
  cause: Cause,
  endpoints: readonly Endpoint[],
  observed: Observations,
  wrongShare: number,
): CarrierCause | undefined {
  const [carrier = "", rest] = cause.id.split("/");
  const reaches = {
    carrier: (): boolean => true,
    carprov: ({ province }: Endpoint): boolean => province === rest,
    carsys: ({ system }: Endpoint): boolean => system === rest,
  }[cause.kind as string];
  if (!reaches) return undefined;
  const look = toLook(cause, observed);
  const units = new Map<string, { tested: number; fails: number }>();
  for (const at of cause.members) {
    const { unit } = endpoints[at] as Endpoint;
    const counts = units.get(unit) ?? { tested: 0, fails: 0 };
    units.set(unit, counts);
    counts.tested++;
    if (observed[at] !== passed) counts.fails++;
  }
  let unexpected = 0;
  for (const { tested, fails } of units.values()) unexpected += (fails === 0 ? 1 : 0) - (1 - look.hit) ** tested;
  const spared = Math.max(0, unexpected - wrongShare * units.size);
  return { cause, carrier, reaches, look, spares: (sparedShare * sparedWeight + spared) / (sparedWeight + units.size) };
}

export function toLook({ kind, affected, members }: Cause, observed: Observations): Look {
  const { bySignature } = tally(affected, observed, new Uint8Array(observed.length));
  const passes = members.filter((at) => observed[at] === passed).length;
  const seen = { fails: affected.length, passes, bySignature };
  return {
    hit: predictHit(seen),
    shows: bySignature.map((_, signature) => Math.exp(predictFailure(kind, seen, signature))),
  };
}

/** Bayes over the carriers that a unit may be on; against the label that it has stand chance and a broken line of its own. */
export function judgeLabel(
  members: readonly number[],
  listed: string | undefined,
  scene: LabelScene,
  { wrong, chance }: LabelBelief,
): LabelJudgement {
  const { carriers } = scene;
  let others = 0;
  for (const [carrier, count] of carriers) if (carrier !== listed) others += count;
  const asListed: number[] = [weighLine(members, scene)];
  if (listed !== undefined) asListed.push(Math.log(1 - wrong) + weighLabel(members, listed, scene, chance));
  const asOther = [...carriers]
    .filter(([carrier]) => carrier !== listed)
    .map(([carrier, count]) => ({
      carrier,
      weight: Math.log(((listed === undefined ? 1 : wrong) * count) / others) + weighLabel(members, carrier, scene, chance),
    }));
  const best = asOther.reduce((a, b) => (b.weight > a.weight ? b : a));
  const most = Math.max(best.weight, ...asListed);
  const sum = (weights: readonly number[]): number => weights.reduce((all, weight) => all + Math.exp(weight - most), 0);
  const other = sum(asOther.map(({ weight }) => weight));
  return { odds: other / (other + sum(asListed)), likeliest: best.carrier };
}

/** ln P(what was seen of the unit | it is on this carrier), whether the carrier's trouble meets it or leaves it alone. */
function weighLabel(members: readonly number[], carrier: string, scene: LabelScene, chance: readonly number[]): number {
  const own = scene.broken.filter((one) => one.carrier === carrier);
  const spared = weighMembers(members, [], scene, chance);
  if (own.length === 0) return spared;
  const spares = Math.max(...own.map((one) => one.spares));
  return addLogs(Math.log(1 - spares) + weighMembers(members, own, scene, chance), Math.log(spares) + spared);
}

function weighMembers(
  members: readonly number[],
  own: readonly CarrierCause[],
  { endpoints, observed, fixed }: LabelScene,
  chance: readonly number[],
): number {
  const well = 1 - chance.reduce((a, b) => a + b, 0);
  let sum = 0;
  for (const at of members) {
    const seen = observed[at] as number;
    if (seen === untested) continue;
    const looks = [
      ...own.filter(({ reaches }) => reaches(endpoints[at] as Endpoint)),
      ...fixed.filter(({ reached }) => reached[at] === 1),
    ].map(({ look }) => look);
    const spared = looks.reduce((product, { hit }) => product * (1 - hit), 1);
    if (seen === passed) sum += Math.log(spared * well);
    else {
      const hits = looks.reduce((all, { hit }) => all + hit, 0);
      const shows = looks.reduce((all, look) => all + (look.shows[seen] as number), 0);
      sum += Math.log((hits === 0 ? 0 : ((1 - spared) * shows) / hits) + spared * (chance[seen] as number));
    }
  }
  return sum;
}

/** ln P(its own line is broken, and what was seen of it), with what it costs to believe that: that it breaks just now is as rare in a small city. */
function weighLine(members: readonly number[], { observed, fixed }: LabelScene): number {
  const bySignature = new Array<number>(signatureCount).fill(0);
  let fails = 0;
  let passes = 0;
  for (const at of members) {
    const seen = observed[at] as number;
    if (seen === passed) passes++;
    else if (seen >= 0 && !fixed.some(({ reached }) => reached[at] === 1)) {
      fails++;
      bySignature[seen] = (bySignature[seen] as number) + 1;
    }
  }
  return fails === 0 ? Number.NEGATIVE_INFINITY : scoreBroken({ kind: "ward" }, { fails, passes, bySignature });
}

function addLogs(one: number, other: number): number {
  const most = Math.max(one, other);
  return most + Math.log(Math.exp(one - most) + Math.exp(other - most));
}
