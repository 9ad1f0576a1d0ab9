import type { Command } from "commander";
import { Failure } from "../../src/platform/failure.ts";
import type { ListFormat } from "../../src/platform/output.ts";
import type { Cli } from "../cli.ts";
import type { Context } from "../context.ts";
import type { Outcome } from "../exit-codes.ts";
import { collect } from "../options.ts";
import { lifecycleWords as own } from "./lifecycle-words.ts";
import { openLifecycleRoom } from "./open.ts";
import { presentPlan } from "./present-plan.ts";
import { provisionWords as words } from "./words.ts";

export function declareMergeUnits(noun: Command, cli: Cli): void {
  cli
    .withFormat(
      cli.verb(noun, {
        name: "merge-units",
        about: own.mergeUnits,
        example: "wardctl provision merge-units 27004 --from-directory --simulate",
      }),
    )
    .argument("<new-unit>", cli.say(own.into))
    .option("--from <code...>", cli.say(own.from))
    .option("--from-directory", cli.say(own.fromDirectory))
    .option("--effective <day>", cli.say(own.effective))
    .option("--take <staff-id>", cli.say(own.take), collect)
    .option("--leave-out <staff-id>", cli.say(own.leaveOut), collect)
    .option("--simulate", cli.say(own.simulate))
    .option("--all", cli.say(words.all))
    .option("--save <file>", cli.say(words.save))
    .action((into: string, options: MergeOptions, command: Command) =>
      cli.run(command, (context) => planMergeUnits(into, options, context)),
    );
}

interface MergeOptions {
  readonly format: ListFormat;
  readonly from?: readonly string[];
  readonly fromDirectory?: boolean;
  readonly effective?: string;
  readonly take?: readonly string[];
  readonly leaveOut?: readonly string[];
  readonly simulate?: boolean;
  readonly all?: boolean;
  readonly save?: string;
}

async function planMergeUnits(
  into: string,
  { from, fromDirectory = false, effective, take = [], leaveOut = [], simulate = false, save, all, format }: MergeOptions,
  context: Pick<Context, "workspace" | "clock" | "ids" | "out" | "cwd" | "signal">,
): Promise<Outcome> {
  if ((from === undefined) !== fromDirectory) throw new Failure("usage", own.fromOrDirectory);
  if (simulate && save !== undefined) throw new Failure("usage", own.simulateOrSave);
  const room = await openLifecycleRoom(context);
  const made = await room.merge({ into, from, effective, take, leaveOut }, context.signal);
  return presentPlan(made, { save, all, format }, room, context);
}
