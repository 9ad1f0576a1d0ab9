import type { Command } from "commander";
import type { Cli } from "../cli.ts";
import { type MeetingOptions, reportMeeting, withMeetingOptions } from "./meeting.ts";
import { openQuestions } from "./questions.ts";
import { reportWords as words } from "./words.ts";

export function declareMorning(noun: Command, cli: Cli): void {
  const verb = cli.verb(noun, { name: "morning", about: words.morning, example: "wardctl report morning" });
  withMeetingOptions(verb, cli).action((options: MeetingOptions, command: Command) =>
    cli.run(command, (context) => reportMeeting("morning", options, context, openQuestions)),
  );
}
