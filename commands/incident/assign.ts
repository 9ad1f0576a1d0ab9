import type { Command } from "commander";
import { formatDeadline } from "../../src/meeting/deadline.ts";
import { decideAssign } from "../../src/meeting/incident-events.ts";
import type { Cli } from "../cli.ts";
import type { Outcome } from "../exit-codes.ts";
import { type ChangeContext, changeNamed } from "./change.ts";
import { needDeadline, needText } from "./room.ts";
import { incidentWords as words } from "./words.ts";

export function declareAssign(noun: Command, cli: Cli): void {
  cli
    .verb(noun, {
      name: "assign",
      about: words.assign,
      example: "wardctl incident assign VM-1 --owner VNPT --support HueCIT --due '2025-07-04 11:00'",
    })
    .argument("<incident...>", cli.say(words.incident))
    .requiredOption("--owner <name>", cli.say(words.owner))
    .option("--support <name>", cli.say(words.support))
    .option("--due <instant>", cli.say(words.due))
    .action((names: string[], options: AssignOptions, command: Command) =>
      cli.run(command, (context) => assign(names, options, context)),
    );
}

interface AssignOptions {
  readonly owner: string;
  readonly support?: string;
  readonly due?: string;
}

async function assign(names: readonly string[], options: AssignOptions, context: ChangeContext): Promise<Outcome> {
  const { out, clock } = context;
  const workspace = await context.workspace();
  const order = {
    owner: needText(options.owner, "--owner"),
    support: options.support === undefined ? undefined : needText(options.support, "--support"),
    due: options.due === undefined ? undefined : needDeadline(options.due, workspace),
  };
  const due = order.due === undefined ? undefined : formatDeadline(order.due, workspace.zone, out.lang);
  await changeNamed(
    names,
    (incident) => [decideAssign(incident, order)],
    (name, { title }) => words.assigned(name, title, order.owner, due),
    context,
  );
  if (due !== undefined && order.due !== undefined && order.due <= clock.now()) out.warn(words.pastDeadline(due));
  return "ok";
}
