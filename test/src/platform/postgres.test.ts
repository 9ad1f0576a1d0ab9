import { describe, expect, it } from "vitest";
import { openPostgres } from "../../../src/platform/postgres.ts";
import { toPostgresText, toRowsInsert } from "../../../src/platform/postgres-text.ts";
import { readPostgresUrl } from "../../../src/platform/postgres-url.ts";
import { describeDatabase } from "../../contract/database.contract.ts";
import { itemMigrations } from "../../contract/database.contract-tables.ts";
import { hasPostgres, usePostgres } from "../../support/postgres-server.ts";

const nowIso = (): string => "2025-07-01T00:00:00+07:00";

describe.skipIf(!hasPostgres)("PostgreSQL", () => {
  const { makeUrl, server } = usePostgres();

  describeDatabase({
    name: "PostgreSQL",
    module: new URL("../../../src/platform/postgres.ts", import.meta.url).href,
    exportName: "openPostgres",
    open: openPostgres,
    makeLocation: async () => makeUrl(),
    stopGrowth: async (database) => {
      const row = await database.get<{ pid: number }>("SELECT pg_backend_pid() AS pid");
      server().stopGrowth(Number(row?.pid));
    },
  });

  it("sorts text by its code points, whatever the server's language is", async () => {
    const database = await openPostgres(makeUrl(), itemMigrations, nowIso);
    const labels = ["đ", "Z", "a", "Đ", "B", "ă", "_"];
    await database.runMany(
      "INSERT INTO item (id, label) VALUES (?, ?)",
      labels.map((label) => [label, label]),
    );
    const rows = await database.all<{ label: string }>("SELECT label FROM item ORDER BY label");
    expect(rows.map(({ label }) => label)).toEqual(labels.sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b))));
    await database.close();
  });

  it("takes many rows in few statements, one key twice among them in their order", async () => {
    const database = await openPostgres(makeUrl(), itemMigrations, nowIso);
    const put = "INSERT INTO item (id, count) VALUES (?, ?) ON CONFLICT (id) DO UPDATE SET count = excluded.count";
    const rows = Array.from({ length: 1_203 }, (_, at) => [`${at % 400}`, at]);
    expect(await database.runMany(put, rows)).toBe(1_203);
    expect(await database.get("SELECT count FROM item WHERE id = ?", "2")).toEqual({ count: 1_202 });
    expect(await database.get("SELECT sum(count) AS total, count(*) AS n FROM item")).toEqual({ total: 401_000, n: 400 });
    await database.close();
  });

  it("gives names with capitals back as they were written, sums as numbers and truth as 0 and 1", async () => {
    const database = await openPostgres(makeUrl(), itemMigrations, nowIso);
    await database.run("INSERT INTO item (id, count) VALUES (?, ?)", "a", 7);
    expect(
      await database.get("SELECT sum(count) AS countOfAll, count > 3 AS isMuch, 'aB?' AS text FROM item GROUP BY count"),
    ).toEqual({
      countOfAll: 7,
      isMuch: 1,
      text: "aB?",
    });
    await expect(database.get("SELECT 9007199254740993::bigint AS n")).rejects.toThrow("2^53");
    await database.close();
  });

  it("lets others write while a bulk load is under way, and loads queue for each other", async () => {
    const url = makeUrl();
    const [loading, writing, loadingToo] = [
      await openPostgres(url, itemMigrations, nowIso),
      await openPostgres(url, itemMigrations, nowIso),
      await openPostgres(url, itemMigrations, nowIso),
    ];
    const order: string[] = [];
    let second: Promise<unknown> = Promise.resolve();
    await loading.transaction(
      async (tx) => {
        await tx.run("INSERT INTO item (id) VALUES (?)", "load");
        second = loadingToo.transaction(async () => order.push("second load"), { queue: "imports" });
        await writing.transaction((own) => own.run("INSERT INTO item (id) VALUES (?)", "other"));
        order.push("other");
      },
      { queue: "imports" },
    );
    order.push("first load");
    await second;
    expect(order[0]).toBe("other");
    expect(order).toContain("second load");
    await Promise.all([loading, writing, loadingToo].map((database) => database.close()));
  });

  it("says that the server cannot be reached, refuses the password or went away, never tells the password, and goes on when it is back", async () => {
    const url = makeUrl();
    const database = await openPostgres(url, itemMigrations, nowIso);
    const wrong = await openPostgres(url.replace("canary", "wrong"), itemMigrations, nowIso).catch((error: unknown) => error);
    expect(wrong).toMatchObject({ kind: "denied", message: expect.stringContaining("refuses the sign-in") });
    const nowhere = await openPostgres("postgresql://me:canary@127.0.0.1:1/x", [], nowIso).catch((error: unknown) => error);
    expect(nowhere).toMatchObject({ kind: "unavailable" });
    const noSuch = await openPostgres(url.replace("/postgres?", "/none?"), [], nowIso).catch((error: unknown) => error);
    expect(noSuch).toMatchObject({ kind: "invalid", message: expect.stringContaining("no such database") });
    const broken = database.transaction(async (tx) => {
      await tx.run("INSERT INTO item (id) VALUES (?)", "lost");
      await server().crash();
      await tx.run("INSERT INTO item (id) VALUES (?)", "lost too");
    });
    expect(await broken.catch((error: unknown) => error)).toMatchObject({ kind: "unavailable" });
    await server().start();
    const again = await openPostgres(url, itemMigrations, nowIso);
    expect(await again.all("SELECT id FROM item")).toEqual([]);
    await again.close();
    // The one that broke is mended by its next statement, with the settings of the first.
    expect(await database.all("SELECT id FROM item")).toEqual([]);
    await database.transaction((tx) => tx.run("INSERT INTO item (id) VALUES (?)", "kept"));
    expect(await database.get("SELECT id FROM item")).toEqual({ id: "kept" });
    await database.close();
    for (const failure of [wrong, nowhere, noSuch]) expect(JSON.stringify(failure) + String(failure)).not.toMatch(/canary|wrong/);
  });
});

