import { type Command, Option } from "commander";
import { formatEnglishUnitName, formatUnitName } from "../../src/directory/unit.ts";
import { type Category, categories, categoryWords, toGroup } from "../../src/meeting/category.ts";
import { formatAge, formatDeadline } from "../../src/meeting/deadline.ts";
import {
  compareUrgency,
  formatIncidentNumber,
  type Incident,
  type IncidentState,
  incidentStates,
  isOpen,
  isOverdue,
  toAgeMs,
} from "../../src/meeting/incident.ts";
import { listIncidents } from "../../src/meeting/incident-store.ts";
import type { Instant } from "../../src/platform/clock.ts";
import type { ListFormat } from "../../src/platform/output.ts";
import { toToneKey } from "../../src/platform/text.ts";
import { toIso } from "../../src/platform/time.ts";
import type { Cli } from "../cli.ts";
import type { Context } from "../context.ts";
import type { Outcome } from "../exit-codes.ts";
import { collect, readChoice } from "../options.ts";
import { needMoment, needUnits } from "./room.ts";
import { stateWords, incidentWords as words } from "./words.ts";

const orders = ["urgency", "age", "number", "due", "owner"] as const;
type Order = (typeof orders)[number];

export function declareList(noun: Command, cli: Cli): void {
  cli
    .withFormat(cli.verb(noun, { name: "list", about: words.list, example: "wardctl incident list --owner VNPT" }))
    .addOption(
      new Option("--state <state>", cli.say(words.stateOption))
        .choices(incidentStates)
        .argParser((value: string, before: string[] | undefined) => collect(readChoice(value, incidentStates), before)),
    )
    .option("--all", cli.say(words.all))
    .option("--overdue", cli.say(words.overdueOnly))
    .option("--unit <unit>", cli.say(words.ownUnit), collect)
    .option("--system <name>", cli.say(words.ownSystem))
    .option("--owner <name>", cli.say(words.ownOwner))
    .addOption(new Option("--category <category>", cli.say(words.category)).choices(categories))
    .option("--code <code>", cli.say(words.ownCode))
    .addOption(new Option("--sort <order>", cli.say(words.sort)).choices(orders).default("urgency"))
    .option("--as-of <instant>", cli.say(words.asOf))
    .action((options: ListOptions, command: Command) => cli.run(command, (context) => list(options, context)));
}

/** On a narrower terminal what the matter is needs the room; its own page has the rest. */
const roomForAll = 100;

interface ListOptions {
  readonly state?: readonly IncidentState[];
  readonly all?: boolean;
  readonly overdue?: boolean;
  readonly unit?: readonly string[];
  readonly system?: string;
  readonly owner?: string;
  readonly category?: Category;
  readonly code?: string;
  readonly sort: Order;
  readonly asOf?: string;
  readonly format: ListFormat;
}

