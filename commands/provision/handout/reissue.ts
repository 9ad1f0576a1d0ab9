import type { Command } from "commander";
import { Failure } from "../../../src/platform/failure.ts";
import type { ListFormat } from "../../../src/platform/output.ts";
import type { Cli } from "../../cli.ts";
import type { Context } from "../../context.ts";
import type { Outcome } from "../../exit-codes.ts";
import { collect } from "../../options.ts";
import { openClaimsRoom } from "../open.ts";
import { presentPlan } from "../present-plan.ts";
import { provisionWords } from "../words.ts";
import { claimWords as own } from "./claim-words.ts";
import { handoutWords as words } from "./words.ts";

export function declareReissue(noun: Command, cli: Cli): void {
  cli
    .withFormat(
      cli.verb(noun, {
        name: "reissue",
        about: own.reissue,
        example: "wardctl provision handout reissue --expired --save reissue.json",
      }),
    )
    .argument("[slip...]", cli.say(own.slips))
    .option("--expired", cli.say(own.expiredSlips))
    .option("--unit <code>", cli.say(words.unit), collect)
    .option("--all", cli.say(provisionWords.all))
    .option("--save <file>", cli.say(provisionWords.save))
    .action((slips: readonly string[], options: ReissueOptions, command: Command) =>
      cli.run(command, (context) => planReissue(slips, options, context)),
    );
}

interface ReissueOptions {
  readonly format: ListFormat;
  readonly expired?: boolean;
  readonly unit?: readonly string[];
  readonly all?: boolean;
  readonly save?: string;
}

async function planReissue(
  slips: readonly string[],
  { expired = false, unit, save, all, format }: ReissueOptions,
  context: Pick<Context, "workspace" | "clock" | "ids" | "out" | "cwd" | "signal">,
): Promise<Outcome> {
  if (slips.length === 0 && !expired) throw new Failure("usage", own.slipsOrExpired);
  const room = await openClaimsRoom(context);
  const made = await room.planReissue({ slips, expired, units: unit, signal: context.signal });
  return presentPlan(made, { save, all, format }, room, context);
}
