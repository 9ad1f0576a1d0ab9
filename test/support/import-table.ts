import { writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { type DirectoryCache, openDirectoryCache } from "../../src/directory/directory-cache.ts";
import { type ImportReceipt, type ImportRequest, importDirectoryFile } from "../../src/directory/import-file.ts";
import type { ImportRecord } from "../../src/directory/import-store.ts";
import { directoryMigrations } from "../../src/directory/migrations.ts";
import type { Database } from "../../src/platform/database.ts";
import { openSqlite } from "../../src/platform/sqlite.ts";
import { makeTestFolder } from "./run-wardctl.ts";

export const mergesSample = fileURLToPath(new URL("../../fixtures/directory/merges-sample.csv", import.meta.url));
export const contactsSample = fileURLToPath(new URL("../../fixtures/directory/contacts-hue.csv", import.meta.url));

/** A cache in memory into which tables are imported, and the audit entries that the imports wrote. */
export interface TestCache extends DirectoryCache {
  readonly database: Database;
  readonly recorded: readonly ImportRecord[];
  /** A file by its path, or text that is written to a file `table.csv` first. */
  load(source: { readonly path: string } | { readonly text: string }, options?: Partial<ImportRequest>): Promise<ImportReceipt>;
}

export async function openTestCache(): Promise<TestCache> {
  const nowIso = "2025-07-03T10:00:00+07:00";
  const database = await openSqlite(":memory:", directoryMigrations, () => nowIso);
  const cache = openDirectoryCache(database);
  const recorded: ImportRecord[] = [];
  return {
    ...cache,
    database,
    recorded,
    async load(source, options) {
      const path = "path" in source ? source.path : join(await makeTestFolder(), "table.csv");
      if ("text" in source) await writeFile(path, source.text);
      return importDirectoryFile({
        path,
        file: basename(path),
        effective: undefined,
        today: "2025-07-03",
        province: "46",
        changes: await cache.readChanges(),
        database,
        nowIso,
        record: async (record) => recorded.push(record),
        ...options,
      });
    },
  };
}
