import type { Command } from "commander";
import type { ListFormat } from "../../src/platform/output.ts";
import type { Cli } from "../cli.ts";
import type { Context } from "../context.ts";
import type { Outcome } from "../exit-codes.ts";
import { collect } from "../options.ts";
import { openClaimsRoom } from "./open.ts";
import { presentPlan } from "./present-plan.ts";
import { statusWords as own } from "./status-words.ts";
import { provisionWords as words } from "./words.ts";

export function declareCompensate(noun: Command, cli: Cli): void {
  cli
    .withFormat(
      cli.verb(noun, {
        name: "compensate",
        about: own.compensate,
        example: "wardctl provision compensate 01JZ7Q8T3B --subject CB2700403 --save undo.json",
      }),
    )
    .argument("<plan-id>", cli.say(own.planToUndo))
    .option("--subject <id>", cli.say(own.onlySubject), collect)
    .option("--all", cli.say(words.all))
    .option("--save <file>", cli.say(words.save))
    .action((planId: string, options: CompensateOptions, command: Command) =>
      cli.run(command, (context) => planCompensation(planId, options, context)),
    );
}

interface CompensateOptions {
  readonly format: ListFormat;
  readonly subject?: readonly string[];
  readonly all?: boolean;
  readonly save?: string;
}

async function planCompensation(
  planId: string,
  { subject = [], save, all, format }: CompensateOptions,
  context: Pick<Context, "workspace" | "clock" | "ids" | "out" | "cwd" | "signal">,
): Promise<Outcome> {
  const room = await openClaimsRoom(context);
  const made = await room.planCompensation({ planId, subjects: subject, signal: context.signal });
  return presentPlan(made, { save, all, format }, room, context);
}
