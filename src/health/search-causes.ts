import type { Candidate } from "./candidates.ts";
import type { Observations } from "./observation.ts";
import { boundGain, makeOffer, type Offer } from "./offer.ts";
import type { RiskGroup } from "./risk-groups.ts";
import { type Rows, splitRows } from "./rows.ts";
import { scoreBackground, scoreBroken, signatureCount, type Tally } from "./score.ts";
import { type Look, type Standing, stand } from "./standing.ts";

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
  const counts = new Uint32Array(causes.length + 1);
  for (const at of failing) counts[(owner[at] as number) + 1] = (counts[(owner[at] as number) + 1] as number) + 1;
  return causes.filter(({ candidate }, index) => (counts[index + 1] as number) * 2 > candidate.failing.length).length;
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
  /** Place among the candidates: of equals the first. */
  readonly at: number;
  readonly gain: number;
}

interface AskedBid extends Bid {
  readonly offer: Offer;
  readonly standing: Standing;
}

/**
 * Takes the best offer, gives every failure to whom it suits most, asks again, until none gains. What is taken makes other offers worse: so a
 * candidate is asked, and asked again, only when it would be the best. Gives up at `most` causes.
 */
function grow(start: readonly Accepted[], question: Question, most = Number.POSITIVE_INFINITY): readonly Accepted[] {
  let { accepted, standing } = settle(start, question);
  const taken = new Set(accepted.map(({ candidate }) => candidate));
  const bidNow = (bids: Iterable<Pick<Bid, "candidate" | "at">>): Bid[] => {
    const fresh: Bid[] = [];
    for (const { candidate, at } of bids) {
      const gain = boundGain(candidate, standing);
      if (gain > 0) fresh.push({ candidate, at, gain });
    }
    return fresh.sort((a, b) => b.gain - a.gain || a.at - b.at);
  };
  let open = bidNow(question.candidates.flatMap((candidate, at) => (taken.has(candidate) ? [] : [{ candidate, at }])));
  let next = 0;
  let asked: AskedBid[] = [];
  while (accepted.length < most) {
    const best = asked.reduce<Bid | undefined>((a, b) => (a && isBefore(a, b) ? a : b), undefined);
    const head = open[next];
    const bid = head && best ? (isBefore(best, head) ? best : head) : (head ?? best);
    if (!bid) break;
    const { candidate } = bid;
    const before = bid === head ? undefined : (bid as AskedBid);
    if (before && isAsItWas(candidate, before.standing, standing)) {
      const rows = splitRows(standing.rows, candidate);
      ({ accepted, standing } = settle([...accepted, accept(before.offer, standing, question)], question, rows));
      open = bidNow(open.slice(next));
      next = 0;
      asked = asked.filter((one) => one !== before && boundGain(one.candidate, standing) > 0);
      continue;
    }
    if (before) asked = asked.filter((one) => one !== before);
    else next++;
    const offer = makeOffer(candidate, standing, question);
    if (offer.gain > 0) asked.push({ candidate, at: bid.at, gain: offer.gain, offer, standing });
  }
  return accepted;
}

function isAsItWas({ failing }: Candidate, before: Standing, now: Standing): boolean {
  return (
    before === now || failing.every((at) => before.worth[before.rows.of[at] as number] === now.worth[now.rows.of[at] as number])
  );
}

function isBefore(one: Bid, other: Bid): boolean {
  return one.gain > other.gain || (one.gain === other.gain && one.at < other.at);
}

