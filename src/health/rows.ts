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
  const rows: Draft = {
    of: new Int32Array(observed),
    size,
    signature: size.map((_, signature) => signature),
    causes: size.map(() => []),
  };
  for (const [index, cause] of causes.entries()) split(rows, cause, index);
  return { ...rows, under: listUnder(rows.causes, causes.length) };
}

/** The rows with one more cause: those that it covers in part fall apart. */
export function splitRows({ of, size, signature, causes, under }: Rows, cause: Candidate): Rows {
  const rows: Draft = { of: of.slice(), size: [...size], signature: [...signature], causes: [...causes] };
  split(rows, cause, under.length);
  return { ...rows, under: listUnder(rows.causes, under.length + 1) };
}

/** Rows that are still being made; what its lists hold is not. */
interface Draft {
  readonly of: Int32Array;
  readonly size: number[];
  readonly signature: number[];
  readonly causes: (readonly number[])[];
}

function split({ of, size, signature, causes }: Draft, { failing }: Candidate, index: number): void {
  const inside = new Int32Array(size.length);
  for (const at of failing) inside[of[at] as number] = (inside[of[at] as number] as number) + 1;
  const movesTo = new Int32Array(inside.length);
  for (let row = 0; row < inside.length; row++) {
    const count = inside[row] as number;
    if (count === 0) continue;
    const to = count === size[row] ? row : size.length;
    movesTo[row] = to;
    causes[to] = [...(causes[row] as readonly number[]), index];
    if (to === row) continue;
    size[row] = (size[row] as number) - count;
    size[to] = count;
    signature[to] = signature[row] as number;
  }
  if (size.length > inside.length) for (const at of failing) of[at] = movesTo[of[at] as number] as number;
}

function listUnder(causes: readonly (readonly number[])[], count: number): readonly (readonly number[])[] {
  const under = Array.from({ length: count }, (): number[] => []);
  for (const [row, its] of causes.entries()) for (const cause of its) under[cause]?.push(row);
  return under;
}
