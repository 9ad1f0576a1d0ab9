import type { Instant } from "../platform/clock.ts";
import type { Sql } from "../platform/database.ts";
import type { Dimension, Verdict } from "./readiness.ts";

/** What one unit was like from an instant on. */
export interface ReadinessRecord {
  readonly unit: string;
  readonly at: Instant;
  readonly verdict: Verdict;
  /** From when the verdict is what it is. */
  readonly since: Instant;
  /** The verdict is another than before. */
  readonly turned: boolean;
  /** Verdict and codes of each dimension. */
  readonly state: ReadinessState;
}

export type ReadinessState = Readonly<Record<Dimension, { readonly verdict: Verdict; readonly codes: readonly string[] }>>;

interface RecordRow {
  readonly unit: string;
  readonly at: number;
  readonly verdict: Verdict;
  readonly since: number;
  readonly turned: number;
  readonly state: string;
}

export interface ReadinessStore {
  add(records: readonly ReadinessRecord[]): Promise<void>;
  /** The last record of each unit. */
  listLast(): Promise<ReadonlyMap<string, ReadinessRecord>>;
  /** Of one unit or all, oldest first; `turned`: those whose verdict changed. */
  list(filter: { readonly unit?: string; readonly turned?: true }): Promise<readonly ReadinessRecord[]>;
}

const columns = "unit, at, verdict, since, turned, state";

/** Over a database, or the handle of one transaction. */
export function createReadinessStore(sql: Sql): ReadinessStore {
  return {
    async add(records) {
      await sql.runMany(
        `INSERT INTO readiness_record (${columns}) VALUES (?, ?, ?, ?, ?, ?)`,
        records.map(({ unit, at, verdict, since, turned, state }) => [
          unit,
          at,
          verdict,
          since,
          turned ? 1 : 0,
          JSON.stringify(state),
        ]),
      );
    },
    async listLast() {
      const rows = await sql.all<RecordRow>(
        `SELECT ${columns} FROM readiness_record WHERE seq IN (SELECT MAX(seq) FROM readiness_record GROUP BY unit)`,
      );
      return new Map(rows.map((row) => [row.unit, toRecord(row)]));
    },
    async list({ unit, turned }) {
      const terms = [...(unit === undefined ? [] : ["unit = ?"]), ...(turned ? ["turned = 1"] : [])];
      const where = terms.length === 0 ? "" : `WHERE ${terms.join(" AND ")}`;
      const rows = await sql.all<RecordRow>(
        `SELECT ${columns} FROM readiness_record ${where} ORDER BY seq`,
        ...(unit === undefined ? [] : [unit]),
      );
      return rows.map(toRecord);
    },
  };
}

function toRecord({ at, since, turned, state, ...row }: RecordRow): ReadinessRecord {
  return {
    ...row,
    at: Number(at),
    since: Number(since),
    turned: Number(turned) === 1,
    state: JSON.parse(state) as ReadinessState,
  };
}
