import { resolve } from "node:path";
import { createNames, type Names } from "../../src/health/cause-words.ts";
import { readLastRun } from "../../src/health/check-run.ts";
import type { Endpoint } from "../../src/health/endpoint.ts";
import { type ExplainedSweep, explainResults } from "../../src/health/explain-results.ts";
import { withoutPlannedWork } from "../../src/health/maintenance.ts";
import type { ProbeResult } from "../../src/health/probe-result.ts";
import { type RunHead, type RunRecord, readRunFile, toLastRunFile } from "../../src/health/run-file.ts";
import { Failure, formatFault } from "../../src/platform/failure.ts";
import { isPresent } from "../../src/platform/files.ts";
import { vietnamZone } from "../../src/platform/time.ts";
import { verbatim } from "../../src/platform/words.ts";
import type { Context } from "../context.ts";
import { openInventory } from "./open-inventory.ts";
import { checkWords as words } from "./words.ts";

/** A run that is over, with what it means under the inventory. */
export interface OpenedRun {
  readonly head: RunHead;
  /** Of endpoints that the inventory lists. */
  readonly results: readonly ProbeResult[];
  /** All of the inventory. */
  readonly endpoints: readonly Endpoint[];
  readonly explained: ExplainedSweep;
  readonly names: Names;
}

export interface RunFlags {
  readonly replay?: string;
  readonly inventory?: string;
}

type RunContext = Pick<Context, "workspace" | "findWorkspace" | "cwd" | "clock" | "out">;

/** The recorded run of the flag, else the last one. Failure kinds: usage (none yet, or of other endpoints), invalid (the inventory, the file). */
export async function openRun(flags: RunFlags, context: RunContext): Promise<OpenedRun> {
  const { endpoints, directory } = await openInventory(flags.inventory, context);
  const listed = new Set(endpoints.map(({ id }) => id));
  const wants = (endpoint: string): boolean => listed.has(endpoint);
  const { head, results } = await readRun(flags.replay, wants, context);
  return { ...explainRun({ endpoints, head, results }, createNames(directory)), endpoints };
}

/** A run under the inventory. Failure kind: usage (it is of other endpoints). */
export function explainRun(
  { endpoints, head, results }: Pick<OpenedRun, "endpoints" | "head" | "results">,
  names: Names,
): OpenedRun {
  if (results.length === 0) throw new Failure("usage", words.nothingChosen);
  const tried = new Set(results.map(({ endpoint }) => endpoint));
  const asked = endpoints.filter(({ id }) => tried.has(id));
  return { head, results, endpoints, names, explained: explainResults(asked, withoutPlannedWork(results), names) };
}

/** Probes of the recorded run, else of the last one. Failure kinds: usage (none yet), invalid (the file). */
export function readRun(
  replay: string | undefined,
  wants: (endpoint: string) => boolean,
  context: Pick<Context, "workspace" | "cwd" | "out">,
): Promise<Pick<OpenedRun, "head" | "results">> {
  return replay === undefined ? readLast(wants, context) : readRecord(replay, wants, context);
}

/** The last run; `all`: the last one of the whole inventory. Failure kind: usage (none yet). */
export async function readLast(
  wants: (endpoint: string) => boolean,
  { workspace: open }: Pick<Context, "workspace">,
  scope?: "all",
): Promise<Pick<OpenedRun, "head" | "results">> {
  const workspace = await open();
  const run = await readLastRun(await workspace.database(), vietnamZone, scope);
  if (!run) throw new Failure("usage", words.noRun, { hint: words.howRun });
  const kept = await readKept(toLastRunFile(workspace.cachePath("check-runs")), wants);
  // Two runs may begin in one second: that of a unit is not the one of all.
  if (kept?.head && kept.head.scope === run.scope && Math.trunc(kept.head.at / 1000) === Math.trunc(run.at / 1000))
    return { head: kept.head, results: kept.results };
  const head: RunHead = { at: run.at, scope: run.scope, skewMs: undefined, local: undefined };
  return { head, results: run.results.filter(({ endpoint }) => wants(endpoint)) };
}

/** The probes of a run that was kept whole; undefined where it no longer is. */
export async function readKept(file: string, wants: (endpoint: string) => boolean): Promise<RunRecord | undefined> {
  return (await isPresent(file)) ? readRunFile(file, { shownAs: file, zone: vietnamZone, wants }) : undefined;
}

/** A damaged line is told and left out; a file without a good one is refused. */
async function readRecord(
  file: string,
  wants: (endpoint: string) => boolean,
  { cwd, out }: Pick<Context, "cwd" | "out">,
): Promise<Pick<OpenedRun, "head" | "results">> {
  const { head, results, firstAt, lines, faults, damaged } = await readRunFile(resolve(cwd, file), {
    shownAs: file,
    zone: vietnamZone,
    wants,
  });
  if (lines === 0 || firstAt === undefined) throw new Failure("invalid", words.noLines(file), { faults });
  for (const fault of faults) out.warn(verbatim(formatFault(fault, out.lang)));
  if (damaged > 0) out.warn(words.damaged(damaged));
  return { head: head ?? { at: firstAt, scope: "selected", skewMs: undefined, local: undefined }, results };
}
