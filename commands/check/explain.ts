import type { Command } from "commander";
import { createNames } from "../../src/health/cause-words.ts";
import { toExplainDocument } from "../../src/health/explain-document.ts";
import { type ExplainedSweep, explainResults } from "../../src/health/explain-results.ts";
import { withoutPlannedWork } from "../../src/health/maintenance.ts";
import { type Narrowed, narrowExplanation, narrowVantages } from "../../src/health/narrow-explanation.ts";
import { findIncident } from "../../src/health/pack/find-subject.ts";
import type { ProbeResult } from "../../src/health/probe-result.ts";
import { Failure } from "../../src/platform/failure.ts";
import type { ListFormat } from "../../src/platform/output.ts";
import { findNearest } from "../../src/platform/text.ts";
import { toIso, vietnamZone } from "../../src/platform/time.ts";
import type { Cli } from "../cli.ts";
import type { Context } from "../context.ts";
import type { Outcome } from "../exit-codes.ts";
import { collect, isSheet } from "../options.ts";
import { withArticles } from "./cause-articles.ts";
import { listEpisodes } from "./list-episodes.ts";
import { listResults } from "./list-results.ts";
import { localWords } from "./local-words.ts";
import { openInventory } from "./open-inventory.ts";
import { readRun } from "./open-run.ts";
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
  const listed = new Set(endpoints.map(({ id }) => id));
  const { head, results: known } = await readRun(options.replay, (endpoint) => listed.has(endpoint), context);
  if (known.length === 0) throw new Failure("usage", words.nothingChosen);
  const names = createNames(directory);
  const tried = new Set(known.map(({ endpoint }) => endpoint));
  const { at } = head;
  const merged = await readVantages(
    options.with ?? [],
    { endpoints: endpoints.filter(({ id }) => tried.has(id)), at, results: known },
    context,
  );
  const whole = explainResults(merged.endpoints, withoutPlannedWork(merged.results), names);
  const { explained, results: seen } = narrow(whole, merged.results, await toSubject(options, whole, context));
  const subject = new Set(seen.map(({ endpoint }) => endpoint));
  const results = known.filter(({ endpoint }) => subject.has(endpoint));
  const vantages = { compared: narrowVantages(merged.compared, subject) };
  const document = {
    schema: "wardctl.explain/1",
    at: toIso(at, vietnamZone),
    ...withArticles(toExplainDocument(explained, out.lang), out),
    ...toVantageMembers(vantages),
  };
  if (isSheet(options.format, out)) await listResults(results, options.format, context);
  else {
    const view = { at, zone: vietnamZone, results, explained, localFindings: [], names };
    await out.emit({
      document,
      format: options.format,
      render: async () => [await renderCheck(view, out), ...renderVantages(vantages, names, out)].join("\n\n"),
    });
  }
  return withoutPlannedWork(merged.results).some(({ state }) => state === "fail") ? "attention" : "ok";
}

/** An incident's number as the cause that it is in this run; anything else as it is. */
async function toSubject(
  { subject, replay }: ExplainOptions,
  { causes }: ExplainedSweep,
  context: ExplainContext,
): Promise<string | undefined> {
  if (subject === undefined || replay !== undefined || !/^#?\d{1,4}$|^#/.test(subject)) return subject;
  const { names = [] } = findIncident(subject, await listEpisodes(context)) ?? {};
  const found = causes.find(({ cause }) => [cause, ...cause.or].some(({ kind, id }) => names.includes(`${kind} ${id}`)));
  return found ? `${found.cause.kind}:${found.cause.id}` : subject;
}

/** Failure kinds: usage (the sweep knows no such thing). */
function narrow(explained: ExplainedSweep, results: readonly ProbeResult[], subject: string | undefined): Narrowed {
  if (subject === undefined) return { explained, results };
  const narrowed = narrowExplanation(explained, results, subject);
  if (narrowed) return narrowed;
  const known = explained.causes.map(({ cause: { kind, id } }) => `${kind}:${id}`);
  const near = findNearest(subject, [...known, ...new Set(results.flatMap(({ unit, system }) => [unit, system]))]);
  throw new Failure("usage", words.strangeSubject(subject), { hint: words.causesAre(known, near) });
}
