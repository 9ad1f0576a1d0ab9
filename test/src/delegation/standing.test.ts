import fc from "fast-check";
import { expect, it } from "vitest";
import { createDelegationStore } from "../../../src/delegation/delegation-store.ts";
import { createRegister, type SigningFacts } from "../../../src/delegation/facts.ts";
import { listGaps, listIssueGaps } from "../../../src/delegation/gaps.ts";
import type { Database } from "../../../src/platform/database.ts";
import { openPostgres } from "../../../src/platform/postgres.ts";
import { openSqlite } from "../../../src/platform/sqlite.ts";
import { listSigningFacts } from "../../../src/readiness/list-signing.ts";
import { allMigrations } from "../../../src/workspace/migrations.ts";
import { hasPostgres, usePostgres } from "../../support/postgres-server.ts";
import { base, makeFacts, makeGrant, people, span, unit, worldArbitrary } from "../../support/signing-world.ts";

const { makeUrl } = usePostgres();
const nowIso = (): string => "2025-12-02T10:00:00+07:00";
const engines: readonly (readonly [string, number, () => Promise<Database>])[] = [
  ["SQLite", 60, () => openSqlite(":memory:", allMigrations, nowIso)],
  ...(hasPostgres ? [["PostgreSQL", 2, () => openPostgres(makeUrl(), allMigrations, nowIso)] as const] : []),
];

async function readStanding(open: () => Promise<Database>, facts: SigningFacts): Promise<SigningFacts> {
  const database = await open();
  const store = createDelegationStore(database);
  await database.transaction(async (tx) => {
    await store.addGrants(facts.grants, tx);
    await store.addEvents(facts.events, tx);
  });
  const standing = await store.listStanding({ unit, since: base, knownAt: base });
  await database.close();
  return { ...facts, ...standing };
}

it.each(engines)("leaves out grants that are over without a gap being told otherwise, in %s", async (_name, numRuns, open) => {
  const horizon = { from: base, to: base + 2 * span };
  const listAll = (facts: SigningFacts) => {
    const register = createRegister(facts, base, base);
    return [listGaps(register, [unit], horizon), listIssueGaps(register, [unit], horizon)];
  };
  let left = 0;
  const property = fc.asyncProperty(worldArbitrary({ fresh: true }), async (facts) => {
    const standing = await readStanding(open, facts);
    left += facts.grants.length - standing.grants.length;
    expect(listAll(standing)).toEqual(listAll(facts));
  });
  await fc.assert(property, { numRuns, seed: 7 });
  expect(left).toBeGreaterThan(0);
});

it("keeps a paper that is over where others rest on it, and everybody who was acting head", async () => {
  const over = { validTo: base - 1 };
  const grants = [
    makeGrant({ id: "over", ...over }),
    makeGrant({ id: "parent", ...over }),
    makeGrant({ id: "child", parent: "parent", capacity: "KT" }),
    makeGrant({ id: "acting", ...over, capacity: "Q", person: people.deputy }),
    makeGrant({ id: "taken-back" }),
    makeGrant({ id: "taken-back-later" }),
    makeGrant({ id: "ends-now", validTo: base }),
  ];
  const revoke = (grantId: string, at: number) =>
    ({ grantId, kind: "revoked", at, recordedAt: base - 1, recordedBy: "x" }) as const;
  const facts = makeFacts({ grants, events: [revoke("taken-back", base), revoke("taken-back-later", base + 1)] });
  const standing = await readStanding(engines[0]![2], facts);
  expect(standing.grants.map(({ id }) => id)).toEqual(["acting", "child", "parent", "taken-back-later"]);
  expect(standing.events.map(({ grantId }) => grantId)).toEqual(["taken-back-later"]);
});

it("does not let a right that ran out hide one that stands and does not work", async () => {
  const facts = makeFacts({
    grants: [
      makeGrant({ id: "over", validTo: base - 1 }),
      makeGrant({ id: "stands", basis: { kind: "quy-che-lam-viec", number: "01/QĐ-UBND", date: base - 1000 } }),
    ],
  });
  const standing = await readStanding(engines[0]![2], facts);
  const told = listSigningFacts(createRegister(standing, base, base), unit, { from: base, to: base + 1 });
  expect(told.filter(({ kind }) => kind === "grant")).toMatchObject([{ code: "DEL-TL-NO-REGULATION", who: people.chief }]);
});
