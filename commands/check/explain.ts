import type { Command } from "commander";
import { createNames, type Names } from "../../src/health/cause-words.ts";
import type { Endpoint } from "../../src/health/endpoint.ts";
import type { Episode } from "../../src/health/episodes.ts";
import { toExplainDocument } from "../../src/health/explain-document.ts";
import { type ExplainedSweep, explainResults } from "../../src/health/explain-results.ts";
import { withoutPlannedWork } from "../../src/health/maintenance.ts";
import { type Narrowed, narrowExplanation, narrowVantages } from "../../src/health/narrow-explanation.ts";
import { findIncident, findSubject } from "../../src/health/pack/find-subject.ts";
import type { ProbeResult } from "../../src/health/probe-result.ts";
import { type RunHead, toIncidentFile } from "../../src/health/run-file.ts";
import type { MergedVantages } from "../../src/health/vantages.ts";
import { Failure } from "../../src/platform/failure.ts";
import type { ListFormat } from "../../src/platform/output.ts";
import { findNearest } from "../../src/platform/text.ts";
import { toIso, vietnamZone } from "../../src/platform/time.ts";
import type { Cli } from "../cli.ts";
import type { Context } from "../context.ts";
import type { Outcome } from "../exit-codes.ts";
import { collect, isSheet } from "../options.ts";
import { withArticles } from "./cause-articles.ts";
import { evidenceWords } from "./evidence-words.ts";
import { listEpisodes } from "./list-episodes.ts";
import { listResults } from "./list-results.ts";
import { localWords } from "./local-words.ts";
import { openInventory } from "./open-inventory.ts";
import { readKept, readLast, readRun } from "./open-run.ts";
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
  const wants = (endpoint: string): boolean => listed.has(endpoint);
  const names = createNames(directory);
  const asked = { ...options, endpoints, names };
  const last = await explainAsked(await readRun(options.replay, wants, context), { ...asked, isLast: true }, context);
  const run = last.narrowed ? last : ((await explainElsewhere(last, wants, asked, context)) ?? last);
  const { head, known, merged } = run;
  const { explained, results: seen } = run.narrowed ?? refuseSubject(run);
  const { at } = head;
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

interface Asked extends ExplainOptions {
  readonly endpoints: readonly Endpoint[];
  readonly names: Names;
  readonly isLast?: boolean;
}

interface Explained {
  readonly head: RunHead;
  readonly known: readonly ProbeResult[];
  readonly merged: MergedVantages;
  readonly whole: ExplainedSweep;
  /** The incident whose number was asked for. */
  readonly incident: Episode | undefined;
  readonly subject: string | undefined;
  /** Undefined: this run knows nothing of the subject. */
  readonly narrowed: Narrowed | undefined;
}

type ReadRun = Awaited<ReturnType<typeof readRun>>;

/** One run, with what was seen from units beside it, as far as it concerns the subject. */
async function explainAsked({ head, results: known }: ReadRun, asked: Asked, context: ExplainContext): Promise<Explained> {
  if (known.length === 0) throw new Failure("usage", words.nothingChosen);
  const { endpoints, names, replay, subject: text, isLast = false } = asked;
  const tried = new Set(known.map(({ endpoint }) => endpoint));
  const merged = await readVantages(
    asked.with ?? [],
    { endpoints: endpoints.filter(({ id }) => tried.has(id)), at: head.at, results: known },
    context,
  );
  const whole = explainResults(merged.endpoints, withoutPlannedWork(merged.results), names);
  const isNumber = text !== undefined && replay === undefined && /^#?\d{1,4}$|^#/.test(text);
  const incident = isNumber ? findIncident(text, await listEpisodes(context)) : undefined;
  const scene = { results: known, explained: whole, episodes: incident ? [incident] : [], isLast };
  const cause = incident && findSubject(`#${incident.key}`, scene)?.cause;
  const subject = cause ? `${cause.cause.kind}:${cause.cause.id}` : text;
  const narrowed =
    subject === undefined ? { explained: whole, results: merged.results } : narrowExplanation(whole, merged.results, subject);
  return { head, known, merged, whole, incident, subject, narrowed };
}

/** What the last run knows nothing of: an incident that is over in the run that confirmed it, a unit in the last run of all. */
async function explainElsewhere(
  { head, incident }: Explained,
  wants: (endpoint: string) => boolean,
  asked: Asked,
  context: ExplainContext,
): Promise<Explained | undefined> {
  if (asked.replay !== undefined) return undefined;
  if (incident) {
    const folder = (await context.workspace()).cachePath("check-runs");
    const kept = await readKept(toIncidentFile(folder, incident.key as number), wants);
    if (!kept?.head) throw new Failure("usage", evidenceWords.notKept(`#${incident.key}`), { hint: evidenceWords.howReplay });
    return explainAsked({ head: kept.head, results: kept.results }, asked, context);
  }
  if (head.scope === "all") return undefined;
  const whole = await readLast(wants, context, "all").catch((error: unknown) => {
    // There never was one: the last run has to do.
    if (error instanceof Failure && error.kind === "usage") return undefined;
    throw error;
  });
  return whole && explainAsked(whole, asked, context);
}

/** Failure kind: usage (the sweep knows no such thing). */
function refuseSubject({ whole, merged, subject = "" }: Explained): never {
  const known = whole.causes.map(({ cause: { kind, id } }) => `${kind}:${id}`);
  const near = findNearest(subject, [...known, ...new Set(merged.results.flatMap(({ unit, system }) => [unit, system]))]);
  throw new Failure("usage", words.strangeSubject(subject), { hint: words.causesAre(known, near) });
}
