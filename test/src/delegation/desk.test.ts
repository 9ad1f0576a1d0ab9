import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { createAuditLog } from "../../../src/audit/audit-store.ts";
import { decideSigning } from "../../../src/delegation/decide.ts";
import { createDesk, type Desk, readFacts } from "../../../src/delegation/desk.ts";
import { createRegister } from "../../../src/delegation/facts.ts";
import { listGaps } from "../../../src/delegation/gaps.ts";
import { toGrantState } from "../../../src/delegation/grant-state.ts";
import { delegationSettings } from "../../../src/delegation/settings.ts";
import { createPinnedClock } from "../../../src/platform/clock.ts";
import type { Database } from "../../../src/platform/database.ts";
import { createCountingIds } from "../../../src/platform/ids.ts";
import { openSqlite } from "../../../src/platform/sqlite.ts";
import { readInstant, toIso, vietnamZone } from "../../../src/platform/time.ts";
import { allMigrations } from "../../../src/workspace/migrations.ts";
import { makeTestFolder } from "../../support/run-wardctl.ts";
import { docType, goodAccount, makeGrant, makePerson } from "../../support/signing-world.ts";

const at = (text: string): number => readInstant(text, vietnamZone)!;
const unit = "27004";
const opening = at("2025-07-01");
const year = 366 * 86_400_000;
let database: Database;
let desk: Desk;

/** A chairman until August, one from September, and somebody who is acting deputy for ten days between. */
beforeAll(async () => {
  const nowIso = () => toIso(opening, vietnamZone);
  database = await openSqlite(join(await makeTestFolder(), "cache.db"), allMigrations, nowIso);
  const settings = delegationSettings.parse({});
  desk = createDesk({
    database,
    audit: createAuditLog(database, nowIso),
    settings,
    zone: vietnamZone,
    clock: createPinnedClock(opening),
    ids: createCountingIds("x"),
    actor: "tester",
  });
  const staff = ["first", "second", "officer"].map((staffId) => ({
    staffId,
    fullName: staffId,
    staffClass: "can_bo" as const,
  }));
  await desk.people.savePeople({
    source: "roster",
    seenAt: opening,
    people: staff,
    posts: [
      { staffId: "first", unit, position: "chu-tich", from: "2025-07-01", to: "2025-08-01" },
      { staffId: "second", unit, position: "chu-tich", from: "2025-09-01", to: "2025-09-11" },
      { staffId: "officer", unit, department: "van-phong", position: "chuyen-vien", from: "2025-07-01" },
    ],
  });
  const certificate = { serial: "1", notBefore: opening - year, notAfter: opening + year, bound: true };
  const seen = { at: opening, recordedAt: opening, ttlMs: year };
  const readings = staff.map(({ staffId }) => makePerson(staffId, { ...goodAccount, certificate }, { ...seen, system: "" }));
  const grant = makeGrant({
    capacity: "TUQ",
    to: { position: "chuyen-vien", department: "van-phong" },
    validFrom: opening,
    validTo: opening + year,
    basis: { kind: "quyet-dinh", number: "1", date: opening, legalBasis: "Luật 72/2025/QH15" },
    recordedAt: opening,
  });
  await database.transaction(async (tx) => {
    await desk.store.addPeople(readings, tx);
    await desk.store.addGrants([grant], tx);
  });
});
afterAll(() => database.close());

const withReadings = async (instant: number) => ({
  ...(await readFacts(desk, { unit, at: instant, asOf: instant })),
  systemOf: () => "",
});

it("remembers who was in office when a delegation was given, and lets it lapse after they left", async () => {
  const stateAt = async (text: string) => {
    const register = createRegister(await withReadings(at(text)), at(text), at(text));
    return toGrantState(register, register.findGrant("g1")!, at(text));
  };
  expect(await stateAt("2025-07-15")).toBe("live");
  expect(await stateAt("2025-08-15")).toBe("lapsed");
  expect(await stateAt("2025-09-05")).toBe("lapsed");
});

it("foresees a term of office that begins and ends within a horizon", async () => {
  const facts = await withReadings(at("2025-08-15"));
  const horizon = { from: at("2025-08-15"), to: at("2025-10-01") };
  const gaps = listGaps(createRegister(facts, horizon.from, horizon.from), [unit], horizon);
  expect(gaps.filter(({ docType: key }) => key === "quyet-dinh").map((gap) => [gap.class, toIso(gap.from, vietnamZone)])).toEqual(
    [
      ["gap", "2025-08-15T00:00:00+07:00"],
      ["single", "2025-09-01T00:00:00+07:00"],
      ["gap", "2025-09-11T00:00:00+07:00"],
    ],
  );
  const question = { staffId: "second", unit, docType: docType("quyet-dinh"), at: horizon.from, asOf: horizon.from };
  expect(decideSigning(facts, question)).toMatchObject({ answer: "DENY", nextAllowAt: at("2025-09-01") });
});
