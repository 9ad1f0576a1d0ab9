import { type Command, Option } from "commander";
import { type Category, categories, findCategory } from "../../src/meeting/category.ts";
import { formatDeadline } from "../../src/meeting/deadline.ts";
import { formatIncidentNumber } from "../../src/meeting/incident.ts";
import type { Opening } from "../../src/meeting/incident-events.ts";
import { openIncident } from "../../src/meeting/incident-store.ts";
import { Failure } from "../../src/platform/failure.ts";
import type { Workspace } from "../../src/workspace/open-workspace.ts";
import type { Cli } from "../cli.ts";
import type { Context } from "../context.ts";
import type { Outcome } from "../exit-codes.ts";
import { collect } from "../options.ts";
import { toIncidentDocument } from "./document.ts";
import { needCode, needDeadline, needMoment, needText, needUnits, openMeetingDesk } from "./room.ts";
import { incidentWords as words } from "./words.ts";

const example =
  "wardctl incident open 'Chưa thu được lệ phí, phải dùng biên lai giấy' --code PAY-CALLBACK --unit 19753 --owner VNPT --due 2025-07-04";

export function declareOpen(noun: Command, cli: Cli): void {
  cli
    .verb(noun, { name: "open", about: words.open, example })
    .argument("[title]", cli.say(words.title))
    .addOption(new Option("--category <category>", cli.say(words.category)).choices(categories))
    .option("--code <code>", cli.say(words.code))
    .option("--unit <unit>", cli.say(words.unit), collect)
    .option("--system <name>", cli.say(words.system))
    .option("--owner <name>", cli.say(words.owner))
    .option("--support <name>", cli.say(words.support))
    .option("--due <instant>", cli.say(words.due))
    .option("--since <instant>", cli.say(words.since))
    .option("--tried <text>", cli.say(words.tried))
    .action((title: string | undefined, options: OpenOptions, command: Command) =>
      cli.run(command, (context) => open(title, options, context)),
    );
}

export interface OpenOptions {
  readonly category?: Category;
  readonly code?: string;
  readonly unit?: readonly string[];
  readonly system?: string;
  readonly owner?: string;
  readonly support?: string;
  readonly due?: string;
  readonly since?: string;
  readonly tried?: string;
}

type OpenContext = Pick<Context, "workspace" | "out" | "clock">;

async function open(title: string | undefined, options: OpenOptions, context: OpenContext): Promise<Outcome> {
  const { out, clock } = context;
  const workspace = await context.workspace();
  const { zone } = workspace;
  if (title === undefined) throw new Failure("usage", words.needTitle, { hint: words.howToOpen });
  const opening = await readOpening(title, options, workspace);
  const desk = await openMeetingDesk(context);
  const { incident, what } = await openIncident(desk, opening, "");
  if (opening.due !== undefined && opening.due <= clock.now())
    out.warn(words.pastDeadline(formatDeadline(opening.due, zone, out.lang)));
  const name = formatIncidentNumber(incident.number);
  await out.emit({
    document: { schema: "wardctl.incident/1", what, ...toIncidentDocument(incident, clock.now(), zone) },
    render: () => out.say(words[what](name, incident.title)),
  });
  return "ok";
}

/** Failure kinds: usage, invalid. */
async function readOpening(title: string, options: OpenOptions, workspace: Workspace): Promise<Opening> {
  const code = options.code === undefined ? undefined : needCode(options.code);
  const category = options.category ?? (code === undefined ? undefined : findCategory(code));
  if (category === undefined) throw new Failure("usage", words.needCategory);
  const text = (value: string | undefined, flag: string): string | undefined =>
    value === undefined ? undefined : needText(value, flag);
  return {
    title: needText(title, "<title>"),
    category,
    code,
    system: text(options.system, "--system"),
    units: await needUnits(options.unit ?? [], workspace),
    owner: text(options.owner, "--owner"),
    support: text(options.support, "--support"),
    due: options.due === undefined ? undefined : needDeadline(options.due, workspace),
    since: options.since === undefined ? undefined : needMoment("--since", options.since, workspace),
    tried: text(options.tried, "--tried"),
    sources: [],
  };
}
