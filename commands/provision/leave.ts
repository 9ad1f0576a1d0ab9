import type { Command } from "commander";
import type { ListFormat } from "../../src/platform/output.ts";
import type { Cli } from "../cli.ts";
import type { Context } from "../context.ts";
import type { Outcome } from "../exit-codes.ts";
import { listGrantsLeft, renderGrantsLeft, toGrantRecord } from "./grants-left.ts";
import { lifecycleWords as own } from "./lifecycle-words.ts";
import { openLifecycleRoom } from "./open.ts";
import { presentPlan } from "./present-plan.ts";
import { provisionWords as words } from "./words.ts";

export function declareLeave(noun: Command, cli: Cli): void {
  cli
    .withFormat(
      cli.verb(noun, { name: "leave", about: own.leave, example: "wardctl provision leave CB2700403 --save leave.json" }),
    )
    .argument("<staff-id>", cli.say(own.staffId))
    .option("--date <day>", cli.say(own.date))
    .option("--save <file>", cli.say(words.save))
    .action((staffId: string, options: LeaveOptions, command: Command) =>
      cli.run(command, (context) => planLeave(staffId, options, context)),
    );
}

interface LeaveOptions {
  readonly format: ListFormat;
  readonly date?: string;
  readonly save?: string;
}

async function planLeave(
  staffId: string,
  { date, save, format }: LeaveOptions,
  context: Pick<Context, "workspace" | "clock" | "ids" | "out" | "cwd" | "signal">,
): Promise<Outcome> {
  const room = await openLifecycleRoom(context);
  const made = await room.leave({ staffId, date }, context.signal);
  const left = await listGrantsLeft(staffId, context);
  const beside = { document: { grantsLeft: left.map(toGrantRecord) }, lines: renderGrantsLeft(left, context.out) };
  return presentPlan(made, { save, format, beside }, room, context);
}
