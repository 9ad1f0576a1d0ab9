import type { Command } from "commander";
import type { Directory } from "../../src/directory/directory.ts";
import type { Unit } from "../../src/directory/unit.ts";
import type { Clock, Instant } from "../../src/platform/clock.ts";
import { Failure } from "../../src/platform/failure.ts";
import { readInstant, toIsoDate, type Zone } from "../../src/platform/time.ts";
import type { MeetingKind } from "../../src/reports/model.ts";
import { decideOutcome } from "../../src/reports/outcome.ts";
import type { ReportQuestions } from "../../src/reports/questions.ts";
import type { ReportOrder } from "../../src/reports/report-desk.ts";
import type { Workspace } from "../../src/workspace/open-workspace.ts";
import type { Cli } from "../cli.ts";
import type { Context } from "../context.ts";
import type { Outcome } from "../exit-codes.ts";
import { openDesk } from "./desk.ts";
import { listExpectedUnits } from "./expected-units.ts";
import { checkPrintOptions, checkTable, type PrintOptions, printReport, withPrintOptions } from "./print.ts";
import type { QuestionsRequest } from "./questions.ts";
import { reportWords as words } from "./words.ts";

export interface AsOfOptions {
  readonly asOf?: string;
  readonly knownAsOf?: string;
}

export interface ReportOptions extends AsOfOptions, PrintOptions {
  readonly public?: boolean;
}

export interface MeetingOptions extends ReportOptions {
  /** False with --no-store. */
  readonly store: boolean;
}

export function withAsOfOptions(verb: Command, cli: Cli): Command {
  return verb
    .option("--as-of <instant>", cli.say(words.asOf))
    .option("--known-as-of <n|instant|meeting>", cli.say(words.knownAsOf));
}

export function withReportOptions(verb: Command, cli: Cli): Command {
  return withPrintOptions(withAsOfOptions(verb, cli).option("--public", cli.say(words.public)), cli);
}

export function withMeetingOptions(verb: Command, cli: Cli): Command {
  return withReportOptions(verb.option("--no-store", cli.say(words.noStore)), cli);
}

export type MeetingContext = Pick<Context, "workspace" | "out" | "clock" | "cwd">;

/** Makes the report of a meeting, keeps it unless told not to, and prints it or writes its file. */
export async function reportMeeting(
  kind: MeetingKind,
  options: MeetingOptions,
  context: MeetingContext,
  openQuestions: (request: QuestionsRequest) => Promise<ReportQuestions>,
): Promise<Outcome> {
  checkPrintOptions(options, context.out);
  const workspace = await context.workspace();
  const asOf = readAsOf(options.asOf, context.clock.now(), workspace.zone);
  const order = await openOrder({ workspace, asOf, options, clock: context.clock, openQuestions, kind });
  const desk = await openDesk(workspace, context.clock);
  // A meeting sees everything: what is left out for the public is no record of it.
  const keep = options.store && options.public !== true;
  const made = await desk.makeMeeting({ ...order, kind, keep, beforeKeep: (report) => checkTable(report, options) });
  if (made.meeting?.isNew) context.out.note(words.kept(made.meeting.id));
  await printReport({ report: made.report, modelSha256: made.modelSha256, meeting: made.meeting?.id }, options, {
    ...context,
    zone: workspace.zone,
  });
  return decideOutcome(made.report);
}

export interface OrderRequest {
  readonly workspace: Workspace;
  readonly asOf: Instant;
  readonly options: ReportOptions;
  readonly clock: Clock;
  readonly openQuestions: (request: QuestionsRequest) => Promise<ReportQuestions>;
  /** Of which meeting; undefined for a look that is none. */
  readonly kind?: MeetingKind;
  /** Instead of those that are expected to report. */
  readonly choose?: (directory: Directory) => readonly Unit[];
}

/** What every report is asked with, from the workspace. Failure kind: invalid. */
export async function openOrder({
  workspace,
  asOf,
  options,
  clock,
  openQuestions,
  kind,
  choose,
}: OrderRequest): Promise<ReportOrder> {
  const { settings, zone } = workspace;
  // Midnight closes the day before it, and that day's units are meant.
  const directory = await workspace.directory(toIsoDate(asOf - 1, zone));
  const units = choose ? choose(directory) : listExpectedUnits(settings, directory);
  const of = choose && units.map(({ code }) => code);
  return {
    asOf,
    knownAsOf: options.knownAsOf,
    city: settings.name,
    units,
    findUnit: directory.findUnit,
    rules: settings.report,
    isPublic: options.public === true,
    expectsDossiers: Object.values(settings.records.sources).some(({ content }) => content === "dossiers"),
    roomRules: pickCountingRules(settings.records),
    questions: await openQuestions({ workspace, directory, asOf, clock, kind, of, knownAsOf: options.knownAsOf }),
  };
}

/** What of a source decides how its rows count; where they are fetched from does not. */
function pickCountingRules({ sources }: Workspace["settings"]["records"]): unknown {
  return Object.entries(sources).map(([name, source]) => {
    const { content, quality, units, expectEvery } = source;
    const shared = { name, content, quality, units, expectEvery };
    if (source.content !== "dossiers") return shared;
    const { status, channels, onTime, dueIncludesPauses } = source;
    return { ...shared, status, channels, onTime, dueIncludesPauses };
  });
}

const minuteMs = 60_000;

/** Now, or the instant asked for; whole minutes, and nothing of the future. */
export function readAsOf(text: string | undefined, now: Instant, zone: Zone): Instant {
  const at = text === undefined ? now : readInstant(text, zone);
  if (at === undefined) throw new Failure("usage", words.badAsOf(text ?? ""), { hint: words.asOfShape });
  if (at > now) throw new Failure("usage", words.futureAsOf(text ?? ""));
  return Math.floor(at / minuteMs) * minuteMs;
}
