import type { Command } from "commander";
import type { Unit } from "../../src/directory/unit.ts";
import type { Instant } from "../../src/platform/clock.ts";
import { Failure } from "../../src/platform/failure.ts";
import { formatDateTime } from "../../src/platform/format.ts";
import type { ListColumn, ListFormat } from "../../src/platform/output.ts";
import { findNearest } from "../../src/platform/text.ts";
import { readInstant, startOfLocalDay, toIso, toIsoDate, toLocalDay, type Zone } from "../../src/platform/time.ts";
import type { Lang } from "../../src/platform/words.ts";
import { createCounts } from "../../src/records/counts.ts";
import type { Window } from "../../src/records/figures.ts";
import {
  type Explainable,
  type ExplainedDossier,
  type Explanation,
  explainableNames,
  explainFigure,
  findExplainable,
} from "../../src/reports/explain-figure.ts";
import { toUnitWords } from "../../src/reports/place-name.ts";
import type { ReportDesk } from "../../src/reports/report-desk.ts";
import type { Cli } from "../cli.ts";
import type { Context } from "../context.ts";
import type { Outcome } from "../exit-codes.ts";
import { openDesk } from "./desk.ts";
import { explainWords as words } from "./explain-words.ts";
import { type AsOfOptions, readAsOf, withAsOfOptions } from "./meeting.ts";
import { readUnit, warnOfStranger } from "./unit.ts";
import { reportWords } from "./words.ts";

interface ExplainOptions extends AsOfOptions {
  readonly from?: string;
  readonly meeting?: string;
  readonly format: ListFormat;
}

export function declareExplain(noun: Command, cli: Cli): void {
  const verb = cli.verb(noun, {
    name: "explain",
    about: words.explain,
    example: "wardctl report explain 19753 inProgress.overdue",
  });
  verb.argument("<unit>", cli.say(reportWords.unitArgument)).argument("<figure>", cli.say(words.figure));
  verb.option("--from <instant>", cli.say(words.from)).option("--meeting <meeting>", cli.say(words.meeting));
  cli
    .withFormat(withAsOfOptions(verb, cli))
    .action((unit: string, figure: string, options: ExplainOptions, command: Command) =>
      cli.run(command, (context) => explainOne(unit, figure, options, context)),
    );
}

type ExplainContext = Pick<Context, "workspace" | "out" | "clock">;

/** Lists the dossiers behind a figure and says whether they come to it. */
async function explainOne(text: string, key: string, options: ExplainOptions, context: ExplainContext): Promise<Outcome> {
  const explainable = readFigure(key);
  const workspace = await context.workspace();
  const { zone, settings } = workspace;
  const desk = await openDesk(workspace, context.clock);
  const asked = options.meeting === undefined ? undefined : await readMeeting(options.meeting, options, desk, zone);
  const window = asked?.window ?? readWindow(options, context.clock.now(), zone);
  const directory = await workspace.directory(toIsoDate(window.end - 1, zone));
  const unit = readUnit(text, directory, settings);
  warnOfStranger(unit, settings, context.out);
  const counts = createCounts(await workspace.database(), settings.records, { zone, directory });
  const knownSeq = asked?.knownSeq ?? (await desk.findKnownSeq(options.knownAsOf, counts));
  const explanation = await explainFigure(counts, unit.code, window, knownSeq, explainable);
  if (explanation.dossiers.length > 0) {
    const detail = { unit: unit.code, figure: explainable.key, dossiers: explanation.dossiers.length };
    await (await workspace.audit()).append({ actor: workspace.actor, action: "records.look", subject: "figure", detail });
  }
  await printExplanation(explanation, { unit, window, knownSeq, explainable, zone }, options, context);
  if (explanation.figure !== undefined && explanation.matches) return "ok";
  context.out.warn(explanation.figure === undefined ? words.silent(toUnitWords(unit)) : words.notAll(explanation));
  return "partial";
}

function readFigure(key: string): Explainable {
  const found = findExplainable(key);
  if (found) return found;
  if (["visitors", "units", "rate.stated"].includes(key)) throw new Failure("usage", words.onlyStated(key));
  const near = findNearest(key, explainableNames, 4);
  throw new Failure("usage", words.unknownFigure(key, near), { hint: words.figures(explainableNames) });
}

