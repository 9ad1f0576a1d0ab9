import { sha256 } from "../platform/canonical-json.ts";
import type { Database } from "../platform/database.ts";
import { readInstant, toIso, type Zone } from "../platform/time.ts";
import type { ProbeResult } from "./probe-result.ts";
import { packResults, unpackResults } from "./run-blob.ts";

/** A finished sweep as history keeps it. */
export interface StoredRun {
  readonly at: number;
  /** selected: only some endpoints or layers were asked for. */
  readonly scope: "all" | "selected";
  readonly results: readonly ProbeResult[];
}

export interface RunStore {
  save(run: StoredRun): Promise<void>;
  /** The newest run, or the newest over the whole inventory; `notAfter` for what was known at an instant. */
  findLast(scope?: "all", notAfter?: number): Promise<StoredRun | undefined>;
}

interface RunRow {
  readonly at: string;
  readonly scope: "all" | "selected";
  readonly results: Uint8Array;
  readonly endpoint_ids: string;
}

export function createRunStore(database: Database, zone: Zone): RunStore {
  return {
    async save({ at, scope, results }) {
      const ids = results.map(({ endpoint }) => endpoint).join("\n");
      const digest = sha256(ids);
      await database.transaction(async (tx) => {
        await tx.run(
          "INSERT INTO health_layout (digest, endpoint_ids) VALUES (?, ?) ON CONFLICT (digest) DO NOTHING",
          digest,
          ids,
        );
        const layout = await tx.get<{ id: number }>("SELECT id FROM health_layout WHERE digest = ?", digest);
        await tx.run(
          "INSERT INTO health_run (at, layout_id, scope, results) VALUES (?, ?, ?, ?)",
          toIso(at, zone),
          layout!.id,
          scope,
          packResults(results),
        );
      });
    },
    async findLast(scope, notAfter) {
      const row = await database.get<RunRow>(
        `SELECT run.at, run.scope, run.results, layout.endpoint_ids FROM health_run run
         JOIN health_layout layout ON layout.id = run.layout_id
         WHERE (run.scope = ? OR run.scope = ?) AND run.at <= ? ORDER BY run.at DESC, run.id DESC LIMIT 1`,
        "all",
        scope ?? "selected",
        // One zone, one form: text in order of time.
        notAfter === undefined ? "9999" : toIso(notAfter, zone),
      );
      if (!row) return undefined;
      const at = readInstant(row.at, zone) ?? 0;
      return { at, scope: row.scope, results: unpackResults(row.results, row.endpoint_ids.split("\n"), at) };
    },
  };
}
