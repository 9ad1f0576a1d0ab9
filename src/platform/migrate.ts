import type { ColumnWords, Database, Migration } from "./database.ts";
import { Failure } from "./failure.ts";

/** Runs what has not run yet, all with their records in one transaction. A store with unknown migrations was made by a newer version and is refused. */
export async function migrate(
  database: Database,
  columns: ColumnWords,
  migrations: readonly Migration[],
  nowIso: () => string,
): Promise<void> {
  await database.run(
    `CREATE TABLE IF NOT EXISTS migration (name ${columns.text} PRIMARY KEY, at ${columns.text} NOT NULL) ${columns.strict}`,
  );
  if ((await listMissing(database, migrations)).length === 0) return;
  await database.transaction(async (tx) => {
    // Another process may have been first while this one waited for the lock.
    const done = new Set((await tx.all<{ name: string }>("SELECT name FROM migration")).map(({ name }) => name));
    const missing = migrations.filter(({ name }) => !done.has(name));
    for (const migration of missing) {
      const statements = migration.statements(columns);
      // Over a network each question costs its way there and back.
      for (const statement of database.engine === "postgres" ? [statements.join(";\n")] : statements) await tx.run(statement);
    }
    await tx.runMany(
      "INSERT INTO migration (name, at) VALUES (?, ?)",
      missing.map(({ name }) => [name, nowIso()]),
    );
  });
}

/** What has not run yet; all of it in a new store. Failure kind: unsafe (made by a newer version). */
export async function listMissing(database: Database, migrations: readonly Migration[]): Promise<readonly Migration[]> {
  const rows = await database.all<{ name: string }>("SELECT name FROM migration").catch((error: unknown) => {
    if (error instanceof Failure) throw error;
    return [];
  });
  const done = new Set(rows.map((row) => row.name));
  const known = new Set(migrations.map((migration) => migration.name));
  const foreign = [...done].filter((name) => !known.has(name));
  if (foreign.length > 0) {
    throw new Failure(
      "unsafe",
      {
        vi: `bộ nhớ đệm do phiên bản mới hơn tạo ra (${foreign.join(", ")})`,
        en: `the cache was made by a newer version (${foreign.join(", ")})`,
      },
      { hint: { vi: "cập nhật wardctl trên máy này", en: "update wardctl on this machine" } },
    );
  }
  return migrations.filter(({ name }) => !done.has(name));
}
