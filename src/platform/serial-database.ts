import { AsyncLocalStorage } from "node:async_hooks";
import type { Database, EngineName, SqlValue, Transaction, TransactionOptions } from "./database.ts";

/** One connection of an engine. */
export interface Connection extends Transaction {
  readonly engine: EngineName;
  /** Opens a transaction and waits for its turn among other processes. */
  begin(options: TransactionOptions): Promise<void>;
  commit(): Promise<void>;
  /** Also after a failure that ended the transaction by itself. */
  rollback(): Promise<void>;
  /** One statement outside of any transaction; by default as it stands. */
  alone?<T>(work: () => Promise<T>): Promise<T>;
  end(): Promise<void>;
}

/**
 * One connection, so a statement of somebody else must not slip into an open transaction: everything queues. Work inside a
 * transaction that asks the database instead of its handle would wait for itself for ever; it is told so.
 */
export function createSerialDatabase(connection: Connection): Database {
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
  const alone = <T>(work: () => Promise<T>): Promise<T> => queued(() => connection.alone?.(work) ?? work());

  const transaction = <T>(work: (tx: Transaction) => Promise<T>, options: TransactionOptions = {}): Promise<T> =>
    queued(async () => {
      await connection.begin(options);
      const scope = { open: true };
      try {
        const result = await inside.run(scope, () => work(createScoped(connection, scope)));
        await connection.commit();
        return result;
      } catch (error) {
        await connection.rollback();
        throw error;
      } finally {
        scope.open = false;
      }
    });

  return {
    engine: connection.engine,
    all: <T>(sql: string, ...params: readonly SqlValue[]) => alone(() => connection.all<T>(sql, ...params)),
    get: <T>(sql: string, ...params: readonly SqlValue[]) => alone(() => connection.get<T>(sql, ...params)),
    run: (sql, ...params) => alone(() => connection.run(sql, ...params)),
    // Outside a transaction every row would be a commit of its own, and a failure in the middle would leave half.
    runMany: (sql, rows) => transaction((tx) => tx.runMany(sql, rows)),
    transaction,
    close: () => queued(() => connection.end()),
  };
}

/** The handle of one transaction: used after its end it would write outside of any. */
function createScoped(direct: Transaction, scope: { readonly open: boolean }): Transaction {
  const held = <T>(work: () => Promise<T>): Promise<T> =>
    scope.open ? work() : Promise.reject(new Error("this transaction has ended"));
  return {
    all: <T>(sql: string, ...params: readonly SqlValue[]) => held(() => direct.all<T>(sql, ...params)),
    get: <T>(sql: string, ...params: readonly SqlValue[]) => held(() => direct.get<T>(sql, ...params)),
    run: (sql, ...params) => held(() => direct.run(sql, ...params)),
    runMany: (sql, rows) => held(() => direct.runMany(sql, rows)),
    async *stream<T>(sql: string, ...params: readonly SqlValue[]) {
      yield* await held(async () => direct.stream<T>(sql, ...params));
    },
    load: (rows) => held(() => direct.load(rows)),
  };
}