async function list(
  options: ListOptions,
  { workspace: open, out, clock }: Pick<Context, "workspace" | "out" | "clock">,
): Promise<Outcome> {
  const workspace = await open();
  const { zone } = workspace;
  const at = options.asOf === undefined ? clock.now() : needMoment("--as-of", options.asOf, workspace);
  const units = await needUnits(options.unit ?? [], workspace);
  const known = await listIncidents(await workspace.database(), { at });
  const items = known.filter((one) => isAsked(one, { ...options, unit: units }, at)).sort(ordered(options.sort, at));
  const directory = await workspace.directory();
  const nameUnits = (codes: readonly string[]): string => {
    const [first] = codes;
    if (first === undefined) return "–";
    const unit = directory.findUnit(first);
    return out.say(words.units(unit ? (out.lang === "vi" ? formatUnitName : formatEnglishUnitName)(unit) : first, codes.length));
  };
  const late = items.filter((one) => isOverdue(one, at)).length;
  const unassigned = items.filter(({ state }) => state === "unassigned").length;
  const iso = (value: Instant | undefined): string | undefined => (value === undefined ? undefined : toIso(value, zone));
  await out.list({
    schema: "wardctl.incidents/1",
    name: "incidents",
    items,
    format: options.format,
    empty: known.length === 0 ? words.noneEver : words.none,
    extra: { at: toIso(at, zone), open: items.filter(isOpen).length, overdue: late, unassigned },
    below: ["", out.say(words.below(items.filter(isOpen).length, late, unassigned))],
    columns: [
      { key: "id", title: words.numberTitle, value: ({ number }) => formatIncidentNumber(number) },
      {
        key: "state",
        title: words.stateTitle,
        value: ({ state }) => state,
        text: (one, lang) => (isOverdue(one, at) ? out.paint.red(words.late[lang]) : stateWords[one.state][lang]),
      },
      { key: "title", title: words.titleTitle, value: ({ title }) => title },
      { key: "units", title: words.unitsTitle, value: (one) => one.units, text: (one) => nameUnits(one.units) },
      { key: "system", title: words.systemTitle, value: ({ system }) => system, machineOnly: true },
      {
        key: "category",
        title: words.categoryTitle,
        value: ({ category }) => category,
        text: ({ category }, lang) => categoryWords[category][lang],
        machineOnly: out.width < 120,
      },
      { key: "group", title: words.groupTitle, value: ({ category }) => toGroup(category), machineOnly: true },
      { key: "code", title: words.codeTitle, value: ({ code }) => code, machineOnly: out.width < roomForAll },
      { key: "owner", title: words.ownerTitle, value: ({ owner }) => owner },
      { key: "support", title: words.supportTitle, value: ({ support }) => support, machineOnly: true },
      {
        key: "due",
        title: words.dueTitle,
        value: ({ due }) => iso(due),
        text: ({ due }, lang) => (due === undefined ? "–" : formatDeadline(due, zone, lang)),
      },
      { key: "overdue", title: words.overdueTitle, value: (one) => isOverdue(one, at), machineOnly: true },
      {
        key: "ageMinutes",
        title: words.ageTitle,
        align: "right",
        value: (one) => Math.floor(toAgeMs(one, at) / 60_000),
        text: (one, lang) => formatAge(toAgeMs(one, at), lang),
        machineOnly: out.width < roomForAll,
      },
      { key: "since", title: words.since, value: ({ since }) => iso(since), machineOnly: true },
      { key: "openedAt", title: words.open, value: ({ openedAt }) => iso(openedAt), machineOnly: true },
      { key: "closedAt", title: words.stateTitle, value: ({ closed }) => iso(closed?.at), machineOnly: true },
    ],
  });
  return late > 0 ? "attention" : "ok";
}

function isAsked(one: Incident, options: ListOptions, at: Instant): boolean {
  const { state, all, overdue, unit = [], system, owner, category, code } = options;
  if (state ? !state.includes(one.state) : !all && !isOpen(one)) return false;
  if (overdue && !isOverdue(one, at)) return false;
  if (unit.length > 0 && !unit.some((each) => one.units.includes(each))) return false;
  if (system !== undefined && one.system !== system) return false;
  if (owner !== undefined && toToneKey(one.owner ?? "") !== toToneKey(owner)) return false;
  if (category !== undefined && one.category !== category) return false;
  const family = code?.toUpperCase();
  return family === undefined || one.code === family || one.code?.startsWith(`${family}-`) === true;
}

function ordered(order: Order, at: Instant): (a: Incident, b: Incident) => number {
  const urgency = (a: Incident, b: Incident): number => compareUrgency(a, b, at);
  const text = (value: string | undefined): string => value ?? "\uffff";
  switch (order) {
    case "urgency":
      return urgency;
    case "age":
      return (a, b) => toAgeMs(b, at) - toAgeMs(a, at) || urgency(a, b);
    case "number":
      return (a, b) => a.number - b.number;
    case "due":
      return (a, b) => (a.due ?? Number.MAX_SAFE_INTEGER) - (b.due ?? Number.MAX_SAFE_INTEGER) || urgency(a, b);
    case "owner":
      return (a, b) => (text(a.owner) < text(b.owner) ? -1 : text(a.owner) > text(b.owner) ? 1 : urgency(a, b));
  }
}
