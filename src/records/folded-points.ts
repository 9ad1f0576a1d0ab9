import type { Instant } from "../platform/clock.ts";
import type { Sql } from "../platform/database.ts";
import { Failure } from "../platform/failure.ts";
import type { Zone } from "../platform/time.ts";
import { toDaySql, toDayStartSql } from "./day-sql.ts";
import { toDay } from "./ledger-store.ts";
import { kinds } from "./points.ts";
import { retentionWords } from "./retention-words.ts";

const daySeconds = 86_400;

/**
 * Takes points of before a local day, brought by imports of before a seq, out of the ledger. The sums by day hold them already; what
 * procedures they were of is kept by day too. How many rows.
 */
export async function foldPoints(tx: Sql, day: number, seq: number, offsetSeconds: number): Promise<number> {
  const old = "t < ? AND seq < ?";
  const values = [day * daySeconds - offsetSeconds, seq];
  if (!(await tx.get(`SELECT t FROM point WHERE ${old} LIMIT 1`, ...values))) return 0;
  const local = toDaySql(offsetSeconds);
  await tx.run(
    `INSERT INTO folded_day (day) SELECT DISTINCT ${local} FROM point WHERE ${old} ON CONFLICT (day) DO NOTHING`,
    ...values,
  );
  await tx.run(
    `INSERT INTO folded_proc (day, unit_id, kind, proc_id, seq, n)
     SELECT ${local} AS day, unit_id, kind, proc_id, seq, SUM(n) FROM point WHERE ${old} AND kind <= ${kinds.resolvedLate}
     GROUP BY ${local}, unit_id, kind, proc_id, seq
     ON CONFLICT (day, unit_id, kind, proc_id, seq) DO UPDATE SET n = folded_proc.n + excluded.n`,
    ...values,
  );
  await tx.run("DELETE FROM folded_proc WHERE n = 0");
  const folded = await tx.run(`DELETE FROM point WHERE ${old}`, ...values);
  await foldDropped(tx, offsetSeconds);
  return folded;
}

/** What dropped dossiers have put into days that are kept whole is kept by the day as well. */
export async function foldDropped(tx: Sql, offsetSeconds: number): Promise<void> {
  const start = toDayStartSql(offsetSeconds);
  const which = `${toDaySql(offsetSeconds)} IN (SELECT day FROM folded_day) AND t <> ${start}`;
  const rest = "unit_id, kind, channel, proc_id, seq";
  await tx.run(
    `INSERT INTO dropped_point (t, ${rest}, n) SELECT ${start} AS t0, ${rest}, SUM(n) FROM dropped_point WHERE ${which}
     GROUP BY ${start}, ${rest} ON CONFLICT (t, ${rest}) DO UPDATE SET n = dropped_point.n + excluded.n`,
  );
  await tx.run(`DELETE FROM dropped_point WHERE ${which} OR n = 0`);
}

/** Whether figures at a second can be counted: at the ends of any day, and inside the days whose points are kept. */
export async function isCountable(sql: Sql, second: number, offsetSeconds: number): Promise<boolean> {
  const day = toDay(second, offsetSeconds);
  if (second === day * daySeconds - offsetSeconds) return true;
  return (await sql.get("SELECT day FROM folded_day WHERE day = ?", day)) === undefined;
}

/** Failure kind: invalid, with the day boundaries that can be counted. */
export async function assertCountable(sql: Sql, second: number, offsetSeconds: number): Promise<void> {
  if (await isCountable(sql, second, offsetSeconds)) return;
  const zone: Zone = { name: "", offsetMinutes: offsetSeconds / 60 };
  const start: Instant = (toDay(second, offsetSeconds) * daySeconds - offsetSeconds) * 1000;
  const hint = retentionWords.nearest({ from: start, to: start + daySeconds * 1000 }, zone);
  throw new Failure("invalid", retentionWords.folded(second * 1000, zone), { hint });
}
