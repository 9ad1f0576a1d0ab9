import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import Engine from "better-sqlite3";
import { describe, expect, it } from "vitest";
import { Failure } from "../../../src/platform/failure.ts";
import { inspectSqlite, openSqlite } from "../../../src/platform/sqlite.ts";
import { describeDatabase } from "../../contract/database.contract.ts";
import { itemMigrations } from "../../contract/database.contract-tables.ts";
import { makeTestFolder } from "../../support/run-wardctl.ts";

const nowIso = (): string => "2025-07-01T00:00:00+07:00";
const makeLocation = async (): Promise<string> => join(await makeTestFolder(), "new", "cache.db");

describeDatabase({
  name: "SQLite",
  module: new URL("../../../src/platform/sqlite.ts", import.meta.url).href,
  exportName: "openSqlite",
  open: openSqlite,
  makeLocation,
  stopGrowth: async (database) => {
    const pages = await database.get<{ page_count: number }>("PRAGMA page_count");
    await database.get(`PRAGMA max_page_count = ${(pages?.page_count ?? 0) + 4}`);
  },
});

describe("SQLite", () => {
  it("keeps a write-ahead log and checks foreign keys", async () => {
    const database = await openSqlite(await makeLocation(), itemMigrations, nowIso);
    expect(await database.get("PRAGMA journal_mode")).toEqual({ journal_mode: "wal" });
    expect(await database.get("PRAGMA foreign_keys")).toEqual({ foreign_keys: 1 });
    await database.close();
  });

  it("lets nobody alter an insert-only table by way of REPLACE or an upsert", async () => {
    const database = await openSqlite(":memory:", itemMigrations, nowIso);
    await database.run("INSERT INTO ledger (seq, line) VALUES (?, ?)", 1, "said");
    await expect(database.run("INSERT OR REPLACE INTO ledger (seq, line) VALUES (?, ?)", 1, "unsaid")).rejects.toThrow(
      "insert-only",
    );
    await expect(
      database.run(
        "INSERT INTO ledger (seq, line) VALUES (?, ?) ON CONFLICT (seq) DO UPDATE SET line = excluded.line",
        1,
        "unsaid",
      ),
    ).rejects.toThrow("insert-only");
    await database.close();
  });

  it("works in memory, for tests and trials", async () => {
    const database = await openSqlite(":memory:", itemMigrations, nowIso);
    expect(await database.all("SELECT * FROM item")).toEqual([]);
    await database.close();
  });

  it("syncs every commit of a transaction with full durability, and only of those", async () => {
    const database = await openSqlite(":memory:", itemMigrations, nowIso);
    const level = (durability?: "full") =>
      database.transaction((tx) => tx.get<{ synchronous: number }>("PRAGMA synchronous"), { durability });
    expect([await level("full"), await level(), await level("full")].map((row) => row?.synchronous)).toEqual([2, 1, 2]);
    await database.close();
  });

  it("calls a writer that does not let go unavailable and says what to do", async () => {
    const location = await makeLocation();
    const database = await openSqlite(location, itemMigrations, nowIso, { busyTimeoutMs: 20 });
    const other = new Engine(location);
    other.exec("BEGIN IMMEDIATE");
    const blocked = await database.run("INSERT INTO item (id) VALUES (?)", "a").catch((error: unknown) => error);
    expect(blocked).toMatchObject({ kind: "unavailable", message: expect.stringContaining("another wardctl process") });
    other.exec("ROLLBACK");
    expect(await database.run("INSERT INTO item (id) VALUES (?)", "a")).toBe(1);
    other.close();
    await database.close();
  });

  it("waits for another writer without stopping the process", async () => {
    const location = await makeLocation();
    const database = await openSqlite(location, itemMigrations, nowIso);
    const other = new Engine(location);
    other.exec("BEGIN IMMEDIATE");
    const waiting = [
      database.run("INSERT INTO item (id) VALUES (?)", "a"),
      database.transaction((tx) => tx.run("DELETE FROM item")),
    ];
    setImmediate(() => other.exec("COMMIT"));
    expect(await Promise.all(waiting)).toEqual([1, 1]);
    other.close();
    await database.close();
  });

  it("calls a file that is no database unavailable, by name, and does not touch it", async () => {
    const location = join(await makeTestFolder(), "cache.db");
    await writeFile(location, "this is a letter, not a database, and it is longer than the header of one would be anyway");
    const failure = await openSqlite(location, [], nowIso).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(Failure);
    expect(failure).toMatchObject({
      kind: "unavailable",
      message: `${location}: the file is not a database`,
      hint: { en: expect.stringContaining("rename") },
    });
    expect(await readFile(location, "utf8")).toContain("this is a letter");
  });

  it("finds damaged pages and calls reading them unavailable", async () => {
    const location = await makeLocation();
    const database = await openSqlite(location, itemMigrations, nowIso);
    await database.runMany(
      "INSERT INTO item (id, label) VALUES (?, ?)",
      Array.from({ length: 300 }, (_, i) => [`${i}`, "x".repeat(300)]),
    );
    await database.close();
    expect(await inspectSqlite(location)).toEqual({ journalMode: "wal", damages: [] });
    const bytes = await readFile(location);
    bytes.fill(0xa5, 4096 * 3, 4096 * 12);
    await writeFile(location, bytes);
    const inspected = await inspectSqlite(location).catch((error: unknown) => error as Failure);
    expect("damages" in inspected ? inspected.damages.length : inspected.kind).not.toBe(0);
    const reopened = await openSqlite(location, itemMigrations, nowIso);
    await expect(reopened.all("SELECT * FROM item ORDER BY label")).rejects.toMatchObject({
      kind: "unavailable",
      message: expect.stringContaining("damaged"),
    });
    await reopened.close();
  });

  it("says who may not write where", async () => {
    const file = join(await makeTestFolder(), "plain");
    await writeFile(file, "");
    await expect(openSqlite(join(file, "cache.db"), [], nowIso)).rejects.toMatchObject({ kind: "invalid" });
    await expect(inspectSqlite(join(await makeTestFolder(), "none.db"))).rejects.toMatchObject({ kind: "unavailable" });
  });
});
