import type { Sql } from "../platform/database.ts";
import type { ProcedureCount, Window } from "./figures.ts";
import { kinds } from "./points.ts";

/** Received and resolved by unit and procedure, from the points of the window: as far back as they are kept. */
export async function listProcedures(
  sql: Sql,
  window: Window,
  knownSeq: number,
  units: readonly string[],
): Promise<ProcedureCount[]> {
  const rows = await sql.all<{ unit: string; procedure: string; kind: number; n: number }>(
    `SELECT u.code AS unit, r.code AS procedure, p.kind, SUM(p.n) AS n
     FROM point p JOIN record_unit u ON u.id = p.unit_id JOIN record_proc r ON r.id = p.proc_id
     WHERE p.t >= ? AND p.t < ? AND p.seq <= ? AND p.kind <= ? GROUP BY u.code, r.code, p.kind`,
    Math.ceil(window.start / 1000),
    Math.ceil(window.end / 1000),
    knownSeq,
    kinds.resolvedLate,
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
