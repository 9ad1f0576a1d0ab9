/**
 * The store interface that every room's `*-store.ts` speaks, asynchronous so that a second engine (PostgreSQL) can join.
 *
 * Promises of the contract (test/contract/database.contract.ts holds every engine to them):
 * - Parameters are positional `?`; values are text, integers within 2^53, reals, bytes or null. Booleans are 0/1 columns.
 * - `transaction` runs its work alone on this connection: statements of others wait; a throw rolls everything back.
 *   No other process's transaction runs meanwhile, but for a bulk load (`queue`). Inside, only the handle given to the work may be used. Transactions do not nest.
 * - `durability: "full"` returns only when a power cut can no longer lose the commit; "normal" survives a killed process.
 * - A write that meets another process's write waits up to five seconds, then is a Failure of kind `unavailable`.
 * - A full disk is a Failure of kind `unavailable`, and what was committed before is intact.
 */
export type SqlValue = string | number | bigint | Uint8Array | null;
export type Row = Record<string, SqlValue>;
export type EngineName = "sqlite" | "postgres";

export interface Sql {
  all<T = Row>(sql: string, ...params: readonly SqlValue[]): Promise<T[]>;
  get<T = Row>(sql: string, ...params: readonly SqlValue[]): Promise<T | undefined>;
  /** Rows changed. */
  run(sql: string, ...params: readonly SqlValue[]): Promise<number>;
  /** One statement over many rows of parameters: the bulk path. Rows changed in all. */
  runMany(sql: string, rows: Iterable<readonly SqlValue[]>): Promise<number>;
}

/** What a transaction gives to its work. */
export interface Transaction extends Sql {
  /** Rows in batches, never all at once. Nothing else may be asked of the transaction until the last one came. */
  stream<T = Row>(sql: string, ...params: readonly SqlValue[]): AsyncIterable<readonly T[]>;
  /** Many rows into one table by the fastest way the engine has. */
  load(rows: LoadedRows): Promise<void>;
}

/** Texts may hold no NUL character, which PostgreSQL has no place for. */
export interface LoadedRows {
  readonly table: string;
  readonly columns: readonly LoadedColumn[];
  /** The first so many rows of the columns, or these rows of them in this order. */
  readonly rows: number | Uint32Array;
  /** `ON CONFLICT …` where a row may be there already; no two of these rows may then have one key. */
  readonly merge?: string;
}

export interface LoadedColumn {
  readonly name: string;
  /** One value for every row, or a value each; NaN in an array of numbers is NULL. */
  readonly values: number | null | readonly SqlValue[] | Float64Array | Int32Array | Uint8Array;
}

export interface TransactionOptions {
  readonly durability?: "normal" | "full";
  /**
   * A bulk load, by name: loads of one name queue for each other for minutes, and where the engine can (PostgreSQL) other writers
   * need not wait for them. Its work must stand beside any other transaction's: rows that both change are to be locked by changing them first.
   */
  readonly queue?: string;
  /** Reads one state of the store while others go on writing, and writes nothing. */
  readonly snapshot?: boolean;
}

export interface Database extends Sql {
  readonly engine: EngineName;
  transaction<T>(work: (tx: Transaction) => Promise<T>, options?: TransactionOptions): Promise<T>;
  close(): Promise<void>;
}

/** The column words in which the engines differ. Migrations are written with these. */
export interface ColumnWords {
  readonly int: string;
  readonly real: string;
  readonly text: string;
  readonly bytes: string;
  /** A primary key that the engine counts up by itself. */
  readonly serial: string;
  /** What closes CREATE TABLE (…): STRICT on SQLite. */
  readonly strict: string;
}

/** Append-only: a migration that has run anywhere is never edited. Names are unique over all rooms, `room/NNNN-what`. */
export interface Migration {
  readonly name: string;
  readonly statements: (columns: ColumnWords) => readonly string[];
}

/**
 * Statements that make the engine itself refuse UPDATE and DELETE on a table: what cannot be rebuilt is insert-only.
 */
export function insertOnly(table: string, columns: ColumnWords): readonly string[] {
  if (columns.strict === "") {
    return [
      `CREATE FUNCTION ${table}_refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION '${table} is insert-only'; END $$`,
      `CREATE TRIGGER ${table}_insert_only BEFORE UPDATE OR DELETE ON ${table} FOR EACH ROW EXECUTE FUNCTION ${table}_refuse()`,
    ];
  }
  return ["UPDATE", "DELETE"].map(
    (verb) =>
      `CREATE TRIGGER ${table}_no_${verb.toLowerCase()} BEFORE ${verb} ON ${table} BEGIN SELECT RAISE(ABORT, '${table} is insert-only'); END`,
  );
}
