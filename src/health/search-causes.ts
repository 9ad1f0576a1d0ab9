import type { Candidate } from "./candidates.ts";
import type { Observations } from "./observation.ts";
import { boundGain, makeOffer, type Offer } from "./offer.ts";
import type { RiskGroup } from "./risk-groups.ts";
import { predictFailure, predictHit, scoreBackground, scoreBroken, signatureCount, type Tally } from "./score.ts";

/** A cause that is believed in, and what it has to answer for. */
export interface Accepted {
  readonly candidate: Candidate;
  /** The likeliest of its groups. */
  readonly best: RiskGroup;
  /** Its passes and its share of the failures: where causes meet, as much as suits it. */
  readonly seen: Tally;
}

/** What is being explained. */
export interface Question {
  readonly candidates: readonly Candidate[];
  /** Of the failing endpoints alone: a candidate's `failing` points into it. */
  readonly observed: Observations;
  /** Failures to be expected by chance, as a share of the tested. */
  readonly rate: number;
}

/** What the causes make of each failing endpoint together. */
export interface Standing {
  /** Index of the cause that it looks most like; −1: none covers it, chance. */
  readonly owner: Int32Array;
  /** ln P(it fails in its way). */
  readonly worth: Float64Array;
  /** How many causes it lies under. */
  readonly covers: Uint16Array;
  /** P(none of these causes hits it). */
  readonly spared: Float64Array;
  /** Sums over its causes of P(hit), and of P(hit and shows its signature). */
  readonly hitSum: Float64Array;
  readonly showSum: Float64Array;
  /** By index of the cause. */
  readonly looks: readonly Look[];
  /** Where just two causes meet: index of the one that shows first; −1: either may. */
  readonly shownFirst: Int32Array;
}

/** What a cause is expected to do: P(a member is hit), and by signature P(it is hit and shows that). */
interface Look {
  readonly hit: number;
  readonly shows: readonly number[];
  /** Their logarithms. */
  readonly logs: readonly number[];
}

const exchanges = 8;
/** A broad cause falls apart into ever so many narrow ones: a trial that needs so many more is given up. */
const moreCauses = 3;

/**
 * The set of causes that explains the failures best together (check.md §13): greedily the one with the largest gain, where a cause may take from
 * another the failures that look more like its own. `thorough`: then each is left out on trial, and each that could stand for several is tried in
 * their place; the better whole is kept.
 */
export function searchCauses(question: Question, thorough: boolean): readonly Accepted[] {
  let best = grow([], question);
  if (!thorough || best.length === 0) return best;
  let total = addUp(best, question);
  const tried = new Set<Candidate>();
  for (let round = 0; round < exchanges; round++) {
    const move = findMove(best, question, tried);
    if (!move) return best;
    tried.add(move.candidate);
    const start = move.kind === "without" ? leaveOut(move.candidate, best, question) : putIn(move.candidate, best, question);
    const other = grow(start.accepted, start.question, best.length + moreCauses);
    const otherTotal = addUp(other, question);
    if (otherTotal > total + 1e-9) [best, total] = [other, otherTotal];
  }
  return best;
}

type Move = { readonly kind: "without" | "with"; readonly candidate: Candidate };

/** The largest thing not tried yet: one that may have swallowed others, or one that several accepted causes are parts of. */
function findMove(
  accepted: readonly Accepted[],
  { candidates, observed: { length: size } }: Question,
  tried: ReadonlySet<Candidate>,
): Move | undefined {
  const shared = accepted.filter(({ best }) => best.kind !== "ward");
  const owner = new Int32Array(size).fill(-1);
  for (const [index, { candidate }] of shared.entries()) for (const at of candidate.failing) owner[at] = index;
  const taken = new Set(accepted.map(({ candidate }) => candidate));
  const swallowing = shared.map(({ candidate }): Move => ({ kind: "without", candidate }));
  const joining =
    shared.length < 2
      ? []
      : candidates
          .filter((candidate) => !taken.has(candidate) && !tried.has(candidate) && candidate.groups[0]?.kind !== "ward")
          .filter((candidate) => countParts(candidate, shared, owner) > 1)
          .map((candidate): Move => ({ kind: "with", candidate }));
  return [...swallowing, ...joining]
    .filter(({ candidate }) => !tried.has(candidate))
    .reduce<Move | undefined>((a, b) => (!a || b.candidate.failing.length > a.candidate.failing.length ? b : a), undefined);
}

