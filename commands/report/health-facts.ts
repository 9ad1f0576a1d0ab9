import { createNames } from "../../src/health/cause-words.ts";
import { readLastRun } from "../../src/health/check-run.ts";
import { explainResults } from "../../src/health/explain-results.ts";
import { readInventory } from "../../src/health/inventory.ts";
import { withoutPlannedWork } from "../../src/health/maintenance.ts";
import type { ProbeResult } from "../../src/health/probe-result.ts";
import { Failure } from "../../src/platform/failure.ts";
import { verbatim } from "../../src/platform/words.ts";
import type { HealthFacts } from "../../src/reports/questions.ts";
import type { QuestionsRequest } from "./questions.ts";
import { reportWords as words } from "./words.ts";

/** The last whole sweep up to the report's instant, explained again against the inventory. Undefined when there was none. */
export async function readHealthFacts(
  { workspace, directory, asOf }: QuestionsRequest,
  inventory: string,
): Promise<HealthFacts | undefined> {
  const run = await readLastRun(await workspace.database(), workspace.zone, "all", asOf);
  if (!run) return undefined;
  const { endpoints } = await readInventory(workspace.resolvePath(inventory), inventory, directory).catch((error: unknown) => {
    // A report is read elsewhere: it names the file as the settings do, not where it lies on this machine.
    throw error instanceof Failure ? new Failure(error.kind, words.badInventory(inventory), { cause: error }) : error;
  });
  const results = withoutPlannedWork(run.results);
  const { causes } = explainResults(endpoints, results, createNames(directory));
  const countState = (state: ProbeResult["state"]): number => results.filter((result) => result.state === state).length;
  return {
    at: run.at,
    endpoints: {
      pass: countState("pass"),
      fail: countState("fail"),
      unknown: countState("unknown"),
      untested: countState("untested"),
    },
    causes: causes.map(({ inWords, affected, owner }) => ({ inWords, affected: affected.length, owner })),
    grid: toGrid(results),
  };
}

function toGrid(results: readonly ProbeResult[]): NonNullable<HealthFacts["grid"]> {
  const systems = [...new Set(results.map(({ system }) => system))];
  const byUnit = Map.groupBy(results, ({ unit }) => unit);
  return {
    systems: systems.map(verbatim),
    units: [...byUnit].map(([unit, own]) => ({
      unit,
      states: systems.map((system) => own.find((result) => result.system === system)?.state ?? "untested"),
    })),
  };
}
