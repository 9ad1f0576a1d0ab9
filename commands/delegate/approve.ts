import type { Command } from "commander";
import { approveGrant } from "../../src/delegation/record-grants.ts";
import type { Cli } from "../cli.ts";
import type { Context } from "../context.ts";
import type { Outcome } from "../exit-codes.ts";
import { toGrantDocument } from "./grant-document.ts";
import { openDesk } from "./room.ts";
import { delegateWords as words } from "./words.ts";

export function declareApprove(noun: Command, cli: Cli): void {
  cli
    .verb(noun, { name: "approve", about: words.approve, example: "wardctl delegate approve 0mdx3k2v1-5f0c2a9b7e11" })
    .argument("<id>", cli.say(words.idTitle))
    .action((id: string, _options: unknown, command: Command) => cli.run(command, (context) => approve(id, context)));
}

async function approve(id: string, context: Pick<Context, "workspace" | "out" | "clock" | "ids">): Promise<Outcome> {
  const desk = await openDesk(context);
  const grant = await approveGrant(desk, id);
  await context.out.emit({
    document: { schema: "wardctl.delegate-approve/1", approved: toGrantDocument(grant, desk.zone) },
    render: () => context.out.say(words.approved(id)),
  });
  return "ok";
}
