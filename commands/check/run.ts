import { resolve } from "node:path";
import { type Command, InvalidArgumentError, Option } from "commander";
import { listAlsoSeen } from "../../src/health/also-seen.ts";
import { createNames } from "../../src/health/cause-words.ts";
import { type CheckRun, knownLayers, runCheck } from "../../src/health/check-run.ts";
import type { Endpoint } from "../../src/health/endpoint.ts";
import { toExplainDocument } from "../../src/health/explain-document.ts";
import { explainResults } from "../../src/health/explain-results.ts";
import { enoughFiles, readFileLimit } from "../../src/health/file-limit.ts";
import { formatProbeLine, toProbeLine } from "../../src/health/probe-line.ts";
import { Failure } from "../../src/platform/failure.ts";
import { readText, writeWhole } from "../../src/platform/files.ts";
import type { ListFormat } from "../../src/platform/output.ts";
import { createRandom } from "../../src/platform/random.ts";
import { toIso, vietnamZone } from "../../src/platform/time.ts";
import type { Cli } from "../cli.ts";
import type { Context } from "../context.ts";
import type { Outcome } from "../exit-codes.ts";
import { collect, isSheet, readWholeNumber } from "../options.ts";
import { explainRecorded } from "./explain.ts";
import { listResults } from "./list-results.ts";
import { openInventory } from "./open-inventory.ts";
import { countResults, renderCheck } from "./render.ts";
import { toLocalMembers } from "./render-local.ts";
import { checkWords as words } from "./words.ts";

export function declareRun(noun: Command, cli: Cli): void {
  cli
    .withFormat(
      cli.verb(noun, {
        name: "run",
        about: words.run,
        example: "wardctl check run --system documents --out results.jsonl",
        isDefault: true,
      }),
    )
    .option("--inventory <file>", cli.say(words.inventory))
    .option("--ca <file>", cli.say(words.ca))
    .addOption(new Option("--sweep <kind>", cli.say(words.sweep)).choices(["full", "adaptive"]))
    .option("--concurrency <n>", cli.say(words.concurrency), readWithin(1, 256))
    .option("--deadline <ms>", cli.say(words.deadline), readWithin(100, 60_000))
    .option("--layers <names>", cli.say(words.layers))
    .option("--unit <code>", cli.say(words.unit), collect)
    .option("--system <name>", cli.say(words.system), collect)
    .option("--province <label>", cli.say(words.province))
    .option("--carrier <name>", cli.say(words.carrier))
    .option("--out <file>", cli.say(words.out))
    .option("--replay <file>", cli.say(words.replay))
    .option("--what-if <file>", cli.say(words.whatIf))
    .action((options: RunOptions, command: Command) =>
      cli.run(command, (context) =>
        options.replay === undefined
          ? checkEndpoints(options, context)
          : explainRecorded({ ...options, inventory: options.whatIf ?? options.inventory }, context),
      ),
    );
}

function readWithin(least: number, most: number): (text: string) => number {
  return (text) => {
    const value = readWholeNumber(text);
    if (value < least || value > most) throw new InvalidArgumentError(`a number from ${least} to ${most} is needed`);
    return value;
  };
}

interface RunOptions {
  readonly inventory?: string;
  readonly ca?: string;
  readonly sweep?: "full" | "adaptive";
  readonly concurrency?: number;
  readonly deadline?: number;
  readonly layers?: string;
  readonly unit?: readonly string[];
  readonly system?: readonly string[];
  readonly province?: string;
  readonly carrier?: string;
  readonly out?: string;
  readonly replay?: string;
  readonly whatIf?: string;
  readonly format: ListFormat;
}

type RunContext = Pick<Context, "findWorkspace" | "cwd" | "clock" | "out" | "signal" | "environment">;

