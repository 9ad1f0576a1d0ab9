import type { Command } from "commander";
import { approveGrant } from "../../src/delegation/record-events.ts";
import type { Cli } from "../cli.ts";
import type { Context } from "../context.ts";
import type { Outcome } from "../exit-codes.ts";
import { type AgreeOptions, agrees, describeGrant } from "./agree.ts";
import { toGrantDocument } from "./grant-document.ts";
import { openDesk } from "./room.ts";
import { delegateWords as words } from "./words.ts";

export function declareApprove(noun: Command, cli: Cli): void {
  cli
    .withYes(
      cli.verb(noun, { name: "approve", about: words.approve, example: "wardctl delegate approve 0mdx3k2v1-5f0c2a9b7e11" }),
    )
    .argument("<id>", cli.say(words.idTitle))
    .action((id: string, options: AgreeOptions, command: Command) =>
      cli.run(command, (context) => approve(id, options, context)),
    );
}

async function approve(
  id: string,
  options: AgreeOptions,
  context: Pick<Context, "workspace" | "out" | "clock" | "ids" | "prompts">,
): Promise<Outcome> {
  const desk = await openDesk(context);
  if (!(await agrees(desk, id, words.approveIt, options, context))) return "cancelled";
  const grant = await approveGrant(desk, id);
  await context.out.emit({
    document: { schema: "wardctl.delegate-approve/1", approved: toGrantDocument(grant, desk.zone) },
    render: () => `${context.out.say(words.approved(id))}\n  ${describeGrant(grant, desk, context.out.lang)}`,
  });
  return "ok";
}