/** Of how many of the causes a good half lies under it. */
function countParts({ failing }: Candidate, causes: readonly Accepted[], owner: Int32Array): number {
  const counts = new Map<number, number>();
  for (const at of failing) counts.set(owner[at] as number, (counts.get(owner[at] as number) ?? 0) + 1);
  return causes.filter(({ candidate }, index) => (counts.get(index) ?? 0) * 2 > candidate.failing.length).length;
}

interface Start {
  readonly accepted: readonly Accepted[];
  readonly question: Question;
}

function leaveOut(candidate: Candidate, accepted: readonly Accepted[], question: Question): Start {
  const candidates = question.candidates.filter((one) => one !== candidate);
  return { accepted: accepted.filter((one) => one.candidate !== candidate), question: { ...question, candidates } };
}

function putIn(candidate: Candidate, accepted: readonly Accepted[], question: Question): Start {
  const inside = new Set(candidate.failing);
  const rest = accepted.filter(
    ({ candidate: { failing } }) => failing.filter((at) => inside.has(at)).length * 2 <= failing.length,
  );
  const empty = stand([], question);
  return { accepted: [...rest, accept(makeOffer(candidate, empty, question), empty, question)], question };
}

/** A candidate with what it gains at most, or, once it was asked, what it gains. */
interface Bid {
  readonly candidate: Candidate;
  readonly gain: number;
  readonly asked?: { readonly offer: Offer; readonly standing: Standing };
}

/**
 * Takes the best offer, gives every failure to whom it suits most, asks again, until none gains. What is taken makes other offers worse: so a
 * candidate is asked, and asked again, only when it would be the best. Gives up at `most` causes.
 */
function grow(start: readonly Accepted[], question: Question, most = Number.POSITIVE_INFINITY): readonly Accepted[] {
  let { accepted, standing } = settle(start, question);
  const taken = new Set(accepted.map(({ candidate }) => candidate));
  let bids = question.candidates
    .filter((candidate) => !taken.has(candidate))
    .map((candidate): Bid => ({ candidate, gain: boundGain(candidate, standing) }))
    .filter(({ gain }) => gain > 0);
  while (bids.length > 0 && accepted.length < most) {
    let most = 0;
    for (let at = 1; at < bids.length; at++) if ((bids[at] as Bid).gain > (bids[most] as Bid).gain) most = at;
    const { candidate, asked } = bids[most] as Bid;
    if (!asked || candidate.failing.some((at) => asked.standing.worth[at] !== standing.worth[at])) {
      const offer = makeOffer(candidate, standing, question);
      if (offer.gain > 0) bids[most] = { candidate, gain: offer.gain, asked: { offer, standing } };
      else bids.splice(most, 1);
      continue;
    }
    ({ accepted, standing } = settle([...accepted, accept(asked.offer, standing, question)], question));
    const now = standing;
    bids = bids.filter((bid) => bid.candidate !== candidate && boundGain(bid.candidate, now) > 0);
  }
  return accepted;
}

function accept({ candidate, best, takes }: Offer, { owner }: Standing, { observed }: Question): Accepted {
  const bySignature = new Array<number>(signatureCount).fill(0);
  let fails = 0;
  for (const at of candidate.failing) {
    const signature = observed[at] as number;
    if (owner[at] !== -1 && !takes[signature]) continue;
    bySignature[signature] = (bySignature[signature] as number) + 1;
    fails++;
  }
  return { candidate, best, seen: { fails, passes: candidate.passes, bySignature } };
}

const shareRounds = 3;

