import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { createFeed } from "../../../src/board/feed.ts";
import { watchBoard } from "../../../src/board/watch-board.ts";
import { readMonotonicMs } from "../../../src/platform/clock.ts";
import { readDatabaseMark } from "../../../src/platform/database-mark.ts";
import { openSqlite } from "../../../src/platform/sqlite.ts";
import { vietnamZone } from "../../../src/platform/time.ts";
import { itemMigrations } from "../../contract/database.contract-tables.ts";
import { makeTestFolder } from "../../support/run-wardctl.ts";
import { sampleAt, sampleBoard } from "../../support/sample-board.ts";

describe("watching the store for the board", () => {
  it("shows what others commit, also what they commit while it reads, and reads no more often than that", async () => {
    const file = join(await makeTestFolder(), "cache.db");
    const open = () => openSqlite(file, itemMigrations, () => "2025-07-01T00:00:00+07:00");
    const [database, other] = [await open(), await open()];
    const commit = (id: string): Promise<number> => other.run("INSERT INTO item (id, label) VALUES (?, 'x')", id);
    const stop = new AbortController();
    const seen: number[] = [];
    const read = async () => {
      const row = await database.get<{ n: number }>("SELECT count(*) AS n FROM item");
      seen.push(Number(row?.n));
      // Committed after this board was read and before it was shown.
      if (seen.length === 1) await commit("b");
      return sampleBoard({ city: `${row?.n}` });
    };
    const mark = await readDatabaseMark(database);
    const feed = createFeed(sampleBoard({ city: "0" }), { epoch: "e", zone: vietnamZone });
    const shown = Promise.withResolvers<void>();
    feed.open({ send: ({ id }) => id === "e.2" && shown.resolve() }, "vi", "e.0");
    await commit("a");
    const now = (): number => sampleAt;
    const watching = watchBoard({ database, mark, feed, read, now, readMonotonicMs, signal: stop.signal });
    await shown.promise;
    stop.abort();
    await watching;
    expect(feed.board().city).toBe("2");
    expect(seen).toEqual([1, 2]);
    await Promise.all([database.close(), other.close()]);
  });
});
