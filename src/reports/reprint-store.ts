import { existsSync, readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { readSqliteRow } from "../platform/read-sqlite.ts";
import { cacheFolder, workspaceFile } from "../workspace/workspace-names.ts";
import type { Report } from "./model.ts";
import { decideOutcome } from "./outcome.ts";

export interface Reprint {
  /** As `report show --json` prints it. */
  readonly text: string;
  readonly outcome: ReturnType<typeof decideOutcome>;
}

/**
 * A kept meeting, the newest without an id, straight from the local store: nothing of it is computed, so nothing of the rooms is loaded. Undefined
 * for whatever is not plain — another store, no such meeting, a file that cannot be read — and then the whole command says what is the matter.
 */
export async function readReprint(id: string | undefined, folder: string | undefined, cwd: string): Promise<Reprint | undefined> {
  try {
    const root = findRoot(folder, cwd);
    // A workspace that names a store may keep its meetings elsewhere.
    if (root === undefined || readFileSync(join(root, workspaceFile), "utf8").includes("store")) return undefined;
    const sql = "SELECT model FROM meeting";
    const file = join(root, cacheFolder, "cache.db");
    const row = await (id === undefined
      ? readSqliteRow<{ model: string }>(file, `${sql} ORDER BY as_of DESC, known_seq DESC, revision DESC LIMIT 1`)
      : readSqliteRow<{ model: string }>(file, `${sql} WHERE id = ?`, id));
    if (!row) return undefined;
    const { schema, ...rest } = JSON.parse(row.model) as Report;
    const report = { schema, ...rest };
    return { text: `${JSON.stringify(report, undefined, 2)}\n`, outcome: decideOutcome(report) };
  } catch {
    return undefined;
  }
}

function findRoot(folder: string | undefined, cwd: string): string | undefined {
  if (folder !== undefined) return resolve(cwd, folder);
  for (let at = cwd; ; at = dirname(at)) {
    if (existsSync(join(at, workspaceFile))) return at;
    if (at === dirname(at)) return undefined;
  }
}
