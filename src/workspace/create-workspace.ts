import { join } from "node:path";
import { Failure } from "../platform/failure.ts";
import { findUpwards, isPresent, readText, writeWhole } from "../platform/files.ts";
import { formatSettingsSchema } from "./settings-schema.ts";
import { createWords as words } from "./words.ts";
import { formatWorkspaceFile, type NewWorkspace } from "./workspace-file.ts";
import { cacheFolder, workspaceFile } from "./workspace-names.ts";

export const schemaFile = `${cacheFolder}/wardctl.schema.json`;

/** Failure kind: unsafe (there is one already). */
export async function assertNoWorkspace(folder: string): Promise<void> {
  if (!(await isPresent(join(folder, workspaceFile)))) return;
  throw new Failure("unsafe", words.present(join(folder, workspaceFile)), { hint: words.presentHint });
}

/** The workspace that a new one in this folder would lie inside of. */
export function findOuterWorkspace(folder: string): Promise<string | undefined> {
  return findUpwards(join(folder, ".."), workspaceFile);
}

/**
 * Makes a workspace. wardctl.yaml is written last, so that a run that was cut off leaves a folder where the same command
 * works again. The paths written, relative to the folder. Failure kinds: unsafe, denied, unavailable.
 */
export async function createWorkspace(folder: string, wanted: NewWorkspace): Promise<readonly string[]> {
  await assertNoWorkspace(folder);
  await writeSchemaCopy(folder);
  const ignored = await ignoreCache(folder);
  await writeWhole(join(folder, workspaceFile), formatWorkspaceFile(wanted));
  return [workspaceFile, ...(ignored ? [".gitignore"] : []), schemaFile];
}

/** For editors; a newer wardctl brings a newer one. */
export async function writeSchemaCopy(folder: string): Promise<void> {
  await writeWhole(join(folder, schemaFile), await formatSettingsSchema());
}

/** The cache is no part of what a team shares. False when .gitignore says so already. */
async function ignoreCache(folder: string): Promise<boolean> {
  const file = join(folder, ".gitignore");
  const before = (await isPresent(file)) ? await readText(file) : "";
  if (before.split(/\r?\n/).some((line) => /^\/?\.wardctl\/?$/.test(line.trim()))) return false;
  await writeWhole(file, `${before}${before === "" || before.endsWith("\n") ? "" : "\n"}${cacheFolder}/\n`);
  return true;
}
