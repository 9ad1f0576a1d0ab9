import type BetterSqlite3 from "better-sqlite3";
import type { ColumnWords, Database, Migration, Sql, SqlValue, TransactionOptions } from "./database.ts";
import { Failure } from "./failure.ts";
import { migrate } from "./migrate.ts";

const columns: ColumnWords = {
  int: "INTEGER",
  real: "REAL",
  text: "TEXT",
  bytes: "BLOB",
  serial: "INTEGER PRIMARY KEY",
  strict: "STRICT",
};

/** Opens (and makes) the file, or `:memory:`, and brings it to the newest schema. Failure kinds: unavailable, unsafe (made by a newer wardctl). */
export async function openSqlite(file: string, migrations: readonly Migration[], nowIso: () => string): Promise<Database> {
  const { default: Engine } = await import("better-sqlite3");
  const handle = guard(() => new Engine(file));
  handle.pragma("journal_mode = WAL");
  handle.pragma("synchronous = NORMAL");
  handle.pragma("foreign_keys = ON");
  handle.pragma("busy_timeout = 5000");
  const database = createDatabase(handle);
  await migrate(database, columns, migrations, nowIso);
  return database;
}

function createDatabase(handle: BetterSqlite3.Database): Database {
  const prepared = new Map<string, BetterSqlite3.Statement>();
  const prepare = (sql: string): BetterSqlite3.Statement => {
    let statement = prepared.get(sql);
    if (!statement) {
      statement = handle.prepare(sql);
      prepared.set(sql, statement);
    }
    return statement;
  };
  const direct: Sql = {
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

  // One connection, so a statement of somebody else must not slip into an open transaction: everything queues.
  let tail: Promise<unknown> = Promise.resolve();
  const queued = <T>(work: () => Promise<T>): Promise<T> => {
    const result = tail.then(work);
    tail = result.catch(() => undefined);
    return result;
  };

  const transaction = <T>(work: (tx: Sql) => Promise<T>, options: TransactionOptions = {}): Promise<T> =>
    queued(async () => {
      // The pragma cannot change inside a transaction.
      handle.pragma(`synchronous = ${options.durability === "full" ? "FULL" : "NORMAL"}`);
      guard(() => handle.exec("BEGIN IMMEDIATE"));
      try {
        const result = await work(direct);
        guard(() => handle.exec("COMMIT"));
        return result;
      } catch (error) {
        if (handle.inTransaction) handle.exec("ROLLBACK");
        throw error;
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

const unavailable: Readonly<Record<string, { readonly vi: string; readonly en: string }>> = {
  SQLITE_BUSY: {
    vi: "bộ nhớ đệm đang được một tiến trình wardctl khác ghi",
    en: "the cache is being written by another wardctl process",
  },
  SQLITE_FULL: {
    vi: "ổ đĩa đầy, chưa ghi gì thêm vào bộ nhớ đệm",
    en: "the disk is full; nothing more was written to the cache",
  },
  SQLITE_CANTOPEN: { vi: "không mở được tệp bộ nhớ đệm", en: "the cache file cannot be opened" },
  SQLITE_READONLY: { vi: "tệp bộ nhớ đệm chỉ cho đọc", en: "the cache file is read-only" },
  SQLITE_IOERR: { vi: "lỗi đọc ghi ổ đĩa ở bộ nhớ đệm", en: "the disk failed while reading or writing the cache" },
  SQLITE_CORRUPT: { vi: "tệp bộ nhớ đệm bị hỏng", en: "the cache file is damaged" },
  SQLITE_NOTADB: { vi: "tệp bộ nhớ đệm không phải là cơ sở dữ liệu", en: "the cache file is not a database" },
};

function guard<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    const code = (error as { code?: string }).code ?? "";
    const known = Object.keys(unavailable).find((prefix) => code.startsWith(prefix));
    if (!known) throw error;
    throw new Failure("unavailable", unavailable[known] as { vi: string; en: string }, { cause: error });
  }
}
