import type { Command } from "commander";
import type { Directory } from "../../src/directory/directory.ts";
import { explainResolution } from "../../src/directory/explain-unit.ts";
import { resolveChosenUnit } from "../../src/directory/resolve-chosen-unit.ts";
import { formatProvinceName, type Province, type Unit } from "../../src/directory/unit.ts";
import { Failure } from "../../src/platform/failure.ts";
import type { Output } from "../../src/platform/output.ts";
import { decideOutcome } from "../../src/reports/outcome.ts";
import { toUnitWords } from "../../src/reports/place-name.ts";
import type { Workspace } from "../../src/workspace/open-workspace.ts";
import type { Cli } from "../cli.ts";
import type { Outcome } from "../exit-codes.ts";
import { openDesk } from "./desk.ts";
import { type MeetingContext, openOrder, type ReportOptions, readAsOf, withReportOptions } from "./meeting.ts";
import { printReport } from "./print.ts";
import { openQuestions } from "./questions.ts";
import { reportWords as words } from "./words.ts";

export function declareUnit(noun: Command, cli: Cli): void {
  const verb = cli.verb(noun, { name: "unit", about: words.unit, example: "wardctl report unit 19753" });
  withReportOptions(verb.argument("<unit>", cli.say(words.unitArgument)), cli).action(
    (unit: string, options: ReportOptions, command: Command) => cli.run(command, (context) => reportUnit(unit, options, context)),
  );
}

/** One unit on its day and since the start of the year, for a look. */
async function reportUnit(text: string, options: ReportOptions, context: MeetingContext): Promise<Outcome> {
  const workspace = await context.workspace();
  const asOf = readAsOf(options.asOf, context.clock.now(), workspace.zone);
  let province: Province | undefined;
  const choose = (directory: Directory) => {
    const unit = readUnit(text, directory, workspace.settings);
    if (unit.province !== workspace.settings.province) province = directory.findProvince(unit.province);
    return [unit];
  };
  const order = await openOrder({ workspace, asOf, options, clock: context.clock, openQuestions, choose });
  const [unit] = order.units;
  if (unit) warnOfStranger(unit, workspace.settings, context.out);
  const desk = await openDesk(workspace, context.clock);
  const city = province ? formatProvinceName(province) : order.city;
  const made = await desk.makeLook({ ...order, city, kind: "unit" });
  await printReport({ ...made, meeting: undefined }, options, { ...context, zone: workspace.zone });
  return decideOutcome(made.report);
}

/** Code or name. Failure kind: usage, with what it may have meant. */
export function readUnit(text: string, directory: Directory, settings: Workspace["settings"]): Unit {
  const found = resolveChosenUnit(text, directory, settings);
  if (found.kind === "one") return found.unit;
  throw new Failure("usage", explainResolution(text, found, directory) ?? words.noSuchUnit(text));
}

/** A code with a slip in it may be somebody else's unit: then its figures are not missing, they were never to be here. */
export function warnOfStranger(
  unit: Unit,
  { province, units, alsoUnits, report }: Workspace["settings"],
  out: Pick<Output, "warn">,
): void {
  const own = unit.province === province && (units === "all" || units.includes(unit.code));
  const listed = [...alsoUnits, ...(report.units === "province" ? [] : report.units)];
  if (!own && !listed.includes(unit.code)) out.warn(words.stranger(toUnitWords(unit)));
}
