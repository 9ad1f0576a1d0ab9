import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Database, LoadedRows, Migration, SqlValue } from "../../src/platform/database.ts";
import { readDatabaseMark } from "../../src/platform/database-mark.ts";
import { Failure } from "../../src/platform/failure.ts";
import { itemMigrations } from "./database.contract-tables.ts";

/** What an engine gives to be held to the contract of src/platform/database.ts. */
export interface EngineUnderTest {
  readonly name: string;
  /** The module and the function that opens it, for child processes. */
  readonly module: string;
  readonly exportName: string;
  open(location: string, migrations: readonly Migration[], nowIso: () => string): Promise<Database>;
  /** A store that nobody has opened yet: a file, a schema. */
  makeLocation(): Promise<string>;
  /** Makes the store unable to grow from here on, as a full disk does. */
  stopGrowth(database: Database): Promise<void>;
}

const nowIso = (): string => "2025-07-01T00:00:00+07:00";
const insert = "INSERT INTO item (id, label) VALUES (?, ?)";

function toLoad(table: string, columns: readonly string[], rows: readonly (readonly SqlValue[])[]): LoadedRows {
  const toValues = (at: number): readonly SqlValue[] => rows.map((row) => row[at] as SqlValue);
  return { table, columns: columns.map((name, at) => ({ name, values: toValues(at) })), rows: rows.length };
}

