import type { Instant } from "../platform/clock.ts";
import type { Sql } from "../platform/database.ts";

const kept = 1_000;

/** As of when the newest thousand whole deliveries of a source were, oldest first. None where the source is not known. */
export async function listDeliveryTimes(sql: Sql, source: string): Promise<readonly Instant[]> {
  const rows = await sql.all<{ at: number }>(
    `SELECT COALESCE(batch.export_at, batch.finished_at) AS at FROM record_batch batch
     JOIN record_source source ON source.id = batch.source_id
     WHERE source.name = ? AND batch.state = 'done' ORDER BY at DESC LIMIT ?`,
    source,
    kept,
  );
  return rows.map(({ at }) => Number(at) * 1000).reverse();
}
