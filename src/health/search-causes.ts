import type { Candidate } from "./candidates.ts";
import type { Observations } from "./observation.ts";
import type { GroupKind, RiskGroup } from "./risk-groups.ts";
import { predictFailure, reachesHitFloor, rise, scoreBackground, scoreBroken, type Tally } from "./score.ts";

/** A cause that is believed in, and what it has to answer for. */
export interface Accepted {
  readonly candidate: Candidate;
  /** The likeliest of its groups. */
  readonly best: RiskGroup;
  /** Failing endpoints that it explains better than the other causes do. */
  readonly owned: readonly number[];
}

/** How well a candidate would explain what it takes from chance and from the accepted causes. */
export interface Offer {
  readonly candidate: Candidate;
  readonly best: RiskGroup;
  /** In nats; −∞: not at all. */
  readonly gain: number;
  /** What it takes, by signature: from others, and of what nobody explains all. */
  readonly takes: readonly boolean[];
}

/** The failing endpoints, who explains each, and what that explanation is worth in nats. */
export interface Board {
  readonly observed: Observations;
  readonly rate: number;
  readonly owner: Int32Array;
  readonly worth: Float64Array;
}

const signatureCount = 17;
/** To believe in a cause inside another takes more: no line fails evenly over all that hangs on it. */
const insideNats = 2;
const exchanges = 6;

export function createBoard(observed: Observations, rate: number): Board {
  return {
    observed,
    rate,
    owner: new Int32Array(observed.length).fill(-1),
    worth: new Float64Array(observed.length).fill(scoreBackground(rate)),
  };
}

/**
 * The set of causes that explains the failures best together (check.md §13): greedily the one with the largest gain, where a cause may take from
 * another the failures that look more like its own; then each cause is left out on trial, and the better whole is kept.
 */
export function searchCauses(
  candidates: readonly Candidate[],
  observed: Observations,
  rate: number,
  thorough: boolean,
): readonly Accepted[] {
  let best = grow([], candidates, observed, rate);
  let total = addUp(best, observed, rate);
  const tried = new Set<Candidate>();
  for (let round = 0; thorough && round < exchanges; round++) {
    const broad = best.filter(({ best: group, candidate }) => group.kind !== "ward" && !tried.has(candidate));
    const one = broad.reduce<Accepted | undefined>((a, b) => (!a || b.owned.length > a.owned.length ? b : a), undefined);
    if (!one) break;
    tried.add(one.candidate);
    const without = grow(
      best.filter((other) => other !== one),
      candidates.filter((candidate) => candidate !== one.candidate),
      observed,
      rate,
    );
    const other = addUp(without, observed, rate);
    if (other > total) [best, total] = [without, other];
  }
  return best;
}

function grow(
  start: readonly Accepted[],
  candidates: readonly Candidate[],
  observed: Observations,
  rate: number,
): readonly Accepted[] {
  let accepted = settle(start, observed, rate);
  const refused = new Set(accepted.map(({ candidate }) => candidate));
  let board = toBoard(accepted, observed, rate);
  let offers = candidates
    .filter((candidate) => !refused.has(candidate))
    .map((candidate) => offer(candidate, board))
    .filter(({ gain }) => gain > 0);
  while (offers.length > 0) {
    const best = offers.reduce((a, b) => (b.gain > a.gain ? b : a));
    refused.add(best.candidate);
    const owned = best.candidate.failing.filter(
      (at) => board.owner[at] === -1 || best.takes[observed[at] as number],
    );
    const next = settle([...accepted, { candidate: best.candidate, best: best.best, owned }], observed, rate);
    const nextBoard = toBoard(next, observed, rate);
    const before = board;
    board = nextBoard;
    accepted = next;
    const isTouched = ({ failing }: Candidate): boolean =>
      failing.some((at) => before.owner[at] !== board.owner[at] || before.worth[at] !== board.worth[at]);
    offers = offers
      .filter(({ candidate }) => candidate !== best.candidate)
      .map((one) => (isTouched(one.candidate) ? offer(one.candidate, board) : one))
      .filter(({ gain }) => gain > 0);
  }
  return accepted;
}

/** Gives each failure to the cause it looks most like, and drops the weakest cause that gains nothing so; until nothing moves. */
function settle(start: readonly Accepted[], observed: Observations, rate: number): readonly Accepted[] {
  let accepted = start;
  for (;;) {
    for (let round = 0; round < 2; round++) accepted = reassign(accepted, observed, rate);
    if (accepted.length === 0) return accepted;
    const gains = accepted.map((one, at) => gainAgainst(one, accepted.filter((_, other) => other !== at), observed, rate));
    const weakest = gains.reduce((a, gain, at) => (gain < (gains[a] as number) ? at : a), 0);
    if ((gains[weakest] as number) > 0) return accepted;
    accepted = accepted.filter((_, at) => at !== weakest);
  }
}

/** What a cause gains over the others, and chance, answering for its failures. */
export function gainAgainst(one: Accepted, others: readonly Accepted[], observed: Observations, rate: number): number {
  const board = toBoard(others, observed, rate);
  // What it would leave to others is worth at least chance.
  for (const other of others) spread(other, board);
  let gain = scoreBroken(one.best.kind, tallyOwned(one, observed));
  for (const at of one.owned) gain -= board.worth[at] as number;
  return gain + shareOutWith(one, others, observed);
}

/**
 * Where two broken things meet, either may show: ln of the chance that just these failures show the one and the rest the other, whatever the share
 * (uniform Beta). Without it a cause could take what suits it from another for nothing.
 */
function shareOut(taken: number, left: number): number {
  return rise(1, taken) + rise(1, left) - rise(2, taken + left);
}

