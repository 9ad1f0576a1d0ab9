import type { Transaction } from "../platform/database.ts";
import { markDirty } from "./roll-cum.ts";

/** Sums the points of an import by day, while they come in order of time. */
export interface DaySums {
  add(day: number, unit: number, kind: number, channel: number, n: number): void;
  /** Writes the days that are over, if they are many. */
  flush(tx: Transaction): Promise<void>;
  /** Writes the rest. */
  finish(tx: Transaction): Promise<void>;
}

/** Rows of `roll_day` that are written together. */
const rowsAtOnce = 20_000;

/** `merge`: some of these sums may be there already. */
export function createDaySums(seq: number, merge: boolean): DaySums {
  let rows = createRows(rowsAtOnce);
  let size = 0;
  /** Of the day that is going on, by unit | kind (5 bits) | channel (2): the order of the table's key. */
  let sums = new Int32Array(1024);
  let met = new Uint8Array(1024);
  let cells: number[] = [];
  let today = Number.NaN;
  let lowest: number | undefined;
  const endDay = (): void => {
    for (const cell of cells.sort((a, b) => a - b)) {
      const n = sums[cell] as number;
      sums[cell] = 0;
      met[cell] = 0;
      if (n === 0) continue;
      if (size === rows.day.length) rows = widen(rows);
      rows.day[size] = today;
      rows.unit[size] = cell >>> 7;
      rows.kind[size] = (cell >>> 2) & 31;
      rows.channel[size] = cell & 3;
      rows.n[size] = n;
      size += 1;
    }
    cells = [];
  };
  const grow = (cell: number): void => {
    const wider = { sums: new Int32Array(cell * 2), met: new Uint8Array(cell * 2) };
    wider.sums.set(sums);
    wider.met.set(met);
    ({ sums, met } = wider);
  };
  const write = async (tx: Transaction): Promise<void> => {
    if (size === 0) return;
    lowest ??= rows.day[0] as number;
    const columns = [
      { name: "day", values: rows.day },
      { name: "unit_id", values: rows.unit },
      { name: "kind", values: rows.kind },
      { name: "channel", values: rows.channel },
      { name: "seq", values: seq },
      { name: "n", values: rows.n },
    ];
    const then = merge
      ? { merge: "ON CONFLICT (day, unit_id, kind, channel, seq) DO UPDATE SET n = roll_day.n + excluded.n" }
      : {};
    await tx.load({ table: "roll_day", columns, rows: size, ...then });
    size = 0;
  };
  return {
    add(day, unit, kind, channel, n) {
      if (day !== today) {
        endDay();
        today = day;
      }
      const cell = unit * 128 + kind * 4 + channel;
      if (cell >= sums.length) grow(cell);
      if (met[cell] === 0) {
        met[cell] = 1;
        cells.push(cell);
      }
      sums[cell] = (sums[cell] as number) + n;
    },
    async flush(tx) {
      if (size >= rowsAtOnce) await write(tx);
    },
    async finish(tx) {
      endDay();
      await write(tx);
      if (lowest !== undefined) await markDirty(tx, lowest);
    },
  };
}

interface Rows {
  readonly day: Int32Array;
  readonly unit: Int32Array;
  readonly kind: Uint8Array;
  readonly channel: Uint8Array;
  readonly n: Int32Array;
}

function createRows(room: number): Rows {
  const numbers = (): Int32Array => new Int32Array(room);
  return { day: numbers(), unit: numbers(), kind: new Uint8Array(room), channel: new Uint8Array(room), n: numbers() };
}

function widen(rows: Rows): Rows {
  const wider = createRows(rows.day.length * 2);
  for (const [name, column] of Object.entries(rows)) wider[name as keyof Rows].set(column);
  return wider;
}
