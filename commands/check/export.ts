import { resolve } from "node:path";
import { type Command, Option } from "commander";
import type { ExportedRun } from "../../src/health/export/exported-run.ts";
import { formatJunit } from "../../src/health/export/junit.ts";
import { formatNagios, formatNagiosUnknown, type NagiosCode } from "../../src/health/export/nagios.ts";
import { formatPrometheus } from "../../src/health/export/prometheus.ts";
import { formatRunFile } from "../../src/health/run-file.ts";
import { healthSettings } from "../../src/health/settings.ts";
import { Failure } from "../../src/platform/failure.ts";
import { writeWhole } from "../../src/platform/files.ts";
import { formatDateTime } from "../../src/platform/format.ts";
import { toIso, vietnamZone } from "../../src/platform/time.ts";
import type { Cli } from "../cli.ts";
import type { Context } from "../context.ts";
import type { Outcome } from "../exit-codes.ts";
import { exportWords as words } from "./export-words.ts";
import { type OpenedRun, openRun, type RunFlags } from "./open-run.ts";
import { checkWords } from "./words.ts";

const formats = ["jsonl", "prometheus", "openmetrics", "junit", "nagios"] as const;
type ExportFormat = (typeof formats)[number];

export function declareExport(noun: Command, cli: Cli): void {
  cli
    .verb(noun, {
      name: "export",
      about: words.export,
      example: "wardctl check export --format prometheus --out wardctl.prom",
    })
    .addOption(new Option("--format <format>", cli.say(words.format)).choices(formats).default("jsonl"))
    .option("--out <file>", cli.say(words.out))
    .option("--replay <file>", cli.say(words.replay))
    .option("--inventory <file>", cli.say(checkWords.inventory))
    .action((options: ExportOptions, command: Command) => cli.run(command, (context) => exportRun(options, context)));
}

interface ExportOptions extends RunFlags {
  readonly format: ExportFormat;
  readonly out?: string;
}

type ExportContext = Pick<Context, "workspace" | "findWorkspace" | "cwd" | "clock" | "out">;

interface Exported {
  readonly content: string | Iterable<string>;
  readonly outcome: Outcome;
}

async function exportRun(options: ExportOptions, context: ExportContext): Promise<Outcome> {
  const { out, cwd } = context;
  if (options.format === "nagios") return exportToNagios(options, context);
  const run = await openRun(options, context);
  const exported = await toExport(options.format, run, context);
  await hand(exported, { options, run, cwd, out });
  return exported.outcome;
}

/** Whatever goes wrong is the plugin's line too: another exit code would be read as a state of the systems. */
async function exportToNagios(options: ExportOptions, context: ExportContext): Promise<Outcome> {
  const { out, cwd } = context;
  try {
    const run = await openRun(options, context);
    if (options.replay === undefined) await assertFresh(run, context);
    const { line, code } = formatNagios(await toExported(run, context), out.lang);
    await hand({ content: line, outcome: nagiosOutcomes[code] }, { options, run, cwd, out });
    return nagiosOutcomes[code];
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    const { line, code } = formatNagiosUnknown(error.words[out.lang]);
    if (out.json) throw error;
    await out.emit({ document: {}, render: () => line });
    return nagiosOutcomes[code];
  }
}

const nagiosOutcomes = ["ok", "nagios-warning", "nagios-critical", "nagios-unknown"] as const satisfies Readonly<
  Record<NagiosCode, Outcome>
>;

/** An old run would go on saying that all is well after the sweeps have stopped. */
async function assertFresh({ head }: OpenedRun, { workspace, clock, out }: ExportContext): Promise<void> {
  const { settings } = await workspace();
  if (clock.now() - head.at <= settings.check.holdMinutes * 60_000) return;
  throw new Failure("unavailable", words.tooOld(formatDateTime(head.at, vietnamZone, out.lang)));
}

async function toExport(format: Exclude<ExportFormat, "nagios">, run: OpenedRun, context: ExportContext): Promise<Exported> {
  if (format === "jsonl") return { content: formatRunFile(run.head, run.results, vietnamZone), outcome: "ok" };
  const exported = await toExported(run, context);
  if (format === "junit") return { content: formatJunit(exported, { lang: context.out.lang, zone: vietnamZone }), outcome: "ok" };
  return { content: formatPrometheus(exported, format), outcome: "ok" };
}

async function toExported(
  { head, results, endpoints, explained, names }: OpenedRun,
  { findWorkspace }: ExportContext,
): Promise<ExportedRun> {
  const { slowMs, deadlineMs } = (await findWorkspace())?.settings.check ?? healthSettings.parse(undefined);
  const byId = new Map(endpoints.map((endpoint) => [endpoint.id, endpoint]));
  return { at: head.at, results, endpoints: byId, explained, names, slowMs, deadlineMs };
}

async function hand(
  { content }: Exported,
  { options, run, cwd, out }: { readonly options: ExportOptions; readonly run: OpenedRun } & Pick<ExportContext, "cwd" | "out">,
): Promise<void> {
  const { format, out: file } = options;
  const document = {
    schema: "wardctl.check-export/1",
    format,
    file: file ?? null,
    at: toIso(run.head.at, vietnamZone),
    endpoints: run.results.length,
    content: null,
  };
  if (file === undefined) {
    const text = typeof content === "string" ? content : [...content].join("");
    return out.emit({ document: { ...document, content: text }, render: () => text });
  }
  await writeWhole(resolve(cwd, file), content);
  if (out.json) return out.emit({ document, render: () => "" });
  out.note(words.written(file, format, run.results.length));
}
