import type { ColumnWords, Database, Migration } from "./database.ts";
import { Failure } from "./failure.ts";

/** Runs what has not run yet, each with its record in one transaction. A file with unknown migrations was made by a newer version and is refused. */
export async function migrate(
  database: Database,
  columns: ColumnWords,
  migrations: readonly Migration[],
  nowIso: () => string,
): Promise<void> {
  await database.run(
    `CREATE TABLE IF NOT EXISTS migration (name ${columns.text} PRIMARY KEY, at ${columns.text} NOT NULL) ${columns.strict}`,
  );
  for (const migration of await listMissing(database, migrations)) {
    await database.transaction(async (tx) => {
      // Another process may have been first while this one waited for the lock.
      if (await tx.get("SELECT 1 FROM migration WHERE name = ?", migration.name)) return;
      for (const statement of migration.statements(columns)) await tx.run(statement);
      await tx.run("INSERT INTO migration (name, at) VALUES (?, ?)", migration.name, nowIso());
    });
  }
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
