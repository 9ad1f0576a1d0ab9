import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type City, createCityCore, startCityServer } from "../../src/city/city.ts";
import { createDocumentsService, type DocumentsService } from "../../src/city/documents.ts";
import { toDocumentsSettings } from "../../src/city/documents-settings.ts";
import { formatCityGrants } from "../../src/city/signing-rights.ts";
import { createDirectory } from "../../src/directory/directory.ts";
import { createPeopleStore } from "../../src/directory/people-store.ts";
import { createPinnedClock } from "../../src/platform/clock.ts";
import { makeFolder } from "../../src/platform/files.ts";
import { openSqlite } from "../../src/platform/sqlite.ts";
import { readInstant, vietnamZone } from "../../src/platform/time.ts";
import { allMigrations } from "../../src/workspace/migrations.ts";
import { makeTestFolder, type RunOptions, type RunResult, runWardctl } from "./run-wardctl.ts";

export const tanBinh = "27004";
export const viDa = "19777";

export interface SigningCity {
  readonly city: City;
  readonly documents: DocumentsService;
  /** The workspace's folder: people known, everybody with an account, `grants.csv` beside wardctl.yaml. */
  readonly cwd: string;
  /** A command at 10:00 on 3 July 2025, or at another instant. */
  run(line: string | readonly string[], options?: RunOptions & { readonly now?: string }): Promise<RunResult>;
  findStaffId(unit: string, position: string): string;
}

/** A city with a document system, and a workspace that works with it. Stop the city when done. */
export async function startSigningCity(codes: readonly string[] = [tanBinh, viDa]): Promise<SigningCity> {
  const directory = createDirectory("2025-07-01")!;
  const units = codes.map((code) => directory.findUnit(code)!);
  const core = createCityCore({ units, clock: createPinnedClock(readInstant("2025-07-03T10:00", vietnamZone)!) });
  const documents = createDocumentsService(core);
  const city = await startCityServer(core, [documents]);
  for (const { staffId, fullName } of core.people) {
    const userName = staffId.toLowerCase();
    core.accounts.documents.accounts.set(staffId, {
      id: staffId,
      externalId: staffId,
      userName,
      active: true,
      displayName: fullName,
      attributes: {},
    });
  }
  const cwd = await makeTestFolder();
  const system = toDocumentsSettings(city.systemUrl("documents"), "env:CITY_TOKEN", "city-ca.pem");
  // JSON is YAML.
  const own = units.filter(({ province }) => province === "79").map(({ code }) => code);
  const alsoUnits = codes.filter((code) => !own.includes(code));
  const settings = { name: "Test", province: "79", units: own, alsoUnits, delegate: { systems: { documents: system } } };
  await writeFile(join(cwd, "wardctl.yaml"), JSON.stringify(settings, undefined, 2));
  await writeFile(join(cwd, "city-ca.pem"), city.ca);
  await writeFile(join(cwd, "grants.csv"), formatCityGrants(core));
  await makeFolder(join(cwd, ".wardctl"));
  const database = await openSqlite(join(cwd, ".wardctl", "cache.db"), allMigrations, () => "2025-07-01T00:00:00+07:00");
  await createPeopleStore(database).savePeople({
    source: "roster",
    seenAt: readInstant("2025-07-01T06:00", vietnamZone)!,
    people: core.people,
    posts: core.people.flatMap(({ posts }) => posts),
  });
  await database.close();
  return {
    city,
    documents,
    cwd,
    run: (line, { now = "2025-07-03T10:00", ...options } = {}) =>
      runWardctl(line, { ...options, cwd, env: { WARDCTL_NOW: now, CITY_TOKEN: core.token, ...options.env } }),
    findStaffId(unit, position) {
      const person = core.people.find(({ posts }) => posts.some((post) => post.unit === unit && post.position === position));
      if (!person) throw new Error(`nobody is ${position} in ${unit}`);
      return person.staffId;
    },
  };
}
