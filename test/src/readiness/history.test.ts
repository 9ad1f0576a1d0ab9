import { describe, expect, it } from "vitest";
import type { Database } from "../../../src/platform/database.ts";
import { openPostgres } from "../../../src/platform/postgres.ts";
import { openSqlite } from "../../../src/platform/sqlite.ts";
import { planRecords, withSince } from "../../../src/readiness/history.ts";
import { dimensions, type UnitReadiness, type Verdict } from "../../../src/readiness/readiness.ts";
import { createReadinessStore } from "../../../src/readiness/readiness-store.ts";
import { allMigrations } from "../../../src/workspace/migrations.ts";
import { hasPostgres, usePostgres } from "../../support/postgres-server.ts";

const { makeUrl } = usePostgres();
const nowIso = (): string => "2025-07-03T10:00:00+07:00";
const engines: readonly (readonly [string, () => Promise<Database>])[] = [
  ["SQLite", () => openSqlite(":memory:", allMigrations, nowIso)],
  ...(hasPostgres ? [["PostgreSQL", () => openPostgres(makeUrl(), allMigrations, nowIso)] as const] : []),
];

function makeReadiness(code: string, verdict: Verdict, reasons: readonly string[] = []): UnitReadiness {
  const empty = { verdict, reasons: [] };
  const own = {
    verdict,
    reasons: reasons.map((reason) => ({
      code: reason,
      verdict: "no-go" as const,
      owner: "support" as const,
      detail: { vi: "x", en: "x" },
      commands: [],
    })),
  };
  return {
    code,
    verdict,
    dimensions: Object.fromEntries(dimensions.map((key) => [key, key === "accounts" ? own : empty])) as never,
  };
}

describe.each(engines)("the history of readiness in %s", (_name, open) => {
  it("keeps a record when something changed, and since when the verdict is so", async () => {
    const database = await open();
    const store = createReadinessStore(database);
    const keep = async (readiness: UnitReadiness, at: number): Promise<number> => {
      const records = planRecords([readiness], await store.listLast(), at);
      await store.add(records);
      return records.length;
    };
    expect(await keep(makeReadiness("27004", "no-go", ["ACC-MISSING"]), 100)).toBe(1);
    expect(await keep(makeReadiness("27004", "no-go", ["ACC-MISSING"]), 200)).toBe(0);
    expect(await keep(makeReadiness("27004", "no-go", ["ACC-INACTIVE"]), 300)).toBe(1);
    expect(await keep(makeReadiness("19777", "unknown"), 300)).toBe(1);
    expect(await keep(makeReadiness("27004", "go"), 400)).toBe(1);
    // A clock that was set back tells nothing new.
    expect(await keep(makeReadiness("27004", "no-go", ["ACC-MISSING"]), 350)).toBe(0);
    const last = await store.listLast();
    expect([...last.keys()].sort()).toEqual(["19777", "27004"]);
    expect(last.get("27004")).toMatchObject({ at: 400, verdict: "go", since: 400, turned: true });
    expect((await store.list({ unit: "27004" })).map(({ at, since, turned }) => [at, since, turned])).toEqual([
      [100, 100, true],
      [300, 100, false],
      [400, 400, true],
    ]);
    expect((await store.list({ turned: true })).map(({ unit, at }) => [unit, at])).toEqual([
      ["27004", 100],
      ["19777", 300],
      ["27004", 400],
    ]);
    expect(withSince(makeReadiness("27004", "go"), last.get("27004"), 500).since).toBe(400);
    expect(withSince(makeReadiness("27004", "no-go"), last.get("27004"), 500).since).toBe(500);
    expect(withSince(makeReadiness("27004", "go"), last.get("27004"), 300).since).toBeUndefined();
    await expect(database.run("DELETE FROM readiness_record")).rejects.toThrow(/insert-only/);
    await database.close();
  });
});
