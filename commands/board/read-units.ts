import { type BoardUnit, dimensions } from "../../src/board/board.ts";
import type { VerdictChange } from "../../src/board/trend.ts";
import { listChosenUnits } from "../../src/directory/chosen-units.ts";
import type { Directory } from "../../src/directory/directory.ts";
import type { Instant } from "../../src/platform/clock.ts";
import { toUnitWords } from "../../src/reports/place-name.ts";
import type { Workspace } from "../../src/workspace/open-workspace.ts";

/** TEMPORARY until readiness is merged. */
export async function readUnits(
  { settings }: Workspace,
  directory: Directory,
  _at: Instant,
): Promise<{ readonly units: readonly BoardUnit[]; readonly changes: readonly VerdictChange[] }> {
  const units = listChosenUnits(directory, settings).map((unit) => ({
    code: unit.code,
    name: toUnitWords(unit),
    verdict: "unknown" as const,
    since: undefined,
    cells: Object.fromEntries(dimensions.map((d) => [d, { verdict: "unknown", reasons: [] }])) as never,
    first: undefined,
  }));
  return { units, changes: [] };
}
