import type { Sql } from "../platform/database.ts";
import type { Codes } from "./code-store.ts";
import { channels } from "./observation.ts";
import type { Point } from "./points.ts";
import { markDirty } from "./roll-cum.ts";
import type { Timeline } from "./timeline.ts";

const daySeconds = 86_400;

/** Local day of an epoch second. */
export function toDay(at: number, offsetSeconds: number): number {
  return Math.floor((at + offsetSeconds) / daySeconds);
}

/**
 * Differences between what was counted and what is now known, summed before they are written. Bounded by the caller's batches:
 * flush after each.
 */
export interface LedgerWriter {
  add(timeline: Timeline, points: readonly Point[], n: 1 | -1): void;
  flush(tx: Sql): Promise<void>;
  /** Takes out what came to nothing over several flushes of this import. */
  finish(tx: Sql): Promise<void>;
}

export function createLedgerWriter(codes: Codes, seq: number, offsetSeconds: number): LedgerWriter {
  const deltas = new Map<string, number>();
  let flushed = false;
  return {
    add(timeline, points, n) {
      const unit = codes.unitId(timeline.unit);
      const procedure = codes.procedureId(timeline.procedure);
      const channel = channels.indexOf(timeline.channel);
      for (const { at, kind } of points) {
        const key = `${at},${unit},${kind},${channel},${procedure}`;
        deltas.set(key, (deltas.get(key) ?? 0) + n);
      }
    },
    async flush(tx) {
      const days = new Map<string, number>();
      const rows: number[][] = [];
      for (const [key, n] of deltas) {
        if (n === 0) continue;
        const [t, unit, kind, channel, procedure] = key.split(",").map(Number) as [number, number, number, number, number];
        rows.push([t, unit, kind, channel, procedure, seq, n]);
        const day = `${toDay(t, offsetSeconds)},${unit},${kind},${channel}`;
        days.set(day, (days.get(day) ?? 0) + n);
      }
      deltas.clear();
      rows.sort((a, b) => (a[0] as number) - (b[0] as number));
      await tx.runMany(
        `INSERT INTO point (t, unit_id, kind, channel, proc_id, seq, n) VALUES (?, ?, ?, ?, ?, ?, ?)
         ON CONFLICT (t, unit_id, kind, channel, proc_id, seq) DO UPDATE SET n = point.n + excluded.n`,
        rows,
      );
      await tx.runMany(
        `INSERT INTO roll_day (day, unit_id, kind, channel, seq, n) VALUES (?, ?, ?, ?, ?, ?)
         ON CONFLICT (day, unit_id, kind, channel, seq) DO UPDATE SET n = roll_day.n + excluded.n`,
        [...days].filter(([, n]) => n !== 0).map(([key, n]) => [...key.split(",").map(Number), seq, n]),
      );
      if (rows.length > 0) await markDirty(tx, toDay((rows[0] as number[])[0] as number, offsetSeconds));
      flushed ||= rows.length > 0;
    },
    async finish(tx) {
      if (!flushed) return;
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
