import type { Candidate } from "./candidates.ts";
import type { Observations } from "./observation.ts";
import { makeOffer, type Offer, shareOut } from "./offer.ts";
import type { RiskGroup } from "./risk-groups.ts";
import { predictFailure, scoreBackground, scoreBroken, signatureCount, type Tally } from "./score.ts";

/** A cause that is believed in, and what it has to answer for. */
export interface Accepted {
  readonly candidate: Candidate;
  /** The likeliest of its groups. */
  readonly best: RiskGroup;
  /** Failing endpoints that it explains better than the other causes do. */
  readonly owned: readonly number[];
}

/** What is being explained. */
export interface Question {
  readonly candidates: readonly Candidate[];
  readonly observed: Observations;
  /** Failures to be expected by chance, as a share of the tested. */
  readonly rate: number;
}

/** Who explains each failing endpoint, and what that explanation is worth in nats; also the next best one. */
export interface Standing {
  /** Index of the cause; −1: chance. */
  readonly owner: Int32Array;
  readonly worth: Float64Array;
  readonly next: Float64Array;
  /** How many causes it lies under. */
  readonly covers: Uint16Array;
}

const exchanges = 8;

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
    const move = findMove(best, question.candidates, tried);
    if (!move) return best;
    tried.add(move.candidate);
    const other =
      move.kind === "without" ? growWithout(move.candidate, best, question) : growWith(move.candidate, best, question);
    const otherTotal = addUp(other, question);
    if (otherTotal > total + 1e-9) [best, total] = [other, otherTotal];
  }
  return best;
}

type Move = { readonly kind: "without" | "with"; readonly candidate: Candidate };

/** The largest thing not tried yet: one that may have swallowed others, or one that several accepted causes are parts of. */
function findMove(
  accepted: readonly Accepted[],
  candidates: readonly Candidate[],
  tried: ReadonlySet<Candidate>,
): Move | undefined {
  const shared = accepted.filter(({ best }) => best.kind !== "ward");
  const taken = new Set(accepted.map(({ candidate }) => candidate));
  const swallowing = shared.map(({ candidate }): Move => ({ kind: "without", candidate }));
  const joining =
    shared.length < 2
      ? []
      : candidates
          .filter((candidate) => !taken.has(candidate) && !tried.has(candidate) && candidate.groups[0]?.kind !== "ward")
          .filter((candidate) => countParts(candidate, shared) > 1)
          .map((candidate): Move => ({ kind: "with", candidate }));
  return [...swallowing, ...joining]
    .filter(({ candidate }) => !tried.has(candidate))
    .reduce<Move | undefined>((a, b) => (!a || b.candidate.failing.length > a.candidate.failing.length ? b : a), undefined);
}

/** Of how many of the causes a good half lies under it. */
function countParts({ members }: Candidate, causes: readonly Accepted[]): number {
  const inside = new Set(members);
  return causes.filter(({ owned }) => owned.filter((at) => inside.has(at)).length * 2 > owned.length).length;
}

function growWithout(candidate: Candidate, accepted: readonly Accepted[], question: Question): readonly Accepted[] {
  const candidates = question.candidates.filter((one) => one !== candidate);
  return grow(
    accepted.filter((one) => one.candidate !== candidate),
    { ...question, candidates },
  );
}

function growWith(candidate: Candidate, accepted: readonly Accepted[], question: Question): readonly Accepted[] {
  const inside = new Set(candidate.failing);
  const rest = accepted.filter(({ owned }) => owned.filter((at) => inside.has(at)).length * 2 <= owned.length);
  const { best } = makeOffer(candidate, stand([], question), question);
  return grow([...rest, { candidate, best, owned: candidate.failing }], question);
}

/** Takes the best offer, gives every failure to whom it suits most, asks again those that it touches, until none gains. */
function grow(start: readonly Accepted[], question: Question): readonly Accepted[] {
  let accepted = settle(start, question);
  const taken = new Set(accepted.map(({ candidate }) => candidate));
  let standing = stand(accepted, question);
  let offers = question.candidates
    .filter((candidate) => !taken.has(candidate))
    .map((candidate) => makeOffer(candidate, standing, question))
    .filter(({ gain }) => gain > 0);
  while (offers.length > 0) {
    const best = offers.reduce((a, b) => (b.gain > a.gain ? b : a));
    const before = standing;
    accepted = settle([...accepted, accept(best, before, question)], question);
    standing = stand(accepted, question);
    const isTouched = ({ failing }: Candidate): boolean => failing.some((at) => before.worth[at] !== standing.worth[at]);
    offers = offers
      .filter(({ candidate }) => candidate !== best.candidate)
      .map((one) => (isTouched(one.candidate) ? makeOffer(one.candidate, standing, question) : one))
      .filter(({ gain }) => gain > 0);
  }
  return accepted;
}

