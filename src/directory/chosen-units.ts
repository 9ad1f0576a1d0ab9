import type { Directory } from "./directory.ts";
import type { Unit } from "./unit.ts";

/** The units that a workspace works with: all of its province or a list, and some beside. */
export interface UnitChoice {
  readonly province: string;
  readonly units: "all" | readonly string[];
  readonly alsoUnits: readonly string[];
}

/** In order of code. Codes that are no units at the directory's date are left out: the settings' check names them. */
export function listChosenUnits(directory: Directory, { province, units, alsoUnits }: UnitChoice): readonly Unit[] {
  const codes = new Set([...(units === "all" ? [] : units), ...alsoUnits]);
  return directory.listUnits().filter((unit) => codes.has(unit.code) || (units === "all" && unit.province === province));
}