async function readMeeting(
  id: string,
  options: ExplainOptions,
  desk: ReportDesk,
  zone: Zone,
): Promise<{ readonly window: Window; readonly knownSeq: number }> {
  if (options.asOf ?? options.from ?? options.knownAsOf) throw new Failure("usage", words.meetingAlone);
  const meeting = await desk.findMeeting(id);
  if (!meeting) {
    const recent = (await desk.listMeetings(5)).map((own) => own.id);
    throw new Failure("usage", reportWords.unknownMeeting(id), recent.length > 0 ? { hint: reportWords.recent(recent) } : {});
  }
  const { window } = meeting.report;
  const at = (iso: string): Instant => readInstant(iso, zone) as Instant;
  return { window: { start: at(window.start), end: at(window.end) }, knownSeq: meeting.knownSeq };
}

/** From the start of the as-of's day, as an evening report; midnight ends its own day. */
function readWindow({ asOf, from }: ExplainOptions, now: Instant, zone: Zone): Window {
  const end = readAsOf(asOf, now, zone);
  const start = from === undefined ? startOfLocalDay(toLocalDay(end - 1, zone), zone) : readInstant(from, zone);
  if (start === undefined) throw new Failure("usage", reportWords.badAsOf(from ?? ""), { hint: reportWords.asOfShape });
  if (start >= end) throw new Failure("usage", reportWords.reversed(start, end, zone));
  return { start, end };
}

interface Asked {
  readonly unit: Unit;
  readonly window: Window;
  readonly knownSeq: number;
  readonly explainable: Explainable;
  readonly zone: Zone;
}

async function printExplanation(
  explanation: Explanation,
  asked: Asked,
  { format }: ExplainOptions,
  { out }: ExplainContext,
): Promise<void> {
  const { unit, window, knownSeq, explainable, zone } = asked;
  const { figure, part, counted, countedPart, matches, dossiers } = explanation;
  await out.list({
    schema: "wardctl.report-explain/1",
    name: "dossiers",
    items: dossiers,
    columns: listColumns(explainable.readPart !== undefined, zone),
    format,
    empty: words.none(toUnitWords(unit), explainable.title),
    extra: {
      unit: unit.code,
      figure: explainable.key,
      window: { start: toIso(window.start, zone), end: toIso(window.end, zone) },
      knownSeq,
      value: figure ?? null,
      part: part ?? null,
      counted,
      countedPart: countedPart ?? null,
      matches,
    },
    below: [out.say(words.sum(toUnitWords(unit), explainable.title, explanation))],
  });
}

function listColumns(isRate: boolean, zone: Zone): ListColumn<ExplainedDossier>[] {
  const instant = (read: (dossier: ExplainedDossier) => number | undefined) => ({
    value: (dossier: ExplainedDossier) => {
      const at = read(dossier);
      return at === undefined ? undefined : toIso(at * 1000, zone);
    },
    text: (dossier: ExplainedDossier, lang: Lang) => {
      const at = read(dossier);
      return at === undefined ? "–" : formatDateTime(at * 1000, zone, lang);
    },
  });
  return [
    { key: "code", title: words.code, value: ({ code }) => code, text: ({ code }, lang) => code ?? words.codeGone[lang] },
    { key: "procedure", title: words.procedure, value: ({ procedure }) => procedure },
    {
      key: "channel",
      title: words.channel,
      value: ({ channel }) => channel,
      text: ({ channel }, lang) => words.channels[channel][lang],
    },
    { key: "state", title: words.state, value: ({ state }) => state, text: ({ state }, lang) => words.states[state][lang] },
    { key: "receivedAt", title: words.received, ...instant(({ received }) => received) },
    { key: "dueAt", title: words.due, ...instant(({ due }) => due) },
    { key: "finishedAt", title: words.finished, ...instant(({ finished }) => finished) },
    { key: "counts", title: words.counts, align: "right", value: ({ counts }) => counts },
    ...(isRate
      ? [
          {
            key: "part",
            title: words.part,
            align: "right" as const,
            value: ({ part }: ExplainedDossier) => part,
          },
        ]
      : []),
  ];
}
