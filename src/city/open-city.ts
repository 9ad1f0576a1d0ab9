import { createDirectory } from "../directory/directory.ts";
import type { Unit } from "../directory/unit.ts";
import type { Clock } from "../platform/clock.ts";
import type { DnsServer } from "../platform/dns-server.ts";
import { toIsoDate, vietnamZone } from "../platform/time.ts";
import { createAccountService } from "./accounts.ts";
import { type City, type CitySystem, citySystems, createCityCore, startCityServer } from "./city.ts";
import { type CityState, restoreAccounts, takeCityState } from "./city-state.ts";
import { startCityDns } from "./dns.ts";
import { createDocumentsService } from "./documents.ts";
import { createDossierService } from "./dossiers.ts";
import { createDutyService } from "./duties.ts";
import { createFaults, type FaultName, faultNames } from "./faults.ts";
import { type CityLines, startLines } from "./lines.ts";
import { createPages } from "./pages.ts";
import type { ScriptedCity } from "./script.ts";
import { seedAccounts } from "./seed-accounts.ts";
import type { CityRight } from "./signing-rights.ts";
import { cityTemplates } from "./templates.ts";

/** The wards of the field report of July 2025, beside Huế's units. */
export const reportedWards = ["27004", "27439"] as const;
export const cityProvince = "46";

/** Staff who came so lately that nobody made their accounts: two at Tân Bình's service centre, one at Vỹ Dạ's. */
const newHires = ["CB2700412", "CB2700413", "CB1977712"];

/** The whole city at work: servers, every unit's line, names. */
export interface OpenCity {
  readonly city: City;
  readonly dns: DnsServer;
  readonly lines: CityLines;
  readonly place: CityPlace;
  /** As the document system carries them now. */
  readonly rights: readonly CityRight[];
  takeState(): CityState;
  stop(): Promise<void>;
}

/** What a workspace beside the city covers. */
export interface CityPlace {
  readonly province: string;
  readonly units: "all" | readonly string[];
  readonly alsoUnits: readonly string[];
  readonly systems: readonly CitySystem[];
}

export interface OpenCityOptions {
  readonly clock: Clock;
  /** On from the start; `departments-without-accounts` and `chief-cannot-sign` shape what the city was seeded with. */
  readonly faults?: readonly { readonly name: FaultName; readonly scope: string }[];
  /** Of an earlier run, in place of the seed's accounts and rights. */
  readonly state?: CityState | undefined;
  /** Of a script; without it, Huế and the two wards of the field report, with what was wrong there. */
  readonly scripted?: ScriptedCity | undefined;
}

export async function openCity({ clock, faults: active = [], state, scripted }: OpenCityOptions): Promise<OpenCity> {
  const faults = createFaults();
  for (const { name, scope } of active) faults.on(name, scope);
  const core = createCityCore({
    units: listCityUnits(clock, scripted),
    clock,
    faults,
    calm: scripted !== undefined,
    withoutDossiers: scripted?.dossiers === "none",
  });
  if (state) restoreAccounts(core, state);
  else seedAccounts(core, { newHires: scripted ? [] : newHires, templates: cityTemplates });
  const documents = createDocumentsService(core, state?.rights);
  const services = [
    createAccountService(core),
    documents,
    createDossierService(core),
    createDutyService(core),
    createPages(core),
  ];
  const city = await startCityServer(core, services);
  const lines = await startLines(core, city.port);
  const dns = await startCityDns();
  return {
    city,
    lines,
    dns,
    place: toPlace(scripted),
    rights: documents.rights,
    takeState: () => takeCityState(core, documents.rights),
    async stop() {
      await Promise.all([dns.stop(), lines.stop()]);
      await city.stop();
    },
  };
}

/** Huế's units and the two wards of the field report, as they were on the city's day. */
function listCityUnits(clock: Clock, scripted: ScriptedCity | undefined): readonly Unit[] {
  const directory = createDirectory(toIsoDate(clock.now(), vietnamZone)) ?? createDirectory("2025-07-01");
  const isOfCity = ({ code, province }: Unit): boolean =>
    scripted ? scripted.units.includes(code) : province === cityProvince || reportedWards.some((ward) => ward === code);
  return directory?.listUnits().filter(isOfCity) ?? [];
}

function toPlace(scripted: ScriptedCity | undefined): CityPlace {
  if (!scripted) return { province: cityProvince, units: "all", alsoUnits: reportedWards, systems: citySystems };
  const { province, units, systems } = scripted;
  const whole = createDirectory("2025-07-01")?.listUnits({ province }).length === units.length;
  return { province, units: whole ? "all" : units, alsoUnits: [], systems };
}

/** `page-spins=19777`, or a name alone for everywhere. Undefined when there is no such fault. */
export function readFault(text: string): { readonly name: FaultName; readonly scope: string } | undefined {
  const [given, scope = "*"] = text.split("=");
  const name = faultNames.find((known) => known === given);
  return name && { name, scope };
}