async function checkEndpoints(options: RunOptions, context: RunContext): Promise<Outcome> {
  const { out, cwd, clock } = context;
  const { endpoints, directory } = await openInventory(options.inventory, context);
  const chosen = chooseEndpoints(endpoints, options);
  const layers = readLayers(options.layers);
  const scope = chosen.length === endpoints.length && layers === undefined ? "all" : "selected";
  const run = await sweepWithProgress({ chosen, layers, scope }, options, context);
  if (options.out !== undefined) {
    await writeWhole(resolve(cwd, options.out), run.results.map((result) => formatProbeLine(result, vietnamZone)).join(""));
  }
  const names = createNames(directory);
  const explained = explainResults(chosen, run.results, names);
  const { results, localFindings, at } = run;
  const document = {
    schema: "wardctl.check/1",
    at: toIso(at, vietnamZone),
    pinned: clock.pinned,
    cancelled: run.cancelled,
    totals: countResults(results, run.leftOut),
    local: {
      ...toLocalMembers(localFindings, out),
      skewMs: run.skewMs ?? null,
    },
    alsoSeen: listAlsoSeen(results).map(({ finding, endpoints: where, words: text }) => {
      return { finding, endpoints: where, inWords: out.say(text) };
    }),
    ...toExplainDocument(explained, out.lang),
    results: results.map((result) => toProbeLine(result, vietnamZone)),
  };
  if (isSheet(options.format, out)) await listResults(results, options.format, context);
  else {
    const view = { at, zone: vietnamZone, results, explained, localFindings, names, leftOut: run.leftOut };
    await out.emit({ document, format: options.format, render: () => renderCheck(view, out) });
  }
  if (run.cancelled) {
    const done = results.filter(({ state }) => state !== "untested").length;
    out.warn(words.stopped(done, results.length));
  }
  return toOutcome(run);
}

/** When several apply: cancelled, unavailable, partial, attention (check.md §1). */
function toOutcome({ results: all, localFindings, cancelled, leftOut }: CheckRun): Outcome {
  if (cancelled) return "cancelled";
  const results = all.filter(({ endpoint }) => !leftOut.has(endpoint));
  const judged = results.filter(({ state }) => state === "pass" || state === "fail");
  if (judged.length === 0 && localFindings.some(({ state }) => state === "fail")) return "unavailable";
  if (judged.length < results.length) return "partial";
  return results.some(({ state }) => state === "fail") ? "attention" : "ok";
}

async function sweepWithProgress(
  what: {
    readonly chosen: readonly Endpoint[];
    readonly layers: readonly string[] | undefined;
    readonly scope: "all" | "selected";
  },
  options: RunOptions,
  { findWorkspace, cwd, clock, out, signal, environment }: RunContext,
): Promise<CheckRun> {
  const workspace = await findWorkspace();
  const settings = workspace?.settings.check ?? (await import("../../src/health/settings.ts")).healthSettings.parse(undefined);
  const caFile = options.ca !== undefined ? resolve(cwd, options.ca) : settings.ca && workspace?.resolvePath(settings.ca);
  const files = readFileLimit();
  if (files !== undefined && files < enoughFiles) out.warn(words.fewFiles(files, enoughFiles));
  const progress = out.progress(words.progress, what.chosen.length);
  const run = await runCheck({
    endpoints: what.chosen,
    layers: what.layers,
    sweep: options.sweep,
    scope: what.scope,
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
    onProgress: (done, { endpoint }) => progress.step(done, endpoint),
    database: await workspace?.database(),
    journalFile: workspace?.cachePath("check.journal.jsonl"),
  });
  progress.end();
  if (run.keptFromEarlier > 0) out.note(words.kept(run.keptFromEarlier));
  return run;
}

function chooseEndpoints(endpoints: readonly Endpoint[], options: RunOptions): readonly Endpoint[] {
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

function readLayers(text: string | undefined): readonly string[] | undefined {
  const asked = text?.split(",").map((name) => name.trim());
  const unknown = asked?.find((name) => !knownLayers.includes(name));
  if (unknown !== undefined) throw new Failure("usage", words.badLayers(knownLayers.join(", ")));
  return asked;
}
