import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { citySystems, createCityCore } from "../../src/city/city.ts";
import { createDelegationStore } from "../../src/delegation/delegation-store.ts";
import { toMask } from "../../src/delegation/doc-types.ts";
import type { Grant, GrantEvent } from "../../src/delegation/grant.ts";
import { saveContacts } from "../../src/directory/contact-store.ts";
import { createPeopleStore } from "../../src/directory/people-store.ts";
import type { Unit } from "../../src/directory/unit.ts";
import type { ProbeResult } from "../../src/health/probe-result.ts";
import { createRunStore } from "../../src/health/run-store.ts";
import { createPinnedClock } from "../../src/platform/clock.ts";
import { openSqlite } from "../../src/platform/sqlite.ts";
import { vietnamZone as zone } from "../../src/platform/time.ts";
import { defaultFunctionalRules, listFunctionalAccounts } from "../../src/provision/functional-account.ts";
import { createSeenStore } from "../../src/provision/seen-store.ts";
import { allMigrations } from "../../src/workspace/migrations.ts";
import { exportHead, toExportLine, writeExportWorkspace } from "../support/dossier-export.ts";
import { runWardctl } from "../support/run-wardctl.ts";
import { makeGrant, makePerson, makeRight } from "../support/signing-world.ts";

export const now = "2025-12-02T16:30:00+07:00";
const at = Date.parse(now);
const [opened, lookedAt] = [at - 86_400_000 * 100, at - 3_600_000];
const docTypes = toMask(["cong-van", "thong-bao", "giay-moi", "phieu-chuyen"]);
const account = {
  userName: "user",
  active: true,
  certificate: { serial: "01", notBefore: opened, notAfter: at + 86_400_000 * 100, bound: true },
};

/** How much lies in the cache, for each unit but for the sweeps, which are of all of them. */
export interface ReadyCityScale {
  readonly dossiers: number;
  /** Grants that are over, beside the one of the Chief of Office. */
  readonly pastGrants: number;
  /** Five minutes apart, the last an hour ago. */
  readonly sweeps: number;
}

