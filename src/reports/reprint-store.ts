import { readSqliteRow } from "../platform/read-sqlite.ts";
import type { Report } from "./model.ts";
import { decideOutcome } from "./outcome.ts";

export interface Reprint {
  /** As `report show --json` prints it. */
  readonly text: string;
  readonly outcome: ReturnType<typeof decideOutcome>;
}

/**
 * A kept meeting, the newest without an id, straight from the file of a local store: nothing of it is computed, so nothing of the rooms is
 * loaded. Undefined for whatever is not plain: no such meeting, no such file, one of another version.
 */
export async function readReprint(file: string, id: string | undefined): Promise<Reprint | undefined> {
  try {
    const sql = "SELECT model FROM meeting";
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
