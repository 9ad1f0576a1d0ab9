import type { Database, Sql, SqlValue } from "../platform/database.ts";
import type { Zone } from "../platform/time.ts";
import { asLoad } from "./batch-store.ts";
import { type Codes, readCodes } from "./code-store.ts";
import { derivePoints } from "./derive-points.ts";
import { readCumState, stepDays, toStep } from "./roll-cum.ts";

const daySeconds = 86_400;
/** Days of before 1970 are negative, and both engines divide towards zero. */
const dayBias = 1_000_000;

const keys = {
  point: ["t", "unit_id", "kind", "channel", "proc_id", "seq"],
  roll_day: ["day", "unit_id", "kind", "channel", "seq"],
  roll_cum: ["day", "unit_id", "kind", "channel"],
} as const;

type LedgerTable = keyof typeof keys;

/** A cell of the ledger, of its sums by day or of their prefix sums that is not what the observations give. */
export interface LedgerDifference {
  readonly table: LedgerTable;
  /** Epoch second of a point, else local day since 1970. */
  readonly at: number;
  readonly unit: string;
  readonly kind: number;
  readonly channel: number;
  readonly procedure: string | undefined;
  readonly seq: number | undefined;
  readonly stored: number;
  readonly derived: number;
}

export interface RebuildOptions {
  readonly zone: Zone;
  readonly mend: boolean;
  /** In the same transaction, where anything was mended. */
  readonly onMended?: (tx: Sql, cells: number) => Promise<void>;
}

/**
 * Derives the ledger, the sums by day and their prefix sums anew from the observations and compares cell by cell. With `mend` the cells
 * that differ are written as derived; observations, receipts and meetings are never touched.
 */
export async function rebuildLedger(database: Database, options: RebuildOptions): Promise<readonly LedgerDifference[]> {
  const { zone, mend, onMended } = options;
  return database.transaction(async (tx) => {
    const codes = await readCodes(tx);
    await derivePoints(tx, codes);
    const found = {
      point: await comparePoints(tx),
      roll_day: await compareDays(tx, zone.offsetMinutes * 60),
      roll_cum: await compareCums(tx, zone.offsetMinutes * 60),
    };
    await tx.run("DELETE FROM derived_point");
    const tables = Object.entries(found) as [LedgerTable, readonly Cell[]][];
    const differences = tables.flatMap(([table, cells]) => cells.map((cell) => toDifference(table, cell, codes)));
    if (mend && differences.length > 0) {
      for (const [table, cells] of tables) await writeCells(tx, table, cells);
      await onMended?.(tx, differences.length);
    }
    return differences;
  }, asLoad);
}

/** `place`: the second or the day. `a`: stored, `b`: derived. */
interface Cell {
  readonly place: number;
  readonly unit_id: number;
  readonly kind: number;
  readonly channel: number;
  readonly proc_id?: number;
  readonly seq?: number;
  readonly a: number;
  readonly b: number;
}

async function comparePoints(sql: Sql): Promise<readonly Cell[]> {
  const key = "t, unit_id, kind, channel, proc_id, seq";
  return sql.all<Cell>(
    `SELECT t AS place, unit_id, kind, channel, proc_id, seq, SUM(a) AS a, SUM(b) AS b FROM (
       SELECT ${key}, n AS a, 0 AS b FROM point UNION ALL SELECT ${key}, 0 AS a, n AS b FROM derived_point
     ) AS cells GROUP BY ${key} HAVING SUM(a) <> SUM(b) ORDER BY ${key}`,
  );
}

async function compareDays(sql: Sql, offset: number): Promise<readonly Cell[]> {
  const key = "unit_id, kind, channel, seq";
  return sql.all<Cell>(
    `SELECT day AS place, ${key}, SUM(a) AS a, SUM(b) AS b FROM (
       SELECT day, ${key}, n AS a, 0 AS b FROM roll_day
       UNION ALL SELECT ${toDaySql(offset)} AS day, ${key}, 0 AS a, n AS b FROM derived_point
     ) AS cells GROUP BY day, ${key} HAVING SUM(a) <> SUM(b) ORDER BY day, ${key}`,
  );
}

