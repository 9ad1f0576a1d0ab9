import { sortOrder } from "./sort-order.ts";

/** Differences of points waiting to be written. */
export interface Deltas {
  add(at: number, unit: number, kind: number, channel: number, procedure: number, n: number): void;
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
    *take(atMost) {
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
      const order = sortOrder(at, size);
      for (let from = 0; from < size; ) {
        const time = at[order[from] as number] as number;
        let to = from + 1;
        while (to < size && at[order[to] as number] === time) to += 1;
        if (to > from + 1) sortByKey(order.subarray(from, to), what);
        while (from < to) {
          const key = what[order[from] as number] as number;
          let sum = 0;
          for (; from < to && what[order[from] as number] === key; from++) sum += sums[order[from] as number] as number;
          if (sum === 0) continue;
          const rest = Math.floor(key / procedureRoom);
          const row = part.size;
          part.at[row] = time;
          part.unit[row] = rest >>> 7;
          part.kind[row] = (rest >>> 2) & 31;
          part.channel[row] = rest & 3;
          part.procedure[row] = key % procedureRoom;
          part.n[row] = sum;
          part.size = row + 1;
          if (part.size < atMost) continue;
          yield part;
          part.size = 0;
        }
      }
      size = 0;
      if (part.size > 0) yield part;
    },
  };
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
