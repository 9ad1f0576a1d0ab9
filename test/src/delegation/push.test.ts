import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { createAuditLog } from "../../../src/audit/audit-store.ts";
import { toDocumentsSettings } from "../../../src/city/documents-settings.ts";
import type { Carrier } from "../../../src/delegation/carrier.ts";
import { openCarrier } from "../../../src/delegation/carriers/index.ts";
import { createDesk, type Desk } from "../../../src/delegation/desk.ts";
import { applyPush, preparePush } from "../../../src/delegation/push.ts";
import { readBack } from "../../../src/delegation/read-back.ts";
import { delegationSettings } from "../../../src/delegation/settings.ts";
import { createPinnedClock } from "../../../src/platform/clock.ts";
import type { Database } from "../../../src/platform/database.ts";
import { createCountingIds } from "../../../src/platform/ids.ts";
import { openSqlite } from "../../../src/platform/sqlite.ts";
import { readInstant, toIso, vietnamZone } from "../../../src/platform/time.ts";
import { allMigrations } from "../../../src/workspace/migrations.ts";
import { type SigningCity, startSigningCity, tanBinh, viDa } from "../../support/signing-city.ts";

const now = readInstant("2025-07-03T10:00", vietnamZone)!;
const units = [tanBinh, viDa];
let world: SigningCity;
let database: Database;
let desk: Desk;
let carrier: Carrier;

beforeEach(async () => {
  world = await startSigningCity();
  for (const unit of units) world.city.faults.on("chief-cannot-sign", unit);
  await world.run("delegate grant --file grants.csv");
  const nowIso = (): string => toIso(now, vietnamZone);
  database = await openSqlite(join(world.cwd, ".wardctl", "cache.db"), allMigrations, nowIso);
  const documents = toDocumentsSettings(world.city.systemUrl("documents"), "env:T", "ca.pem");
  const settings = delegationSettings.parse({ systems: { documents } });
  desk = createDesk({
    database,
    audit: createAuditLog(database, nowIso),
    settings,
    zone: vietnamZone,
    clock: createPinnedClock(now),
    ids: createCountingIds("x"),
    actor: "tester",
  });
  const needs = { system: "documents", token: world.city.token, ca: world.city.ca, zone: vietnamZone };
  carrier = await openCarrier(settings.systems["documents"]!, needs);
});
afterEach(async () => {
  await carrier.close();
  await database.close();
  await world.city.stop();
});

const madeByUs = () => world.documents.rights.filter(({ key }) => key !== undefined).map(({ unit }) => unit);

it("stops between two writes, and the next push makes only what is left", async () => {
  const stop = new AbortController();
  const stopping: Carrier = {
    ...carrier,
    async createRight(right) {
      await carrier.createRight(right);
      stop.abort();
    },
  };
  const plan = await preparePush(desk, carrier, { units });
  expect(plan.create.map(({ unit }) => unit)).toEqual([viDa, tanBinh]);
  await expect(applyPush(desk, stopping, plan, { signal: stop.signal })).rejects.toMatchObject({
    kind: "cancelled",
    hint: { en: expect.stringContaining("1 of 2 writes were sent") },
  });
  expect(madeByUs()).toEqual([viDa]);

  const rest = await preparePush(desk, carrier, { units });
  expect(rest.create.map(({ unit }) => unit)).toEqual([tanBinh]);
  await applyPush(desk, carrier, rest);
  expect(madeByUs()).toEqual([viDa, tanBinh]);
});

it("makes nothing twice when the process died after the system took the write and before it said so", async () => {
  const plan = await preparePush(desk, carrier, { units });
  const dying: Carrier = {
    ...carrier,
    async createRight(right) {
      await carrier.createRight(right);
      throw new Error("killed");
    },
  };
  await expect(applyPush(desk, dying, plan)).rejects.toThrow("killed");
  // The same old plan once more, then a new one: the key is the same, so the system has one right.
  await applyPush(desk, carrier, plan);
  expect(madeByUs()).toEqual([viDa, tanBinh]);
  expect(await preparePush(desk, carrier, { units })).toMatchObject({ create: [], end: [], foreign: [], blocked: [] });
  // A write that may have happened always has its record.
  const records = await desk.audit.list({ actionPrefix: "delegate.push.create" });
  expect(records.map(({ subject }) => subject).slice(0, 1)).toEqual([plan.create[0]?.key]);
});

it("knows whose a right is where the system names accounts only", async () => {
  for (const unit of units) world.city.faults.off("chief-cannot-sign", unit);
  const whole = toDocumentsSettings(world.city.systemUrl("documents"), "env:T", "ca.pem");
  const { staffId: _, ...map } = whole.listGrants.map;
  const bare = delegationSettings.parse({ systems: { documents: { ...whole, listGrants: { ...whole.listGrants, map } } } });
  const needs = { system: "documents", token: world.city.token, ca: world.city.ca, zone: vietnamZone };
  const nameless = await openCarrier(bare.systems["documents"]!, needs);
  const listing = await nameless.listRights();
  expect(listing.complete && listing.rights.every(({ staffId }) => staffId === undefined)).toBe(true);
  expect(await preparePush(desk, nameless, { units })).toMatchObject({ create: [], end: [], foreign: [], blocked: [] });
  const result = await readBack(desk, nameless, { units, ttlMs: 1000 });
  expect(result.differences).toEqual([]);
  await nameless.close();
});

it("refuses to change or to delete what was recorded, in the engine itself", async () => {
  await world.run(["delegate", "revoke", (await desk.store.listGrants())[0]?.id ?? "", "--reason", "x"]);
  await world.run("delegate verify");
  const tables = ["grant", "event", "carriage_seen", "carriage_set", "person_seen"].map((name) => `delegation_${name}`);
  const columns = ["id", "kind", "hash", "hash", "system"];
  for (const [at, table] of tables.entries()) {
    const column = columns[at];
    expect((await database.all(`SELECT * FROM ${table}`)).length).toBeGreaterThan(0);
    await expect(database.run(`DELETE FROM ${table}`)).rejects.toThrow("insert-only");
    await expect(database.run(`UPDATE ${table} SET ${column} = ${column}`)).rejects.toThrow("insert-only");
  }
});
