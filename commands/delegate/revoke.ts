import type { Command } from "commander";
import { revokeGrant } from "../../src/delegation/record-events.ts";
import { toIso } from "../../src/platform/time.ts";
import type { Cli } from "../cli.ts";
import type { Context } from "../context.ts";
import type { Outcome } from "../exit-codes.ts";
import { type AgreeOptions, agrees, describeGrant } from "./agree.ts";
import { toGrantDocument } from "./grant-document.ts";
import { needInstant, openDesk } from "./room.ts";
import { delegateWords as words } from "./words.ts";

export function declareRevoke(noun: Command, cli: Cli): void {
  const example = "wardctl delegate revoke 0mdx3k2v1-5f0c2a9b7e11 --reason 'QĐ 15/QĐ-UBND'";
  cli
    .withYes(cli.verb(noun, { name: "revoke", about: words.revoke, example }))
    .argument("<id>", cli.say(words.idTitle))
    .requiredOption("--reason <text>", cli.say(words.reason))
    .option("--at <instant>", cli.say(words.at))
    .action((id: string, options: RevokeOptions, command: Command) =>
      cli.run(command, (context) => revoke(id, options, context)),
    );
}

interface RevokeOptions extends AgreeOptions {
  readonly reason: string;
  readonly at?: string;
}

async function revoke(
  id: string,
  { reason, at: given, ...options }: RevokeOptions,
  context: Pick<Context, "workspace" | "out" | "clock" | "ids" | "prompts">,
): Promise<Outcome> {
  const desk = await openDesk(context);
  const at = given === undefined ? context.clock.now() : needInstant(given, "--at", desk);
  if (!(await agrees(desk, id, words.revokeIt, options, context))) return "cancelled";
  const grant = await revokeGrant(desk, id, at, reason);
  await context.out.emit({
    document: {
      schema: "wardctl.delegate-revoke/1",
      revoked: toGrantDocument(grant, desk.zone),
      at: toIso(at, desk.zone),
      reason,
    },
    render: () => `${context.out.say(words.revoked(id))}\n  ${describeGrant(grant, desk, context.out.lang)}`,
  });
  return "ok";
}
