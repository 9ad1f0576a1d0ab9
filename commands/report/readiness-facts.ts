import { toIsoDate } from "../../src/platform/time.ts";
import { nameOwner } from "../../src/readiness/owners.ts";
import { readReadiness } from "../../src/readiness/read-readiness.ts";
import type { UnitReadiness, Verdict } from "../../src/readiness/readiness.ts";
import type { Gap, ReadinessFacts } from "../../src/reports/questions.ts";
import type { QuestionsRequest } from "./questions.ts";

/** Who is ready at the report's instant, from the rooms' stores: no system is asked. Accounts are as they were last read. */
export async function readReadinessFacts({ workspace, asOf, of }: QuestionsRequest): Promise<ReadinessFacts> {
  const host = { ...workspace, directory: () => workspace.directory(toIsoDate(asOf - 1, workspace.zone)) };
  const units = await readReadiness(host, { at: asOf, ...(of && { units: of }) });
  const countVerdict = (wanted: Verdict): number => units.filter(({ verdict }) => verdict === wanted).length;
  return {
    at: asOf,
    ready: countVerdict("go"),
    notReady: countVerdict("no-go"),
    unknown: countVerdict("unknown"),
    first: [...listFirst(units, "no-go"), ...listFirst(units, "unknown")],
  };
}

function listFirst(units: readonly UnitReadiness[], wanted: Verdict): Gap[] {
  return units.flatMap(({ code, verdict, first }) =>
    verdict === wanted && first ? [{ unit: code, code: first.code, inWords: first.detail, owner: nameOwner(first) }] : [],
  );
}
