import type { Instant } from "../platform/clock.ts";
import type { Database, Sql } from "../platform/database.ts";
import { toLocalDay, type Zone } from "../platform/time.ts";
import { wipeFreed } from "../platform/wipe-freed.ts";
import { asLoad } from "./batch-store.ts";
import { readCodes } from "./code-store.ts";
import { dropClosedRows, dropOldHashes } from "./drop-rows.ts";
import { foldDropped, foldPoints } from "./folded-points.ts";
import { findSeqSince } from "./last-seen.ts";
import { countDueCodes, forgetStrayCodes, sealDueCodes } from "./seal-codes.ts";
import { holdKey } from "./sealed-codes.ts";
import type { RecordsSettings } from "./settings.ts";
import { clearOldFetches } from "./staging-store.ts";

export interface Pruned {
  /** Rows of the ledger that only their day keeps now. */
  readonly folded: number;
  /** Codes dropped. */
  readonly sealed: number;
  /** Dossiers whose rows are gone. */
  readonly dropped: number;
  /** Codes that should have been dropped and were not, for want of a key. */
  readonly dueWithoutKey: number;
  /** False: what was dropped may be left in free space of the store; the next run wipes it. */
  readonly wiped: boolean;
}

export interface PruneRequest {
  readonly keep: RecordsSettings["keep"];
  /** What codes are dropped under; asked for where there is something to drop. */
  readonly readKey: () => Promise<string | undefined>;
  readonly now: Instant;
  readonly zone: Zone;
  /** Also where this day's run is done already. */
  readonly again: boolean;
  /** In the transaction, where anything was let go of. */
  readonly onPruned?: (tx: Sql, pruned: Omit<Pruned, "wiped">) => Promise<void>;
}

const daySeconds = 86_400;
/** A keyed hash of a dossier whose rows are gone. */
const hashDays = 400;

/**
 * Lets go of what is kept no longer, once a local day (records-and-reports.md §6). What is kept for some days is kept so long on both clocks:
 * after it happened and after an import told it. No figure moves. Undefined where this day's run is done. Failure kinds: denied (another key
 * than before), unavailable.
 */
export async function pruneRecords(database: Database, request: PruneRequest): Promise<Pruned | undefined> {
  const { keep, now, zone, again } = request;
  const offsetSeconds = zone.offsetMinutes * 60;
  const today = toLocalDay(now, zone);
  // A later day was written by a clock that went ahead.
  const doneToday = !again && (await readCounter(database, "pruned_day")) === today;
  if (doneToday && (await readCounter(database, "wipe_due")) !== 1) return undefined;
  if (doneToday) return { folded: 0, sealed: 0, dropped: 0, dueWithoutKey: 0, wiped: await wipe(database) };
  const lastDay = today - keep.codeDays;
  const anyDue = await countDueCodes(database, { lastDay, today, offsetSeconds });
  const anySealed = (await database.get("SELECT hkey FROM sealed_code LIMIT 1")) !== undefined;
  const key = anyDue > 0 || anySealed ? await request.readKey() : undefined;
  const pruned = await database.transaction(async (tx) => {
    const since = (day: number): Promise<number> => findSeqSince(tx, { day, today }, offsetSeconds);
    const pointDay = today - keep.pointDays;
    const folded = await foldPoints(tx, pointDay, await since(pointDay), offsetSeconds);
    await clearOldFetches(tx, now - keep.codeDays * daySeconds * 1000);
    let [sealed, dropped, dueWithoutKey] = [0, 0, 0];
    if (key === undefined) dueWithoutKey = await countDueCodes(tx, { lastDay, today, offsetSeconds });
    else {
      await holdKey(tx, key);
      const codes = await readCodes(tx);
      sealed = await sealDueCodes(tx, codes, { key, lastDay, today, offsetSeconds });
      const rowDay = today - keep.rowDays;
      const before = rowDay * daySeconds - offsetSeconds;
      const seq = await since(rowDay);
      dropped = await dropClosedRows(tx, codes, { key, before, seq, today });
      if (dropped > 0) await foldDropped(tx, offsetSeconds);
      await dropOldHashes(tx, today - hashDays);
    }
    const strays = await forgetStrayCodes(tx, await since(lastDay + 1));
    await setCounter(tx, "pruned_day", today);
    if (sealed > 0 || dropped > 0 || strays) await setCounter(tx, "wipe_due", 1);
    const done = { folded, sealed, dropped, dueWithoutKey };
    if (folded + sealed + dropped > 0) await request.onPruned?.(tx, done);
    return done;
  }, asLoad);
  const due = (await readCounter(database, "wipe_due")) === 1;
  return { ...pruned, wiped: due ? await wipe(database) : true };
}

/** Tables that codes stand in, as numbers or as text. */
const tables = ["dossier", "dossier_hist", "odd_code", "record_warning", "sealing", "staging", "record_source"];

/** Codes that were dropped are no longer in the store's files, once this has worked. */
export async function wipe(database: Database): Promise<boolean> {
  if (!(await wipeFreed(database, tables))) return false;
  await database.transaction((tx) => setCounter(tx, "wipe_due", 0), asLoad);
  return true;
}

/** Whether something that was dropped may be left in free space of the store. */
export async function isWipeDue(sql: Sql): Promise<boolean> {
  return (await readCounter(sql, "wipe_due")) === 1;
}

async function readCounter(sql: Sql, name: string): Promise<number | undefined> {
  return (await sql.get<{ value: number }>("SELECT value FROM record_counter WHERE name = ?", name))?.value;
}

export async function setCounter(tx: Sql, name: string, value: number): Promise<void> {
  await tx.run(
    "INSERT INTO record_counter (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
    name,
    value,
  );
}