export function describeDatabase(engine: EngineUnderTest): void {
  describe(`the store on ${engine.name}`, () => {
    let location: string;
    let database: Database;
    const count = async (where = "1 = 1"): Promise<number> =>
      Number((await database.get<{ n: number }>(`SELECT count(*) AS n FROM item WHERE ${where}`))?.n);

    beforeEach(async () => {
      location = await engine.makeLocation();
      database = await engine.open(location, itemMigrations, nowIso);
    });
    afterEach(() => database.close());

    it("takes parameters by position and gives every type back unchanged", async () => {
      const nfc = "Hòa Bình".normalize("NFC");
      const nfd = nfc.normalize("NFD");
      const content = new Uint8Array([0, 255, 10, 13, 39]);
      const put = "INSERT INTO item (id, label, count, rate, content) VALUES (?, ?, ?, ?, ?)";
      expect(await database.run(put, "a", nfc, Number.MAX_SAFE_INTEGER, 29.77, content)).toBe(1);
      await database.run(put, "b", nfd, Number.MIN_SAFE_INTEGER, -0.5, null);
      await database.run(put, "c", "'; DROP TABLE item; --?", 0, null, new Uint8Array());
      const [a, b, c] = await database.all<{ label: string; count: number; rate: number; content: Uint8Array | null }>(
        "SELECT label, count, rate, content FROM item ORDER BY id",
      );
      expect({ ...a, content: [...(a?.content ?? [])] }).toEqual({
        label: nfc,
        count: Number.MAX_SAFE_INTEGER,
        rate: 29.77,
        content: [...content],
      });
      expect(b).toEqual({ label: nfd, count: Number.MIN_SAFE_INTEGER, rate: -0.5, content: null });
      expect(b?.label).not.toBe(a?.label);
      expect([c?.label, c?.rate, c?.content?.length]).toEqual(["'; DROP TABLE item; --?", null, 0]);
    });

    it("answers undefined for no row and counts the rows it changed", async () => {
      expect(await database.get("SELECT id FROM item")).toBeUndefined();
      expect(
        await database.runMany(insert, [
          ["a", "x"],
          ["b", "x"],
          ["c", "y"],
        ]),
      ).toBe(3);
      expect(await database.run("UPDATE item SET label = ? WHERE label = ?", "z", "x")).toBe(2);
      expect(await database.run("DELETE FROM item WHERE id = ?", "none")).toBe(0);
    });

    it("sees columns that were added after a statement was first used", async () => {
      await database.run(insert, "a", "x");
      await database.all("SELECT * FROM item");
      await database.run("ALTER TABLE item ADD COLUMN note TEXT");
      expect(await database.get("SELECT * FROM item")).toMatchObject({ id: "a", note: null });
    });

    it("refuses what the tables refuse", async () => {
      await expect(database.run("INSERT INTO part (item, state) VALUES (?, ?)", "nobody", "new")).rejects.toThrow();
      await database.run(insert, "a", "x");
      await expect(database.run("INSERT INTO part (item, state) VALUES (?, ?)", "a", "odd")).rejects.toThrow();
      await expect(database.run(insert, "a", "twice")).rejects.toThrow();
      await expect(database.run("INSERT INTO item (id, count) VALUES (?, ?)", "b", "no number")).rejects.toThrow();
      expect(await count()).toBe(1);
    });

    it("keeps nothing of a transaction that throws", async () => {
      const work = database.transaction(async (tx) => {
        await tx.run(insert, "a", "x");
        expect(await tx.get("SELECT id FROM item")).toEqual({ id: "a" });
        throw new Error("stop");
      });
      await expect(work).rejects.toThrow("stop");
      expect(await count()).toBe(0);
    });

    it("loads many rows at once, whatever stands in their cells", async () => {
      const texts = ["plain", "", "a\tb", "a\nb\r\n", "\\N", "\\", "\\.", 'say "hi"', "Hòa Bình", "'; DROP TABLE item; --"];
      const columns = ["id", "label", "count", "rate", "content"];
      const rows = Array.from({ length: 1_003 }, (_, n) => [
        `row-${String(n).padStart(4, "0")}`,
        n % 11 === 10 ? null : (texts[n % 11] as string),
        n === 0 ? Number.MAX_SAFE_INTEGER : n === 1 ? Number.MIN_SAFE_INTEGER : n % 7 === 0 ? null : n,
        n % 5 === 0 ? null : n / 8,
        n % 3 === 0 ? null : new Uint8Array([n % 256, 0, 92, 10]),
      ]);
      await database.transaction((tx) => tx.load(toLoad("item", columns, rows)));
      const stored = await database.all<Record<string, unknown>>("SELECT id, label, count, rate, content FROM item ORDER BY id");
      const plain = (value: unknown): unknown => (value instanceof Uint8Array ? [...value] : value);
      expect(stored.map((row) => columns.map((column) => plain(row[column])))).toEqual(rows.map((row) => row.map(plain)));
      await database.transaction((tx) => tx.load(toLoad("item", columns, [])));
      expect(await count()).toBe(1_003);
    });

    it("loads columns that hold the same in every row, or nothing else", async () => {
      const columns = ["id", "label", "count", "rate", "content"];
      const load = (rows: readonly SqlValue[][]): Promise<void> =>
        database.transaction((tx) => tx.load(toLoad("item", columns, rows)));
      await load(Array.from({ length: 900 }, (_, n) => [`a-${n}`, "same", -7, 0.5, null]));
      await load(Array.from({ length: 900 }, (_, n) => [`b-${n}`, null, Number.MAX_SAFE_INTEGER, 2, new Uint8Array([1])]));
      expect(await count("label = 'same' AND count = -7 AND rate = 0.5 AND content IS NULL")).toBe(900);
      expect(await count(`label IS NULL AND count = ${Number.MAX_SAFE_INTEGER} AND rate = 2`)).toBe(900);
      const lines = toLoad(
        "ledger",
        ["line"],
        Array.from({ length: 700 }, () => ["one"]),
      );
      await database.transaction((tx) => tx.load(lines));
      expect(await database.get("SELECT count(*) AS n, MIN(line) AS line FROM ledger")).toEqual({ n: 700, line: "one" });
    });

    it("loads chosen rows of columns of numbers, in the order told, NaN as NULL", async () => {
      const size = 2_000;
      const rate = Float64Array.from({ length: size }, (_, n) => (n % 3 === 0 ? Number.NaN : n / 4));
      const label = Int32Array.from({ length: size }, (_, n) => n);
      const chosen = Uint32Array.from({ length: size / 2 }, (_, n) => size - 1 - 2 * n);
      const columns = [
        { name: "id", values: [...label].map((n) => `n-${n}`) },
        { name: "count", values: label },
        { name: "rate", values: rate },
        { name: "label", values: null },
      ];
      await database.transaction((tx) => tx.load({ table: "item", columns, rows: chosen }));
      const rows = await database.all<{ id: string; count: number; rate: number | null }>(
        "SELECT id, count, rate FROM item ORDER BY count",
      );
      expect(rows).toEqual(
        [...label].filter((n) => n % 2 === 1).map((n) => ({ id: `n-${n}`, count: n, rate: n % 3 === 0 ? null : n / 4 })),
      );
      const alike = [
        { name: "id", values: [...label].map((n) => `m-${n}`) },
        { name: "count", values: 5 },
        { name: "rate", values: new Float64Array(size).fill(Number.NaN) },
      ];
      await database.transaction((tx) => tx.load({ table: "item", columns: alike, rows: size }));
      expect(await count("count = 5 AND rate IS NULL AND label IS NULL AND id LIKE 'm-%'")).toBe(size);
    });

    it("loads small and large whole numbers side by side, and merges them", async () => {
      const size = 1_300;
      const pick = <T>(values: readonly T[], n: number): T => values[n % values.length] as T;
      const id = Float64Array.from({ length: size }, (_, n) => n * 2 ** 40 + 1);
      const a = Uint8Array.from({ length: size }, (_, n) => n % 256);
      const b = Int32Array.from({ length: size }, (_, n) => pick([0, 1, 2 ** 31 - 1, 77], n));
      const c = Int32Array.from({ length: size }, (_, n) => pick([0, 3, 5], n));
      const d = Int32Array.from({ length: size }, (_, n) => pick([-(2 ** 31), -1, 0, 9], n));
      const e = Int32Array.from({ length: size }, (_, n) => pick([1_048_575, 0, 12], n));
      const columns = Object.entries({ a, id, b, c, d, e }).map(([name, values]) => ({ name, values }));
      // Backwards, and the last hundred are not among them.
      const rows = Uint32Array.from({ length: size - 100 }, (_, n) => size - 101 - n);
      await database.transaction((tx) => tx.load({ table: "number", columns, rows }));
      const merge = "ON CONFLICT (id) DO UPDATE SET a = number.a + excluded.a, e = excluded.e + 1";
      await database.transaction((tx) => tx.load({ table: "number", columns, rows: size, merge }));
      const stored = await database.all<Record<string, number>>("SELECT id, a, b, c, d, e FROM number ORDER BY id");
      const expected = Array.from({ length: size }, (_, n) => {
        const twice = n < size - 100;
        return {
          id: id[n],
          a: (a[n] as number) * (twice ? 2 : 1),
          b: b[n],
          c: c[n],
          d: d[n],
          e: (e[n] as number) + (twice ? 1 : 0),
        };
      });
      expect(stored).toEqual(expected);
    });

    it("merges loaded rows with those that are there, load after load", async () => {
      const load = (from: number, to: number): Promise<void> =>
        database.transaction(async (tx) => {
          for (const shift of [0, 1_000]) {
            const rows = Array.from({ length: to - from }, (_, n) => [`row-${shift + from + n}`, 1]);
            const merge = "ON CONFLICT (id) DO UPDATE SET count = item.count + excluded.count";
            await tx.load({ ...toLoad("item", ["id", "count"], rows), merge });
          }
        });
      await load(0, 60);
      await load(30, 90);
      expect([await count("count = 1"), await count("count = 2"), await count()]).toEqual([120, 60, 180]);
    });

    it("keeps nothing of a transaction whose load is refused, and goes on", async () => {
      const columns = ["id", "label"];
      const refused = database.transaction(async (tx) => {
        await tx.run(insert, "first", "x");
        await tx.load(
          toLoad("item", columns, [
            ["a", "x"],
            ["b", "x"],
            ["a", "again"],
          ]),
        );
      });
      await expect(refused).rejects.toThrow();
      expect(await count()).toBe(0);
      await database.transaction((tx) => tx.load(toLoad("item", columns, [["a", "x"]])));
      expect(await count()).toBe(1);
    });

    it("keeps nothing of a runMany whose last row is refused", async () => {
      await expect(
        database.runMany(insert, [
          ["a", "x"],
          ["b", "x"],
          ["a", "again"],
        ]),
      ).rejects.toThrow();
      expect(await count()).toBe(0);
      await expect(
        database.runMany(
          insert,
          (function* () {
            yield ["a", "x"];
            throw new Error("source broke");
          })(),
        ),
      ).rejects.toThrow("source broke");
      expect(await count()).toBe(0);
    });

    it("lets other statements wait until an open transaction ends", async () => {
      let release: () => void = () => undefined;
      const held = new Promise<void>((resolve) => {
        release = resolve;
      });
      const order: string[] = [];
      const first = database.transaction(async (tx) => {
        await tx.run(insert, "a", "x");
        await held;
        await tx.run(insert, "b", "x");
        order.push("transaction");
        throw new Error("rolled back");
      });
      const second = database.run(insert, "c", "outside").then(() => order.push("outside"));
      const third = database.transaction(async (tx) => {
        order.push(`sees ${(await tx.get<{ n: number }>("SELECT count(*) AS n FROM item"))?.n}`);
      });
      release();
      await Promise.all([expect(first).rejects.toThrow("rolled back"), second, third]);
      expect(order).toEqual(["transaction", "outside", "sees 1"]);
      expect(await count("id = 'c'")).toBe(1);
    });

    it("tells work inside a transaction that it asked the database instead of its handle, and never hangs", async () => {
      const nested = database.transaction(() => database.transaction(async () => 1));
      await expect(nested).rejects.toThrow("only the handle");
      await expect(database.transaction(() => database.run(insert, "a", "x"))).rejects.toThrow("only the handle");
      expect(await count()).toBe(0);
    });

    it("refuses the handle of a transaction that has ended", async () => {
      const leaked = await database.transaction(async (tx) => ({ tx }));
      await expect(leaked.tx.run(insert, "a", "x")).rejects.toThrow("has ended");
    });

    it("streams rows in their order, in batches, and inside a transaction only", async () => {
      const rows = Array.from({ length: 2_345 }, (_, at) => [String(at).padStart(5, "0"), "x"]);
      await database.runMany(insert, rows);
      const batches: (readonly { id: string }[])[] = [];
      await database.transaction(
        async (tx) => {
          for await (const batch of tx.stream<{ id: string }>("SELECT id FROM item WHERE label = ? ORDER BY id", "x"))
            batches.push(batch);
        },
        { snapshot: true },
      );
      expect(batches.length).toBeGreaterThan(1);
      expect(batches.flat().map(({ id }) => id)).toEqual(rows.map(([id]) => id));
    });

    it("reads one state in a snapshot while another process writes", async () => {
      await database.run(insert, "a", "x");
      const other = await engine.open(location, itemMigrations, nowIso);
      const seen = await database.transaction(
        async (tx) => {
          const before = await tx.all("SELECT id FROM item");
          await other.run(insert, "b", "x");
          return [before, await tx.all("SELECT id FROM item")];
        },
        { snapshot: true },
      );
      expect(seen).toEqual([[{ id: "a" }], [{ id: "a" }]]);
      expect(await count()).toBe(2);
      await other.close();
    });

    it.each(["normal", "full"] as const)("commits with durability %s", async (durability) => {
      expect(await database.transaction((tx) => tx.run(insert, "a", "x"), { durability })).toBe(1);
      expect(await count()).toBe(1);
    });

    it("has a mark that stays while nobody writes and is another one after each commit of somebody else", async () => {
      const other = await engine.open(location, itemMigrations, nowIso);
      try {
        const marks = [await readDatabaseMark(database)];
        await other.all("SELECT id FROM item");
        expect(await readDatabaseMark(database)).toBe(marks[0]);
        for (const id of ["a", "b", "c"]) {
          await other.run(insert, id, "x");
          marks.push(await readDatabaseMark(database));
        }
        expect(new Set(marks).size).toBe(4);
      } finally {
        await other.close();
      }
    });

    it("runs each migration once, with its record, and again without effect", async () => {
      const names = async () =>
        (await database.all<{ name: string }>("SELECT name FROM migration ORDER BY name")).map((row) => row.name);
      expect(await names()).toEqual(itemMigrations.map(({ name }) => name));
      await database.run(insert, "a", "x");
      await database.close();
      database = await engine.open(location, itemMigrations, nowIso);
      expect(await names()).toEqual(itemMigrations.map(({ name }) => name));
      expect(await count()).toBe(1);
    });

    it("keeps neither tables nor record of a migration that breaks in the middle", async () => {
      const broken: Migration = {
        name: "contract/0003-broken",
        statements: () => ["CREATE TABLE half (a TEXT)", "CREATE TABLE ("],
      };
      await database.close();
      await expect(engine.open(location, [...itemMigrations, broken], nowIso)).rejects.toThrow();
      const mended: Migration = { ...broken, statements: (c) => [`CREATE TABLE half (a ${c.text}) ${c.strict}`] };
      database = await engine.open(location, [...itemMigrations, mended], nowIso);
      expect(await database.all("SELECT a FROM half")).toEqual([]);
    });

    it("refuses a store with migrations of a newer version and leaves it alone", async () => {
      await database.close();
      await expect(engine.open(location, itemMigrations.slice(0, 1), nowIso)).rejects.toMatchObject({ kind: "unsafe" });
      database = await engine.open(location, itemMigrations, nowIso);
      expect(await count()).toBe(0);
    });

    it("lets nobody alter or delete in an insert-only table", async () => {
      await database.run("INSERT INTO ledger (line) VALUES (?)", "said");
      await expect(database.run("UPDATE ledger SET line = ?", "unsaid")).rejects.toThrow("insert-only");
      await expect(database.run("DELETE FROM ledger")).rejects.toThrow("insert-only");
      expect(await database.all("SELECT line FROM ledger")).toEqual([{ line: "said" }]);
    });

    it("lets two processes write at once, each waiting for the other", async () => {
      const writers = [startChild("write", 150), startChild("write", 150)];
      let running = true;
      const ends = Promise.all(writers.map((child) => child.ended)).finally(() => {
        running = false;
      });
      let own = 0;
      while (running) await database.run(insert, `own-${own++}`, "own").then(() => new Promise(setImmediate));
      expect(await ends).toEqual([
        { code: 0, stderr: "" },
        { code: 0, stderr: "" },
      ]);
      expect([await count("label = 'write'"), await count("label = 'own'")]).toEqual([300, own]);
    });

    it("is made once when several processes open it first at the same time", async () => {
      const fresh = await engine.makeLocation();
      const children = Array.from({ length: 3 }, () => startChild("write", 5, fresh));
      expect(await Promise.all(children.map((child) => child.ended))).toEqual(children.map(() => ({ code: 0, stderr: "" })));
      const opened = await engine.open(fresh, itemMigrations, nowIso);
      expect(await opened.get("SELECT count(*) AS n FROM item")).toEqual({ n: 15 });
      await opened.close();
    });

    it("after kill -9 in the middle of a transaction has all that was committed and nothing else", async () => {
      const child = startChild("stuck", 50);
      for await (const line of createInterface(child.process.stdout)) if (line === "in the middle") break;
      child.process.kill("SIGKILL");
      await child.ended;
      expect(await count("label = 'stuck'")).toBe(50);
      expect(await count()).toBe(50);
      await database.close();
      database = await engine.open(location, itemMigrations, nowIso);
      expect(await count()).toBe(50);
      expect(await database.run(insert, "after", "x")).toBe(1);
    });

    it("calls a full disk unavailable, and keeps what was committed", async () => {
      await database.run(insert, "before", "x");
      await engine.stopGrowth(database);
      const fill = database.transaction(async (tx) => {
        for (let i = 0; i < 800; i++) await tx.run(insert, `fill-${i}`, randomBytes(1_000).toString("hex"));
      });
      const failure = await fill.catch((error: unknown) => error);
      expect(failure).toBeInstanceOf(Failure);
      expect(failure).toMatchObject({
        kind: "unavailable",
        hint: { vi: expect.stringContaining("ổ đĩa"), en: expect.stringContaining("space") },
      });
      expect(await database.all("SELECT id FROM item")).toEqual([{ id: "before" }]);
    });

    function startChild(mode: string, rows: number, at = location) {
      const script = fileURLToPath(new URL("./database-child.ts", import.meta.url));
      const words = [script, engine.module, engine.exportName, at, mode, String(rows)];
      const child = spawn(process.execPath, words, { stdio: ["ignore", "pipe", "pipe"] });
      let stderr = "";
      child.stderr.on("data", (part: Buffer) => {
        stderr += part;
      });
      return { process: child, ended: once(child, "exit").then(([code]) => ({ code: code as number | null, stderr })) };
    }
  });
}
