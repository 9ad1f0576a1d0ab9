import type { Command } from "commander";
import { formatIncidentNumber } from "../../src/meeting/incident.ts";
import { decideClose } from "../../src/meeting/incident-events.ts";
import type { Cli } from "../cli.ts";
import type { Context } from "../context.ts";
import type { Outcome } from "../exit-codes.ts";
import { type ChangeContext, changeNamed, needIncidents } from "./change.ts";
import { findTextFault, needIncidentNumber, needText } from "./room.ts";
import { incidentWords as words } from "./words.ts";

export function declareClose(noun: Command, cli: Cli): void {
  cli
    .verb(noun, {
      name: "close",
      about: words.close,
      example:
        "wardctl incident close VM-1 --how 'VNPT sửa địa chỉ trả về của cổng thanh toán' --lesson 'Thử thu phí trước khi mở cửa'",
    })
    .argument("<incident...>", cli.say(words.incident))
    .option("--how <text>", cli.say(words.how))
    .option("--lesson <text>", cli.say(words.lesson))
    .action((names: string[], options: CloseOptions, command: Command) =>
      cli.run(command, (context) => close(names, options, context)),
    );
}

interface CloseOptions {
  readonly how?: string;
  readonly lesson?: string;
}

async function close(
  names: readonly string[],
  options: CloseOptions,
  context: ChangeContext & Pick<Context, "prompts">,
): Promise<Outcome> {
  // Nobody is asked how a difficulty was mended that there is not.
  if (options.how === undefined) await needIncidents(names, context);
  const check = (text: string) => findTextFault(text, context.out.say(words.answer));
  const how = options.how ?? (await context.prompts.input(words.askHow, { flag: "--how", check }));
  const resolution = needText(how, "--how");
  const lesson = options.lesson === undefined ? undefined : needText(options.lesson, "--lesson");
  await changeNamed(
    names,
    (incident) => [decideClose(incident, { resolution, lesson })],
    (name, { title }) => words.closed(name, title),
    context,
  );
  if (lesson !== undefined)
    for (const name of names) context.out.note(words.intoHandbook(formatIncidentNumber(needIncidentNumber(name))));
  return "ok";
}
