import { Argument, type Command } from "commander";
import type { Cli } from "../cli.ts";
import type { Context } from "../context.ts";
import type { Outcome } from "../exit-codes.ts";
import { nouns } from "../nouns.ts";
import { listPlaces } from "./command-tree.ts";
import { type Shell, shells } from "./shells.ts";
import { completionWords as words } from "./words.ts";

export function declare(program: Command, cli: Cli): void {
  cli
    .verb(program, { name: "completion", about: nouns.completion.about, example: "wardctl completion bash" })
    .addArgument(new Argument("<shell>", cli.say(words.shell)).choices(Object.keys(shells)))
    .action((shell: Shell, _options: unknown, command: Command) => cli.run(command, (context) => printScript(shell, context)));
}

async function printScript(shell: Shell, { out }: Pick<Context, "out">): Promise<Outcome> {
  const script = shells[shell](await listPlaces(out.lang));
  await out.emit({ document: { schema: "wardctl.completion/1", shell, script }, render: () => script });
  return "ok";
}
