import type { Database } from "./database.ts";

/**
 * A text that differs from the one before when anybody else may have committed in between: cheap enough to be asked several times a second. It may
 * differ without a change that matters, never the reverse. What this connection itself writes is not seen on SQLite. Failure kind: unavailable.
 */
export async function readDatabaseMark(database: Database): Promise<string> {
  if (database.engine === "sqlite") {
    // https://sqlite.org/pragma.html#pragma_data_version
    const row = await database.get<{ data_version: number }>("PRAGMA data_version");
    return String(row?.data_version);
  }
  // Two snapshots with the same text see the same transactions: a commit moves its number out of them.
  const row = await database.get<{ mark: string }>("SELECT CAST(pg_current_snapshot() AS TEXT) AS mark");
  return row?.mark ?? "";
}
