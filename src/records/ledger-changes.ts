import type { Database, Sql } from "../platform/database.ts";
import type { FigureChange, Window } from "./figures.ts";
import { assertCountable } from "./folded-points.ts";
import { toDay } from "./ledger-store.ts";
import type { Kind } from "./points.ts";
import { toFigures } from "./to-figures.ts";

const daySeconds = 86_400;

interface ChangeRow {
  readonly seq: number;
  readonly unit: string;
  readonly kind: number;
  readonly channel: number;
  readonly n: number;
}

/** What each import after `since` did to the figures of a window: every figure is a sum over the ledger, so its own lines are its share. */
export async function listChanges(
  database: Database,
  window: Window,
  { since, knownSeq }: { readonly since: number; readonly knownSeq: number },
  units: readonly string[],
  offsetSeconds: number,
): Promise<FigureChange[]> {
  if (knownSeq <= since) return [];
  const [before, until] = await database.transaction(
    async (tx) => [
      toSums(await readLines(tx, Math.ceil(window.start / 1000), since, knownSeq, offsetSeconds)),
      toSums(await readLines(tx, Math.ceil(window.end / 1000), since, knownSeq, offsetSeconds)),
    ],
    { snapshot: true },
  );
  const wanted = new Set(units);
  const touched = [...new Map([...before.touched, ...until.touched]).values()].filter(({ unit }) => wanted.has(unit));
  return touched
    .map(({ seq, unit }) => ({ seq, unit, figures: toFigures(unit, before.of(seq), until.of(seq)) }))
    .sort((a, b) => a.seq - b.seq || (a.unit < b.unit ? -1 : 1));
}

async function readLines(sql: Sql, before: number, since: number, knownSeq: number, offsetSeconds: number): Promise<ChangeRow[]> {
  await assertCountable(sql, before, offsetSeconds);
  const day = toDay(before, offsetSeconds);
  const [what, by] = ["seq, u.code AS unit, kind, channel, SUM(n) AS n", "GROUP BY seq, u.code, kind, channel"];
  return [
    ...(await sql.all<ChangeRow>(
      `SELECT ${what} FROM roll_day r JOIN record_unit u ON u.id = r.unit_id WHERE seq > ? AND seq <= ? AND day < ? ${by}`,
      since,
      knownSeq,
      day,
    )),
    ...(await sql.all<ChangeRow>(
      `SELECT ${what} FROM point p JOIN record_unit u ON u.id = p.unit_id WHERE t >= ? AND t < ? AND seq > ? AND seq <= ? ${by}`,
      day * daySeconds - offsetSeconds,
      before,
      since,
      knownSeq,
    )),
  ];
}

function toSums(rows: readonly ChangeRow[]) {
  const sums = new Map<string, number>();
  const touched = new Map<string, { seq: number; unit: string }>();
  for (const { seq, unit, kind, channel, n } of rows) {
    touched.set(`${seq} ${unit}`, { seq, unit });
    for (const key of [`${seq} ${unit} ${kind}`, `${seq} ${unit} ${kind} ${channel}`])
      sums.set(key, (sums.get(key) ?? 0) + Number(n));
  }
  const of = (seq: number) => ({
    get: (unit: string, kind: Kind, channel?: number): number =>
      sums.get(channel === undefined ? `${seq} ${unit} ${kind}` : `${seq} ${unit} ${kind} ${channel}`) ?? 0,
  });
  return { of, touched };
}
