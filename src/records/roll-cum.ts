import type { Migration, Sql } from "../platform/database.ts";

/**
 * Prefix sums of the day ledger at what is known now, at every eighth day: a figure of any day costs one of them and a week of `roll_day`,
 * however long the ledger is. They are no truth of their own; whatever is here can be summed again from `roll_day`.
 */
export const rollCumMigration: Migration = {
  name: "records/0002-roll-cum",
  statements: (c) => [
    `CREATE TABLE roll_cum (
      day ${c.int} NOT NULL, unit_id ${c.int} NOT NULL, kind ${c.int} NOT NULL, channel ${c.int} NOT NULL, n ${c.int} NOT NULL,
      PRIMARY KEY (day, unit_id, kind, channel)
    ) ${c.strict === "" ? "" : `${c.strict}, WITHOUT ROWID`}`,
    // 'cum.seq': the last import whose sums are in. 'cum.top': the last day that is summed. 'cum.dirty': from here on they are wrong.
    // A ledger that is older than these sums is all dirty, until its next import.
    `INSERT INTO record_counter (name, value) VALUES ('cum.seq', -1), ('cum.top', -1), ('cum.dirty', 0)`,
  ],
};

export const stepDays = 8;
/** The first prefix sum (in December 1999) holds all that came before: systems write 1900 where they know no date, and no sum stands at every week since. */
export const oldestStep = 10_952;
const clean = 2 ** 40;

/** The newest day at or before one at which a prefix sum may stand. */
export function toStep(day: number): number {
  return Math.floor(day / stepDays) * stepDays;
}

/** For whoever changes `roll_day`, in the same transaction: what stood for this day and every later one no longer holds. */
export async function markDirty(tx: Sql, day: number): Promise<void> {
  await tx.run("UPDATE record_counter SET value = ? WHERE name = 'cum.dirty' AND value > ?", day, day);
}

/** For the end of an import, in its transaction: sums again from the lowest dirty day on, up to the import's own day. */
export async function rebuildDirty(tx: Sql, seq: number, today: number): Promise<void> {
  const { top, dirty } = await readCumState(tx);
  if (dirty === clean) return;
  const lowest = await tx.get<{ day: number | null }>("SELECT MIN(day) AS day FROM roll_day");
  const last = Math.max(toStep(today), top);
  const from = top < 0 ? (lowest?.day ?? 0) : Math.max(dirty, lowest?.day ?? 0);
  // The first sum that a change of that day is in; none is later than the one that follows the last there is.
  const next = Math.min(toStep(from) + stepDays, top < 0 ? Number.POSITIVE_INFINITY : top + stepDays);
  const first = Math.max(next, oldestStep);
  await tx.run("DELETE FROM roll_cum WHERE day >= ?", first);
  for (let day = first; day <= last; day += stepDays) {
    const since = day === oldestStep ? Math.min(lowest?.day ?? day, day - stepDays) : day - stepDays;
    await tx.run(
      `INSERT INTO roll_cum (day, unit_id, kind, channel, n)
       SELECT CAST(? AS BIGINT), unit_id, kind, channel, SUM(n) FROM (
         SELECT unit_id, kind, channel, n FROM roll_cum WHERE day = ?
         UNION ALL SELECT unit_id, kind, channel, n FROM roll_day WHERE day >= ? AND day < ?
       ) AS parts GROUP BY unit_id, kind, channel HAVING SUM(n) <> 0`,
      day,
      since,
      since,
      day,
    );
  }
  const values = { "cum.seq": seq, "cum.top": last, "cum.dirty": clean };
  await tx.runMany(
    "UPDATE record_counter SET value = ? WHERE name = ?",
    Object.entries(values).map(([name, value]) => [value, name]),
  );
}

export interface CumState {
  /** -1: no sums yet. */
  readonly seq: number;
  readonly top: number;
  readonly dirty: number;
}

export async function readCumState(sql: Sql): Promise<CumState> {
  const rows = await sql.all<{ name: string; value: number }>("SELECT name, value FROM record_counter WHERE name LIKE 'cum.%'");
  const values = new Map(rows.map(({ name, value }) => [name, value]));
  const read = (name: string): number => values.get(`cum.${name}`) ?? -1;
  return { seq: read("seq"), top: read("top"), dirty: read("dirty") };
}
