import { once } from "node:events";
import { createWriteStream } from "node:fs";
import { createDirectory } from "../../src/directory/directory.ts";
import type { Database } from "../../src/platform/database.ts";
import { createRandom } from "../../src/platform/random.ts";
import { openSqlite } from "../../src/platform/sqlite.ts";
import { channels, type DossierState, dossierStates, type KnownObservation } from "../../src/records/observation.ts";
import { listPoints } from "../../src/records/points.ts";
import { markDirty, rebuildDirty } from "../../src/records/roll-cum.ts";
import { createTimeline } from "../../src/records/timeline.ts";
import { allMigrations } from "../../src/workspace/migrations.ts";

export const units = createDirectory("2025-07-03")!.listUnits({ province: "79" });
const offsetSeconds = 25_200;
const daySeconds = 86_400;
const rules = { onTime: "date" as const, dueIncludesPauses: true, offsetSeconds };
/** What is known by the second is kept this long (records-and-reports.md §6). */
const pointDays = 45;
const firstDay = 20_270;

export interface Ledger {
  readonly database: Database;
  readonly csv: string;
  readonly dossiers: number;
  /** Epoch seconds: 00:00 and 16:30 of the last day. */
  readonly from: number;
  readonly asOf: number;
}

/**
 * A city's ledger of so many days, as an import would have left it: lives from a seed, points by the real rules, sums by the real upkeep. The rows
 * are written without the import's own work, which is another bench's; the same dossiers go to a CSV for DuckDB.
 */
export async function makeLedger(folder: string, days: number, perUnitAndDay: number): Promise<Ledger> {
  const database = await openSqlite(`${folder}/ledger-${days}.db`, allMigrations, () => "2025-07-01T00:00:00+07:00");
  const csv = `${folder}/ledger-${days}.csv`;
  const lastDay = firstDay + days - 1;
  const from = lastDay * daySeconds - offsetSeconds;
  const asOf = from + 16.5 * 3600;
  const random = createRandom(`figures-${days}`);
  const file = createWriteStream(csv);
  file.write("unit_id,channel,state,received_at,due_at,finished_at\n");
  const rolled = new Map<number, number>();
  let id = 0;
  await database.transaction(async (tx) => {
    await tx.runMany(
      "INSERT INTO record_unit (id, code) VALUES (?, ?)",
      units.map(({ code }, index) => [index + 1, code]),
    );
    await tx.run("INSERT INTO record_proc (id, code) VALUES (1, '2.000815')");
    await tx.run("INSERT INTO record_source (id, name) VALUES (1, 's')");
    for (let day = firstDay; day <= lastDay; day += 1) {
      const rows: (number | null)[][] = [];
      const points = new Map<string, number>();
      const lines: string[] = [];
      for (let unit = 1; unit <= units.length; unit += 1) {
        for (let n = 0; n < perUnitAndDay; n += 1) {
          const life = createLife(day, asOf, random);
          if (!life) continue;
          const { observation, finished, due, received, state, channel } = life;
          rows.push([++id, unit, channel, state, received, due, finished ?? null, life.pausedFrom ?? null, observation.updated]);
          lines.push(`${unit},${channel},${state},${received},${due},${finished ?? ""}`);
          for (const { at, kind } of listPoints(createTimeline([observation], rules))) {
            const on = Math.floor((at + offsetSeconds) / daySeconds);
            const cell = ((on - firstDay) * 256 + unit) * 256 + kind * 8 + channel;
            rolled.set(cell, (rolled.get(cell) ?? 0) + 1);
            if (on <= lastDay - pointDays) continue;
            const key = `${at},${unit},${kind},${channel}`;
            points.set(key, (points.get(key) ?? 0) + 1);
          }
        }
      }
      await tx.runMany(
        `INSERT INTO dossier (id, unit_id, proc_id, channel, state, received_at, due_at, finished_at, paused_from, src_updated_at,
           exported_at, src_hash, source_id, seq, ord) VALUES (?, ?, 1, ?, ?, ?, ?, ?, ?, ?, -1, 0, 1, 1, 1)`,
        rows,
      );
      await tx.runMany(
        `INSERT INTO point (t, unit_id, kind, channel, proc_id, seq, n) VALUES (?, ?, ?, ?, 1, 1, ?)
         ON CONFLICT (t, unit_id, kind, channel, proc_id, seq) DO UPDATE SET n = point.n + excluded.n`,
        [...points].map(([key, n]) => [...key.split(",").map(Number), n]),
      );
      if (!file.write(`${lines.join("\n")}\n`)) await once(file, "drain");
    }
    await tx.runMany(
      "INSERT INTO roll_day (day, unit_id, kind, channel, seq, n) VALUES (?, ?, ?, ?, 1, ?)",
      [...rolled]
        .sort(([a], [b]) => a - b)
        .map(([cell, n]) => [
          firstDay + Math.floor(cell / 65_536),
          Math.floor(cell / 256) % 256,
          Math.floor(cell / 8) % 32,
          cell % 8,
          n,
        ]),
    );
    await tx.run(
      `INSERT INTO record_batch (seq, source_id, started_at, finished_at, rows_read, rows_new, rows_changed, rows_same, rows_stale,
         rows_rejected, state) VALUES (1, 1, ?, ?, ?, ?, 0, 0, 0, 0, 'done')`,
      asOf,
      asOf,
      id,
      id,
    );
    await markDirty(tx, firstDay);
    await rebuildDirty(tx, 1, lastDay);
  });
  file.end();
  await once(file, "close");
  return { database, csv, dossiers: id, from, asOf };
}

