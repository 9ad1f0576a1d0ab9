/** One row of a file that is there already, without opening it as a store: nothing is made, migrated or waited for. Throws what the engine throws. */
export async function readSqliteRow<T>(
  file: string,
  sql: string,
  ...params: readonly (string | number)[]
): Promise<T | undefined> {
  const { default: Engine } = await import("better-sqlite3");
  const handle = new Engine(file, { readonly: true, fileMustExist: true });
  try {
    return handle.prepare(sql).get(...params) as T | undefined;
  } finally {
    handle.close();
  }
}
