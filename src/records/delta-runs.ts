import { sortOrder } from "./sort-order.ts";

/** Some hundred thousand differences in order of time and key, laid aside in eleven bytes each. */
export interface DeltaRun {
  readonly size: number;
  /** Added to each of `at`. */
  readonly base: number;
  /** Seconds; times too far from each other for 32 bits stay what they were. */
  readonly at: Uint32Array | Float64Array;
  readonly low: Uint32Array;
  readonly high: Uint16Array;
  readonly sums: Int8Array;
}

/** Of the first `size` entries. `what` has 48 bits at most. `spare`: a run of this size that nobody needs any more, to be written over. */
export function createDeltaRun(at: Float64Array, what: Float64Array, sums: Int8Array, size: number, spare?: DeltaRun): DeltaRun {
  const order = sortOrder(at, size);
  for (let from = 0; from < size; ) {
    const time = at[order[from] as number] as number;
    let to = from + 1;
    while (to < size && at[order[to] as number] === time) to += 1;
    if (to > from + 1) sortByKey(order.subarray(from, to), what);
    from = to;
  }
  const base = size > 0 ? (at[order[0] as number] as number) : 0;
  const span = size > 0 ? (at[order[size - 1] as number] as number) - base : 0;
  const isNear = span < 2 ** 32;
  const run: DeltaRun = {
    size,
    base,
    at: isNear ? (spare?.at instanceof Uint32Array ? spare.at : new Uint32Array(size)) : new Float64Array(size),
    low: spare?.low ?? new Uint32Array(size),
    high: spare?.high ?? new Uint16Array(size),
    sums: spare?.sums ?? new Int8Array(size),
  };
  for (let n = 0; n < size; n++) {
    const from = order[n] as number;
    const key = what[from] as number;
    const high = Math.floor(key / 2 ** 32);
    run.at[n] = (at[from] as number) - base;
    run.low[n] = key - high * 2 ** 32;
    run.high[n] = high;
    run.sums[n] = sums[from] as number;
  }
  return run;
}

/** Mostly two or three points share a second; under date-only sources a whole day does. */
function sortByKey(order: Uint32Array, keys: Float64Array): void {
  if (order.length > 8) {
    order.sort((a, b) => (keys[a] as number) - (keys[b] as number));
    return;
  }
  for (let n = 1; n < order.length; n++) {
    const moved = order[n] as number;
    let at = n;
    for (; at > 0 && (keys[order[at - 1] as number] as number) > (keys[moved] as number); at--)
      order[at] = order[at - 1] as number;
    order[at] = moved;
  }
}

/** The next of the merged differences; equal ones are one, and what came to nothing is left out. */
export interface MergedDeltas {
  next(): boolean;
  readonly at: number;
  readonly what: number;
  readonly n: number;
}

/** Goes through all runs together, the smallest of their heads first (a binary heap of them). */
export function mergeRuns(runs: readonly DeltaRun[]): MergedDeltas {
  const places = new Uint32Array(runs.length);
  const times = new Float64Array(runs.length);
  const keys = new Float64Array(runs.length);
  const heap: number[] = [];
  const readHead = (run: number): boolean => {
    const from = runs[run] as DeltaRun;
    const place = places[run] as number;
    if (place === from.size) return false;
    times[run] = from.base + (from.at[place] as number);
    keys[run] = (from.high[place] as number) * 2 ** 32 + (from.low[place] as number);
    return true;
  };
  const isBefore = (a: number, b: number): boolean => {
    const [left, right] = [times[a] as number, times[b] as number];
    return left < right || (left === right && (keys[a] as number) < (keys[b] as number));
  };
  const sink = (from: number): void => {
    const moved = heap[from] as number;
    let at = from;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= heap.length) break;
      if (child + 1 < heap.length && isBefore(heap[child + 1] as number, heap[child] as number)) child += 1;
      if (!isBefore(heap[child] as number, moved)) break;
      heap[at] = heap[child] as number;
      at = child;
    }
    heap[at] = moved;
  };
  const advance = (): void => {
    const run = heap[0] as number;
    places[run] = (places[run] as number) + 1;
    if (!readHead(run)) {
      const last = heap.pop() as number;
      if (heap.length === 0) return;
      heap[0] = last;
    }
    sink(0);
  };
  for (let run = 0; run < runs.length; run++) if (readHead(run)) heap.push(run);
  for (let at = (heap.length >> 1) - 1; at >= 0; at--) sink(at);
  const merged = {
    at: 0,
    what: 0,
    n: 0,
    next(): boolean {
      while (heap.length > 0) {
        const first = heap[0] as number;
        merged.at = times[first] as number;
        merged.what = keys[first] as number;
        merged.n = 0;
        while (heap.length > 0) {
          const run = heap[0] as number;
          if (times[run] !== merged.at || keys[run] !== merged.what) break;
          merged.n += (runs[run] as DeltaRun).sums[places[run] as number] as number;
          advance();
        }
        if (merged.n !== 0) return true;
      }
      return false;
    },
  };
  return merged;
}
