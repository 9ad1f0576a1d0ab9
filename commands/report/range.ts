import { type Command, Option } from "commander";
import type { Instant } from "../../src/platform/clock.ts";
import { Failure } from "../../src/platform/failure.ts";
import { readInstant, startOfLocalDay, toLocalDay, type Zone } from "../../src/platform/time.ts";
import { layoutNames } from "../../src/reports/layouts.ts";
import type { LayoutName } from "../../src/reports/model.ts";
import { decideOutcome } from "../../src/reports/outcome.ts";
import type { Cli } from "../cli.ts";
import type { Outcome } from "../exit-codes.ts";
import { openDesk } from "./desk.ts";
import { type MeetingContext, openOrder, type ReportOptions, readAsOf, withReportOptions } from "./meeting.ts";
import { printReport } from "./print.ts";
import { openQuestions } from "./questions.ts";
import { reportWords as words } from "./words.ts";

interface RangeOptions extends ReportOptions {
  readonly layout?: LayoutName;
}

export function declareRange(noun: Command, cli: Cli): void {
  const verb = cli.verb(noun, {
    name: "range",
    about: words.range,
    example: "wardctl report range 2025-07-01 2025-07-03 --layout ii06a",
  });
  verb.argument("<from>", cli.say(words.from)).argument("[to]", cli.say(words.to));
  verb.addOption(new Option("--layout <layout>", cli.say(words.layout)).choices(layoutNames));
  withReportOptions(verb, cli).action((from: string, to: string | undefined, options: RangeOptions, command: Command) =>
    cli.run(command, (context) => reportRange({ from, to }, options, context)),
  );
}

/** Any window, for a look. */
async function reportRange(
  asked: { readonly from: string; readonly to: string | undefined },
  options: RangeOptions,
  context: MeetingContext,
): Promise<Outcome> {
  const workspace = await context.workspace();
  const { from, to } = readRange(asked, options.asOf, context.clock.now(), workspace.zone);
  const order = await openOrder({ workspace, asOf: to, options, clock: context.clock, openQuestions });
  const desk = await openDesk(workspace, context.clock);
  const made = await desk.makeLook({ ...order, kind: "range", from, layout: options.layout });
  await printReport({ ...made, meeting: undefined }, options, { ...context, zone: workspace.zone });
  return decideOutcome(made.report);
}

const dayShape = /^(\d{4}-\d{2}-\d{2}|\d{1,2}\/\d{1,2}\/\d{4})$/;
const minuteMs = 60_000;

/**
 * `2025-07-01 2025-07-03` is the three whole days; today ends now. `--as-of` is another way to give the end.
 */
export function readRange(
  { from, to }: { readonly from: string; readonly to: string | undefined },
  asOf: string | undefined,
  now: Instant,
  zone: Zone,
): { readonly from: Instant; readonly to: Instant } {
  if (to !== undefined && asOf !== undefined) throw new Failure("usage", words.twoEnds);
  const start = readInstant(from, zone);
  if (start === undefined) throw new Failure("usage", words.badAsOf(from), { hint: words.asOfShape });
  const end = readEnd(to, asOf, now, zone);
  if (start >= end) throw new Failure("usage", words.reversed(start, end, zone), { hint: words.startFirst });
  return { from: Math.floor(start / minuteMs) * minuteMs, to: end };
}

function readEnd(to: string | undefined, asOf: string | undefined, now: Instant, zone: Zone): Instant {
  if (to === undefined || !dayShape.test(to.trim())) return readAsOf(to ?? asOf, now, zone);
  const day = readInstant(to, zone);
  if (day === undefined) throw new Failure("usage", words.badAsOf(to), { hint: words.asOfShape });
  if (day > now) throw new Failure("usage", words.futureAsOf(to));
  return Math.min(startOfLocalDay(toLocalDay(day, zone) + 1, zone), Math.floor(now / minuteMs) * minuteMs);
}
