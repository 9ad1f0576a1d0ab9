import type { Command } from "commander";
import { denyWords, isEvidence } from "../../src/delegation/deny-codes.ts";
import { readFacts } from "../../src/delegation/desk.ts";
import { toMask } from "../../src/delegation/doc-types.ts";
import { type Expiring, listExpiring } from "../../src/delegation/expiring.ts";
import { createRegister } from "../../src/delegation/facts.ts";
import { createScopeBook } from "../../src/delegation/scope-book.ts";
import { createWorkingCalendar, toKnownEnd } from "../../src/directory/working-calendar.ts";
import { formatDateTime } from "../../src/platform/format.ts";
import type { ListFormat } from "../../src/platform/output.ts";
import { toIso } from "../../src/platform/time.ts";
import { chooseUnits } from "../choose-units.ts";
import type { Cli } from "../cli.ts";
import type { Context } from "../context.ts";
import type { Outcome } from "../exit-codes.ts";
import { collect, readWholeNumber } from "../options.ts";
import { formatHours } from "./hours.ts";
import { needInstant, openDesk } from "./room.ts";
import { formatRowPart } from "./scope-text.ts";
import { scopeWords } from "./scope-words.ts";
import { formatTypes } from "./type-names.ts";
import { delegateWords as words } from "./words.ts";

export function declareExpiring(noun: Command, cli: Cli): void {
  cli
    .withFormat(cli.verb(noun, { name: "expiring", about: words.expiring, example: "wardctl delegate expiring --days 30" }))
    .option("--days <n>", cli.say(words.daysAhead), readWholeNumber)
    .option("--from <instant>", cli.say(words.gapsFrom))
    .option("--unit <unit>", cli.say(words.unit), collect)
    .action((options: ExpiringOptions, command: Command) => cli.run(command, (context) => showExpiring(options, context)));
}

interface ExpiringOptions {
  readonly days?: number;
  readonly from?: string;
  readonly unit?: readonly string[];
  readonly format: ListFormat;
}

const defaultDays = 30;

async function showExpiring(
  { days = defaultDays, ...options }: ExpiringOptions,
  context: Pick<Context, "workspace" | "out" | "clock" | "ids">,
): Promise<Outcome> {
  const { out } = context;
  const workspace = await context.workspace();
  const { zone } = workspace;
  const desk = await openDesk(context);
  const now = context.clock.now();
  const from = options.from === undefined ? now : needInstant(options.from, "--from", workspace);
  const units = (await chooseUnits(workspace, options.unit)).map(({ code }) => code);
  const facts = await readFacts(desk, { unit: units.length === 1 ? units[0] : undefined, at: from, asOf: now });
  const register = createRegister(facts, from, now);
  const calendar = createWorkingCalendar(zone, workspace.settings.directory.calendar);
  const items = listExpiring(register, units, { from, days }, calendar);
  const people = await Promise.all([...new Set(items.map(({ staffId }) => staffId))].map((id) => desk.people.findPerson(id)));
  const names = new Map(people.flatMap((person) => (person ? [[person.staffId, person.fullName] as const] : [])));
  const book = createScopeBook(desk.settings.scope, zone);
  const end = from + days * 86_400_000;
  await out.list({
    schema: "wardctl.delegate-expiring/1",
    name: "expiring",
    extra: { window: { from: toIso(from, zone), to: toIso(end, zone) }, holidaysKnownUntil: calendar.knownUntil },
    items,
    format: options.format,
    empty: words.nothingEnds,
    columns: [
      { key: "unit", title: words.unitTitle, value: (item) => item.unit },
      {
        key: "endsAt",
        title: words.endsTitle,
        value: (item) => toIso(item.endsAt, zone),
        text: (item, lang) => formatDateTime(item.endsAt, zone, lang),
      },
      {
        key: "staffId",
        title: words.toTitle,
        value: (item) => item.staffId,
        text: (item) => [item.staffId, names.get(item.staffId)].filter((part) => part !== undefined).join(" "),
      },
      {
        key: "capacity",
        title: words.capacityTitle,
        value: (item) => item.capacity,
        text: (item) => (item.capacity === "HEAD" ? "–" : `${item.capacity}.`),
      },
      { key: "grant", title: words.idTitle, value: (item) => item.grantId, machineOnly: true },
      {
        key: "codes",
        title: words.whyTitle,
        value: (item) => item.codes,
        text: (item, lang) => item.codes.map((code) => (isEvidence(code) ? code : denyWords[code][lang])).join(", "),
      },
      {
        key: "docTypes",
        title: words.typesTitle,
        value: (item) => item.docTypes,
        text: (item, lang) =>
          [formatTypes(toMask(item.docTypes), lang, 2), formatRowPart(item.part, book, lang)]
            .filter((text) => text !== "")
            .join(" · "),
      },
      {
        key: "department",
        title: scopeWords.partTitle,
        machineOnly: true,
        value: ({ part }: Expiring) => (part ? part.department : "*"),
      },
      {
        key: "procedure",
        title: scopeWords.partTitle,
        machineOnly: true,
        value: ({ part }: Expiring) => (part ? part.procedure : "*"),
      },
      {
        key: "gapTo",
        title: words.untilTitle,
        value: (item) => (item.gapTo === Number.POSITIVE_INFINITY ? undefined : toIso(item.gapTo, zone)),
        text: (item, lang) => (item.gapTo === Number.POSITIVE_INFINITY ? "…" : formatDateTime(item.gapTo, zone, lang)),
      },
      {
        key: "workingMinutes",
        title: words.workingTitle,
        align: "right",
        value: (item: Expiring) => Math.floor(item.workingMs / 60_000),
        text: (item, lang) => formatHours(item.workingMs, lang),
      },
      {
        key: "lostMinutes",
        title: words.workingTitle,
        machineOnly: true,
        value: (item: Expiring) => Math.floor(item.lostMs / 60_000),
      },
    ],
  });
  if (end + days * 86_400_000 > toKnownEnd(calendar, zone)) out.note(words.calendarEnds(calendar.knownUntil));
  return items.length > 0 ? "attention" : "ok";
}