/** Shares each failure out among the causes it lies under, and drops the weakest cause that gains nothing so; until nothing moves. */
function settle(
  start: readonly Accepted[],
  question: Question,
): { readonly accepted: readonly Accepted[]; readonly standing: Standing } {
  let accepted = start;
  let standing = stand(accepted, question);
  while (accepted.length > 0) {
    for (let round = 0; round < shareRounds && standing.covers.some((count) => count > 1); round++) {
      accepted = shareOut(accepted, standing, question);
      standing = stand(accepted, question);
    }
    const now = standing;
    const gains = accepted.map((one, index) => gainOf(one, index, now, question));
    const weakest = gains.reduce((a, gain, at) => (gain < (gains[a] as number) ? at : a), 0);
    if ((gains[weakest] as number) > 0) break;
    accepted = accepted.filter((_, at) => at !== weakest);
    // What it had is free for the others it lay under.
    accepted = shareOut(accepted, stand(accepted, question), question);
    standing = stand(accepted, question);
  }
  return { accepted, standing };
}

/** Each cause's part of what it covers, by how likely it would show so; in whole failures of each signature. */
function shareOut(
  accepted: readonly Accepted[],
  { looks, showSum, shownFirst }: Standing,
  { observed }: Question,
): readonly Accepted[] {
  return accepted.map((one, index) => {
    const { shows } = looks[index] as Look;
    const parts = new Array<number>(signatureCount).fill(0);
    for (const at of one.candidate.failing) {
      const signature = observed[at] as number;
      const show = shows[signature] as number;
      let part = show / (showSum[at] as number);
      const first = shownFirst[at] as number;
      if (first !== -1) {
        const { hit, shows: others } = looks[first] as Look;
        const firstShow = others[signature] as number;
        const hidden = (1 - hit) * ((showSum[at] as number) - firstShow);
        part = (first === index ? firstShow : hidden) / (firstShow + hidden);
      }
      parts[signature] = (parts[signature] as number) + part;
    }
    const bySignature = parts.map(Math.round);
    const fails = bySignature.reduce((sum, count) => sum + count, 0);
    return { ...one, seen: { fails, passes: one.seen.passes, bySignature } };
  });
}

/** What an accepted cause gains over what the others, and chance, make of its failures. */
export function gainOf(one: Accepted, index: number, standing: Standing, { observed, rate }: Question): number {
  const { worth, covers, spared, hitSum, showSum, looks } = standing;
  const chance = scoreBackground(rate);
  const { hit, shows } = looks[index] as Look;
  let gain = passAndPrice(one, shows);
  for (const at of one.candidate.failing) {
    if (covers[at] === 1) gain += (worth[at] as number) - chance;
    else {
      const others = (showSum[at] as number) - (shows[observed[at] as number] as number);
      const without = Math.log(((1 - (spared[at] as number) / (1 - hit)) * others) / ((hitSum[at] as number) - hit));
      gain += (worth[at] as number) - Math.max(chance, without);
    }
  }
  return gain;
}

/** ln P(its passes) with its cost, and what it costs that hit rate and signatures are not known beforehand but read from its failures. */
function passAndPrice({ best, seen }: Accepted, shows: readonly number[]): number {
  let price = scoreBroken(best.kind, seen);
  for (const [signature, count] of seen.bySignature.entries()) {
    if (count > 0) price -= count * Math.log(shows[signature] as number);
  }
  return price;
}

