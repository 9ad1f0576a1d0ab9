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
const rowsAtOnce = 50_000;

/** `merge`: some of these sums may be there already. */
export function createDaySums(seq: number, merge: boolean): DaySums {
  const rows = { day: [] as number[], unit: [] as number[], kind: [] as number[], channel: [] as number[], n: [] as number[] };
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
      rows.day.push(today);
      rows.unit.push(cell >>> 7);
      rows.kind.push((cell >>> 2) & 31);
      rows.channel.push(cell & 3);
      rows.n.push(n);
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
    const { day, unit, kind, channel, n } = rows;
    if (day.length === 0) return;
    lowest ??= day[0] as number;
    const size = day.length;
    const columns = [
      { name: "day", values: Int32Array.from(day) },
      { name: "unit_id", values: Int32Array.from(unit) },
      { name: "kind", values: Uint8Array.from(kind) },
      { name: "channel", values: Uint8Array.from(channel) },
      { name: "seq", values: seq },
      { name: "n", values: Int32Array.from(n) },
    ];
    const then = merge
      ? { merge: "ON CONFLICT (day, unit_id, kind, channel, seq) DO UPDATE SET n = roll_day.n + excluded.n" }
      : {};
    for (const column of Object.values(rows)) column.length = 0;
    await tx.load({ table: "roll_day", columns, rows: size, ...then });
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
      if (rows.day.length >= rowsAtOnce) await write(tx);
    },
    async finish(tx) {
      endDay();
      await write(tx);
      if (lowest !== undefined) await markDirty(tx, lowest);
    },
  };
}
