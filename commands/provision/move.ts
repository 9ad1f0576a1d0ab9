import type { Command } from "commander";
import type { ListFormat } from "../../src/platform/output.ts";
import type { Cli } from "../cli.ts";
import type { Context } from "../context.ts";
import type { Outcome } from "../exit-codes.ts";
import { readWholeNumber } from "../options.ts";
import { lifecycleWords as own } from "./lifecycle-words.ts";
import { openLifecycleRoom } from "./open.ts";
import { presentPlan } from "./present-plan.ts";
import { provisionWords as words } from "./words.ts";

export function declareMove(noun: Command, cli: Cli): void {
  const example =
    "wardctl provision move CB2700403 --to-unit 19777 --department van-phong --position van-thu --effective 2025-07-03 --save move.json";
  cli
    .withFormat(cli.verb(noun, { name: "move", about: own.move, example }))
    .argument("<staff-id>", cli.say(own.staffId))
    .requiredOption("--to-unit <code>", cli.say(own.toUnit))
    .option("--department <key>", cli.say(own.department))
    .requiredOption("--position <key>", cli.say(own.position))
    .requiredOption("--effective <day>", cli.say(own.effective))
    .option("--overlap <days>", cli.say(own.overlap), readWholeNumber, 0)
    .option("--save <file>", cli.say(words.save))
    .action((staffId: string, options: MoveOptions, command: Command) =>
      cli.run(command, (context) => planMove(staffId, options, context)),
    );
}

interface MoveOptions {
  readonly format: ListFormat;
  readonly toUnit: string;
  readonly department?: string;
  readonly position: string;
  readonly effective: string;
  readonly overlap: number;
  readonly save?: string;
}

async function planMove(
  staffId: string,
  { toUnit, department, position, effective, overlap, save, format }: MoveOptions,
  context: Pick<Context, "workspace" | "clock" | "ids" | "out" | "cwd" | "signal">,
): Promise<Outcome> {
  const room = await openLifecycleRoom(context);
  const request = { staffId, unit: toUnit, department, position, effective, overlapDays: overlap };
  return presentPlan(await room.move(request, context.signal), { save, format }, room, context);
}
