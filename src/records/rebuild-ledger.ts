import type { Database, Sql, SqlValue } from "../platform/database.ts";
import type { Zone } from "../platform/time.ts";
import { asLoad } from "./batch-store.ts";
import { type Codes, readCodes } from "./code-store.ts";
import { toDaySql } from "./day-sql.ts";
import { derivePoints, type OnDerived } from "./derive-points.ts";
import { kinds } from "./points.ts";
import { oldestStep, readCumState, stepDays, toStep } from "./roll-cum.ts";

const keys = {
  point: ["t", "unit_id", "kind", "channel", "proc_id", "seq"],
  roll_day: ["day", "unit_id", "kind", "channel", "seq"],
  roll_cum: ["day", "unit_id", "kind", "channel"],
  folded_proc: ["day", "unit_id", "kind", "proc_id", "seq"],
} as const;

type LedgerTable = keyof typeof keys;

/** A cell of the ledger, of its sums by day or of their prefix sums that is not what the observations give. */
export interface LedgerDifference {
  readonly table: LedgerTable;
  /** Epoch second of a point, else local day since 1970. */
  readonly at: number;
  readonly unit: string;
  readonly kind: number;
  /** Undefined of a folded day, whose procedures are kept whatever the channel. */
  readonly channel: number | undefined;
  readonly procedure: string | undefined;
  readonly seq: number | undefined;
  readonly stored: number;
  readonly derived: number;
}

export interface RebuildOptions {
  readonly zone: Zone;
  readonly mend: boolean;
  readonly onDerived?: OnDerived;
  /** In the same transaction, where anything was mended. */
  readonly onMended?: (tx: Sql, cells: number) => Promise<void>;
}

/**
 * Derives the ledger, the sums by day and their prefix sums anew from the observations and compares cell by cell. With `mend` the cells
 * that differ are written as derived; observations, receipts and meetings are never touched.
 */
export async function rebuildLedger(database: Database, options: RebuildOptions): Promise<readonly LedgerDifference[]> {
  const { zone, mend, onMended, onDerived } = options;
  return database.transaction(async (tx) => {
    const codes = await readCodes(tx);
    const offset = zone.offsetMinutes * 60;
    await derivePoints(tx, codes, onDerived);
    const found = {
      point: await comparePoints(tx, offset),
      roll_day: await compareDays(tx, offset),
      roll_cum: await compareCums(tx, offset),
      folded_proc: await compareFoldedProcs(tx, offset),
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
  readonly channel?: number;
  readonly proc_id?: number;
  readonly seq?: number;
  readonly a: number;
  readonly b: number;
}

/** Of days that are kept whole there is nothing to compare second by second. */
async function comparePoints(sql: Sql, offset: number): Promise<readonly Cell[]> {
  const key = "t, unit_id, kind, channel, proc_id, seq";
  return sql.all<Cell>(
    `SELECT t AS place, unit_id, kind, channel, proc_id, seq, SUM(a) AS a, SUM(b) AS b FROM (
       SELECT ${key}, n AS a, 0 AS b FROM point UNION ALL SELECT ${key}, 0 AS a, n AS b FROM derived_point
     ) AS cells WHERE ${toDaySql(offset)} NOT IN (SELECT day FROM folded_day)
     GROUP BY ${key} HAVING SUM(a) <> SUM(b) ORDER BY ${key}`,
  );
}

/** What came late to a day that is kept whole is a point until it is folded in. */
async function compareFoldedProcs(sql: Sql, offset: number): Promise<readonly Cell[]> {
  const key = "unit_id, kind, proc_id, seq";
  const day = toDaySql(offset);
  const which = `WHERE kind <= ${kinds.resolvedLate} AND ${day} IN (SELECT day FROM folded_day)`;
  return sql.all<Cell>(
    `SELECT day AS place, ${key}, SUM(a) AS a, SUM(b) AS b FROM (
       SELECT day, ${key}, n AS a, 0 AS b FROM folded_proc
       UNION ALL SELECT ${day} AS day, ${key}, n AS a, 0 AS b FROM point ${which}
       UNION ALL SELECT ${day} AS day, ${key}, 0 AS a, n AS b FROM derived_point ${which}
     ) AS cells GROUP BY day, ${key} HAVING SUM(a) <> SUM(b) ORDER BY day, ${key}`,
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
  const first = days[0] === undefined ? Number.POSITIVE_INFINITY : Math.max(toStep(days[0].day) + stepDays, oldestStep);
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
    const isPlace = place % stepDays === 0 && place >= oldestStep && place <= top;
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
  const marks = [...names, "n"].map(() => "?").join(", ");
  const insert = `INSERT INTO ${table} (${names.join(", ")}, n) VALUES (${marks})`;
  if (table === "folded_proc") {
    // Only a part of what is stored stands in the cell itself.
    await tx.runMany(
      `${insert} ON CONFLICT (${names.join(", ")}) DO UPDATE SET n = folded_proc.n + excluded.n`,
      cells.map((cell) => [...toKey(cell), Number(cell.b) - Number(cell.a)]),
    );
    await tx.run("DELETE FROM folded_proc WHERE n = 0");
    return;
  }
  await tx.runMany(`DELETE FROM ${table} WHERE ${names.map((name) => `${name} = ?`).join(" AND ")}`, cells.map(toKey));
  const filled = cells.filter(({ b }) => Number(b) !== 0).map((cell) => [...toKey(cell), Number(cell.b)]);
  await tx.runMany(insert, filled);
}
