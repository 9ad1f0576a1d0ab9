import { isPresent, makeFolder, writeWhole } from "../src/platform/files.ts";
import { readSecureBytes } from "../src/platform/secure-bytes.ts";
import type { Workspace } from "../src/workspace/open-workspace.ts";
import { cacheFolder } from "../src/workspace/workspace-names.ts";

const file = "code.key";

/**
 * What dossier codes are dropped under: that of the settings; without one, alone on one machine, a key of the workspace's own. Undefined where
 * there is none yet, and where a team shares the store: its key has to be shared. Failure kind: denied.
 */
export async function readCodeKey(workspace: Workspace): Promise<string | undefined> {
  const { settings } = workspace;
  if (settings.records.codeKey !== undefined) return workspace.secret(settings.records.codeKey);
  if (!(await isPresent(workspace.cachePath(file)))) return undefined;
  return workspace.secret(`file:${cacheFolder}/${file}`);
}

/** The same, made where it may be. */
export async function ensureCodeKey(workspace: Workspace): Promise<string | undefined> {
  const known = await readCodeKey(workspace);
  if (known !== undefined || workspace.settings.store.kind !== "sqlite") return known;
  await makeFolder(workspace.cachePath("."));
  const key = Buffer.from(readSecureBytes(32)).toString("base64url");
  await writeWhole(workspace.cachePath(file), `${key}\n`, 0o600);
  return key;
}
