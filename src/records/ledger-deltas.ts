import { createDeltaRun, type DeltaRun, mergeRuns } from "./delta-runs.ts";

/** Differences of points waiting to be written. */
export interface Deltas {
  add(at: number, unit: number, kind: number, channel: number, procedure: number, n: 1 | -1): void;
  readonly size: number;
  /**
   * Hands out all of them in the order of the ledger's key, equal ones as one, those that came to nothing left out, in parts of at most so
   * many; then it is empty. A part is good until the next one.
   */
  take(atMost: number): Generator<DeltaPart>;
}

export interface DeltaPart {
  size: number;
  readonly at: Float64Array;
  readonly unit: Int32Array;
  readonly kind: Uint8Array;
  readonly channel: Uint8Array;
  readonly procedure: Int32Array;
  readonly n: Int32Array;
}

const procedureRoom = 2 ** 20;
/** As many are sorted at once and laid aside, in two thirds of the room. */
const runSize = 2 ** 18;

export function createDeltas(): Deltas {
  let size = 0;
  let at = new Float64Array(1024);
  /** unit | kind (5 bits) | channel (2) | procedure (20): sorts as the rest of the ledger's key does. */
  let what = new Float64Array(1024);
  let sums = new Int8Array(1024);
  let runs: DeltaRun[] = [];
  /** Their memory is used again: left to be collected it would stand there twice for a while. */
  let spare: DeltaRun[] = [];
  let laid = 0;
  const grow = (): void => {
    const wider = { at: new Float64Array(size * 2), what: new Float64Array(size * 2), sums: new Int8Array(size * 2) };
    wider.at.set(at);
    wider.what.set(what);
    wider.sums.set(sums);
    ({ at, what, sums } = wider);
  };
  const lay = (): void => {
    runs.push(createDeltaRun(at, what, sums, size, size === runSize ? spare.pop() : undefined));
    laid += size;
    size = 0;
  };
  return {
    get size() {
      return laid + size;
    },
    add(time, unit, kind, channel, procedure, n) {
      if (size === at.length) grow();
      at[size] = time;
      what[size] = (unit * 128 + kind * 4 + channel) * procedureRoom + procedure;
      sums[size] = n;
      size += 1;
      if (size === runSize) lay();
    },
    *take(atMost) {
      if (size > 0) lay();
      const numbers = (): Int32Array<ArrayBuffer> => new Int32Array(atMost);
      const [unit, procedure, n] = [numbers(), numbers(), numbers()];
      const part: DeltaPart = {
        size: 0,
        at: new Float64Array(atMost),
        unit,
        kind: new Uint8Array(atMost),
        channel: new Uint8Array(atMost),
        procedure,
        n,
      };
      const merged = mergeRuns(runs);
      while (merged.next()) {
        const row = part.size;
        const rest = Math.floor(merged.what / procedureRoom);
        part.at[row] = merged.at;
        part.unit[row] = rest >>> 7;
        part.kind[row] = (rest >>> 2) & 31;
        part.channel[row] = rest & 3;
        part.procedure[row] = merged.what % procedureRoom;
        part.n[row] = merged.n;
        part.size = row + 1;
        if (part.size < atMost) continue;
        yield part;
        part.size = 0;
      }
      spare = runs.filter((run) => run.size === runSize);
      runs = [];
      laid = 0;
      if (part.size > 0) yield part;
    },
  };
}
