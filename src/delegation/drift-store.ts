import type { Instant } from "../platform/clock.ts";
import type { Database, Sql } from "../platform/database.ts";
import type { Difference } from "./compare-carriage.ts";

/** A difference as it is kept: types by key. */
export type SeenDifference = Omit<Difference, "docTypes" | "from" | "to"> & { readonly docTypes: readonly string[] };

export interface SeenDrift {
  readonly system: string;
  readonly at: Instant;
  readonly units: readonly string[];
  readonly differences: readonly SeenDifference[];
}

/** What each whole read-back found, so that the next one can say what is new. Insert-only. */
export interface DriftStore {
  add(seen: SeenDrift, tx: Sql): Promise<void>;
  /** For each unit the last one that looked at it; those that share one come together, with just these units. */
  listBefore(system: string, units: readonly string[]): Promise<SeenDrift[]>;
}

interface Row {
  readonly seq: number;
  readonly system: string;
  readonly at: number;
  readonly units: string;
  readonly differences: string;
}

export function createDriftStore(database: Database): DriftStore {
  return {
    async add({ system, at, units, differences }, tx) {
      await tx.run(
        "INSERT INTO delegation_drift_seen (system, at, units, differences) VALUES (?, ?, ?, ?)",
        ...[system, at, units.join(","), JSON.stringify(differences)],
      );
    },
    async listBefore(system, units) {
      const rows = await database.all<Pick<Row, "seq" | "units">>(
        "SELECT seq, units FROM delegation_drift_seen WHERE system = ? ORDER BY seq DESC LIMIT 400",
        system,
      );
      const open = new Set(units);
      const found: SeenDrift[] = [];
      for (const { seq, units: listed } of rows) {
        const own = listed.split(",").filter((unit) => open.delete(unit));
        if (own.length === 0) continue;
        const row = await database.get<Row>("SELECT * FROM delegation_drift_seen WHERE seq = ?", seq);
        if (row) found.push({ system, at: row.at, units: own, differences: JSON.parse(row.differences) as SeenDifference[] });
        if (open.size === 0) break;
      }
      return found;
    },
  };
}
