import { sha256 } from "../platform/canonical-json.ts";
import type { Sql } from "../platform/database.ts";
import { readInstant, toIso, type Zone } from "../platform/time.ts";
import type { ProbeResult } from "./probe-result.ts";
import { isReason, type Reason } from "./reason.ts";
import { packResults, unpackResults } from "./run-blob.ts";

/** A finished sweep as history keeps it. */
export interface StoredRun {
  readonly at: number;
  /** selected: only some endpoints or layers were asked for. */
  readonly scope: "all" | "selected";
  /** Undefined: all. A run of some layers says nothing of whether an endpoint is up. */
  readonly layers?: readonly string[] | undefined;
  readonly results: readonly ProbeResult[];
}

/** A run as it lies in the store, four bytes an endpoint. */
export interface PackedRun {
  readonly at: number;
  readonly layoutId: number;
  /** The same array for every run of one layout. */
  readonly endpoints: readonly string[];
  readonly blob: Uint8Array;
}

/** A change of what is held for true of an endpoint. */
export interface HealthEvent {
  readonly endpoint: string;
  readonly at: number;
  readonly state: "up" | "down";
  readonly reason?: Reason | undefined;
}

export interface RunStore {
  save(run: StoredRun): Promise<void>;
  /** The newest run, or the newest over the whole inventory; `notAfter` for what was known at an instant. */
  findLast(scope?: "all", notAfter?: number): Promise<StoredRun | undefined>;
  /** Runs of all layers in the order they were saved, the last one last; so a clock that was set back confuses nothing. */
  listRecent(count: number): Promise<readonly PackedRun[]>;
  /** Runs of all layers in [from, to), in order of time, a day's worth at a time. */
  walk(from: number, to: number): AsyncGenerator<PackedRun>;
  /** Runs of all layers in [from, to], the newest first: whoever looks for a last word stops when it is found. */
  walkBack(from: number, to: number): AsyncGenerator<PackedRun>;
  saveEvents(events: readonly HealthEvent[]): Promise<void>;
  /** In [from, to), oldest first. */
  listEvents(from: number, to: number): Promise<readonly HealthEvent[]>;
}

interface RunRow {
  readonly at: string;
  readonly scope: "all" | "selected";
  readonly layers: string | null;
  readonly layout_id: number;
  readonly results: Uint8Array;
}

const pageMs = 6 * 3_600_000;
const pageRuns = 16;

/** Over a database, or the handle of one transaction. */
export function createRunStore(sql: Sql, zone: Zone): RunStore {
  const layouts = new Map<number, readonly string[]>();
  const readLayout = async (id: number): Promise<readonly string[]> => {
    const known = layouts.get(id);
    if (known) return known;
    const row = await sql.get<{ endpoint_ids: string }>("SELECT endpoint_ids FROM health_layout WHERE id = ?", id);
    const endpoints = row?.endpoint_ids.split("\n") ?? [];
    layouts.set(id, endpoints);
    return endpoints;
  };
  const toPacked = async ({ at, layout_id, results }: RunRow): Promise<PackedRun> => ({
    at: readInstant(at, zone) ?? 0,
    layoutId: layout_id,
    endpoints: await readLayout(layout_id),
    blob: results,
  });
  return {
    async save({ at, scope, layers, results }) {
      const layout = await saveLayout(
        sql,
        results.map(({ endpoint }) => endpoint),
      );
      await sql.run(
        "INSERT INTO health_run (at, layout_id, scope, layers, results) VALUES (?, ?, ?, ?, ?)",
        toIso(at, zone),
        layout,
        scope,
        layers?.join(",") ?? null,
        packResults(results),
      );
    },
    async findLast(scope, notAfter) {
      const row = await sql.get<RunRow>(
        `SELECT at, scope, layers, layout_id, results FROM health_run
         WHERE (scope = ? OR scope = ?) AND at <= ? ORDER BY at DESC, id DESC LIMIT 1`,
        "all",
        scope ?? "selected",
        // One zone, one form: text in order of time.
        notAfter === undefined ? "9999" : toIso(notAfter, zone),
      );
      if (!row) return undefined;
      const at = readInstant(row.at, zone) ?? 0;
      const run: StoredRun = { at, scope: row.scope, results: unpackResults(row.results, await readLayout(row.layout_id), at) };
      return row.layers === null ? run : { ...run, layers: row.layers.split(",") };
    },
    async listRecent(count) {
      const rows = await sql.all<RunRow>(
        "SELECT at, scope, layers, layout_id, results FROM health_run WHERE layers IS NULL ORDER BY id DESC LIMIT ?",
        count,
      );
      return Promise.all(rows.reverse().map(toPacked));
    },
    async *walk(from, to) {
      for (let start = from; start < to; start += pageMs) {
        const rows = await sql.all<RunRow>(
          `SELECT at, scope, layers, layout_id, results FROM health_run
           WHERE layers IS NULL AND at >= ? AND at < ? ORDER BY at, id`,
          toIso(start, zone),
          toIso(Math.min(to, start + pageMs), zone),
        );
        for (const row of rows) yield await toPacked(row);
      }
    },
    async *walkBack(from, to) {
      for (let offset = 0; ; offset += pageRuns) {
        const rows = await sql.all<RunRow>(
          `SELECT at, scope, layers, layout_id, results FROM health_run
           WHERE layers IS NULL AND at >= ? AND at <= ? ORDER BY at DESC, id DESC LIMIT ? OFFSET ?`,
          toIso(from, zone),
          toIso(to, zone),
          pageRuns,
          offset,
        );
        for (const row of rows) yield await toPacked(row);
        if (rows.length < pageRuns) return;
      }
    },
    async saveEvents(events) {
      await sql.runMany(
        `INSERT INTO health_event (endpoint, at, state, reason) VALUES (?, ?, ?, ?)
         ON CONFLICT (endpoint, at) DO UPDATE SET state = excluded.state, reason = excluded.reason`,
        events.map(({ endpoint, at, state, reason }) => [endpoint, toIso(at, zone), state, reason ?? null]),
      );
    },
    async listEvents(from, to) {
      const rows = await sql.all<{ endpoint: string; at: string; state: "up" | "down"; reason: string | null }>(
        "SELECT endpoint, at, state, reason FROM health_event WHERE at >= ? AND at < ? ORDER BY at, endpoint",
        toIso(from, zone),
        toIso(to, zone),
      );
      return rows.map(({ endpoint, at, state, reason }) => ({
        endpoint,
        at: readInstant(at, zone) ?? 0,
        state,
        reason: reason !== null && isReason(reason) ? reason : undefined,
      }));
    },
  };
}

/** The layout's id; the same endpoints in the same order have one. */
export async function saveLayout(sql: Sql, endpoints: readonly string[]): Promise<number> {
  const ids = endpoints.join("\n");
  const digest = sha256(ids);
  const find = (): Promise<{ id: number } | undefined> =>
    sql.get<{ id: number }>("SELECT id FROM health_layout WHERE digest = ?", digest);
  const known = await find();
  if (known) return known.id;
  await sql.run("INSERT INTO health_layout (digest, endpoint_ids) VALUES (?, ?) ON CONFLICT (digest) DO NOTHING", digest, ids);
  return (await find())!.id;
}
