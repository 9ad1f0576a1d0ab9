import type { Command } from "commander";
import type { ListFormat } from "../../../src/platform/output.ts";
import { describeFailed } from "../../../src/provision/failed-words.ts";
import type { Cli } from "../../cli.ts";
import type { Context } from "../../context.ts";
import type { Outcome } from "../../exit-codes.ts";
import { collect, readWholeNumber } from "../../options.ts";
import { openClaimsRoom } from "../open.ts";
import { presentPlan } from "../present-plan.ts";
import { provisionWords } from "../words.ts";
import { claimWords as own } from "./claim-words.ts";
import { handoutWords as words } from "./words.ts";

export function declareUnclaimed(noun: Command, cli: Cli): void {
  cli
    .withFormat(
      cli.verb(noun, {
        name: "unclaimed",
        about: own.unclaimed,
        example: "wardctl provision handout unclaimed --days 7 --save unclaimed.json",
      }),
    )
    .option("--unit <code>", cli.say(words.unit), collect)
    .option("--days <n>", cli.say(own.days), readWholeNumber)
    .option("--include-unknown", cli.say(own.includeUnknown))
    .option("--all", cli.say(provisionWords.all))
    .option("--save <file>", cli.say(provisionWords.save))
    .action((options: UnclaimedOptions, command: Command) => cli.run(command, (context) => planUnclaimed(options, context)));
}

interface UnclaimedOptions {
  readonly format: ListFormat;
  readonly unit?: readonly string[];
  readonly days?: number;
  readonly includeUnknown?: boolean;
  readonly all?: boolean;
  readonly save?: string;
}

async function planUnclaimed(
  { unit, days, includeUnknown = false, save, all, format }: UnclaimedOptions,
  context: Pick<Context, "workspace" | "clock" | "ids" | "out" | "cwd" | "signal">,
): Promise<Outcome> {
  const { out, signal } = context;
  const room = await openClaimsRoom(context);
  const { made, claims, failed, days: allowed } = await room.planUnclaimed({ units: unit, days, includeUnknown, signal });
  for (const said of describeFailed(failed)) out.warn(said);
  const untold = claims.filter(({ overdue, signedIn }) => overdue && signedIn === "unknown");
  if (made.plan.operations.length === 0 && untold.length === 0) out.note(own.noneOverdue(allowed));
  const outcome = await presentPlan(made, { save, all, format }, room, context);
  if (untold.length === 0 || includeUnknown) return outcome;
  out.warn(own.notTold(untold.length));
  return outcome === "ok" ? "attention" : outcome;
}
