import type { BoardDifficulty } from "../../src/board/board.ts";
import type { Directory } from "../../src/directory/directory.ts";
import type { Instant } from "../../src/platform/clock.ts";
import type { Database } from "../../src/platform/database.ts";

/** TEMPORARY until the meeting room is merged. */
export async function readDifficulties(
  _database: Database,
  _directory: Directory,
  _at: Instant,
): Promise<readonly BoardDifficulty[]> {
  return [];
}
