import type { Sql, Transaction } from "../platform/database.ts";
import type { Codes } from "./code-store.ts";
import { createDeltas } from "./ledger-deltas.ts";
import { channels } from "./observation.ts";
import type { Kind, Point } from "./points.ts";
import { markDirty } from "./roll-cum.ts";
import type { Timeline } from "./timeline.ts";

const daySeconds = 86_400;

/** Local day of an epoch second. */
export function toDay(at: number, offsetSeconds: number): number {
  return Math.floor((at + offsetSeconds) / daySeconds);
}

/**
 * Differences between what was counted and what is now known, summed before they are written. What waits is bounded:
 * flush after each batch.
 */
export interface LedgerWriter {
  add(timeline: Timeline, points: readonly Point[], n: 1 | -1): void;
  /** One point, by ids of the cache. */
  put(at: number, kind: Kind, unit: number, channel: number, procedure: number, n: 1 | -1): void;
  /** Writes what waits, if it is much. */
  flush(tx: Transaction): Promise<void>;
  /** Writes the rest, and takes out what came to nothing over several flushes of this import. */
  finish(tx: Transaction): Promise<void>;
}

/** Points of many batches go in together: each leaf of the table is then written once, not once a batch. 17 bytes each meanwhile. */
const pointsHeld = 600_000;
const pointsAtOnce = 50_000;
/** Days come back in batch after batch, so their sums wait for each other, up to so many. */
const daysHeld = 100_000;

export function createLedgerWriter(codes: Codes, seq: number, offsetSeconds: number): LedgerWriter {
  const deltas = createDeltas();
  const days = new Map<number, number>();
  let retracted = false;
  const flushDays = async (tx: Transaction): Promise<void> => {
    const keys = Float64Array.from(days.keys()).sort();
    const sums = Float64Array.from(keys, (key) => days.get(key) as number);
    const rows = Uint32Array.from(keys.keys()).filter((at) => sums[at] !== 0);
    const columns = [
      { name: "day", values: keys.map((key) => Math.floor(key / 128 / unitRoom) - dayBias) },
      { name: "unit_id", values: keys.map((key) => Math.floor(key / 128) % unitRoom) },
      { name: "kind", values: keys.map((key) => (key % 128) >> 2) },
      { name: "channel", values: keys.map((key) => key % 4) },
      { name: "seq", values: seq },
      { name: "n", values: sums },
    ];
    days.clear();
    if (rows.length > 0) await markDirty(tx, toKeyDay(keys[rows[0] as number] as number));
    const merge = "ON CONFLICT (day, unit_id, kind, channel, seq) DO UPDATE SET n = roll_day.n + excluded.n";
    await tx.load({ table: "roll_day", columns, rows, merge });
  };
  const flushPoints = async (tx: Transaction): Promise<void> => {
    const merge = "ON CONFLICT (t, unit_id, kind, channel, proc_id, seq) DO UPDATE SET n = point.n + excluded.n";
    for (const part of deltas.take(pointsAtOnce)) {
      const { size, at, unit, kind, channel, procedure, n } = part;
      for (let row = 0; row < size; row++) {
        const day = toDay(at[row] as number, offsetSeconds);
        const key = toDayKey(day, unit[row] as number, kind[row] as number, channel[row] as number);
        days.set(key, (days.get(key) ?? 0) + (n[row] as number));
      }
      const columns = [
        { name: "t", values: at },
        { name: "unit_id", values: unit },
        { name: "kind", values: kind },
        { name: "channel", values: channel },
        { name: "proc_id", values: procedure },
        { name: "seq", values: seq },
        { name: "n", values: n },
      ];
      await tx.load({ table: "point", columns, rows: size, merge });
    }
    if (days.size > daysHeld) await flushDays(tx);
  };
  return {
    add(timeline, points, n) {
      const unit = codes.unitId(timeline.unit);
      const procedure = codes.procedureId(timeline.procedure);
      const channel = channels.indexOf(timeline.channel);
      if (n < 0) retracted = true;
      for (const { at, kind } of points) deltas.add(at, unit, kind, channel, procedure, n);
    },
    put(at, kind, unit, channel, procedure, n) {
      if (n < 0) retracted = true;
      deltas.add(at, unit, kind, channel, procedure, n);
    },
    async flush(tx) {
      if (deltas.size > pointsHeld) await flushPoints(tx);
    },
    async finish(tx) {
      await flushPoints(tx);
      await flushDays(tx);
      if (!retracted) return;
      await tx.run("DELETE FROM point WHERE seq = ? AND n = 0", seq);
      await tx.run("DELETE FROM roll_day WHERE seq = ? AND n = 0", seq);
    },
  };
}

const dayBias = 2 ** 20;
const unitRoom = 2 ** 16;

/** One exact number: day (21 bits) | unit (16) | kind (5) | channel (2). */
function toDayKey(day: number, unit: number, kind: number, channel: number): number {
  return ((day + dayBias) * unitRoom + unit) * 128 + kind * 4 + channel;
}

function toKeyDay(key: number): number {
  return Math.floor(key / 128 / unitRoom) - dayBias;
}

/** Points of some kinds in `[from, to)`, by unit and second. */
export async function listPointsBetween(
  sql: Sql,
  from: number,
  to: number,
  knownSeq: number,
): Promise<{ readonly unit: string; readonly t: number; readonly kind: number; readonly n: number }[]> {
  return sql.all(
    `SELECT u.code AS unit, p.t, p.kind, SUM(p.n) AS n FROM point p JOIN record_unit u ON u.id = p.unit_id
     WHERE p.t >= ? AND p.t < ? AND p.seq <= ? AND p.kind <= 3 GROUP BY u.code, p.t, p.kind`,
    from,
    to,
    knownSeq,
  );
}
