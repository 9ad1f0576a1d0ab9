import { resolve } from "node:path";
import { type Command, Option } from "commander";
import { categories } from "../../src/meeting/category.ts";
import { formatDeadline } from "../../src/meeting/deadline.ts";
import { formatIncidentNumber } from "../../src/meeting/incident.ts";
import type { Opening } from "../../src/meeting/incident-events.ts";
import { listIncidents, openIncidents } from "../../src/meeting/incident-store.ts";
import { Failure } from "../../src/platform/failure.ts";
import type { Workspace } from "../../src/workspace/open-workspace.ts";
import { noteArticles, toArticleMember } from "../article-link.ts";
import type { Cli } from "../cli.ts";
import type { Context } from "../context.ts";
import type { Outcome } from "../exit-codes.ts";
import { collect } from "../options.ts";
import { toIncidentDocument } from "./document.ts";
import type { Found } from "./from-cause.ts";
import { askOpening, readOpening, type Said } from "./read-opening.ts";
import { openMeetingDesk } from "./room.ts";
import { incidentWords as words } from "./words.ts";

const example =
  "wardctl incident open 'Chưa thu được lệ phí, phải dùng biên lai giấy' --code PAY-CALLBACK --unit 19753 --owner VNPT --due 2025-07-04";

export function declareOpen(noun: Command, cli: Cli): void {
  cli
    .verb(noun, { name: "open", about: words.open, example })
    .argument("[title]", cli.say(words.title))
    .option("--from-cause <cause>", cli.say(words.fromCause))
    .option("--from-gap <unit>", cli.say(words.fromGap), collect)
    .option("--from-coverage <unit>", cli.say(words.fromCoverage), collect)
    .option("--from-warning <code>", cli.say(words.fromWarning))
    .option("--report <meeting>", cli.say(words.report))
    .option("--file <file>", cli.say(words.file))
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
      cli.run(command, (context) => open({ ...options, title }, context)),
    );
}

interface OpenOptions extends Said {
  readonly fromCause?: string;
  readonly fromGap?: readonly string[];
  readonly fromCoverage?: readonly string[];
  readonly fromWarning?: string;
  readonly report?: string;
  readonly file?: string;
}

type OpenContext = Pick<Context, "workspace" | "out" | "clock" | "ids" | "signal" | "prompts" | "cwd">;

async function open(options: OpenOptions, context: OpenContext): Promise<Outcome> {
  const { out, clock } = context;
  const workspace = await context.workspace();
  const { zone } = workspace;
  const openings = await readOpenings(options, workspace, context);
  const desk = await openMeetingDesk(context);
  const done = await openIncidents(desk, openings, words.goesOn[out.lang]);
  for (const due of openings.flatMap((opening) => opening.due ?? [])) {
    if (due <= clock.now()) out.warn(words.pastDeadline(formatDeadline(due, zone, out.lang)));
  }
  const documents = done.map(({ incident, what }) => ({
    what,
    ...toIncidentDocument(incident, clock.now(), zone),
    article: incident.code === undefined ? null : toArticleMember(incident.code, out),
  }));
  await out.emit({
    document:
      options.file === undefined
        ? { schema: "wardctl.incident/1", ...documents[0] }
        : { schema: "wardctl.incidents-opened/1", incidents: documents },
    render: () =>
      done.map(({ incident, what }) => out.say(words[what](formatIncidentNumber(incident.number), incident.title))).join("\n"),
  });
  noteArticles(
    done.flatMap(({ incident }) => incident.code ?? []),
    out,
  );
  return "ok";
}

async function readOpenings(options: OpenOptions, workspace: Workspace, context: OpenContext): Promise<readonly Opening[]> {
  const { fromCause, fromGap, fromCoverage, fromWarning, file } = options;
  const origins = [fromCause, fromGap, fromCoverage, fromWarning, file].filter((origin) => origin !== undefined);
  if (origins.length > 1) throw new Failure("usage", words.oneOrigin);
  if (file !== undefined) {
    const { readDifficulties } = await import("./from-file.ts");
    return readDifficulties(resolve(context.cwd, file), file, workspace);
  }
  const found = await find(options, context);
  const isAsked = !found && options.title === undefined && context.out.interactive;
  const said = isAsked
    ? await askOpening(options, { ...context, workspace, owners: await listOwners(workspace, context) })
    : options;
  return [await readOpening(said, found, workspace, context.out.lang)];
}

/** What reaches into other rooms is loaded when it is asked for. */
async function find(options: OpenOptions, context: OpenContext): Promise<Found | undefined> {
  const { fromCause, fromGap, fromCoverage, fromWarning, report } = options;
  if (fromCause !== undefined) return (await import("./from-cause.ts")).findCause(fromCause, context);
  if (fromGap !== undefined) return (await import("./from-gap.ts")).findGap(fromGap, context);
  if (fromCoverage !== undefined) return (await import("./from-gap.ts")).findCoverageGap(fromCoverage, context);
  if (fromWarning !== undefined) return (await import("./from-warning.ts")).findWarning(fromWarning, report, context);
  return undefined;
}

/** Whoever had or has one, most often first. */
async function listOwners(workspace: Workspace, { clock }: Pick<Context, "clock">): Promise<readonly string[]> {
  const known = await listIncidents(await workspace.database(), { at: clock.now() });
  const names = Map.groupBy(
    known.flatMap(({ owner, support }) => [owner, support].flatMap((name) => name ?? [])),
    (name) => name,
  );
  return [...names].sort((a, b) => b[1].length - a[1].length).map(([name]) => name);
}
