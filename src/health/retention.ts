import type { Sql } from "../platform/database.ts";
import { readInstant, startOfLocalDay, toIso, toIsoDate, toLocalDay, type Zone } from "../platform/time.ts";
import { type DayTotals, packDays, unpackDay } from "./day-totals.ts";
import { unpackResult } from "./run-blob.ts";
import { createRunStore, saveLayout } from "./run-store.ts";
import type { HealthSettings } from "./settings.ts";
import { createUptimeTally, type MeasureHours, toSeen, type UptimeTally } from "./uptime.ts";

export interface Retention {
  readonly keep: HealthSettings["keep"];
  readonly holdMs: number;
  readonly measureHours: MeasureHours;
  readonly zone: Zone;
}

export interface StoredDay {
  /** `2025-07-03`. */
  readonly day: string;
  readonly endpoints: readonly string[];
  at(index: number): DayTotals;
}

const dayMs = 86_400_000;

/**
 * Turns the oldest day whose runs are no longer kept into one row of totals, and forgets what is older still; in the transaction of the caller, one
 * day a call, so that no save waits long.
 */
export async function pruneHistory(sql: Sql, now: number, { keep, holdMs, measureHours, zone }: Retention): Promise<void> {
  const firstKept = startOfLocalDay(toLocalDay(now, zone) - keep.runsDays, zone);
  const done = await sql.get<{ day: string | null }>("SELECT MAX(day) AS day FROM health_day");
  const afterDone = done?.day ? (readInstant(done.day, zone) ?? 0) + dayMs : undefined;
  const since = afterDone === undefined ? "" : toIso(afterDone, zone);
  const oldest = await sql.get<{ at: string | null }>("SELECT MIN(at) AS at FROM health_run WHERE at >= ?", since);
  const at = oldest?.at ? readInstant(oldest.at, zone) : undefined;
  if (at !== undefined && at < firstKept) {
    const from = startOfLocalDay(toLocalDay(at, zone), zone);
    await rollUpDay(sql, from, { holdMs, measureHours, zone });
    // The last ones still speak for the first minutes of the next day.
    await sql.run("DELETE FROM health_run WHERE at < ?", toIso(from + dayMs - holdMs, zone));
    await sql.run(
      `DELETE FROM health_layout WHERE id NOT IN (SELECT layout_id FROM health_run)
       AND id NOT IN (SELECT layout_id FROM health_day)`,
    );
  }
  const lastDay = toIsoDate(startOfLocalDay(toLocalDay(now, zone) - keep.dailyDays, zone), zone);
  await sql.run("DELETE FROM health_day WHERE day < ?", lastDay);
  // Changes and causes are small; they live as long as the days they belong to.
  await sql.run("DELETE FROM health_event WHERE at < ?", lastDay);
  await sql.run(
    `DELETE FROM cause_episode_endpoint WHERE episode_id IN (SELECT id FROM cause_episode WHERE resolved_at < ?)`,
    lastDay,
  );
  await sql.run("DELETE FROM cause_episode WHERE resolved_at < ?", lastDay);
}

async function rollUpDay(sql: Sql, from: number, { holdMs, measureHours, zone }: Omit<Retention, "keep">): Promise<void> {
  const window = { from, to: from + dayMs };
  const tallies = new Map<string, UptimeTally>();
  for await (const { at, endpoints, blob } of createRunStore(sql, zone).walk(from - holdMs, window.to)) {
    for (const [place, id] of endpoints.entries()) {
      let tally = tallies.get(id);
      if (!tally) {
        tally = createUptimeTally(window, holdMs, measureHours);
        tallies.set(id, tally);
      }
      tally.look(at, toSeen(unpackResult(blob, place, id, at)));
    }
  }
  const layout = await saveLayout(sql, [...tallies.keys()]);
  await sql.run(
    "INSERT INTO health_day (day, layout_id, totals) VALUES (?, ?, ?) ON CONFLICT (day, layout_id) DO UPDATE SET totals = excluded.totals",
    toIsoDate(from, zone),
    layout,
    packDays([...tallies.values()].map((tally) => tally.total())),
  );
}

/** Whole days within [from, to), oldest first. */
export async function listDays(sql: Sql, from: number, to: number, zone: Zone): Promise<readonly StoredDay[]> {
  const rows = await sql.all<{ day: string; totals: Uint8Array; endpoint_ids: string }>(
    `SELECT day.day, day.totals, layout.endpoint_ids FROM health_day day JOIN health_layout layout ON layout.id = day.layout_id
     WHERE day.day >= ? AND day.day < ? ORDER BY day.day`,
    toIsoDate(from + dayMs - 1, zone),
    toIsoDate(to, zone),
  );
  return rows.map(({ day, totals, endpoint_ids }) => ({
    day,
    endpoints: endpoint_ids.split("\n"),
    at: (index) => unpackDay(totals, index),
  }));
}
