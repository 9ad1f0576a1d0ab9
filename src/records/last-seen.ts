import type { Sql } from "../platform/database.ts";
import { toDay } from "./ledger-store.ts";
import { inParts, toMarks } from "./many-ids.ts";

const daySeconds = 86_400;
/** A row that comes again and again unchanged is touched every third day only, so that on most days an unchanged file writes nothing. */
const touchAfterDays = 3;
/** Two desks at midnight need not agree on the day; later than this is a clock that went ahead. */
export const aheadDays = 1;

/** Remembers that an import held a dossier, where the import's own writes do not say it. */
export interface LastSeen {
  isLongAgo(head: { readonly seq: number; readonly seenDay: number }): boolean;
  touch(ids: readonly number[]): Promise<void>;
}

export async function openLastSeen(
  tx: Sql,
  { seq, now, offsetSeconds }: { readonly seq: number; readonly now: number; readonly offsetSeconds: number },
): Promise<LastSeen> {
  const today = toDay(now, offsetSeconds);
  const recentDay = today - touchAfterDays + 1;
  const recentSeq = Math.min(await findSeqSince(tx, { day: recentDay, today }, offsetSeconds), seq);
  return {
    isLongAgo: ({ seenDay, seq: told }) => (seenDay < recentDay || seenDay > today + aheadDays) && told < recentSeq,
    async touch(ids) {
      for (const part of inParts(ids)) {
        await tx.run(`UPDATE dossier SET last_seen_day = ? WHERE id IN (${toMarks(part)})`, today, ...part);
      }
    },
  };
}

/**
 * The first import that finished on a local day or later; above all there are where none did. One that says it finished
 * on a day to come was written by a clock that went ahead: it would count as recent until that day.
 */
export async function findSeqSince(
  sql: Sql,
  { day, today }: { readonly day: number; readonly today: number },
  offsetSeconds: number,
): Promise<number> {
  const row = await sql.get<{ seq: number | null }>(
    "SELECT MIN(seq) AS seq FROM record_batch WHERE finished_at >= ? AND finished_at < ?",
    day * daySeconds - offsetSeconds,
    (today + aheadDays + 1) * daySeconds - offsetSeconds,
  );
  return row?.seq ?? Number.MAX_SAFE_INTEGER;
}