/** TP.HCM's 168 units in the cache: 13 people each on five systems, rights and accounts read back, a sweep, dossiers, contacts. */
export async function fillReadyCity(
  folder: string,
  units: readonly Unit[],
  { dossiers, pastGrants, sweeps }: ReadyCityScale,
): Promise<number> {
  const seals = units.map(({ code }) => `    "${code}": { serial: "02", notBefore: "2025-07-01", notAfter: "2027-07-01" }`);
  mkdirSync(folder, { recursive: true });
  const { people } = createCityCore({ units, clock: createPinnedClock(at) });
  await writeExportWorkspace(folder, '      units: "province:79"\n');
  const systems = citySystems.map((name) => `    ${name}: { kind: scim, url: "http://127.0.0.1:9/scim", token: "env:T" }`);
  const settings = readFileSync(join(folder, "wardctl.yaml"), "utf8").replace('province: "46"', 'province: "79"');
  writeFileSync(
    join(folder, "wardctl.yaml"),
    `${settings}provision:\n  systems:\n${systems.join("\n")}\ndelegate:\n  systems:\n    documents: { kind: screens, units: all }\n  seals:\n${seals.join("\n")}\ncheck: { inventory: endpoints.csv }\nready: { opening: "2025-07-01" }\n`,
  );
  const endpoints = units.flatMap(({ code }) => citySystems.map((system) => ({ unit: code, system })));
  const lines = endpoints.map(({ unit, system }) => `${unit},${system},https://${system}.example.vn/${unit}`);
  writeFileSync(join(folder, "endpoints.csv"), `unit,system,url\n${lines.join("\n")}\n`);
  const rows = units.flatMap(({ code }, place) =>
    Array.from({ length: dossiers }, (_, n) =>
      toExportLine({
        code: `H29.${place + 1}-251202-${String(n + 1).padStart(4, "0")}`,
        unit: code,
        received: "02/12/2025 08:00:00",
        due: "05/12/2025",
        updated: "02/12/2025 08:05:00",
      }),
    ),
  );
  writeFileSync(join(folder, "dossiers.csv"), `${[exportHead, ...rows].join("\n")}\n`);
  const imported = await runWardctl("import dossiers.csv --source igate-hue", { cwd: folder, env: { WARDCTL_NOW: now } });
  if (imported.code !== 0) throw new Error(imported.stderr);
  const database = await openSqlite(join(folder, ".wardctl", "cache.db"), allMigrations, () => now);
  const posts = people.flatMap((person) => person.posts);
  await createPeopleStore(database).savePeople({ source: "roster", seenAt: opened, people, posts });
  const functional = listFunctionalAccounts({ units, rules: defaultFunctionalRules, systems: citySystems });
  const accounts = [...people.map(({ staffId }) => staffId), ...functional.map(({ key }) => key)].map((externalId, n) => {
    return { id: String(n), externalId, userName: externalId, active: n % 400 !== 7, attributes: {} };
  });
  await createSeenStore(database).saveSweeps(
    citySystems.map((system) => ({ system, state: "read", accounts })),
    [],
    "2025-12-02T15:30:00+07:00",
  );
  const chiefs = posts.filter(({ position }) => position === "chanh-van-phong");
  const dated = { at: lookedAt, recordedAt: lookedAt, ttlMs: 86_400_000 };
  await database.transaction(async (tx) => {
    const store = createDelegationStore(database);
    await store.addGrants(
      chiefs.map(({ unit }) => makeGrant({ id: `g${unit}`, unit, docTypes, validFrom: opened, recordedAt: opened })),
      tx,
    );
    for (const { code } of units) {
      const { grants, events } = makePastGrants(code, pastGrants);
      await store.addGrants(grants, tx);
      await store.addEvents(events, tx);
    }
    const rights = chiefs
      .filter((_, n) => n % 20 !== 3)
      .map(({ unit, staffId }) => makeRight({ extId: `r${unit}`, unit, staffId, docTypes, from: opened }));
    await store.addCarriage({ system: "documents", ...dated, hash: "bench", rights }, tx);
    await store.addPeople(
      people.map(({ staffId }) => makePerson(staffId, account, dated)),
      tx,
    );
    await saveContacts(
      units.map(({ code }) => ({ unit: code, carrier: "VNPT", hotline: "0000 000 000", duties: [] })),
      tx,
    );
  });
  const store = createRunStore(database, zone);
  for (let sweep = sweeps - 1; sweep >= 0; sweep--) {
    const sweptAt = lookedAt - sweep * 300_000;
    await store.save({ at: sweptAt, scope: "all", results: endpoints.map((endpoint, n) => makeResult(endpoint, n, sweptAt)) });
  }
  await database.close();
  return people.length;
}

/** Half of them ran out, half were taken back. */
function makePastGrants(unit: string, count: number): { readonly grants: Grant[]; readonly events: GrantEvent[] } {
  const dayMs = 86_400_000;
  const grants = Array.from({ length: count }, (_, n) => {
    const validFrom = opened - (n + 2) * dayMs;
    const validTo = n % 2 === 0 ? validFrom + dayMs : undefined;
    return makeGrant({ id: `g${unit}-${n}`, unit, docTypes, validFrom, validTo, recordedAt: validFrom });
  });
  const events = grants
    .filter(({ validTo }) => validTo === undefined)
    .map(({ id: grantId, validFrom }): GrantEvent => {
      const at = validFrom + dayMs;
      return { grantId, kind: "revoked", at, recordedAt: at, recordedBy: "bench" };
    });
  return { grants, events };
}

function makeResult({ unit, system }: { readonly unit: string; readonly system: string }, n: number, at: number): ProbeResult {
  const endpoint = `${unit}/${system}`;
  const base = { at, endpoint, unit, system, attempts: 1, totalMs: 40, loopLagMs: 0, comparable: true };
  return n % 97 === 5
    ? { ...base, state: "fail", layer: "network", reason: "net.timeout", hard: true }
    : { ...base, state: "pass", hard: false };
}