/** Day after day as they were summed, so that no more than two days of them are held. */
async function compareCums(sql: Sql, offset: number): Promise<readonly Cell[]> {
  const { seq, top } = await readCumState(sql);
  // A store of before prefix sums gets them with its next import.
  if (seq < 0) return [];
  const cell = "unit_id, kind, channel";
  const days = await sql.all<SumRow & { readonly day: number }>(
    `SELECT day, ${cell}, SUM(n) AS n FROM (SELECT ${toDaySql(offset)} AS day, ${cell}, n FROM derived_point) AS points
     GROUP BY day, ${cell} HAVING SUM(n) <> 0 ORDER BY day, ${cell}`,
  );
  const stored = await sql.all<{ day: number }>("SELECT DISTINCT day FROM roll_cum ORDER BY day");
  const first = days[0] === undefined ? Number.POSITIVE_INFINITY : toStep(days[0].day) + stepDays;
  const places = new Set(stored.map(({ day }) => day));
  for (let day = first; day <= top; day += stepDays) places.add(day);
  const cells: Cell[] = [];
  const sums = new Map<string, number>();
  let next = 0;
  for (const place of [...places].sort((a, b) => a - b)) {
    for (let row = days[next]; row !== undefined && row.day < place; row = days[++next]) {
      const key = `${row.unit_id},${row.kind},${row.channel}`;
      sums.set(key, (sums.get(key) ?? 0) + Number(row.n));
    }
    // Where no prefix sum may stand, none is right.
    const isPlace = place % stepDays === 0 && place <= top;
    const derived = new Map(isPlace ? sums : []);
    const held = await sql.all<SumRow>(`SELECT ${cell}, n FROM roll_cum WHERE day = ? ORDER BY ${cell}`, place);
    for (const { unit_id, kind, channel, n } of held) {
      const key = `${unit_id},${kind},${channel}`;
      const b = derived.get(key) ?? 0;
      derived.delete(key);
      if (Number(n) !== b) cells.push({ place, unit_id, kind, channel, a: Number(n), b });
    }
    for (const [key, b] of derived) {
      const [unit_id, kind, channel] = key.split(",").map(Number) as [number, number, number];
      if (b !== 0) cells.push({ place, unit_id, kind, channel, a: 0, b });
    }
  }
  return cells;
}

interface SumRow {
  readonly unit_id: number;
  readonly kind: number;
  readonly channel: number;
  readonly n: number;
}

function toDaySql(offset: number): string {
  return `(t + ${offset + dayBias * daySeconds}) / ${daySeconds} - ${dayBias}`;
}

function toDifference(table: LedgerTable, cell: Cell, codes: Codes): LedgerDifference {
  return {
    table,
    at: cell.place,
    unit: codes.unitCode(cell.unit_id),
    kind: cell.kind,
    channel: cell.channel,
    procedure: cell.proc_id === undefined ? undefined : codes.procedureCode(cell.proc_id),
    seq: cell.seq,
    stored: Number(cell.a),
    derived: Number(cell.b),
  };
}

async function writeCells(tx: Sql, table: LedgerTable, cells: readonly Cell[]): Promise<void> {
  const names = keys[table];
  const toKey = (cell: Cell): SqlValue[] =>
    names.map((name) => (name === "t" || name === "day" ? cell.place : (cell[name] as number)));
  await tx.runMany(`DELETE FROM ${table} WHERE ${names.map((name) => `${name} = ?`).join(" AND ")}`, cells.map(toKey));
  const marks = [...names, "n"].map(() => "?").join(", ");
  const filled = cells.filter(({ b }) => Number(b) !== 0).map((cell) => [...toKey(cell), Number(cell.b)]);
  await tx.runMany(`INSERT INTO ${table} (${names.join(", ")}, n) VALUES (${marks})`, filled);
}
