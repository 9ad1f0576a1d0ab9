import { openPostgres } from "../../src/platform/postgres.ts";
import { openSqlite } from "../../src/platform/sqlite.ts";
import { recordsMigrations } from "../../src/records/migrations.ts";
import { checkLedger } from "../support/ledger-world.ts";
import { hasPostgres, startPostgres } from "../support/postgres-server.ts";
import type { Bench } from "./bench.ts";

/** Random imports asked at random (T, K), each figure against a naive replay of the raw rows; the first that differs stops it. */
export const bench: Bench = {
  name: "ledger",
  unit: "count",
  goal: 1_000,
  better: "higher",
  async run(quick) {
    const [worlds, questions] = quick ? [10, 10] : [50, 20];
    const onSqlite = await checkLedger(() => openSqlite(":memory:", recordsMigrations, () => ""), worlds, questions);
    if (!hasPostgres) {
      const skipped = "SKIPPED: PostgreSQL 15 or newer is not installed";
      return { value: undefined, rows: [["(T, K) asked on SQLite, all alike", String(onSqlite)]], skipped };
    }
    const server = await startPostgres();
    try {
      let n = 0;
      const open = () => openPostgres(server.urlFor(`world${++n}`), recordsMigrations, () => "");
      const onPostgres = await checkLedger(open, worlds, questions);
      const rows = [
        ["(T, K) asked on SQLite, all alike", String(onSqlite)],
        ["(T, K) asked on PostgreSQL, all alike", String(onPostgres)],
      ] as const;
      return { value: Math.min(onSqlite, onPostgres), rows };
    } finally {
      await server.stop();
    }
  },
};
