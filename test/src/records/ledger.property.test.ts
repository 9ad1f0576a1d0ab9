import { describe, expect, it } from "vitest";
import { openPostgres } from "../../../src/platform/postgres.ts";
import { openSqlite } from "../../../src/platform/sqlite.ts";
import { recordsMigrations } from "../../../src/records/migrations.ts";
import { checkLedger } from "../../support/ledger-world.ts";
import { hasPostgres, usePostgres } from "../../support/postgres-server.ts";

describe("the ledger", () => {
  const { makeUrl } = usePostgres();

  it("counts what a naive replay of the raw rows counts, at any (T, K), with every import sent twice", async () => {
    expect(await checkLedger(() => openSqlite(":memory:", recordsMigrations, () => ""), 120, 5)).toBe(600);
  });

  // A thousand of them on both engines: npm run bench -- ledger.
  it.skipIf(!hasPostgres)("counts so on PostgreSQL too", async () => {
    expect(await checkLedger(() => openPostgres(makeUrl(), recordsMigrations, () => ""), 6, 10)).toBe(60);
  });
});