function accept({ candidate, best, takes }: Offer, { owner, rows }: Standing, { observed }: Question): Accepted {
  const bySignature = new Array<number>(signatureCount).fill(0);
  let fails = 0;
  for (const at of candidate.failing) {
    const signature = observed[at] as number;
    if (owner[rows.of[at] as number] !== -1 && !takes[signature]) continue;
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
  rows?: Rows,
): { readonly accepted: readonly Accepted[]; readonly standing: Standing } {
  let accepted = start;
  let standing = stand(accepted, question, rows);
  while (accepted.length > 0) {
    const meet = standing.rows.causes.some((causes) => causes.length > 1);
    for (let round = 0; meet && round < shareRounds; round++) {
      accepted = shareOut(accepted, standing);
      standing = stand(accepted, question, standing.rows);
    }
    const now = standing;
    const gains = accepted.map((one, index) => gainOf(one, index, now, question));
    const weakest = gains.reduce((a, gain, at) => (gain < (gains[a] as number) ? at : a), 0);
    if ((gains[weakest] as number) > 0) break;
    accepted = accepted.filter((_, at) => at !== weakest);
    // What it had is free for the others it lay under.
    const free = stand(accepted, question);
    accepted = shareOut(accepted, free);
    standing = stand(accepted, question, free.rows);
  }
  return { accepted, standing };
}

/** Each cause's part of what it covers, by how likely it would show so; in whole failures of each signature. */
function shareOut(accepted: readonly Accepted[], { rows, looks, showSum, shownFirst }: Standing): readonly Accepted[] {
  return accepted.map((one, index) => {
    const { shows } = looks[index] as Look;
    const parts = new Array<number>(signatureCount).fill(0);
    for (const row of rows.under[index] as readonly number[]) {
      const signature = rows.signature[row] as number;
      const show = shows[signature] as number;
      let part = show / (showSum[row] as number);
      const first = shownFirst[row] as number;
      if (first !== -1) {
        const { hit, shows: others } = looks[first] as Look;
        const firstShow = others[signature] as number;
        const hidden = (1 - hit) * ((showSum[row] as number) - firstShow);
        part = (first === index ? firstShow : hidden) / (firstShow + hidden);
      }
      parts[signature] = (parts[signature] as number) + (rows.size[row] as number) * part;
    }
    const bySignature = parts.map(Math.round);
    const fails = bySignature.reduce((sum, count) => sum + count, 0);
    return { ...one, seen: { fails, passes: one.seen.passes, bySignature } };
  });
}

/** What an accepted cause gains over what the others, and chance, make of its failures. */
export function gainOf(one: Accepted, index: number, standing: Standing, { rate }: Pick<Question, "rate">): number {
  const { rows, worth, spared, hitSum, showSum, looks } = standing;
  const chance = scoreBackground(rate);
  const { hit, shows } = looks[index] as Look;
  let gain = passAndPrice(one, shows);
  for (const row of rows.under[index] as readonly number[]) {
    let instead = chance;
    if ((rows.causes[row] as readonly number[]).length > 1) {
      const others = (showSum[row] as number) - (shows[rows.signature[row] as number] as number);
      const without = Math.log(((1 - (spared[row] as number) / (1 - hit)) * others) / ((hitSum[row] as number) - hit));
      instead = Math.max(chance, without);
    }
    gain += (rows.size[row] as number) * ((worth[row] as number) - instead);
  }
  return gain;
}

/** ln P(its passes) with its cost, and what it costs that hit rate and signatures are not known beforehand but read from its failures. */
function passAndPrice({ best, seen }: Accepted, shows: readonly number[]): number {
  let price = scoreBroken(best, seen);
  for (const [signature, count] of seen.bySignature.entries()) {
    if (count > 0) price -= count * Math.log(shows[signature] as number);
  }
  return price;
}

/** ln P(everything seen | these causes) − ln P(all failures | chance). */
export function addUp(accepted: readonly Accepted[], question: Question): number {
  const chance = scoreBackground(question.rate);
  const { rows, worth, looks } = stand(accepted, question);
  let total = 0;
  for (const [index, one] of accepted.entries()) {
    const { shows } = looks[index] as Look;
    total += passAndPrice(one, shows);
    for (const row of rows.under[index] as readonly number[]) {
      const shared = (rows.causes[row] as readonly number[]).length;
      total += ((rows.size[row] as number) * ((worth[row] as number) - chance)) / shared;
    }
  }
  return total;
}