function shareOutWith(one: Accepted, others: readonly Accepted[], observed: Observations): number {
  const covered = new Uint8Array(observed.length);
  for (const { candidate } of others) for (const at of candidate.failing) covered[at] = 1;
  const both = one.candidate.failing.filter((at) => covered[at] === 1).length;
  const taken = one.owned.filter((at) => covered[at] === 1).length;
  return shareOut(taken, both - taken);
}

/** Sets each of its failures to what the cause makes of it, where that is more than what stands there. */
function spread(one: Accepted, { observed, worth }: Board): void {
  const values = predictAll(one.best.kind, tallyOwned(one, observed));
  for (const at of one.candidate.failing) {
    const value = values[observed[at] as number] as number;
    if (value > (worth[at] as number)) worth[at] = value;
  }
}

function reassign(accepted: readonly Accepted[], observed: Observations, rate: number): readonly Accepted[] {
  const board = createBoard(observed, rate);
  for (const [index, one] of accepted.entries()) {
    const values = predictAll(one.best.kind, tallyOwned(one, observed));
    for (const at of one.candidate.failing) {
      const value = values[observed[at] as number] as number;
      if (board.owner[at] === -1 || value > (board.worth[at] as number)) {
        board.worth[at] = value;
        board.owner[at] = index;
      }
    }
  }
  return accepted.map((one, index) => ({ ...one, owned: one.candidate.failing.filter((at) => board.owner[at] === index) }));
}

function predictAll(kind: GroupKind, seen: Tally): readonly number[] {
  return Array.from({ length: signatureCount }, (_, signature) => predictFailure(kind, seen, signature));
}

/** Who explains what, as the causes stand. */
export function toBoard(accepted: readonly Accepted[], observed: Observations, rate: number): Board {
  const board = createBoard(observed, rate);
  for (const [index, one] of accepted.entries()) {
    const values = predictAll(one.best.kind, tallyOwned(one, observed));
    for (const at of one.owned) {
      board.owner[at] = index;
      board.worth[at] = values[observed[at] as number] as number;
    }
  }
  return board;
}

export function tallyOwned({ candidate, owned }: Pick<Accepted, "candidate" | "owned">, observed: Observations): Tally {
  const bySignature = new Array<number>(signatureCount).fill(0);
  for (const at of owned) bySignature[observed[at] as number] = (bySignature[observed[at] as number] as number) + 1;
  return { fails: owned.length, passes: candidate.members.length - candidate.failing.length, bySignature };
}

/** ln P(all failures | these causes), as far as they differ from another set. */
function addUp(accepted: readonly Accepted[], observed: Observations, rate: number): number {
  const chance = scoreBackground(rate);
  // Against every failure being left to chance.
  return accepted.reduce(
    (sum, one, index) =>
      sum +
      scoreBroken(one.best.kind, tallyOwned(one, observed)) +
      shareOutWith(one, accepted.slice(0, index), observed) -
      one.owned.length * chance,
    0,
  );
}

/** What a candidate would gain on the board as it stands, taking what suits it. */
export function offer(candidate: Candidate, board: Board): Offer {
  const { observed, owner, worth } = board;
  const free = new Array<number>(signatureCount).fill(0);
  const held = new Array<number>(signatureCount).fill(0);
  const heldWorth = new Array<number>(signatureCount).fill(0);
  for (const at of candidate.failing) {
    const seen = observed[at] as number;
    if (owner[at] === -1) free[seen] = (free[seen] as number) + 1;
    else {
      held[seen] = (held[seen] as number) + 1;
      heldWorth[seen] = (heldWorth[seen] as number) + (worth[at] as number);
    }
  }
  const passes = candidate.members.length - candidate.failing.length;
  const chance = scoreBackground(board.rate);
  const freeCount = free.reduce((sum, count) => sum + count, 0);
  const heldCount = candidate.failing.length - freeCount;
  const lookAt = (kind: GroupKind, takes: readonly boolean[]): number => {
    const bySignature = free.map((count, seen) => count + (takes[seen] ? (held[seen] as number) : 0));
    const fails = bySignature.reduce((sum, count) => sum + count, 0);
    if (!reachesHitFloor({ fails, passes })) return Number.NEGATIVE_INFINITY;
    let base = 0;
    for (let seen = 0; seen < signatureCount; seen++) {
      base += (free[seen] as number) * chance + (takes[seen] ? (heldWorth[seen] as number) : 0);
    }
    const inside = fails > freeCount ? insideNats : 0;
    return scoreBroken(kind, { fails, passes, bySignature }) + shareOut(fails - freeCount, heldCount - fails + freeCount) - base - inside;
  };
  const nothing = held.map(() => false);
  const everything = held.map((count) => count > 0);
  let best: Offer = { candidate, best: candidate.groups[0] as RiskGroup, gain: Number.NEGATIVE_INFINITY, takes: nothing };
  for (const group of candidate.groups) {
    for (const start of everything.includes(true) ? [nothing, everything] : [nothing]) {
      const found = climb(start, held, (takes) => lookAt(group.kind, takes));
      if (found.gain > best.gain) best = { candidate, best: group, ...found };
    }
  }
  return best;
}

/** Takes or leaves one signature at a time, as long as that helps. */
function climb(
  start: readonly boolean[],
  held: readonly number[],
  look: (takes: readonly boolean[]) => number,
): { readonly gain: number; readonly takes: readonly boolean[] } {
  let takes = start;
  let gain = look(start);
  for (;;) {
    let better: { gain: number; takes: readonly boolean[] } | undefined;
    for (const [seen, count] of held.entries()) {
      if (count === 0) continue;
      const other = takes.with(seen, !takes[seen]);
      const found = look(other);
      if (found > (better?.gain ?? gain)) better = { gain: found, takes: other };
    }
    if (!better) return { gain, takes };
    ({ gain, takes } = better);
  }
}
