import { type Command, Option } from "commander";
import { type Category, categories } from "../../src/meeting/category.ts";
import type { Incident } from "../../src/meeting/incident.ts";
import {
  applyIncidentEvent,
  type Changes,
  type Decision,
  decideReopen,
  decideTried,
  decideUpdate,
} from "../../src/meeting/incident-events.ts";
import { Failure } from "../../src/platform/failure.ts";
import type { Cli } from "../cli.ts";
import type { Outcome } from "../exit-codes.ts";
import { collect } from "../options.ts";
import { type ChangeContext, changeNamed } from "./change.ts";
import { needCode, needDeadline, needText, needUnits } from "./room.ts";
import { incidentWords as words } from "./words.ts";

export function declareUpdate(noun: Command, cli: Cli): void {
  cli
    .verb(noun, {
      name: "update",
      about: words.update,
      example: "wardctl incident update VM-1 --tried 'Khởi động lại cổng thanh toán, chưa được' --unit 19867",
    })
    .argument("<incident>", cli.say(words.incident))
    .option("--tried <text>", cli.say(words.tried))
    .option("--title <text>", cli.say(words.title))
    .addOption(new Option("--category <category>", cli.say(words.category)).choices(categories))
    .option("--code <code>", cli.say(words.code))
    .option("--unit <unit>", cli.say(words.addUnit), collect)
    .option("--without-unit <unit>", cli.say(words.withoutUnit), collect)
    .option("--system <name>", cli.say(words.system))
    .option("--support <name>", cli.say(words.support))
    .option("--due <instant>", cli.say(words.due))
    .option("--reopen <text>", cli.say(words.reopen))
    .action((name: string, options: UpdateOptions, command: Command) =>
      cli.run(command, (context) => update(name, options, context)),
    );
}

interface UpdateOptions {
  readonly tried?: string;
  readonly title?: string;
  readonly category?: Category;
  readonly code?: string;
  readonly unit?: readonly string[];
  readonly withoutUnit?: readonly string[];
  readonly system?: string;
  readonly support?: string;
  readonly due?: string;
  readonly reopen?: string;
}

async function update(name: string, options: UpdateOptions, context: ChangeContext): Promise<Outcome> {
  const workspace = await context.workspace();
  if (Object.keys(options).length === 0) throw new Failure("usage", words.nothingToUpdate);
  const text = (value: string | undefined, flag: string): string | undefined =>
    value === undefined ? undefined : needText(value, flag);
  const changes: Changes = {
    title: text(options.title, "--title"),
    category: options.category,
    code: options.code === undefined ? undefined : needCode(options.code),
    system: text(options.system, "--system"),
    support: text(options.support, "--support"),
    units: options.unit && (await needUnits(options.unit, workspace)),
    without: options.withoutUnit && (await needUnits(options.withoutUnit, workspace)),
    due: options.due === undefined ? undefined : needDeadline(options.due, workspace),
  };
  const reason = text(options.reopen, "--reopen");
  const tried = text(options.tried, "--tried");
  const decide = (incident: Incident, known: readonly Incident[]): readonly Decision[] => {
    const reopened = reason === undefined ? undefined : decideReopen(incident, reason, known);
    const stamp = { number: incident.number, at: incident.changedAt, by: "" };
    const open = reopened ? applyIncidentEvent(incident, reopened.event, stamp) : incident;
    const isChanged = Object.values(changes).some((value) => value !== undefined);
    return [
      reopened,
      isChanged ? decideUpdate(open, changes) : undefined,
      tried === undefined ? undefined : decideTried(open, tried),
    ];
  };
  await changeNamed([name], decide, (own, { title }) => words.updated(own, title), context);
  return "ok";
}
