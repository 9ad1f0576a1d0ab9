import { join, resolve } from "node:path";
import { findUpwards, readText } from "../platform/files.ts";
import type { Lang } from "../platform/words.ts";
import { workspaceFile } from "./workspace-names.ts";

/**
 * The language that wardctl.yaml sets, read without checking the file: help and complaints about the file itself are already in it.
 * Undefined where there is none.
 */
export async function findWorkspaceLang(folder: string | undefined, cwd: string): Promise<Lang | undefined> {
  const root = folder === undefined ? await findUpwards(cwd, workspaceFile) : resolve(cwd, folder);
  if (root === undefined) return undefined;
  const text = await readText(join(root, workspaceFile)).catch(() => "");
  return /^lang:\s*["']?(vi|en)\b/m.exec(text)?.[1] as Lang | undefined;
}
