import { join, resolve } from "node:path";
import { findUpwards, readText } from "../platform/files.ts";
import { cacheFolder, workspaceFile } from "./workspace-names.ts";

/**
 * The file of a workspace's own store, without reading its settings. Undefined where there is no workspace, or where its settings speak of a store:
 * what it keeps may then lie elsewhere.
 */
export async function findLocalStore(folder: string | undefined, cwd: string): Promise<string | undefined> {
  const root = folder === undefined ? await findUpwards(cwd, workspaceFile) : resolve(cwd, folder);
  if (root === undefined) return undefined;
  const text = await readText(join(root, workspaceFile)).catch(() => "store");
  return text.includes("store") ? undefined : join(root, cacheFolder, "cache.db");
}
