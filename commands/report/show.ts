import type { Command } from "commander";
import { Failure } from "../../src/platform/failure.ts";
import { decideOutcome } from "../../src/reports/outcome.ts";
import type { Cli } from "../cli.ts";
import type { Context } from "../context.ts";
import type { Outcome } from "../exit-codes.ts";
import { openDesk } from "./desk.ts";
import { checkPrintOptions, type PrintOptions, printReport, withPrintOptions } from "./print.ts";
import { reportWords as words } from "./words.ts";

export function declareShow(noun: Command, cli: Cli): void {
  const verb = cli.verb(noun, { name: "show", about: words.show, example: "wardctl report show --format md" });
  withPrintOptions(verb.argument("[meeting]", cli.say(words.meeting)), cli).action(
    (meeting: string | undefined, options: PrintOptions, command: Command) =>
      cli.run(command, (context) => showMeeting(meeting, options, context)),
  );
}

/** Prints a kept report again as it was; nothing is computed anew. */
async function showMeeting(
  id: string | undefined,
  options: PrintOptions,
  context: Pick<Context, "workspace" | "out" | "clock" | "cwd">,
): Promise<Outcome> {
  checkPrintOptions(options, context.out);
  const workspace = await context.workspace();
  const desk = await openDesk(workspace, context.clock);
  const recent = await desk.listMeetings(5);
  const meeting = id === undefined ? recent[0] : await desk.findMeeting(id);
  if (!meeting) {
    if (recent.length === 0) throw new Failure("invalid", words.noMeetings, { hint: words.makeMeeting });
    throw new Failure("invalid", words.unknownMeeting(id ?? ""), { hint: words.recent(recent.map((own) => own.id)) });
  }
  const { report, modelSha256 } = meeting;
  await printReport({ report, modelSha256, meeting: meeting.id }, options, { ...context, zone: workspace.zone });
  return decideOutcome(report);
}