/** What each failing endpoint is worth under these causes. */
export function stand(accepted: readonly Accepted[], { observed, rate }: Question): Standing {
  const owner = new Int32Array(observed.length).fill(-1);
  const worth = new Float64Array(observed.length).fill(scoreBackground(rate));
  const most = new Float64Array(observed.length);
  const covers = new Uint16Array(observed.length);
  const spared = new Float64Array(observed.length).fill(1);
  const hitSum = new Float64Array(observed.length);
  const showSum = new Float64Array(observed.length);
  const looks = accepted.map(({ best, seen }): Look => {
    const logs = Array.from({ length: signatureCount }, (_, signature) => predictFailure(best.kind, seen, signature));
    return { hit: predictHit(seen), shows: logs.map(Math.exp), logs };
  });
  for (const [index, { candidate }] of accepted.entries()) {
    const { hit, shows } = looks[index] as Look;
    for (const at of candidate.failing) {
      const show = shows[observed[at] as number] as number;
      covers[at] = (covers[at] as number) + 1;
      spared[at] = (spared[at] as number) * (1 - hit);
      hitSum[at] = (hitSum[at] as number) + hit;
      showSum[at] = (showSum[at] as number) + show;
      if (show > (most[at] as number)) {
        most[at] = show;
        owner[at] = index;
      }
    }
  }
  const shownFirst = findShownFirst(accepted, { covers, spared, hitSum, showSum, looks }, observed);
  // Either may show where two meet, by how often each hits; together they hit more than one alone.
  for (const [index, { candidate }] of accepted.entries()) {
    const { logs } = looks[index] as Look;
    for (const at of candidate.failing) {
      if (covers[at] === 1) worth[at] = logs[observed[at] as number] as number;
      else if (shownFirst[at] !== -1) {
        const first = looks[shownFirst[at] as number] as Look;
        const show = first.shows[observed[at] as number] as number;
        worth[at] = Math.log(show + (1 - first.hit) * ((showSum[at] as number) - show));
      } else worth[at] = Math.log(((1 - (spared[at] as number)) * (showSum[at] as number)) / (hitSum[at] as number));
    }
  }
  return { owner, worth, covers, spared, hitSum, showSum, looks, shownFirst };
}

/**
 * Where two causes meet, one may hide the other: a dead line hides the expired certificate behind it. For each pair that meets, what explains all
 * that they share best: the one first, the other first, or either.
 */
function findShownFirst(
  accepted: readonly Accepted[],
  { covers, spared, hitSum, showSum, looks }: Omit<Standing, "owner" | "worth" | "shownFirst">,
  observed: Observations,
): Int32Array {
  const shownFirst = new Int32Array(observed.length).fill(-1);
  const earlier = new Int32Array(observed.length).fill(-1);
  const meetings = new Map<number, number[]>();
  for (const [index, { candidate }] of accepted.entries()) {
    for (const at of candidate.failing) {
      if (covers[at] !== 2) continue;
      if (earlier[at] === -1) earlier[at] = index;
      else {
        const pair = (earlier[at] as number) * accepted.length + index;
        const shared = meetings.get(pair);
        if (shared) shared.push(at);
        else meetings.set(pair, [at]);
      }
    }
  }
  for (const [pair, shared] of meetings) {
    const [one, other] = [Math.floor(pair / accepted.length), pair % accepted.length];
    const measure = (index: number): number => {
      const { hit, shows } = looks[index] as Look;
      let sum = 0;
      for (const at of shared) {
        const show = shows[observed[at] as number] as number;
        sum += Math.log(show + (1 - hit) * ((showSum[at] as number) - show));
      }
      return sum;
    };
    let either = 0;
    for (const at of shared)
      either += Math.log(((1 - (spared[at] as number)) * (showSum[at] as number)) / (hitSum[at] as number));
    const [ones, others] = [measure(one), measure(other)];
    const best = Math.max(ones, others, either);
    if (best > either) for (const at of shared) shownFirst[at] = best === ones ? one : other;
  }
  return shownFirst;
}

/** ln P(everything seen | these causes) − ln P(all failures | chance). */
function addUp(accepted: readonly Accepted[], question: Question): number {
  const chance = scoreBackground(question.rate);
  const { worth, covers, looks } = stand(accepted, question);
  let total = 0;
  for (const [index, one] of accepted.entries()) {
    const { shows } = looks[index] as Look;
    total += passAndPrice(one, shows);
    for (const at of one.candidate.failing) total += ((worth[at] as number) - chance) / (covers[at] as number);
  }
  return total;
}
