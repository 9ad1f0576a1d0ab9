import type { Command } from "commander";
import type { Cli } from "../cli.ts";
import { type MeetingOptions, reportMeeting, withMeetingOptions } from "./meeting.ts";
import { openQuestions } from "./questions.ts";
import { reportWords as words } from "./words.ts";

export function declareEvening(noun: Command, cli: Cli): void {
  const verb = cli.verb(noun, {
    name: "evening",
    about: words.evening,
    example: "wardctl report evening --format html --out evening.html",
  });
  withMeetingOptions(verb, cli).action((options: MeetingOptions, command: Command) =>
    cli.run(command, (context) => reportMeeting("evening", options, context, openQuestions)),
  );
}
