import type { Directory } from "../../src/directory/directory.ts";
import type { Unit } from "../../src/directory/unit.ts";
import { Failure } from "../../src/platform/failure.ts";
import type { Settings } from "../../src/workspace/settings.ts";
import { reportWords as words } from "./words.ts";

/**
 * Who is expected to report, in order of code: the units named under `report.units`, else those of the workspace that lie in its own province
 * (units of other provinces that it looks after belong to another city's total). Failure kind: invalid.
 */
export function listExpectedUnits(
  { province, units, report }: Pick<Settings, "province" | "units" | "report">,
  directory: Directory,
): readonly Unit[] {
  if (report.units !== "province") return findAll(report.units, directory);
  if (units === "all") return directory.listUnits({ province });
  return findAll(units, directory).filter((unit) => unit.province === province);
}

function findAll(codes: readonly string[], directory: Directory): Unit[] {
  const unknown = codes.filter((code) => !directory.findUnit(code));
  if (unknown.length > 0) throw new Failure("invalid", words.unknownUnits(unknown, directory.date));
  return [...new Set(codes)].sort().map((code) => directory.findUnit(code) as Unit);
}
