import { assertFit, type DocTypeMask } from "./doc-types.ts";
import type { Interval } from "./interval.ts";
import type { Narrowing } from "./scope.ts";

/** gap: nobody can sign · single: one person only · unknown: somebody may, but what is known is too old to say. */
export type GapClass = "gap" | "single" | "unknown";

/** A stretch of time in which one person may sign some types; not `known` where only stale or missing evidence stands in the way. */
export interface Piece extends Interval {
  /** Counted from 0 inside one unit. */
  readonly person: number;
  readonly mask: DocTypeMask;
  readonly known: boolean;
  /** What limits it beside its types; all of them must cover a document. */
  readonly narrowings?: readonly Narrowing[];
}

export interface Row extends Interval {
  readonly bit: number;
  readonly class: GapClass;
}

/** What a double holds exactly. */
const exact = 2 ** 53;

const classes = [undefined, "gap", "unknown", "single"] as const;
const covered = 0;
const gap = 1;
const unknown = 2;
const single = 3;

/**
 * One pass over the edges of what a unit's people may sign, in order of type and time: where fewer than two distinct persons are
 * known to. Persons are counted, not pieces; what is not known never counts as covered (I16).
 */
export function sweep(pieces: readonly Piece[], horizon: Interval, typeCount: number): Row[] {
  assertFit(typeCount);
  if (!(horizon.from < horizon.to)) return [];
  const inside = pieces.filter(({ from, to }) => from < horizon.to && horizon.from < to && from < to);
  const edges = sortEdges(inside, horizon);
  let people = 0;
  for (const { person } of inside) if (person >= people) people = person + 1;
  // How many pieces each person has open for each type, known ones first; and from that how many persons.
  const open = new Uint32Array(2 * people * typeCount);
  const persons = new Uint32Array(2 * typeCount);
  const now = new Uint8Array(typeCount);
  const since = new Float64Array(typeCount).fill(horizon.from);
  const rows: Row[][] = Array.from({ length: typeCount }, () => []);
  const settle = (bit: number, at: number): void => {
    const known = persons[bit] as number;
    const is = known > 1 ? covered : known === 1 ? single : persons[typeCount + bit] === 0 ? gap : unknown;
    const was = now[bit] as number;
    if (is === was) return;
    close(bit, was, at);
    now[bit] = is;
    since[bit] = at;
  };
  const close = (bit: number, was: number, at: number): void => {
    const from = since[bit] as number;
    const named = classes[was];
    if (named !== undefined && from < at) rows[bit]?.push({ bit, class: named, from, to: at });
  };
  const apply = ({ person, mask, known }: Piece, isStart: boolean): void => {
    const side = known ? 0 : 1;
    const line = (side * people + person) * typeCount;
    for (let rest = mask; rest !== 0; ) {
      const bit = 31 - Math.clz32(rest);
      rest = (rest & ~(1 << bit)) >>> 0;
      if (bit >= typeCount) continue;
      const before = open[line + bit] as number;
      open[line + bit] = before + (isStart ? 1 : -1);
      if (isStart ? before === 0 : before === 1) persons[side * typeCount + bit]! += isStart ? 1 : -1;
    }
  };
  // All edges of one instant before a look, so that touching windows [a,b) [b,c) leave no phantom gap.
  const everyType = 2 ** typeCount - 1;
  let touched = everyType;
  let next = 0;
  for (let at = horizon.from; ; at = edges.at(next)) {
    for (; next < edges.count && edges.at(next) === at; next++) {
      const edge = edges.edge(next);
      const piece = inside[edge >>> 1] as Piece;
      touched = (touched | piece.mask) >>> 0;
      apply(piece, (edge & 1) === 0);
    }
    for (let rest = touched; rest !== 0; ) {
      const bit = 31 - Math.clz32(rest);
      rest = (rest & ~(1 << bit)) >>> 0;
      if (bit < typeCount) settle(bit, at);
    }
    touched = 0;
    if (next === edges.count) break;
  }
  for (let bit = 0; bit < typeCount; bit++) close(bit, now[bit] as number, horizon.to);
  return rows.flat();
}

interface Edges {
  readonly count: number;
  at(n: number): number;
  /** Twice the place of the piece; one more where it ends. */
  edge(n: number): number;
}

/** Kept from unit to unit: a country has thousands of small sweeps. */
let scratch = new Float64Array(1024);

/**
 * Starts and ends inside the horizon in order of time. Instant and edge are packed into one double where both fit exactly; a key that
 * does not fit is never packed, since it would lose its low bits without a word.
 */
function sortEdges(pieces: readonly Piece[], horizon: Interval): Edges {
  const base = Number.isFinite(horizon.from) ? horizon.from : 0;
  const width = 2 * pieces.length;
  if (scratch.length < width) scratch = new Float64Array(2 * width);
  let count = 0;
  let packs = Number.isInteger(base);
  for (let index = 0; index < pieces.length; index++) {
    const { from, to } = pieces[index] as Piece;
    const start = Math.max(from, horizon.from);
    const last = to < horizon.to ? to : start;
    packs &&= Number.isInteger(start) && Number.isInteger(last) && (last - base + 1) * width < exact;
    scratch[count++] = (start - base) * width + 2 * index;
    if (to < horizon.to) scratch[count++] = (to - base) * width + 2 * index + 1;
  }
  if (packs) {
    const keys = scratch.subarray(0, count).sort();
    return {
      count,
      at: (n) => Math.floor((keys[n] as number) / width) + base,
      edge: (n) => (keys[n] as number) % width,
    };
  }
  const toInstant = (edge: number): number => {
    const { from, to } = pieces[edge >>> 1] as Piece;
    return (edge & 1) === 0 ? Math.max(from, horizon.from) : to;
  };
  const edges = pieces
    .flatMap(({ to }, index) => (to < horizon.to ? [2 * index, 2 * index + 1] : [2 * index]))
    .sort((a, b) => toInstant(a) - toInstant(b));
  return { count: edges.length, at: (n) => toInstant(edges[n] as number), edge: (n) => edges[n] as number };
}