function accept({ candidate, best, takes }: Offer, { owner }: Standing, { observed }: Question): Accepted {
  return { candidate, best, owned: candidate.failing.filter((at) => owner[at] === -1 || takes[observed[at] as number]) };
}

/** Gives each failure to the cause it looks most like, and drops the weakest cause that gains nothing so; until nothing moves. */
function settle(start: readonly Accepted[], question: Question): readonly Accepted[] {
  let accepted = start;
  while (accepted.length > 0) {
    for (let round = 0; round < 2; round++) accepted = reassign(accepted, question);
    const standing = stand(accepted, question);
    const gains = accepted.map((one) => gainOf(one, standing, question));
    const weakest = gains.reduce((a, gain, at) => (gain < (gains[a] as number) ? at : a), 0);
    if ((gains[weakest] as number) > 0) break;
    accepted = accepted.filter((_, at) => at !== weakest);
  }
  return accepted;
}

/** What an accepted cause gains over what the others, and chance, make of its failures. */
export function gainOf(one: Accepted, { next, covers }: Standing, { observed }: Question): number {
  let gain = scoreBroken(one.best.kind, tallyOwned(one, observed));
  let both = 0;
  let taken = 0;
  for (const at of one.candidate.failing) if ((covers[at] as number) > 1) both++;
  for (const at of one.owned) {
    gain -= next[at] as number;
    if ((covers[at] as number) > 1) taken++;
  }
  return gain + shareOut(taken, both - taken);
}

function reassign(accepted: readonly Accepted[], question: Question): readonly Accepted[] {
  const { owner } = stand(accepted, question);
  return accepted.map((one, index) => ({ ...one, owned: one.candidate.failing.filter((at) => owner[at] === index) }));
}

/** Where each failure stands when every one goes to the cause that it looks most like; never to chance where a cause covers it. */
export function stand(accepted: readonly Accepted[], { observed, rate }: Question): Standing {
  const chance = scoreBackground(rate);
  const owner = new Int32Array(observed.length).fill(-1);
  const worth = new Float64Array(observed.length).fill(chance);
  const next = new Float64Array(observed.length).fill(chance);
  const covers = new Uint16Array(observed.length);
  for (const [index, one] of accepted.entries()) {
    const seen = tallyOwned(one, observed);
    const values = Array.from({ length: signatureCount }, (_, signature) => predictFailure(one.best.kind, seen, signature));
    for (const at of one.candidate.failing) {
      const value = values[observed[at] as number] as number;
      covers[at] = (covers[at] as number) + 1;
      if (owner[at] === -1) [owner[at], worth[at]] = [index, value];
      else if (value > (worth[at] as number)) {
        next[at] = Math.max(chance, worth[at] as number);
        [owner[at], worth[at]] = [index, value];
      } else if (value > (next[at] as number)) next[at] = value;
    }
  }
  return { owner, worth, next, covers };
}

export function tallyOwned({ candidate, owned }: Pick<Accepted, "candidate" | "owned">, observed: Observations): Tally {
  const bySignature = new Array<number>(signatureCount).fill(0);
  for (const at of owned) bySignature[observed[at] as number] = (bySignature[observed[at] as number] as number) + 1;
  return { fails: owned.length, passes: candidate.members.length - candidate.failing.length, bySignature };
}

/** ln P(all failures | these causes) − ln P(all failures | chance). */
function addUp(accepted: readonly Accepted[], { observed, rate }: Question): number {
  const chance = scoreBackground(rate);
  const covered = new Uint8Array(observed.length);
  let total = 0;
  for (const one of accepted) {
    const isCovered = (at: number): boolean => covered[at] === 1;
    const both = one.candidate.failing.filter(isCovered).length;
    const taken = one.owned.filter(isCovered).length;
    total += scoreBroken(one.best.kind, tallyOwned(one, observed)) + shareOut(taken, both - taken) - one.owned.length * chance;
    for (const at of one.candidate.failing) covered[at] = 1;
  }
  return total;
}
