import { resolve } from "node:path";
import type { Directory } from "../../src/directory/directory.ts";
import type { CheckRequest } from "../../src/health/check-run.ts";
import type { Endpoint } from "../../src/health/endpoint.ts";
import { Failure } from "../../src/platform/failure.ts";
import { readText } from "../../src/platform/files.ts";
import { createRandom } from "../../src/platform/random.ts";
import { vietnamZone } from "../../src/platform/time.ts";
import type { Context } from "../context.ts";
import { openHistory } from "./open-history.ts";
import { checkWords as words } from "./words.ts";

/** What a sweep is asked about. */
export interface SweepScope {
  readonly chosen: readonly Endpoint[];
  readonly layers: readonly string[] | undefined;
  readonly scope: "all" | "selected";
  readonly directory: Directory;
}

/** Flags that change how it is probed. */
export interface SweepFlags {
  readonly ca?: string;
  readonly concurrency?: number;
  readonly deadline?: number;
  readonly sweep?: "full" | "adaptive";
}

/** Flags that choose endpoints. */
export interface ChoiceFlags {
  readonly unit?: readonly string[];
  readonly system?: readonly string[];
  readonly province?: string;
  readonly carrier?: string;
}

/** A sweep as flags and workspace want it: kept in the workspace's history, and gone on with where it was broken off. */
export async function toCheckRequest(
  what: SweepScope,
  options: SweepFlags,
  { findWorkspace, cwd, clock, signal, environment }: Pick<Context, "findWorkspace" | "cwd" | "clock" | "signal" | "environment">,
): Promise<CheckRequest> {
  const workspace = await findWorkspace();
  const settings = workspace?.settings.check ?? (await import("../../src/health/settings.ts")).healthSettings.parse(undefined);
  const caFile = options.ca !== undefined ? resolve(cwd, options.ca) : settings.ca && workspace?.resolvePath(settings.ca);
  return {
    endpoints: what.chosen,
    layers: what.layers,
    scope: what.scope,
    sweep: options.sweep,
    options: {
      ...settings,
      concurrency: options.concurrency ?? settings.concurrency,
      deadlineMs: options.deadline ?? settings.deadlineMs,
    },
    ca: caFile ? { pem: await readText(caFile), file: options.ca ?? settings.ca ?? caFile } : undefined,
    environment,
    clock,
    zone: vietnamZone,
    random: createRandom(`check/${clock.now()}`),
    signal,
    history: await openHistory(workspace, what.directory),
    journalFile: workspace?.cachePath("check.journal.jsonl"),
  };
}

/** Failure kind: usage (a value that the inventory does not have, or nothing left). */
export function chooseEndpoints(endpoints: readonly Endpoint[], options: ChoiceFlags): readonly Endpoint[] {
  const { unit, system, province, carrier } = options;
  for (const attribute of ["unit", "system", "province", "carrier"] as const) {
    const known = [...new Set(endpoints.flatMap((endpoint) => endpoint[attribute] ?? []))].sort();
    const strange = [options[attribute] ?? []].flat().filter((value) => !known.includes(value));
    if (strange.length > 0) throw new Failure("usage", words.notListed(attribute, strange), { hint: words.listed(known) });
  }
  const chosen = endpoints.filter(
    (endpoint) =>
      (unit?.includes(endpoint.unit) ?? true) &&
      (system?.includes(endpoint.system) ?? true) &&
      (province ?? endpoint.province) === endpoint.province &&
      (carrier ?? endpoint.carrier) === endpoint.carrier,
  );
  if (chosen.length === 0) throw new Failure("usage", words.nothingChosen);
  return chosen;
}
