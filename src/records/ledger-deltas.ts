import { sortOrder } from "./sort-order.ts";

/** Differences of points waiting to be written. */
export interface Deltas {
  add(at: number, unit: number, kind: number, channel: number, procedure: number, n: number): void;
  readonly size: number;
  /**
   * Hands out all of them in the order of the ledger's key, equal ones as one, those that came to nothing left out; then it is empty. Each
   * is the same object with other numbers.
   */
  take(): Generator<Delta>;
}

export interface Delta {
  at: number;
  unit: number;
  kind: number;
  channel: number;
  procedure: number;
  n: number;
}

const procedureRoom = 2 ** 20;

export function createDeltas(): Deltas {
  let size = 0;
  let at = new Float64Array(1024);
  /** unit | kind (5 bits) | channel (2) | procedure (20): sorts as the rest of the ledger's key does. */
  let what = new Float64Array(1024);
  let sums = new Int8Array(1024);
  const grow = (): void => {
    const wider = { at: new Float64Array(size * 2), what: new Float64Array(size * 2), sums: new Int8Array(size * 2) };
    wider.at.set(at);
    wider.what.set(what);
    wider.sums.set(sums);
    ({ at, what, sums } = wider);
  };
  return {
    get size() {
      return size;
    },
    add(time, unit, kind, channel, procedure, n) {
      if (size === at.length) grow();
      at[size] = time;
      what[size] = (unit * 128 + kind * 4 + channel) * procedureRoom + procedure;
      sums[size] = n;
      size += 1;
    },
    *take() {
      const sum: Delta = { at: 0, unit: 0, kind: 0, channel: 0, procedure: 0, n: 0 };
      const order = sortOrder(at, size);
      for (let from = 0; from < size; ) {
        const time = at[order[from] as number] as number;
        let to = from + 1;
        while (to < size && at[order[to] as number] === time) to += 1;
        if (to > from + 1) {
          order.subarray(from, to).sort((a, b) => (what[a] as number) - (what[b] as number));
        }
        while (from < to) {
          const key = what[order[from] as number] as number;
          let n = 0;
          for (; from < to && what[order[from] as number] === key; from++) n += sums[order[from] as number] as number;
          if (n === 0) continue;
          const rest = Math.floor(key / procedureRoom);
          sum.at = time;
          sum.unit = rest >>> 7;
          sum.kind = (rest >>> 2) & 31;
          sum.channel = rest & 3;
          sum.procedure = key % procedureRoom;
          sum.n = n;
          yield sum;
        }
      }
      size = 0;
    },
  };
}
