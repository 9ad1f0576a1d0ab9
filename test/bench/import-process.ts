import { createReadStream } from "node:fs";
import { join } from "node:path";
import { openPostgres } from "../../src/platform/postgres.ts";
import { openSqlite } from "../../src/platform/sqlite.ts";
import { vietnamZone } from "../../src/platform/time.ts";
import { ensureSource } from "../../src/records/batch-store.ts";
import { readCodes } from "../../src/records/code-store.ts";
import { createRowReader } from "../../src/records/dossier-row.ts";
import { createDossierStore } from "../../src/records/dossier-store.ts";
import { importFile } from "../../src/records/import-file.ts";
import { createPlainReader } from "../../src/records/plain-rows.ts";
import { createRowBatch } from "../../src/records/row-batch.ts";
import { sortOrder } from "../../src/records/sort-order.ts";
import { readCsvSlabs, toCsvLine } from "../../src/records/sources/csv.ts";
import { allMigrations } from "../../src/workspace/migrations.ts";
import { directory, dueRules, now, source } from "./import-data.ts";

/**
 * One arm in a process of its own: `import` (into a store that may hold the file already), `upsert` (ours without history and ledger), `objects`
 * (csv-parse and a row at a time, the rival), `duckdb`, `copy` (bare COPY and SQL, the rival on PostgreSQL). The store is a folder or an address.
 */
const [arm = "", file = "", store = ""] = process.argv.slice(2);
const nowIso = (): string => "2030-01-01T00:00:00+07:00";
const isPostgres = store.startsWith("postgresql:");
const names = ["code", "unit", "proc", "channel", "received", "due", "finished", "status", "updated"];

