import { join } from "node:path";
import type { Database } from "../platform/database.ts";
import { makeFolder } from "../platform/files.ts";
import type { StoreSettings } from "./store-settings.ts";

export interface StorePlace {
  /** The workspace's own folder, `.wardctl`. */
  readonly folder: string;
  readonly nowIso: () => string;
  readonly readSecret: (reference: string) => Promise<string>;
}

/** Opens the store that wardctl.yaml names, with the newest tables of every room. Failure kinds: unavailable, denied, invalid, unsafe. */
export async function openStore(settings: StoreSettings, { folder, nowIso, readSecret }: StorePlace): Promise<Database> {
  const { allMigrations } = await import("./migrations.ts");
  if (settings.kind === "postgres") {
    const { openPostgres } = await import("../platform/postgres.ts");
    return openPostgres(await readSecret(settings.url), allMigrations, nowIso);
  }
  const { openSqlite } = await import("../platform/sqlite.ts");
  await makeFolder(folder);
  return openSqlite(join(folder, "cache.db"), allMigrations, nowIso);
}
