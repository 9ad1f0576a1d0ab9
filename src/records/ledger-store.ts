import type { Sql, Transaction } from "../platform/database.ts";
import type { Codes } from "./code-store.ts";
import { createDaySums } from "./day-sums.ts";
import { createDeltas } from "./ledger-deltas.ts";
import { channels } from "./observation.ts";
import type { Kind, Point } from "./points.ts";
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

/** An import's points go into the table in one go, in the order of its key, so that each leaf is written once; beyond so many, by parts. */
const pointsHeld = 6_000_000;
const pointsAtOnce = 50_000;

export function createLedgerWriter(codes: Codes, seq: number, offsetSeconds: number): LedgerWriter {
  const deltas = createDeltas();
  let retracted = false;
  /** Before there is any of this import, none of its keys can be there already. */
  let written = false;
  const flushPoints = async (tx: Transaction): Promise<void> => {
    const merge = written
      ? { merge: "ON CONFLICT (t, unit_id, kind, channel, proc_id, seq) DO UPDATE SET n = point.n + excluded.n" }
      : {};
    const days = createDaySums(seq, written);
    for (const part of deltas.take(pointsAtOnce)) {
      const { size, at, unit, kind, channel, procedure, n } = part;
      const columns = [
        { name: "t", values: at },
        { name: "unit_id", values: unit },
        { name: "kind", values: kind },
        { name: "channel", values: channel },
        { name: "proc_id", values: procedure },
        { name: "seq", values: seq },
        { name: "n", values: n },
      ];
      // The sums are taken while the engine is at work.
      const loading = tx.load({ table: "point", columns, rows: size, ...merge });
      for (let row = 0; row < size; row++) {
        const day = toDay(at[row] as number, offsetSeconds);
        days.add(day, unit[row] as number, kind[row] as number, channel[row] as number, n[row] as number);
      }
      await loading;
      await days.flush(tx);
    }
    await days.finish(tx);
    written = true;
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
      const inParts = written;
      await flushPoints(tx);
      if (!retracted || !inParts) return;
      await tx.run("DELETE FROM point WHERE seq = ? AND n = 0", seq);
      await tx.run("DELETE FROM roll_day WHERE seq = ? AND n = 0", seq);
    },
  };
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
