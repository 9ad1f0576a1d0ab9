import { describe, expect, it } from "vitest";
import type { Database, TransactionOptions } from "../../../src/platform/database.ts";
import { createSharedCommits } from "../../../src/platform/shared-commits.ts";
import { openSqlite } from "../../../src/platform/sqlite.ts";

async function open(): Promise<{ readonly database: Database; readonly commits: (TransactionOptions | undefined)[] }> {
  const migration = { name: "test/0001", statements: () => ["CREATE TABLE item (id INTEGER PRIMARY KEY) STRICT"] };
  const database = await openSqlite(":memory:", [migration], () => "2025-07-03T10:00:00+07:00");
  const commits: (TransactionOptions | undefined)[] = [];
  const counted: Database = {
    ...database,
    transaction: (work, options) => {
      commits.push(options);
      return database.transaction(work, options);
    },
  };
  return { database: counted, commits };
}

describe("shared commits", () => {
  it("write everything, in few commits, each of them durable", async () => {
    const { database, commits } = await open();
    const commit = createSharedCommits(database);
    await Promise.all(
      Array.from({ length: 40 }, (_, id) => commit(async (tx) => void (await tx.run("INSERT INTO item (id) VALUES (?)", id)))),
    );
    expect(await database.get("SELECT COUNT(*) AS count FROM item")).toEqual({ count: 40 });
    expect(commits).toEqual([{ durability: "full" }, { durability: "full" }]);
    await commit(async (tx) => void (await tx.run("INSERT INTO item (id) VALUES (?)", 99)));
    expect(commits).toHaveLength(3);
    await database.close();
  });

  it("tell all who share a commit that it failed, and go on with the next", async () => {
    const { database } = await open();
    const commit = createSharedCommits(database);
    const insert = (id: number) => commit(async (tx) => void (await tx.run("INSERT INTO item (id) VALUES (?)", id)));
    const results = await Promise.allSettled([insert(1), insert(2), insert(2)]);
    expect(results.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "rejected"]);
    await insert(3);
    expect(await database.all("SELECT id FROM item ORDER BY id")).toEqual([{ id: 1 }, { id: 3 }]);
    await database.close();
  });
});
