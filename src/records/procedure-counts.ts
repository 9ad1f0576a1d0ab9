import type { Sql } from "../platform/database.ts";
import type { ProcedureCount, Window } from "./figures.ts";
import { assertCountable } from "./folded-points.ts";
import { toDay } from "./ledger-store.ts";
import { kinds } from "./points.ts";

/** Received and resolved by unit and procedure: of days that are kept whole from their sums, of others from the points. Failure kind: invalid. */
export async function listProcedures(
  sql: Sql,
  window: Window,
  knownSeq: number,
  units: readonly string[],
  offsetSeconds: number,
): Promise<ProcedureCount[]> {
  const [from, to] = [Math.ceil(window.start / 1000), Math.ceil(window.end / 1000)];
  for (const end of [from, to]) await assertCountable(sql, end, offsetSeconds);
  const rows = await sql.all<{ unit: string; procedure: string; kind: number; n: number }>(
    `SELECT u.code AS unit, r.code AS procedure, p.kind, SUM(p.n) AS n FROM (
       SELECT unit_id, proc_id, kind, n FROM point WHERE t >= ? AND t < ? AND seq <= ? AND kind <= ?
       UNION ALL SELECT unit_id, proc_id, kind, n FROM folded_proc WHERE day >= ? AND day < ? AND seq <= ?
     ) AS p JOIN record_unit u ON u.id = p.unit_id JOIN record_proc r ON r.id = p.proc_id
     GROUP BY u.code, r.code, p.kind`,
    from,
    to,
    knownSeq,
    kinds.resolvedLate,
    // A window that ends inside of a day has nothing folded in it.
    toDay(from - 1, offsetSeconds) + 1,
    toDay(to, offsetSeconds),
    knownSeq,
  );
  const wanted = new Set(units);
  const counts = new Map<string, { unit: string; procedure: string; received: number; resolved: number }>();
  for (const { unit, procedure, kind, n } of rows) {
    if (!wanted.has(unit)) continue;
    const key = `${unit} ${procedure}`;
    const own = counts.get(key) ?? { unit, procedure, received: 0, resolved: 0 };
    if (kind === kinds.received) own.received += Number(n);
    else own.resolved += Number(n);
    counts.set(key, own);
  }
  return [...counts.values()].filter(({ received, resolved }) => received !== 0 || resolved !== 0);
}
