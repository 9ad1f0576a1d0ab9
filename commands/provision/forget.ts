import type { Command } from "commander";
import type { Cli } from "../cli.ts";
import type { Context } from "../context.ts";
import type { Outcome } from "../exit-codes.ts";
import { applyWords } from "./apply-words.ts";
import { forgetWords as words } from "./forget-words.ts";
import { lifecycleWords } from "./lifecycle-words.ts";
import { openForgetting } from "./open.ts";

export function declareForget(noun: Command, cli: Cli): void {
  cli
    .withYes(cli.verb(noun, { name: "forget", about: words.forget, example: "wardctl provision forget CB2700403 --yes" }))
    .argument("<staff-id>", cli.say(lifecycleWords.staffId))
    .action((staffId: string, options: { readonly yes?: boolean }, command: Command) =>
      cli.run(command, (context) => forget(staffId, options, context)),
    );
}

async function forget(
  staffId: string,
  { yes }: { readonly yes?: boolean },
  context: Pick<Context, "workspace" | "clock" | "ids" | "out" | "prompts">,
): Promise<Outcome> {
  const { out, prompts } = context;
  const forgetPerson = await openForgetting(context);
  if (!yes && !(await prompts.confirm(words.confirm(staffId), "--yes"))) {
    out.warn(applyWords.notConfirmed);
    return "cancelled";
  }
  const { username, plans } = await forgetPerson(staffId);
  await out.emit({
    document: { schema: "wardctl.provision-forget/1", staffId, username: username ?? null, plans },
    render: () => out.say(words.forgotten(staffId, username, plans)),
  });
  out.note(words.stays);
  return "ok";
}
