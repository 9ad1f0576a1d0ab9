import { dirname } from "node:path";
import type BetterSqlite3 from "better-sqlite3";
import type { ColumnWords, Database, Migration, SqlValue, Transaction } from "./database.ts";
import { makeFolder } from "./files.ts";
import { migrate } from "./migrate.ts";
import { type Connection, createSerialDatabase } from "./serial-database.ts";
import { createGuard } from "./sqlite-faults.ts";
import { insertRows } from "./sqlite-insert.ts";

const columns: ColumnWords = {
  int: "INTEGER",
  real: "REAL",
  text: "TEXT",
  bytes: "BLOB",
  serial: "INTEGER PRIMARY KEY",
  strict: "STRICT",
};

const busyTimeoutMs = 5_000;

export interface SqliteOptions {
  /** How long a write waits for another process's write. */
  readonly busyTimeoutMs?: number;
}

/**
 * Opens (and makes, with its folder) the file, or `:memory:`, and brings it to the newest schema. Failure kinds: unavailable,
 * invalid, denied (the folder), unsafe (made by a newer version).
 */
export async function openSqlite(
  file: string,
  migrations: readonly Migration[],
  nowIso: () => string,
  options: SqliteOptions = {},
): Promise<Database> {
  const { default: Engine } = await import("better-sqlite3");
  if (file !== ":memory:") await makeFolder(dirname(file));
  const guard = createGuard(file);
  const handle = guard(() => new Engine(file, { timeout: busyTimeoutMs }));
  try {
    guard(() => {
      // Changing to WAL needs the file alone and does not wait for others, so only the first opener asks for it.
      if (handle.pragma("journal_mode", { simple: true }) !== "wal") handle.pragma("journal_mode = WAL");
      handle.pragma("synchronous = NORMAL");
      // 16 MB of log before it goes into the file: SQLite's own 4 MB stopped an apply for tens of milliseconds every thousand accounts.
      handle.pragma("wal_autocheckpoint = 4000");
      handle.pragma("foreign_keys = ON");
      // INSERT OR REPLACE deletes without firing delete triggers unless this is on: insert-only tables depend on it.
      handle.pragma("recursive_triggers = ON");
      // From here on waiting is ours: SQLite's own would stop the whole process, Ctrl-C included.
      handle.pragma("busy_timeout = 0");
    });
    const database = createSerialDatabase(createConnection(handle, guard, options.busyTimeoutMs ?? busyTimeoutMs));
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
/** Of a stream. */
const rowsAtOnce = 1_000;
function createStatements(handle: BetterSqlite3.Database, guard: Guard): Transaction {
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
    async *stream<T>(sql: string, ...params: readonly SqlValue[]) {
      const rows = guard(() => handle.prepare(sql).iterate(...params)) as IterableIterator<T>;
      let batch: T[] = [];
      for (let next = guard(() => rows.next()); !next.done; next = guard(() => rows.next())) {
        if (batch.push(next.value) < rowsAtOnce) continue;
        yield batch;
        batch = [];
      }
      if (batch.length > 0) yield batch;
    },
    load: async (rows) => guard(() => insertRows(rows, prepare)),
  };
}

/** Tries again while another process writes; a statement that met SQLITE_BUSY has done nothing yet. */
async function waitForTurn<T>(work: () => T | Promise<T>, atMostMs: number): Promise<T> {
  const started = performance.now();
  for (let pauseMs = 1; ; pauseMs = Math.min(pauseMs * 2, 25)) {
    try {
      return await work();
    } catch (error) {
      const busy = (error as { cause?: { code?: string } }).cause?.code?.startsWith("SQLITE_BUSY");
      if (!busy || performance.now() - started >= atMostMs) throw error;
    }
    await new Promise((resolve) => setTimeout(resolve, pauseMs));
  }
}

/** `waitMs`: how long a write waits for another process's write. */
function createConnection(handle: BetterSqlite3.Database, guard: Guard, waitMs: number): Connection {
  let synchronous = "NORMAL";
  // It cannot change inside a transaction, and stays until it is changed.
  const become = (wanted: "FULL" | "NORMAL"): void => {
    if (wanted !== synchronous) guard(() => handle.pragma(`synchronous = ${wanted}`));
    synchronous = wanted;
  };
  return {
    engine: "sqlite",
    ...createStatements(handle, guard),
    async begin({ durability, snapshot }) {
      become(durability === "full" ? "FULL" : "NORMAL");
      await waitForTurn(() => guard(() => handle.exec(snapshot ? "BEGIN" : "BEGIN IMMEDIATE")), waitMs);
    },
    commit: async () => void guard(() => handle.exec("COMMIT")),
    async rollback() {
      if (handle.inTransaction) guard(() => handle.exec("ROLLBACK"));
    },
    alone(work) {
      become("NORMAL");
      return waitForTurn(work, waitMs);
    },
    end: async () => void handle.close(),
  };
}
