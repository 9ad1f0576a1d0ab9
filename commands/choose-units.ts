import { listChosenUnits } from "../src/directory/chosen-units.ts";
import type { Directory } from "../src/directory/directory.ts";
import { explainResolution } from "../src/directory/explain-unit.ts";
import { resolveChosenUnit } from "../src/directory/resolve-chosen-unit.ts";
import type { Unit } from "../src/directory/unit.ts";
import { Failure } from "../src/platform/failure.ts";
import { both } from "../src/platform/words.ts";
import type { Workspace } from "../src/workspace/open-workspace.ts";

/** The units of the workspace, or those that were named. Failure kind: invalid, with every name that is none. */
export async function chooseUnits(workspace: Workspace, named: readonly string[] | undefined): Promise<readonly Unit[]> {
  const directory = await workspace.directory();
  if (named === undefined) return listChosenUnits(directory, workspace.settings);
  return needEach(named, (text) => needUnit(text, directory, workspace.settings));
}

/** What each text stands for. Where one does not, and others neither, all of them are told. */
export function needEach<T>(texts: readonly string[], need: (text: string) => T): T[] {
  const values: T[] = [];
  const failures: Failure[] = [];
  for (const text of texts) {
    try {
      values.push(need(text));
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      failures.push(error);
    }
  }
  const [first, ...more] = failures;
  if (!first) return values;
  if (more.length === 0) throw first;
  const message = both((lang) => failures.map(({ words }) => words[lang]).join("; "));
  throw new Failure(first.kind, message, { hint: first.hint });
}

export function needUnit(text: string, directory: Directory, settings: Workspace["settings"]): Unit {
  const found = resolveChosenUnit(text, directory, settings);
  if (found.kind === "one") return found.unit;
  throw new Failure("invalid", explainResolution(text, found, directory)!);
}
