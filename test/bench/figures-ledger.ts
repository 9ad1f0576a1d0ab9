import { once } from "node:events";
import { createWriteStream } from "node:fs";
import { createDirectory } from "../../src/directory/directory.ts";
import type { Database } from "../../src/platform/database.ts";
import { createRandom } from "../../src/platform/random.ts";
import { openSqlite } from "../../src/platform/sqlite.ts";
import { createDeltas } from "../../src/records/ledger-deltas.ts";
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

/** How long after its last day a ledger may have points: deadlines of what is open. */
const daysAhead = 40;

/**
 * A city's ledger of so many days, as an import would have left it: lives from a seed, points by the real rules, sums by the real upkeep. The rows
 * are written without the import's own work, which is another bench's; the same dossiers go to a CSV where a rival reads one.
 */
export async function makeLedger(folder: string, days: number, perUnitAndDay: number, withCsv = false): Promise<Ledger> {
  const database = await openSqlite(`${folder}/ledger-${days}.db`, allMigrations, () => "2025-07-01T00:00:00+07:00");
  const csv = `${folder}/ledger-${days}.csv`;
  const lastDay = firstDay + days - 1;
  const from = lastDay * daySeconds - offsetSeconds;
  const asOf = from + 16.5 * 3600;
  const random = createRandom(`figures-${days}`);
  const file = withCsv ? createWriteStream(csv) : undefined;
  file?.write("unit_id,channel,state,received_at,due_at,finished_at\n");
  const rolled = new Int32Array((days + daysAhead) * perDay);
  const points = createDeltas();
  const rows = createRows(units.length * perUnitAndDay);
  let id = 0;
  await database.transaction(async (tx) => {
    await tx.runMany(
      "INSERT INTO record_unit (id, code) VALUES (?, ?)",
      units.map(({ code }, index) => [index + 1, code]),
    );
    await tx.run("INSERT INTO record_proc (id, code) VALUES (1, '2.000815')");
    await tx.run("INSERT INTO record_source (id, name) VALUES (1, 's')");
    for (let day = firstDay; day <= lastDay; day += 1) {
      let size = 0;
      let lines = "";
      for (let unit = 1; unit <= units.length; unit += 1) {
        for (let n = 0; n < perUnitAndDay; n += 1) {
          const life = createLife(day, asOf, random);
          if (!life) continue;
          const { observation, finished, due, received, state, channel, pausedFrom } = life;
          rows.id[size] = ++id;
          rows.unit_id[size] = unit;
          rows.channel[size] = channel;
          rows.state[size] = state;
          rows.received_at[size] = received;
          rows.due_at[size] = due;
          rows.finished_at[size] = finished ?? Number.NaN;
          rows.paused_from[size] = pausedFrom ?? Number.NaN;
          rows.src_updated_at[size] = observation.updated;
          size += 1;
          if (file) lines += `${unit},${channel},${state},${received},${due},${finished ?? ""}\n`;
          for (const { at, kind } of listPoints(createTimeline([observation], rules))) {
            const on = Math.floor((at + offsetSeconds) / daySeconds);
            const cell = (on - firstDay) * perDay + unit * perUnit + kind * 4 + channel;
            rolled[cell] = (rolled[cell] as number) + 1;
            if (on > lastDay - pointDays) points.add(at, unit, kind, channel, 1, 1);
          }
        }
      }
      const columns = Object.entries(rows).map(([name, values]) => ({ name, values }));
      await tx.load({ table: "dossier", columns: [...columns, ...fixed], rows: size });
      if (file && !file.write(lines)) await once(file, "drain");
    }
    for (const { size, at, unit, kind, channel, procedure, n } of points.take(50_000)) {
      const columns = [
        { name: "t", values: at },
        { name: "unit_id", values: unit },
        { name: "kind", values: kind },
        { name: "channel", values: channel },
        { name: "proc_id", values: procedure },
        { name: "seq", values: 1 },
        { name: "n", values: n },
      ];
      await tx.load({ table: "point", columns, rows: size });
    }
    const used: number[] = [];
    for (let cell = 0; cell < rolled.length; cell++) if (rolled[cell] !== 0) used.push(cell);
    const cells = Float64Array.from(used);
    const sums = [
      { name: "day", values: cells.map((cell) => firstDay + Math.floor(cell / perDay)) },
      { name: "unit_id", values: cells.map((cell) => Math.floor((cell % perDay) / perUnit)) },
      { name: "kind", values: cells.map((cell) => (cell % perUnit) >> 2) },
      { name: "channel", values: cells.map((cell) => cell % 4) },
      { name: "seq", values: 1 },
      { name: "n", values: cells.map((cell) => rolled[cell] as number) },
    ];
    await tx.load({ table: "roll_day", columns: sums, rows: cells.length });
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
  if (file) {
    file.end();
    await once(file, "close");
  }
  return { database, csv, dossiers: id, from, asOf };
}

const perUnit = 128;
const perDay = 256 * perUnit;

/** What is the same in every row. */
const fixed = Object.entries({ proc_id: 1, exported_at: -1, src_hash: 0, source_id: 1, seq: 1, ord: 1 }).map(
  ([name, values]) => ({
    name,
    values,
  }),
);

/** The dossiers of one day in columns. */
function createRows(room: number) {
  const numbers = (): Float64Array => new Float64Array(room);
  return {
    id: numbers(),
    unit_id: new Int32Array(room),
    channel: new Uint8Array(room),
    state: new Uint8Array(room),
    received_at: numbers(),
    due_at: numbers(),
    finished_at: numbers(),
    paused_from: numbers(),
    src_updated_at: numbers(),
  };
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