const arms: Readonly<Record<string, () => Promise<unknown>>> = {
  import: async () => {
    const database = isPostgres
      ? await openPostgres(store, allMigrations, nowIso)
      : await openSqlite(join(store, "cache.db"), allMigrations, nowIso);
    const receipt = await importFile({
      database,
      source,
      path: file,
      file: "export.csv",
      directory,
      zone: vietnamZone,
      now: () => now,
      lang: "en",
      skipInvalid: false,
      force: true,
      exportedAt: undefined,
      dueRules,
      signal: new AbortController().signal,
    });
    const spent = measure();
    const [points] = await database.all<{ n: number }>("SELECT COUNT(*) AS n FROM point WHERE seq = ?", receipt.seq);
    await database.close();
    return { ...spent, rows: receipt.rows, points: points?.n };
  },
  upsert: async () => {
    const database = await openSqlite(join(store, "upsert.db"), allMigrations, nowIso);
    const { profile } = source;
    await database.transaction(async (tx) => {
      const codes = await readCodes(tx);
      const stored = await ensureSource(tx, source.name);
      const dossiers = createDossierStore(tx, codes);
      const batch = createRowBatch(50_000);
      const read = createRowReader({ source, directory, zone: vietnamZone, exported: undefined });
      const save = async (): Promise<void> => {
        await dossiers.addNew(batch, sortOrder(batch.id, batch.size), stored.id, 1);
        batch.size = 0;
      };
      let plain: ReturnType<typeof createPlainReader> | undefined;
      const columns = profile.columns as Record<keyof typeof profile.columns, string>;
      for await (const rows of readCsvSlabs({ path: file, file, profile, columns, onBytes: () => undefined })) {
        const { slab, from, places, width } = rows;
        plain ??= createPlainReader({ batch, codes, profile, zone: vietnamZone, exported: undefined, places, width });
        for (let n = from; n < slab.size; n++) {
          if (!plain.take(slab, n)) {
            const item = toCsvLine(rows, n);
            const row = "texts" in item ? read(item.texts) : [];
            if (!("code" in row)) throw new Error(`line ${item.line} is faulty`);
            plain.learn(slab, n, row);
          }
          if (batch.size === 50_000) await save();
        }
      }
      await save();
      await codes.save(tx);
    });
    const [counted] = await database.all<{ n: number }>("SELECT COUNT(*) AS n FROM dossier");
    await database.close();
    return { rows: counted?.n };
  },
  objects: async () => {
    const { default: Engine } = await import("better-sqlite3");
    const { parse } = await import("csv-parse");
    const database = new Engine(join(store, "objects.db"));
    database.pragma("journal_mode = WAL");
    database.pragma("synchronous = NORMAL");
    database.exec(`CREATE TABLE d (code TEXT PRIMARY KEY, ${names.slice(1).join(" TEXT, ")} TEXT)`);
    const set = names.slice(1).map((name) => `${name} = excluded.${name}`);
    const upsert = database.prepare(
      `INSERT INTO d VALUES (${names.map((name) => `@${name}`).join(", ")}) ON CONFLICT (code) DO UPDATE SET ${set.join(", ")}`,
    );
    database.exec("BEGIN");
    const parser = createReadStream(file).pipe(parse({ columns: names, from_line: 2 }));
    let rows = 0;
    for await (const row of parser) rows += upsert.run(row).changes;
    database.exec("COMMIT");
    database.close();
    return { rows };
  },
  duckdb: async () => {
    const { DuckDBInstance } = await import("@duckdb/node-api" as string);
    const instance = await DuckDBInstance.create(join(store, "duck.db"));
    const connection = await instance.connect();
    await connection.run(`CREATE TABLE d (code TEXT PRIMARY KEY, ${names.slice(1).join(" TEXT, ")} TEXT)`);
    await connection.run(`INSERT INTO d SELECT * FROM read_csv('${file}', header = true, all_varchar = true)`);
    const [[rows]] = await (await connection.runAndReadAll("SELECT COUNT(*)::INTEGER FROM d")).getRows();
    connection.closeSync();
    instance.closeSync();
    return { rows };
  },
  copy: async () => {
    const { default: driver } = await import("pg");
    const { from } = await import("pg-copy-streams");
    const { pipeline } = await import("node:stream/promises");
    const address = new URL(store);
    const schema = address.searchParams.get("schema");
    address.search = "";
    const client = new driver.Client({ connectionString: address.href });
    await client.connect();
    const at = (name: string): string => `to_timestamp(NULLIF(${name}, ''), 'DD/MM/YYYY HH24:MI:SS')`;
    await client.query(`CREATE SCHEMA ${schema}; SET search_path TO ${schema}; SET timezone TO 'Asia/Ho_Chi_Minh';
      CREATE UNLOGGED TABLE raw (${names.join(" TEXT, ")} TEXT);
      CREATE TABLE d (code TEXT COLLATE "C" PRIMARY KEY, unit TEXT, proc TEXT, channel TEXT, received TIMESTAMPTZ, due TIMESTAMPTZ,
        finished TIMESTAMPTZ, status TEXT, updated TIMESTAMPTZ)`);
    await client.query("BEGIN");
    await pipeline(createReadStream(file), client.query(from("COPY raw FROM STDIN (FORMAT csv, HEADER)")));
    const merged =
      await client.query(`INSERT INTO d SELECT code, unit, proc, channel, ${at("received")}, ${at("due")}, ${at("finished")},
      status, ${at("updated")} FROM raw ON CONFLICT (code) DO UPDATE SET unit = excluded.unit, proc = excluded.proc,
      channel = excluded.channel, received = excluded.received, due = excluded.due, finished = excluded.finished,
      status = excluded.status, updated = excluded.updated WHERE d.updated < excluded.updated`);
    await client.query("COMMIT");
    await client.end();
    return { rows: merged.rowCount };
  },
};

// Both from here: what it costs to load this script, types stripped, is the same for all arms and no part of any.
const start = performance.now();
const startCpu = process.cpuUsage();
/** Until now. */
function measure(): object {
  const { user, system } = process.cpuUsage(startCpu);
  return {
    wallMs: performance.now() - start,
    cpuMs: (user + system) / 1000,
    rssMb: process.resourceUsage().maxRSS / 1024,
  };
}
const result = (await arms[arm]?.()) as object;
process.stdout.write(JSON.stringify({ ...measure(), ...result }));
