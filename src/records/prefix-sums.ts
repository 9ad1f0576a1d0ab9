import type { Database, Sql } from "../platform/database.ts";
import { assertCountable } from "./folded-points.ts";
import { toDay } from "./ledger-store.ts";
import type { Kind } from "./points.ts";
import { oldestStep, readCumState, toStep } from "./roll-cum.ts";

const daySeconds = 86_400;

/** F(kind, T, K): how many points of a kind lie before T, as known at K, by unit and channel. */
export interface PrefixSums {
  get(unit: string, kind: Kind, channel?: number): number;
  /** Units with anything at all. */
  readonly units: ReadonlySet<string>;
}

interface SumRow {
  readonly unit_id: number;
  readonly kind: number;
  readonly channel: number;
  readonly n: number;
}

const cells = "unit_id, kind, channel, SUM(n) AS n";
const byCell = "GROUP BY unit_id, kind, channel";

/**
 * Prefix sums at some instants (epoch seconds, `t < T` is strict), all of one state of the store. Whole days come from the prefix sums by
 * day where nothing newer than K is in them, else from the day ledger; the rest of the day from the points on the shorter side of T.
 */
export async function readPrefixSums(
  database: Database,
  instants: readonly number[],
  knownSeq: number,
  offsetSeconds: number,
): Promise<PrefixSums[]> {
  return database.transaction(
    async (tx) => {
      const state = await readCumState(tx);
      const summedTo = state.seq >= 0 && state.seq <= knownSeq && state.top >= oldestStep ? state.top : undefined;
      const codes = await tx.all<{ id: number; code: string }>("SELECT id, code FROM record_unit");
      const days = new Map<number, readonly SumRow[]>();
      const readDays = async (day: number): Promise<readonly SumRow[]> => {
        const rows = days.get(day) ?? (await readWholeDays(tx, day, knownSeq, summedTo));
        days.set(day, rows);
        return rows;
      };
      const answers: PrefixSums[] = [];
      for (const before of instants) {
        await assertCountable(tx, before, offsetSeconds);
        const day = toDay(before, offsetSeconds);
        const start = day * daySeconds - offsetSeconds;
        // The evening of a day that is still going on has nothing after it.
        const isLate = before - start > daySeconds / 2;
        const whole = await readDays(isLate ? day + 1 : day);
        const part = isLate
          ? await readPoints(tx, before, start + daySeconds, knownSeq)
          : await readPoints(tx, start, before, knownSeq);
        answers.push(toPrefixSums(codes, whole, part, isLate ? -1 : 1));
      }
      return answers;
    },
    { snapshot: true },
  );
}

/** Everything before a day. */
async function readWholeDays(sql: Sql, day: number, knownSeq: number, summedTo: number | undefined): Promise<readonly SumRow[]> {
  const from = Math.min(toStep(day), summedTo ?? 0);
  if (summedTo === undefined || from < oldestStep) {
    return sql.all<SumRow>(`SELECT ${cells} FROM roll_day WHERE day < ? AND seq <= ? ${byCell}`, day, knownSeq);
  }
  return [
    ...(await sql.all<SumRow>("SELECT unit_id, kind, channel, n FROM roll_cum WHERE day = ?", from)),
    ...(await sql.all<SumRow>(`SELECT ${cells} FROM roll_day WHERE day >= ? AND day < ? ${byCell}`, from, day)),
  ];
}

async function readPoints(sql: Sql, from: number, to: number, knownSeq: number): Promise<readonly SumRow[]> {
  if (from >= to) return [];
  return sql.all<SumRow>(`SELECT ${cells} FROM point WHERE t >= ? AND t < ? AND seq <= ? ${byCell}`, from, to, knownSeq);
}

const perUnit = 256;
const perKind = 4;

/** One number for a cell: three channels and their sum to a kind, 21 kinds to a unit. */
function toPrefixSums(
  codes: readonly { readonly id: number; readonly code: string }[],
  whole: readonly SumRow[],
  part: readonly SumRow[],
  sign: 1 | -1,
): PrefixSums {
  const sums = new Map<number, number>();
  const add = (rows: readonly SumRow[], factor: number): void => {
    for (const { unit_id, kind, channel, n } of rows) {
      const all = unit_id * perUnit + kind * perKind;
      const value = factor * Number(n);
      sums.set(all, (sums.get(all) ?? 0) + value);
      sums.set(all + channel + 1, (sums.get(all + channel + 1) ?? 0) + value);
    }
  };
  add(whole, 1);
  add(part, sign);
  const ids = new Map(codes.map(({ id, code }) => [code, id]));
  const used = new Set<number>();
  for (const [key, n] of sums) if (n !== 0) used.add(Math.floor(key / perUnit));
  return {
    get(unit, kind, channel) {
      const id = ids.get(unit);
      return id === undefined ? 0 : (sums.get(id * perUnit + kind * perKind + (channel === undefined ? 0 : channel + 1)) ?? 0);
    },
    units: new Set(codes.flatMap(({ id, code }) => (used.has(id) ? [code] : []))),
  };
}