describe("the address of the shared store", () => {
  it("shows neither name nor password, and encrypts beyond this machine", async () => {
    const far = await readPostgresUrl("postgresql://hu%C3%A9:s%40cret@db.hue.gov.vn/ward?schema=hue");
    expect(far).toMatchObject({ user: "hué", password: "s@cret", host: "db.hue.gov.vn", port: 5432, schema: "hue", tls: {} });
    expect(far.shown).toBe("PostgreSQL db.hue.gov.vn:5432/ward (hue)");
    expect((await readPostgresUrl("postgresql://a@localhost/x")).tls).toBeUndefined();
    expect((await readPostgresUrl("postgresql://a@db/x?sslmode=disable")).tls).toBeUndefined();
    expect((await readPostgresUrl("postgres://a@%2Fvar%2Frun%2Fpostgresql/x")).host).toBe("/var/run/postgresql");
  });

  it.each([
    "mysql://a@b/c",
    "postgresql://b/c",
    "postgresql://a:secret@b",
    "not an address at all",
    "postgresql://a:secret@b/c?password=x",
    "postgresql://a:secret@b/c?sslmode=prefer",
    "postgresql://a:secret@b/c?schema=Drop%20it",
  ])("refuses %s without repeating a secret", async (url) => {
    const failure = await readPostgresUrl(url).catch((error: unknown) => error);
    expect(failure).toMatchObject({ kind: "invalid" });
    expect(String(failure)).not.toContain("secret");
  });
});

describe("our SQL in PostgreSQL's words", () => {
  it("numbers the parameters and leaves quoted text alone", () => {
    expect(toPostgresText("SELECT a AS targetId, '?bC' FROM t WHERE b = ? AND \"cD\" = ? AND KIND = 'it''s ?'")).toBe(
      "SELECT a AS \"targetId\", '?bC' FROM t WHERE b = $1 AND \"cD\" = $2 AND KIND = 'it''s ?'",
    );
  });

  it("makes one statement of many rows only where the row is nothing but parameters", () => {
    expect(toRowsInsert("INSERT INTO t (a, b) VALUES (?, ?) ON CONFLICT DO NOTHING")?.textFor(2)).toBe(
      "INSERT INTO t (a, b) VALUES ($1, $2), ($3, $4) ON CONFLICT DO NOTHING",
    );
    for (const sql of [
      "UPDATE t SET a = ?",
      "INSERT INTO t VALUES (?, 1)",
      "INSERT INTO t (a) VALUES (?) ON CONFLICT (a) DO UPDATE SET a = ?",
    ]) {
      expect(toRowsInsert(sql)).toBeUndefined();
    }
  });
});