/** Undefined for what would come after the as-of. */
function createLife(day: number, asOf: number, random: ReturnType<typeof createRandom>) {
  const midnight = day * daySeconds - offsetSeconds;
  const received = midnight + 27_000 + Math.floor(random.next() * 34_200);
  if (received >= asOf) return undefined;
  const due = midnight + (3 + Math.floor(random.next() * 12)) * daySeconds + 17 * 3600;
  const end = received + Math.floor(random.next() * 16 * daySeconds);
  const kind = random.next();
  const pausedFrom = kind > 0.98 ? received + 3600 : undefined;
  const finished = pausedFrom === undefined && end < asOf ? end : undefined;
  const ending: DossierState = kind < 0.04 ? "withdrawn" : kind < 0.06 ? "rejected" : "resolved";
  const isPaused = pausedFrom !== undefined && pausedFrom < asOf;
  const state: DossierState = finished !== undefined ? ending : isPaused ? "supplement" : "in_progress";
  const channel = Math.floor(random.next() * channels.length);
  const observation: KnownObservation = {
    unit: "79",
    competentUnit: undefined,
    procedure: "2.000815",
    channel: channels[channel] as KnownObservation["channel"],
    state,
    submitted: undefined,
    received,
    due,
    finished,
    handedOver: undefined,
    pausedFrom: isPaused ? pausedFrom : undefined,
    pausedTo: undefined,
    updated: finished ?? (isPaused ? pausedFrom : received),
    exported: -1,
    seq: 1,
    ord: 1,
  };
  return {
    observation,
    received,
    due,
    finished,
    channel,
    state: dossierStates.indexOf(state),
    pausedFrom: observation.pausedFrom,
  };
}

/** The same figures as one reads them from the dossiers: one pass over all rows, by unit. Both engines take it as it is. */
export function writeNaiveSql(table: string, { from, asOf }: Pick<Ledger, "from" | "asOf">): string {
  const of = (state: DossierState): number => dossierStates.indexOf(state);
  const count = (condition: string): string => `SUM(CASE WHEN ${condition} THEN 1 ELSE 0 END)`;
  const inWindow = (column: string): string => `${column} >= ${from} AND ${column} < ${asOf}`;
  const isOpen = `received_at < ${asOf} AND finished_at IS NULL`;
  const resolved = `state = ${of("resolved")} AND ${inWindow("finished_at")}`;
  const [dayOfDue, lateFrom] = ["due_at - 61200", "due_at + 25200"];
  const columns = [
    count(`received_at < ${from} AND (finished_at IS NULL OR finished_at >= ${from})`),
    ...channels.map((_name, channel) => count(`channel = ${channel} AND ${inWindow("received_at")}`)),
    count(`${resolved} AND finished_at < ${dayOfDue}`),
    count(`${resolved} AND finished_at >= ${dayOfDue} AND finished_at < ${lateFrom}`),
    count(`${resolved} AND finished_at >= ${lateFrom}`),
    count(`${isOpen} AND state = ${of("in_progress")}`),
    count(`${isOpen} AND state = ${of("in_progress")} AND ${lateFrom} < ${asOf}`),
    count(`${isOpen} AND state = ${of("supplement")}`),
    count(`state = ${of("withdrawn")} AND ${inWindow("finished_at")}`),
    count(`state = ${of("rejected")} AND ${inWindow("finished_at")}`),
  ];
  return `SELECT unit_id, ${columns.map((column, index) => `${column} AS c${index}`).join(", ")} FROM ${table} GROUP BY unit_id ORDER BY unit_id`;
}
