import type { Candidate } from "./candidates.ts";
import type { Observations } from "./observation.ts";
import { signatureCount } from "./score.ts";

/**
 * Failing endpoints that nothing tells apart, counted once: they show one signature and lie under the same accepted causes. A whole country that
 * fails has thousands of failures and a few dozen rows.
 */
export interface Rows {
  /** Row of each failing endpoint. */
  readonly of: Int32Array;
  /** By row: how many endpoints it has. */
  readonly size: readonly number[];
  readonly signature: readonly number[];
  /** By row: indexes of the causes it lies under, ascending. */
  readonly causes: readonly (readonly number[])[];
  /** By index of the cause: its rows. */
  readonly under: readonly (readonly number[])[];
}

export function toRows(causes: readonly Candidate[], observed: Observations): Rows {
  const size = new Array<number>(signatureCount).fill(0);
  for (const signature of observed) size[signature] = (size[signature] as number) + 1;
  const none: Rows = {
    of: new Int32Array(observed),
    size,
    signature: size.map((_, signature) => signature),
    causes: size.map(() => []),
    under: [],
  };
  return causes.reduce(splitRows, none);
}

/** The rows with one more cause: those that it covers in part fall apart. */
export function splitRows(rows: Rows, { failing }: Candidate): Rows {
  const index = rows.under.length;
  const inside = new Int32Array(rows.size.length);
  for (const at of failing) inside[rows.of[at] as number] = (inside[rows.of[at] as number] as number) + 1;
  const size = [...rows.size];
  const signature = [...rows.signature];
  const causes = [...rows.causes];
  const under = rows.under.map((one) => [...one]);
  const fresh: number[] = [];
  const movesTo = new Int32Array(inside.length);
  for (let row = 0; row < inside.length; row++) {
    const count = inside[row] as number;
    if (count === 0) continue;
    const its = rows.causes[row] as readonly number[];
    const whole = count === rows.size[row];
    const to = whole ? row : size.length;
    movesTo[row] = to;
    causes[to] = [...its, index];
    fresh.push(to);
    if (whole) continue;
    size[row] = (size[row] as number) - count;
    size[to] = count;
    signature[to] = rows.signature[row] as number;
    for (const cause of its) (under[cause] as number[]).push(to);
  }
  const of = rows.of.slice();
  if (size.length > rows.size.length) for (const at of failing) of[at] = movesTo[of[at] as number] as number;
  return { of, size, signature, causes, under: [...under, fresh] };
}
