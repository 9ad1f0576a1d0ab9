import { Argument, type Command } from "commander";
import type { Cli } from "../../cli.ts";
import type { Context } from "../../context.ts";
import type { Outcome } from "../../exit-codes.ts";
import { openLedger } from "./open.ts";
import { handoutWords as words } from "./words.ts";

export function declareMark(noun: Command, cli: Cli): void {
  cli
    .verb(noun, { name: "mark", about: words.mark, example: "wardctl provision handout mark 3f9c2a71b0de handed" })
    .argument("<slip>", cli.say(words.slipId))
    .addArgument(new Argument("<state>", cli.say(words.state)).choices(["handed", "seen"]))
    .action((slip: string, state: "handed" | "seen", _options: unknown, command: Command) =>
      cli.run(command, (context) => markSlip(slip, state, context)),
    );
}

async function markSlip(
  id: string,
  state: "handed" | "seen",
  context: Pick<Context, "workspace" | "clock" | "out">,
): Promise<Outcome> {
  const { out } = context;
  const line = await (await openLedger(context)).mark(id.trim().toLowerCase(), state);
  await out.emit({
    document: {
      schema: "wardctl.handout-mark/1",
      slip: line.id,
      state: line.state,
      system: line.system,
      username: line.username,
      subject: line.subject,
    },
    render: () => out.say(words.marked(line.id, line.state)),
  });
  return "ok";
}
