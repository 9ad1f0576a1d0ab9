import type { Unit } from "../directory/unit.ts";
import { formatCsv } from "../platform/csv.ts";
import { carrierOf } from "./carriers.ts";
import { type CitySystem, cityDomain, citySystems, toCityHost } from "./city.ts";
import type { CityLines } from "./lines.ts";

/** The city's endpoints as the CSV that `wardctl check` reads: each unit's five systems over its own line. */
export function formatCityInventory(
  units: readonly Unit[],
  lines: Pick<CityLines, "portOf">,
  systems: readonly CitySystem[] = citySystems,
): string {
  const head = ["unit", "system", "url", "address", "carrier", "province", "instance", "dns_zone"];
  const rows = units.flatMap((unit) =>
    systems.map((system) => [
      unit.code,
      system,
      `https://${toCityHost(unit.code, system)}:${lines.portOf(unit.code)}/`,
      "127.0.0.1",
      carrierOf(unit.code),
      unit.province,
      `${system}-${unit.province}`,
      `${system}.${cityDomain}`,
    ]),
  );
  return formatCsv([head, ...rows]);
}
