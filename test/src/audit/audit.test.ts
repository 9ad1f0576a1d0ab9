import { join } from "node:path";
import Engine from "better-sqlite3";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type AuditRecord, chainStart, findChainBreak, hashRecord } from "../../../src/audit/audit-log.ts";
import { type AuditLog, createAuditLog } from "../../../src/audit/audit-store.ts";
import { auditMigrations } from "../../../src/audit/migrations.ts";
import type { Database } from "../../../src/platform/database.ts";
import { openSqlite } from "../../../src/platform/sqlite.ts";
import { makeTestFolder } from "../../support/run-wardctl.ts";

const nowIso = (): string => "2025-07-03T10:00:00+07:00";
const entry = (subject: string) => ({
  actor: "Nguyễn Văn A",
  action: "provision.create",
  subject,
  detail: { system: "documents", count: 1 },
});

describe("the audit log", () => {
  let file: string;
  let database: Database;
  let log: AuditLog;

  beforeEach(async () => {
    file = join(await makeTestFolder(), "cache.db");
    database = await openSqlite(file, auditMigrations, nowIso);
    log = createAuditLog(database, nowIso);
  });
  afterEach(() => database.close());

  /** Someone with the file and without scruples: takes the guards off and changes what they like. */
  function tamper(sql: string): void {
    const raw = new Engine(file);
    raw.exec(`DROP TRIGGER audit_no_update; DROP TRIGGER audit_no_delete; ${sql}`);
    raw.close();
  }

  it("chains each record to the one before it", async () => {
    const first = await log.append(entry("a"));
    const second = await log.append(entry("b"));
    expect([first.seq, first.prev, first.at]).toEqual([1, chainStart, nowIso()]);
    expect([second.seq, second.prev]).toEqual([2, first.hash]);
    expect(second.hash).toBe(await hashRecord(second));
    expect(await log.list()).toEqual([first, second]);
    expect(await log.findHead()).toEqual(second);
    expect(await findChainBreak(log.readAll())).toBeUndefined();
  });

  it("holds with nothing in it", async () => {
    expect(await findChainBreak(log.readAll())).toBeUndefined();
    expect(await log.findHead()).toBeUndefined();
  });

  it("reads a long log whole, in order", async () => {
    await database.transaction(async (tx) => {
      for (let i = 0; i < 2_000; i++) await log.append(entry(String(i)), tx);
    });
    const seqs: number[] = [];
    for await (const record of log.readAll()) seqs.push(record.seq);
    expect(seqs).toEqual(Array.from({ length: 2_000 }, (_, i) => i + 1));
    expect(await findChainBreak(log.readAll())).toBeUndefined();
  });

  it.each([
    ["at", "at = '2025-07-03T10:00:01+07:00'", "hash"],
    ["actor", "actor = 'Trần B'", "hash"],
    ["action", "action = 'provision.none'", "hash"],
    ["subject", "subject = 'c'", "hash"],
    ["detail", `detail = '{"system":"documents","count":2}'`, "hash"],
    ["detail that is no JSON any more", "detail = '{'", "hash"],
    ["hash", "hash = '00'", "hash"],
    ["prev", "prev = '00'", "prev"],
    ["seq", "seq = 9", "order"],
  ])("gives away a record whose %s was altered", async (_field, change, kind) => {
    for (const subject of ["a", "b", "c"]) await log.append(entry(subject));
    tamper(`UPDATE audit SET ${change} WHERE seq = 2`);
    expect(await findChainBreak(log.readAll())).toEqual({ seq: 2, kind });
  });

  it("gives away a record that was taken out, and one that was put in with a right hash", async () => {
    for (const subject of ["a", "b", "c"]) await log.append(entry(subject));
    tamper("DELETE FROM audit WHERE seq = 2");
    expect(await findChainBreak(log.readAll())).toEqual({ seq: 2, kind: "order" });
    const forged = { ...entry("x"), seq: 2, at: nowIso(), prev: chainStart };
    const rows = await log.list();
    const chain = [rows[0], { ...forged, hash: await hashRecord(forged) }, rows[1]] as AuditRecord[];
    expect(await findChainBreak(chain)).toEqual({ seq: 2, kind: "prev" });
  });

  it("lets nobody alter or delete through the store", async () => {
    await log.append(entry("a"));
    await expect(database.run("UPDATE audit SET actor = 'nobody'")).rejects.toThrow("insert-only");
    await expect(database.run("DELETE FROM audit")).rejects.toThrow("insert-only");
    await expect(database.run("INSERT OR REPLACE INTO audit SELECT * FROM audit")).rejects.toThrow("insert-only");
    expect(await findChainBreak(log.readAll())).toBeUndefined();
  });

  it("stands or falls with the change it records", async () => {
    const change = database.transaction(async (tx) => {
      await log.append(entry("a"), tx);
      throw new Error("the change failed");
    });
    await expect(change).rejects.toThrow("the change failed");
    expect(await log.list()).toEqual([]);
  });

  it("keeps one chain when many append at once, from two connections", async () => {
    const other = await openSqlite(file, auditMigrations, nowIso);
    const logs = [log, createAuditLog(other, nowIso)];
    await Promise.all(Array.from({ length: 60 }, (_, i) => logs[i % 2]!.append(entry(String(i)))));
    expect((await log.list()).length).toBe(60);
    expect(await findChainBreak(log.readAll())).toBeUndefined();
    await other.close();
  });

  it("lists the newest by number and by kind of action", async () => {
    await log.append({ ...entry("a"), action: "delegate.grant" });
    for (const subject of ["b", "c", "d"]) await log.append(entry(subject));
    const subjects = async (filter: Parameters<AuditLog["list"]>[0]) => (await log.list(filter)).map((record) => record.subject);
    expect(await subjects({ limit: 2 })).toEqual(["c", "d"]);
    expect(await subjects({ actionPrefix: "delegate" })).toEqual(["a"]);
    expect(await subjects({ fromSeq: 3 })).toEqual(["c", "d"]);
  });
});
