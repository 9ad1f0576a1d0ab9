/** A base that a published percentage can come from, with the count that gives it. */
export interface PossibleBase {
  readonly count: number;
  readonly base: number;
}

export interface RateCheck {
  /** impossible: no whole count of the stated base gives the percentage · not-checkable: the base is open or not given. */
  readonly verdict: "impossible" | "consistent" | "not-checkable";
  /** consistent: the bases that give it, at most ten · impossible: the nearest one below and above. */
  readonly bases: readonly PossibleBase[];
}

export interface StatedBase {
  readonly low: number | undefined;
  readonly high: number | undefined;
  /** The number printed where it is approximate: the percentage is judged against it, since that is what was published together. */
  readonly nominal?: number | undefined;
}

const shown = 10;
const farthest = 10_000;

/**
 * Can a published percentage come from whole dossiers out of the stated base? `96,3%` of "about 30" cannot: 29/30 is 96,67%, and the
 * nearest bases that round to it are 27 and 54. Never turns a percentage into a count.
 */
export function checkRate(base: StatedBase, percent: { readonly hundredths: number; readonly decimals: number }): RateCheck {
  if (base.low === undefined || base.high === undefined) return { verdict: "not-checkable", bases: [] };
  const approximate = base.low !== base.high && base.nominal !== undefined;
  const low = approximate ? (base.nominal as number) : base.low;
  const high = approximate ? (base.nominal as number) : base.high;
  const within: PossibleBase[] = [];
  for (let n = Math.max(1, low); n <= high && within.length < shown; n++) within.push(...findBase(n, percent));
  if (within.length > 0) return { verdict: "consistent", bases: within };
  return { verdict: "impossible", bases: [...findNearest(low - 1, -1, percent), ...findNearest(high + 1, 1, percent)] };
}

/** The count out of `base` that rounds, half up, to the percentage at its number of decimals. Whole numbers only. */
function findBase(base: number, { hundredths, decimals }: { hundredths: number; decimals: number }): PossibleBase[] {
  const place = 10 ** (2 - decimals);
  const count = Math.max(0, Math.ceil((base * (2 * hundredths - place)) / 20_000));
  return count <= base && 20_000 * count < base * (2 * hundredths + place) ? [{ count, base }] : [];
}

function findNearest(from: number, step: 1 | -1, percent: { hundredths: number; decimals: number }): PossibleBase[] {
  for (let n = from, tried = 0; n >= 1 && tried < farthest; n += step, tried++) {
    const found = findBase(n, percent);
    if (found.length > 0) return found;
  }
  return [];
}
