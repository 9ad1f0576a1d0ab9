import { resolve } from "node:path";
import type { Command } from "commander";
import { createNames } from "../../src/health/cause-words.ts";
import { readLastRun } from "../../src/health/check-run.ts";
import { toExplainDocument } from "../../src/health/explain-document.ts";
import { type ExplainedSweep, explainResults } from "../../src/health/explain-results.ts";
import { withoutPlannedWork } from "../../src/health/maintenance.ts";
import { type Narrowed, narrowExplanation } from "../../src/health/narrow-explanation.ts";
import { parseProbeLines } from "../../src/health/probe-line.ts";
import type { ProbeResult } from "../../src/health/probe-result.ts";
import { Failure, formatFault } from "../../src/platform/failure.ts";
import { readText } from "../../src/platform/files.ts";
import type { ListFormat } from "../../src/platform/output.ts";
import { toIso, vietnamZone } from "../../src/platform/time.ts";
import { verbatim } from "../../src/platform/words.ts";
import type { Cli } from "../cli.ts";
import type { Context } from "../context.ts";
import type { Outcome } from "../exit-codes.ts";
import { collect, isSheet } from "../options.ts";
import { listResults } from "./list-results.ts";
import { localWords } from "./local-words.ts";
import { openInventory } from "./open-inventory.ts";
import { readVantages } from "./read-vantages.ts";
import { renderCheck } from "./render.ts";
import { renderVantages, toVantageMembers } from "./render-vantages.ts";
import { checkWords as words } from "./words.ts";

export function declareExplain(noun: Command, cli: Cli): void {
  cli
    .verb(noun, {
      name: "explain",
      about: words.explain,
      example: "wardctl check explain --replay results.jsonl --inventory endpoints.csv",
    })
    .argument("[subject]", cli.say(words.subject))
    .option("--replay <file>", cli.say(words.replay))
    .option("--what-if <file>", cli.say(words.whatIf))
    .option("--inventory <file>", cli.say(words.inventory))
    .option("--with <file>", cli.say(localWords.with), collect)
    .action((subject: string | undefined, options: ExplainOptions, command: Command) =>
      cli.run(command, (context) => explainRecorded({ ...options, subject }, context)),
    );
}

interface ExplainOptions {
  readonly subject?: string;
  readonly whatIf?: string;
  readonly replay?: string;
  readonly inventory?: string;
  readonly with?: readonly string[];
  readonly format?: ListFormat;
}

type ExplainContext = Pick<Context, "workspace" | "findWorkspace" | "cwd" | "clock" | "out">;

/** Explains recorded results, or those of the last run, against the inventory. Sends nothing. */
export async function explainRecorded(options: ExplainOptions, context: ExplainContext): Promise<Outcome> {
  const { out } = context;
  const { endpoints, directory } = await openInventory(options.whatIf ?? options.inventory, context);
  const recorded = options.replay === undefined ? await readStored(context) : await readRecorded(options.replay, context);
  const listed = new Set(endpoints.map(({ id }) => id));
  const known = recorded.filter(({ endpoint }) => listed.has(endpoint));
  if (known.length === 0) throw new Failure("usage", words.nothingChosen);
  const names = createNames(directory);
  const tried = new Set(known.map(({ endpoint }) => endpoint));
  const at = Math.min(...recorded.map((result) => result.at));
  const merged = await readVantages(
    options.with ?? [],
    { endpoints: endpoints.filter(({ id }) => tried.has(id)), at, results: known },
    context,
  );
  const whole = explainResults(merged.endpoints, withoutPlannedWork(merged.results), names);
  const { explained, results } = narrow(whole, known, options.subject);
  const document = {
    schema: "wardctl.explain/1",
    at: toIso(at, vietnamZone),
    ...toExplainDocument(explained, out.lang),
    ...toVantageMembers(merged),
  };
  if (isSheet(options.format, out)) await listResults(results, options.format, context);
  else {
    const view = { at, zone: vietnamZone, results, explained, localFindings: [], names };
    await out.emit({
      document,
      format: options.format,
      render: async () => [await renderCheck(view, out), ...renderVantages(merged, names, out)].join("\n\n"),
    });
  }
  return withoutPlannedWork(merged.results).some(({ state }) => state === "fail") ? "attention" : "ok";
}

/** Failure kinds: usage (the sweep knows no such thing). */
function narrow(explained: ExplainedSweep, results: readonly ProbeResult[], subject: string | undefined): Narrowed {
  if (subject === undefined) return { explained, results };
  const narrowed = narrowExplanation(explained, results, subject);
  if (narrowed) return narrowed;
  const known = explained.causes.map(({ cause: { kind, id } }) => `${kind}:${id}`);
  throw new Failure("usage", words.strangeSubject(subject), { hint: words.causesAre(known) });
}

async function readStored({ workspace }: ExplainContext): Promise<readonly ProbeResult[]> {
  const run = await readLastRun(await (await workspace()).database(), vietnamZone);
  if (!run) throw new Failure("usage", words.noRun, { hint: words.howRun });
  return run.results;
}

/** A damaged line is told and left out; a file without a good one is refused. */
async function readRecorded(file: string, { cwd, out }: ExplainContext): Promise<readonly ProbeResult[]> {
  const { results, faults } = parseProbeLines(await readText(resolve(cwd, file)), file, vietnamZone);
  if (results.length === 0) throw new Failure("invalid", words.noLines(file), { faults });
  for (const fault of faults) out.warn(verbatim(formatFault(fault, out.lang)));
  if (faults.length > 0) out.warn(words.damaged(faults.length));
  return results;
}
