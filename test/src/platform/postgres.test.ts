import { describe, expect, it } from "vitest";
import type { Failure } from "../../../src/platform/failure.ts";
import { openPostgres } from "../../../src/platform/postgres.ts";
import { toPostgresFailure } from "../../../src/platform/postgres-faults.ts";
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

  it("works where server or role set isolation, timeouts and styles for others, and gives way to who cancels it", async () => {
    const url = makeUrl();
    const owner = await openPostgres(url, itemMigrations, nowIso);
    await owner.run("CREATE ROLE strict LOGIN SUPERUSER PASSWORD 'strict'");
    const settings = {
      default_transaction_isolation: "serializable",
      statement_timeout: "40ms",
      extra_float_digits: "-3",
      bytea_output: "escape",
      standard_conforming_strings: "off",
    };
    for (const [name, value] of Object.entries(settings)) await owner.run(`ALTER ROLE strict SET ${name} = '${value}'`);
    const open = () => openPostgres(url.replace(/\/\/.*@/, "//strict:strict@"), itemMigrations, nowIso);
    const [first, second] = [await open(), await open()];
    await first.run(
      "INSERT INTO item (id, label, count, rate, content) VALUES ('n', 'a\\b', 0, ?, ?)",
      1 / 3,
      Buffer.from("é\\"),
    );
    const add = (database: typeof first, meanwhile: () => void) =>
      database.transaction(
        async (tx) => {
          meanwhile();
          await tx.get("SELECT CAST(pg_sleep(0.06) AS TEXT) AS slept");
          await tx.run("UPDATE item SET count = count + 1 WHERE id = 'n'");
        },
        { queue: "imports" },
      );
    let after: Promise<unknown> = Promise.resolve();
    await add(first, () => {
      after = add(second, () => undefined);
    });
    await after;
    expect(await second.get("SELECT label, count, rate, content FROM item")).toEqual({
      label: "a\\b",
      count: 2,
      rate: 1 / 3,
      content: Buffer.from("é\\"),
    });
    // Who falls asleep between two statements is given up after five minutes; a line that is dead, after one.
    const held = "SELECT name, setting FROM pg_settings WHERE name LIKE 'tcp_keepalives%' OR name LIKE 'idle_in%' ORDER BY name";
    expect(await second.all(held)).toEqual([
      { name: "idle_in_transaction_session_timeout", setting: "300000" },
      { name: "tcp_keepalives_count", setting: "3" },
      { name: "tcp_keepalives_idle", setting: "30" },
      { name: "tcp_keepalives_interval", setting: "10" },
    ]);
    const { pid } = (await second.get<{ pid: number }>("SELECT pg_backend_pid() AS pid")) as { pid: number };
    const sleep = second.get("SELECT CAST(pg_sleep(20) AS TEXT) AS slept").catch((error: unknown) => error);
    while (!(await first.get("SELECT 1 AS one FROM pg_stat_activity WHERE pid = ? AND wait_event = 'PgSleep'", pid)));
    await first.get("SELECT pg_cancel_backend(CAST(? AS INT)) AS done", pid);
    expect(await sleep).toMatchObject({ kind: "unavailable", message: expect.stringContaining("cut this short") });
    await Promise.all([owner, first, second].map((database) => database.close()));
  });

  it("tells who may not make the tables of a newer version what to do, and what else a role may not", async () => {
    const url = makeUrl();
    const schema = new URL(url).searchParams.get("schema");
    const owner = await openPostgres(url, itemMigrations, nowIso);
    await owner.run("CREATE ROLE guest LOGIN PASSWORD 'guest'");
    await owner.run(`GRANT USAGE ON SCHEMA ${schema} TO guest`);
    await owner.run(`GRANT SELECT ON migration TO guest`);
    const guestUrl = url.replace(/\/\/.*@/, "//guest:guest@");
    const guest = await openPostgres(guestUrl, itemMigrations, nowIso);
    expect(await guest.all("SELECT id FROM item").catch((error: unknown) => error)).toMatchObject({
      kind: "denied",
      message: expect.stringContaining("(permission denied for table item)"),
    });
    const newer = [...itemMigrations, { name: "contract/9999-newer", statements: () => ["CREATE TABLE newer (id INTEGER)"] }];
    expect(await openPostgres(guestUrl, newer, nowIso).catch((error: unknown) => error)).toMatchObject({
      kind: "denied",
      message: expect.stringContaining("has not the tables of this version"),
    });
    await Promise.all([owner.close(), guest.close()]);
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
    "postgresql://a:secret-100%@b/c",
  ])("refuses %s without repeating a secret", async (url) => {
    const failure = await readPostgresUrl(url).catch((error: unknown) => error);
    expect(failure).toMatchObject({ kind: "invalid" });
    expect(String(failure)).not.toContain("secret");
  });
});

describe("what the server refuses", () => {
  it.each([
    ["28P01", 'password authentication failed for user "lan"', "refuses the sign-in"],
    ["28000", 'no pg_hba.conf entry for host "10.0.0.7", user "lan", database "hue", no encryption', "sslmode=verify-full"],
    ["28000", "pg_hba.conf từ chối kết nối", "its operator"],
    ["25006", "cannot execute INSERT in a read-only transaction", "--no-store"],
    ["57P05", "terminating connection due to idle-session timeout", "the connection broke"],
  ])("%s %s", (code, message, said) => {
    const failure = toPostgresFailure(Object.assign(new Error(message), { code }), "PostgreSQL here") as Failure;
    expect(`${failure.message} ${failure.hint?.en}`).toContain(said);
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
