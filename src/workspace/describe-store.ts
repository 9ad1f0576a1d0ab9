import type { Workspace } from "./open-workspace.ts";

export type StoreDescription =
  | { readonly kind: "sqlite"; readonly file: string; readonly present: boolean }
  | { readonly kind: "postgres"; readonly version: string; readonly schema: string };

/** Failure kinds: those of a shared store that cannot be opened. */
export async function describeStore(workspace: Workspace): Promise<StoreDescription> {
  if (workspace.settings.store.kind === "sqlite") {
    return { kind: "sqlite", file: workspace.cachePath("cache.db"), present: await workspace.hasStore() };
  }
  const { readPostgresPlace } = await import("../platform/postgres.ts");
  return { kind: "postgres", ...(await readPostgresPlace(await workspace.database())) };
}
