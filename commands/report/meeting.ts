import type { Command } from "commander";
import type { Instant } from "../../src/platform/clock.ts";
import { Failure } from "../../src/platform/failure.ts";
import { readInstant, toIsoDate, type Zone } from "../../src/platform/time.ts";
import type { ReportKind } from "../../src/reports/model.ts";
import { decideOutcome } from "../../src/reports/outcome.ts";
import type { ReportQuestions } from "../../src/reports/questions.ts";
import type { Workspace } from "../../src/workspace/open-workspace.ts";
import type { Cli } from "../cli.ts";
import type { Context } from "../context.ts";
import type { Outcome } from "../exit-codes.ts";
import { openDesk } from "./desk.ts";
import { listExpectedUnits } from "./expected-units.ts";
import { checkPrintOptions, type PrintOptions, printReport, withPrintOptions } from "./print.ts";
import type { QuestionsRequest } from "./questions.ts";
import { reportWords as words } from "./words.ts";

export interface MeetingOptions extends PrintOptions {
  readonly asOf?: string;
  readonly knownAsOf?: string;
  /** False with --no-store. */
  readonly store: boolean;
}

export function withMeetingOptions(verb: Command, cli: Cli): Command {
  verb
    .option("--as-of <instant>", cli.say(words.asOf))
    .option("--known-as-of <n|instant|meeting>", cli.say(words.knownAsOf))
    .option("--no-store", cli.say(words.noStore));
  return withPrintOptions(verb, cli);
}

type MeetingContext = Pick<Context, "workspace" | "out" | "clock" | "cwd">;

/** Makes the report of a meeting, keeps it unless told not to, and prints it or writes its file. */
export async function reportMeeting(
  kind: ReportKind,
  options: MeetingOptions,
  context: MeetingContext,
  openQuestions: (request: QuestionsRequest) => Promise<ReportQuestions>,
): Promise<Outcome> {
  checkPrintOptions(options, context.out);
  const workspace = await context.workspace();
  const { settings, zone } = workspace;
  const asOf = readAsOf(options.asOf, context.clock.now(), zone);
  // Midnight closes the day before it, and that day's units are meant.
  const directory = await workspace.directory(toIsoDate(asOf - 1, zone));
  const desk = await openDesk(workspace, context.clock);
  const made = await desk.makeMeeting({
    kind,
    asOf,
    knownAsOf: options.knownAsOf,
    keep: options.store,
    city: settings.name,
    units: listExpectedUnits(settings, directory),
    findUnit: directory.findUnit,
    rules: settings.report,
    expectsDossiers: Object.values(settings.records.sources).some(({ content }) => content === "dossiers"),
    roomRules: pickCountingRules(settings.records),
    questions: await openQuestions({ workspace, directory, asOf, clock: context.clock }),
  });
  if (made.meeting?.isNew) context.out.note(words.kept(made.meeting.id));
  await printReport({ report: made.report, modelSha256: made.modelSha256, meeting: made.meeting?.id }, options, {
    ...context,
    zone,
  });
  return decideOutcome(made.report);
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
function readAsOf(text: string | undefined, now: Instant, zone: Zone): Instant {
  const at = text === undefined ? now : readInstant(text, zone);
  if (at === undefined) throw new Failure("usage", words.badAsOf(text ?? ""), { hint: words.asOfShape });
  if (at > now) throw new Failure("usage", words.futureAsOf(text ?? ""));
  return Math.floor(at / minuteMs) * minuteMs;
}
