import type { Database } from "./database.ts";
import { Failure } from "./failure.ts";

/**
 * Writes tables anew, so that no byte of a deleted or changed row is left in the store's files: engines only mark its place as free. SQLite
 * empties its write-ahead log too; a PostgreSQL server's own log is recycled in its time. False where somebody else's reading or writing
 * did not let it: nothing is lost then, and it is to be asked for again.
 */
export async function wipeFreed(database: Database, tables: readonly string[]): Promise<boolean> {
  try {
    if (database.engine === "postgres") {
      await database.run(`VACUUM (FULL, ANALYZE) ${tables.join(", ")}`);
      return true;
    }
    await database.run("VACUUM");
    // Pages of before stand in the log until it is empty: who reads the old ones keeps them there.
    const log = await database.get<{ busy: number }>("PRAGMA wal_checkpoint(TRUNCATE)");
    return log?.busy === 0;
  } catch (error) {
    if (error instanceof Failure && error.kind === "unavailable") return false;
    throw error;
  }
}
