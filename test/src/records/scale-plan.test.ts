import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { hasPostgres, usePostgres } from "../../support/postgres-server.ts";

describe.skipIf(!hasPostgres)("the plan past one machine", () => {
  const { server } = usePostgres();

  it("has DDL that PostgreSQL takes: rows find their month, a sum asks one month, and a month detaches", async () => {
    const page = readFileSync(fileURLToPath(new URL("../../../docs/scale.md", import.meta.url)), "utf8");
    const ddl = /```sql\n([\s\S]*?)```/.exec(page)?.[1] as string;
    const { default: pg } = await import("pg");
    const url = new URL(server().urlFor("scale_plan"));
    url.search = "";
    const client = new pg.Client({ connectionString: url.href });
    await client.connect();
    try {
      await client.query("CREATE SCHEMA scale_plan; SET search_path TO scale_plan");
      await client.query(ddl);
      await client.query("INSERT INTO point VALUES (46, 1751500000, 1, 0, 0, 1, 1, 5), (46, 1751600000, 2, 0, 0, 1, 1, 7)");
      const { rows } = await client.query("SELECT COUNT(*)::int AS n FROM point_46_2025_07");
      expect(rows).toEqual([{ n: 2 }]);
      const plan = await client.query(
        "EXPLAIN SELECT SUM(n) FROM point WHERE province = 46 AND t >= 1751400000 AND t < 1751500001",
      );
      expect(JSON.stringify(plan.rows)).toContain("point_46_2025_07");
      await expect(client.query("INSERT INTO point VALUES (46, 1754000000, 1, 0, 0, 1, 1, 1)")).rejects.toThrow("no partition");
      await client.query("ALTER TABLE point_46 DETACH PARTITION point_46_2025_07");
      expect((await client.query("SELECT COUNT(*)::int AS n FROM point")).rows).toEqual([{ n: 0 }]);
    } finally {
      await client.end();
    }
  });
});
