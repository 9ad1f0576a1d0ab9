import { listChosenUnits } from "../src/directory/chosen-units.ts";
import type { Directory } from "../src/directory/directory.ts";
import { explainResolution } from "../src/directory/explain-unit.ts";
import { resolveChosenUnit } from "../src/directory/resolve-chosen-unit.ts";
import type { Unit } from "../src/directory/unit.ts";
import { Failure } from "../src/platform/failure.ts";
import type { Workspace } from "../src/workspace/open-workspace.ts";

/** The units of the workspace, or those that were named. Failure kind: invalid. */
export async function chooseUnits(workspace: Workspace, named: readonly string[] | undefined): Promise<readonly Unit[]> {
  const directory = await workspace.directory();
  if (named === undefined) return listChosenUnits(directory, workspace.settings);
  return named.map((text) => needUnit(text, directory, workspace.settings));
}

export function needUnit(text: string, directory: Directory, settings: Workspace["settings"]): Unit {
  const found = resolveChosenUnit(text, directory, settings);
  if (found.kind === "one") return found.unit;
  throw new Failure("invalid", explainResolution(text, found, directory)!);
}
