import { AsyncLocalStorage } from "node:async_hooks";
import { dirname } from "node:path";
import type BetterSqlite3 from "better-sqlite3";
import type { ColumnWords, Database, Migration, Sql, SqlValue, TransactionOptions } from "./database.ts";
import { makeFolder } from "./files.ts";
import { migrate } from "./migrate.ts";
import { createGuard } from "./sqlite-faults.ts";

const columns: ColumnWords = {
  int: "INTEGER",
  real: "REAL",
  text: "TEXT",
  bytes: "BLOB",
  serial: "INTEGER PRIMARY KEY",
  strict: "STRICT",
};

const busyTimeoutMs = 5_000;

/**
 * Opens (and makes, with its folder) the file, or `:memory:`, and brings it to the newest schema. Failure kinds: unavailable,
 * invalid, denied (the folder), unsafe (made by a newer version).
 */
export async function openSqlite(file: string, migrations: readonly Migration[], nowIso: () => string): Promise<Database> {
  const { default: Engine } = await import("better-sqlite3");
  if (file !== ":memory:") await makeFolder(dirname(file));
  const guard = createGuard(file);
  const handle = guard(() => new Engine(file, { timeout: busyTimeoutMs }));
  try {
    guard(() => {
      // Changing to WAL needs the file alone and does not wait for others, so only the first opener asks for it.
      if (handle.pragma("journal_mode", { simple: true }) !== "wal") handle.pragma("journal_mode = WAL");
      handle.pragma("synchronous = NORMAL");
      handle.pragma("foreign_keys = ON");
    });
    const database = createDatabase(handle, guard);
    await migrate(database, columns, migrations, nowIso);
    return database;
  } catch (error) {
    handle.close();
    throw error;
  }
}

/** What doctor wants to know of a file, without changing it. `damages` is empty in a sound one. Failure kind: unavailable. */
export async function inspectSqlite(
  file: string,
): Promise<{ readonly journalMode: string; readonly damages: readonly string[] }> {
  const { default: Engine } = await import("better-sqlite3");
  return createGuard(file)(() => {
    const handle = new Engine(file, { timeout: busyTimeoutMs, fileMustExist: true });
    try {
      const rows = handle.pragma("integrity_check(20)") as { integrity_check: string }[];
      return {
        journalMode: String(handle.pragma("journal_mode", { simple: true })),
        damages: rows.map((row) => row.integrity_check).filter((line) => line !== "ok"),
      };
    } finally {
      handle.close();
    }
  });
}

/** The version of SQLite inside. */
export async function readSqliteVersion(): Promise<string> {
  const { default: Engine } = await import("better-sqlite3");
  const handle = new Engine(":memory:");
  try {
    return String(handle.prepare("SELECT sqlite_version()").pluck().get());
  } finally {
    handle.close();
  }
}

type Guard = <T>(work: () => T) => T;

/** Statements whose text is built from data must not pile up. */
const preparedAtMost = 300;

function createStatements(handle: BetterSqlite3.Database, guard: Guard): Sql {
  const prepared = new Map<string, BetterSqlite3.Statement>();
  const prepare = (sql: string): BetterSqlite3.Statement => {
    const ready = prepared.get(sql);
    if (ready) return ready;
    if (prepared.size >= preparedAtMost) prepared.clear();
    const statement = handle.prepare(sql);
    prepared.set(sql, statement);
    return statement;
  };
  return {
    all: async <T>(sql: string, ...params: readonly SqlValue[]) => guard(() => prepare(sql).all(...params) as T[]),
    get: async <T>(sql: string, ...params: readonly SqlValue[]) => guard(() => prepare(sql).get(...params) as T | undefined),
    run: async (sql, ...params) => guard(() => prepare(sql).run(...params).changes),
    runMany: async (sql, rows) =>
      guard(() => {
        const statement = prepare(sql);
        let changed = 0;
        for (const row of rows) changed += statement.run(...row).changes;
        return changed;
      }),
  };
}

function createDatabase(handle: BetterSqlite3.Database, guard: Guard): Database {
  const direct = createStatements(handle, guard);
  // One connection, so a statement of somebody else must not slip into an open transaction: everything queues. Work inside
  // a transaction that asks the database instead of its handle would wait for itself for ever; it is told so.
  const inside = new AsyncLocalStorage<{ open: boolean }>();
  let tail: Promise<unknown> = Promise.resolve();
  const queued = <T>(work: () => Promise<T>): Promise<T> => {
    if (inside.getStore()?.open) {
      return Promise.reject(new Error("inside a transaction only the handle given to its work may be used"));
    }
    const result = tail.then(work);
    tail = result.catch(() => undefined);
    return result;
  };

  let synchronous = "NORMAL";
  const transaction = <T>(work: (tx: Sql) => Promise<T>, { durability }: TransactionOptions = {}): Promise<T> =>
    queued(async () => {
      const wanted = durability === "full" ? "FULL" : "NORMAL";
      // The pragma cannot change inside a transaction.
      if (wanted !== synchronous) guard(() => handle.pragma(`synchronous = ${wanted}`));
      synchronous = wanted;
      guard(() => handle.exec("BEGIN IMMEDIATE"));
      const scope = { open: true };
      try {
        const result = await inside.run(scope, () => work(createScoped(direct, scope)));
        guard(() => handle.exec("COMMIT"));
        return result;
      } catch (error) {
        if (handle.inTransaction) guard(() => handle.exec("ROLLBACK"));
        throw error;
      } finally {
        scope.open = false;
      }
    });

  return {
    engine: "sqlite",
    all: <T>(sql: string, ...params: readonly SqlValue[]) => queued(() => direct.all<T>(sql, ...params)),
    get: <T>(sql: string, ...params: readonly SqlValue[]) => queued(() => direct.get<T>(sql, ...params)),
    run: (sql, ...params) => queued(() => direct.run(sql, ...params)),
    // Outside a transaction every row would be a commit of its own, and a failure in the middle would leave half.
    runMany: (sql, rows) => transaction((tx) => tx.runMany(sql, rows)),
    transaction,
    close: () => queued(async () => void handle.close()),
  };
}

/** The handle of one transaction: used after its end it would write outside of any. */
function createScoped(direct: Sql, scope: { readonly open: boolean }): Sql {
  const held = <T>(work: () => Promise<T>): Promise<T> =>
    scope.open ? work() : Promise.reject(new Error("this transaction has ended"));
  return {
    all: <T>(sql: string, ...params: readonly SqlValue[]) => held(() => direct.all<T>(sql, ...params)),
    get: <T>(sql: string, ...params: readonly SqlValue[]) => held(() => direct.get<T>(sql, ...params)),
    run: (sql, ...params) => held(() => direct.run(sql, ...params)),
    runMany: (sql, rows) => held(() => direct.runMany(sql, rows)),
  };
}
