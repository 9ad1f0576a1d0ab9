import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { createAccountService } from "../../src/city/accounts.ts";
import {
  type City,
  type CityCore,
  type CityService,
  type CitySystem,
  createCityCore,
  startCityServer,
} from "../../src/city/city.ts";
import { createFaults, type Faults } from "../../src/city/faults.ts";
import { formatCityRoster, seedAccounts } from "../../src/city/seed-accounts.ts";
import { createDirectory } from "../../src/directory/directory.ts";
import { createPinnedClock } from "../../src/platform/clock.ts";
import { makeTestFolder, type RunResult, runWardctl } from "./run-wardctl.ts";

export interface CityWorkspace {
  readonly city: City;
  readonly core: CityCore;
  readonly folder: string;
  readonly units: readonly string[];
  /** Every account of a system as the server itself keeps it: the truth, not read through paging. */
  dump(
    system: CitySystem,
  ): readonly { readonly id: string; readonly userName: string; readonly externalId: string | undefined }[];
  countWrites(): number;
  run(line: string, env?: Readonly<Record<string, string>>): Promise<RunResult>;
}

export interface CityWorkspaceOptions {
  readonly units?: readonly string[];
  readonly systems?: readonly CitySystem[];
  readonly faults?: Faults;
  readonly newHires?: readonly string[];
  /** No accounts at all, as on the first day. */
  readonly empty?: boolean;
  /** Asked before the account servers, for tests that watch or stop something. */
  readonly before?: readonly CityService[];
}

export const cityNow = "2025-07-03T10:00:00+07:00";
export const canaryToken = "city-token";

/** A small city with its account servers, and a workspace with the roster of the same people. */
export async function startCityWorkspace(options: CityWorkspaceOptions = {}): Promise<CityWorkspace> {
  const {
    units = ["27004", "19777"],
    systems = ["documents", "dossiers"],
    faults = createFaults(),
    newHires,
    empty = false,
    before = [],
  } = options;
  const directory = createDirectory("2025-07-03")!;
  const clock = createPinnedClock(Date.parse(cityNow));
  const core = createCityCore({ units: units.map((code) => directory.findUnit(code)!), clock, faults });
  if (!empty) seedAccounts(core, { newHires });
  const city = await startCityServer(core, [...before, createAccountService(core)]);
  const folder = await makeTestFolder();
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, "ca.pem"), city.ca);
  await writeFile(join(folder, "roster.csv"), formatCityRoster(core));
  await writeFile(join(folder, "wardctl.yaml"), formatWorkspace(city, units, systems));
  return {
    city,
    core,
    folder,
    units,
    dump: (system) =>
      [...core.accounts[system].accounts.values()].map(({ id, userName, externalId }) => ({ id, userName, externalId })),
    countWrites: () => Object.values(core.accounts).reduce((sum, { writes }) => sum + writes, 0),
    run: (line, env) => runWardctl(line, { cwd: folder, env: { WARDCTL_NOW: cityNow, CITY_TOKEN: canaryToken, ...env } }),
  };
}

export function formatWorkspace(city: Pick<City, "systemUrl">, units: readonly string[], systems: readonly CitySystem[]): string {
  const own = createDirectory("2025-07-03")!.listUnits({ province: "46" });
  const inProvince = units.filter((code) => own.some((unit) => unit.code === code));
  const beside = units.filter((code) => !inProvince.includes(code));
  return `name: Test
province: "46"
units: ${JSON.stringify(inProvince)}
alsoUnits: ${JSON.stringify(beside)}
operator: tester
provision:
  systems:
${systems.map((system) => `    ${system}: { kind: scim, url: "${city.systemUrl(system)}/scim/v2", token: "env:CITY_TOKEN", ca: ca.pem }`).join("\n")}
`;
}
