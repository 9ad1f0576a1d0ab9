import type { Command } from "commander";
import { suspendGrant } from "../../src/delegation/record-events.ts";
import { Failure } from "../../src/platform/failure.ts";
import { startOfLocalDay, toIso, toLocalDay } from "../../src/platform/time.ts";
import type { Cli } from "../cli.ts";
import type { Context } from "../context.ts";
import type { Outcome } from "../exit-codes.ts";
import { type AgreeOptions, agrees, describeGrant } from "./agree.ts";
import { toGrantDocument } from "./grant-document.ts";
import { needInstant, openDesk } from "./room.ts";
import { delegateWords as words } from "./words.ts";

export function declareSuspend(noun: Command, cli: Cli): void {
  const example = "wardctl delegate suspend 0mdx3k2v1-5f0c2a9b7e11 --to 2025-08-15 --reason 'TB 21/TB-UBND'";
  cli
    .withYes(cli.verb(noun, { name: "suspend", about: words.suspend, example }))
    .argument("<id>", cli.say(words.idTitle))
    .requiredOption("--reason <text>", cli.say(words.reason))
    .option("--from <instant>", cli.say(words.gapsFrom))
    .option("--to <date>", cli.say(words.suspendTo))
    .action((id: string, options: SuspendOptions, command: Command) =>
      cli.run(command, (context) => suspend(id, options, context)),
    );
}

interface SuspendOptions extends AgreeOptions {
  readonly reason: string;
  readonly from?: string;
  readonly to?: string;
}

async function suspend(
  id: string,
  { reason, from: first, to: last, ...options }: SuspendOptions,
  context: Pick<Context, "workspace" | "out" | "clock" | "ids" | "prompts">,
): Promise<Outcome> {
  const { out, clock } = context;
  const desk = await openDesk(context);
  const { zone } = desk;
  const from = first === undefined ? clock.now() : needInstant(first, "--from", desk);
  const given = last === undefined ? undefined : needInstant(last, "--to", desk);
  // As in a grant: the last day is a whole day.
  const wholeDay = given !== undefined && !last?.includes(":");
  const to = wholeDay ? startOfLocalDay(toLocalDay(given, zone) + 1, zone) : given;
  if (to !== undefined && to <= from) throw new Failure("usage", words.endsBefore);
  if (!(await agrees(desk, id, words.suspendIt, options, context))) return "cancelled";
  const grant = await suspendGrant(desk, id, { from, to, reason });
  await out.emit({
    document: {
      schema: "wardctl.delegate-suspend/1",
      suspended: toGrantDocument(grant, zone),
      from: toIso(from, zone),
      to: to === undefined ? null : toIso(to, zone),
      reason,
    },
    render: () => `${out.say(words.suspended(id))}\n  ${describeGrant(grant, desk, out.lang)}`,
  });
  return "ok";
}
