import { type Rows, toRows } from "./rows.ts";
import { predictFailure, predictHit, scoreBackground, signatureCount } from "./score.ts";
import type { Accepted, Question } from "./search-causes.ts";

/** What the causes make of the failing endpoints together, by row. */
export interface Standing {
  readonly rows: Rows;
  /** Index of the cause that it looks most like; −1: none covers it, chance. */
  readonly owner: Int32Array;
  /** ln P(it fails in its way), of one endpoint. */
  readonly worth: Float64Array;
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
export interface Look {
  readonly hit: number;
  readonly shows: readonly number[];
  /** Their logarithms. */
  readonly logs: readonly number[];
}

/** What the failures are worth under these causes. `rows`: those of just these causes, where they are known already. */
export function stand(
  accepted: readonly Accepted[],
  { observed, rate }: Question,
  rows: Rows = toRows(
    accepted.map(({ candidate }) => candidate),
    observed,
  ),
): Standing {
  const count = rows.size.length;
  const owner = new Int32Array(count).fill(-1);
  const worth = new Float64Array(count).fill(scoreBackground(rate));
  const spared = new Float64Array(count).fill(1);
  const hitSum = new Float64Array(count);
  const showSum = new Float64Array(count);
  const looks = accepted.map(({ best, seen }): Look => {
    const logs = Array.from({ length: signatureCount }, (_, signature) => predictFailure(best.kind, seen, signature));
    return { hit: predictHit(seen), shows: logs.map(Math.exp), logs };
  });
  for (let row = 0; row < count; row++) {
    const signature = rows.signature[row] as number;
    let most = 0;
    for (const cause of rows.causes[row] as readonly number[]) {
      const { hit, shows } = looks[cause] as Look;
      const show = shows[signature] as number;
      spared[row] = (spared[row] as number) * (1 - hit);
      hitSum[row] = (hitSum[row] as number) + hit;
      showSum[row] = (showSum[row] as number) + show;
      if (show > most) {
        most = show;
        owner[row] = cause;
      }
    }
  }
  const shownFirst = findShownFirst({ rows, spared, hitSum, showSum, looks });
  // Either may show where two meet, by how often each hits; together they hit more than one alone.
  for (let row = 0; row < count; row++) {
    const causes = rows.causes[row] as readonly number[];
    const signature = rows.signature[row] as number;
    if (causes.length === 0) continue;
    const first = looks[shownFirst[row] as number];
    if (causes.length === 1) worth[row] = (looks[causes[0] as number] as Look).logs[signature] as number;
    else if (first) {
      const show = first.shows[signature] as number;
      worth[row] = Math.log(show + (1 - first.hit) * ((showSum[row] as number) - show));
    } else worth[row] = worthOfEither({ spared, hitSum, showSum }, row);
  }
  return { rows, owner, worth, spared, hitSum, showSum, looks, shownFirst };
}

function worthOfEither({ spared, hitSum, showSum }: Pick<Standing, "spared" | "hitSum" | "showSum">, row: number): number {
  return Math.log(((1 - (spared[row] as number)) * (showSum[row] as number)) / (hitSum[row] as number));
}

/**
 * Where two causes meet, one may hide the other: a dead line hides the expired certificate behind it. For each pair that meets, what explains all
 * that they share best: the one first, the other first, or either.
 */
function findShownFirst(standing: Omit<Standing, "owner" | "worth" | "shownFirst">): Int32Array {
  const { rows, showSum, looks } = standing;
  const shownFirst = new Int32Array(rows.size.length).fill(-1);
  const meetings = new Map<number, number[]>();
  for (const [row, causes] of rows.causes.entries()) {
    if (causes.length !== 2) continue;
    const pair = (causes[0] as number) * looks.length + (causes[1] as number);
    const shared = meetings.get(pair);
    if (shared) shared.push(row);
    else meetings.set(pair, [row]);
  }
  for (const [pair, shared] of meetings) {
    const [one, other] = [Math.floor(pair / looks.length), pair % looks.length];
    const measure = (index: number): number => {
      const { hit, shows } = looks[index] as Look;
      let sum = 0;
      for (const row of shared) {
        const show = shows[rows.signature[row] as number] as number;
        sum += (rows.size[row] as number) * Math.log(show + (1 - hit) * ((showSum[row] as number) - show));
      }
      return sum;
    };
    let either = 0;
    for (const row of shared) either += (rows.size[row] as number) * worthOfEither(standing, row);
    const [ones, others] = [measure(one), measure(other)];
    const best = Math.max(ones, others, either);
    if (best > either) for (const row of shared) shownFirst[row] = best === ones ? one : other;
  }
  return shownFirst;
}
