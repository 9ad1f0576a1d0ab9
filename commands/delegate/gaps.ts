import { type Command, Option } from "commander";
import { readFacts } from "../../src/delegation/desk.ts";
import { toMask } from "../../src/delegation/doc-types.ts";
import { createRegister } from "../../src/delegation/facts.ts";
import { type Gap, listGaps, listIssueGaps, listIssueUnknown } from "../../src/delegation/gaps.ts";
import { createScopeBook, type ScopeBook } from "../../src/delegation/scope-book.ts";
import type { Unit } from "../../src/directory/unit.ts";
import { formatEnglishUnitName, formatUnitName } from "../../src/directory/unit.ts";
import { createWorkingCalendar, toKnownEnd } from "../../src/directory/working-calendar.ts";
import { findArticleFor } from "../../src/handbook/find-article-for.ts";
import { formatDateTime } from "../../src/platform/format.ts";
import type { ListColumn, ListFormat } from "../../src/platform/output.ts";
import { toIso, type Zone } from "../../src/platform/time.ts";
import type { Lang } from "../../src/platform/words.ts";
import { noteArticles, toArticleMember } from "../article-link.ts";
import { chooseUnits } from "../choose-units.ts";
import type { Cli } from "../cli.ts";
import type { Context } from "../context.ts";
import type { Outcome } from "../exit-codes.ts";
import { collect, readChoice, readWholeNumber } from "../options.ts";
import { needDocType } from "./can-sign.ts";
import { formatHours } from "./hours.ts";
import { needInstant, openDesk } from "./room.ts";
import { formatRowPart } from "./scope-text.ts";
import { scopeWords } from "./scope-words.ts";
import { formatTypes } from "./type-names.ts";
import { gapWords, delegateWords as words } from "./words.ts";

export function declareGaps(noun: Command, cli: Cli): void {
  cli
    .withFormat(cli.verb(noun, { name: "gaps", about: words.gaps, example: "wardctl delegate gaps --days 30" }))
    .option("--from <instant>", cli.say(words.gapsFrom))
    .option("--days <n>", cli.say(words.days), readWholeNumber)
    .option("--unit <unit>", cli.say(words.unit), collect)
    .option("--doc-type <type>", cli.say(words.docType), collect)
    .option("--working", cli.say(words.working))
    .addOption(
      new Option("--class <class>", cli.say(words.class))
        .choices(gapClasses)
        .argParser((value: string, before: string[] | undefined) => collect(readChoice(value, gapClasses), before)),
    )
    .action((options: GapsOptions, command: Command) => cli.run(command, (context) => showGaps(options, context)));
}

type GapClass = Gap["class"];
const gapClasses = ["gap", "single", "unknown", "issue"] satisfies readonly GapClass[];

/** What the handbook answers each class of row by. */
const codeOf = {
  gap: "DEL-GAP",
  single: "DEL-GAP",
  unknown: "EVID-STALE",
  issue: "ISS-CLERK-NONE",
} satisfies Record<GapClass, string>;

interface GapsOptions {
  readonly from?: string;
  readonly days?: number;
  readonly unit?: readonly string[];
  readonly docType?: readonly string[];
  readonly class?: readonly GapClass[];
  readonly working?: boolean;
  readonly format: ListFormat;
}

const dayMs = 86_400_000;

async function showGaps(options: GapsOptions, context: Pick<Context, "workspace" | "out" | "clock" | "ids">): Promise<Outcome> {
  const workspace = await context.workspace();
  const { zone } = workspace;
  const desk = await openDesk(context);
  const now = context.clock.now();
  const from = options.from === undefined ? now : needInstant(options.from, "--from", workspace);
  const to = options.days === undefined ? from : from + options.days * dayMs;
  const types = new Set((options.docType ?? []).map((text) => needDocType(text).key));
  const classes = new Set<GapClass>(options.class ?? ["gap", "unknown", "issue"]);
  const units = await chooseUnits(workspace, options.unit);
  const only = units.length === 1 ? units[0]?.code : undefined;
  const facts = await readFacts(desk, { unit: only, at: from, asOf: now });
  const register = createRegister(facts, from, now);
  const unstaffed = units.filter(({ code }) => !register.holdingsIn.has(code)).map(({ code }) => code);
  if (unstaffed.length === units.length) context.out.warn(words.noStaff);
  else if (unstaffed.length > 0) context.out.warn(words.noStaffIn(unstaffed));
  // Now means: what is so at this instant, with its end as far as it can be seen.
  const horizon = { from, to: options.days === undefined ? Number.POSITIVE_INFINITY : to };
  const codes = units.map(({ code }) => code);
  const calendar = createWorkingCalendar(zone, workspace.settings.directory.calendar);
  const measure = (gap: Pick<Gap, "from" | "to">): number | undefined =>
    gap.to === Number.POSITIVE_INFINITY ? undefined : calendar.measure(gap.from, gap.to);
  const gaps = [
    ...listGaps(register, codes, horizon),
    ...(classes.has("issue") ? listIssueGaps(register, codes, horizon) : []),
  ].filter(
    (gap) =>
      classes.has(gap.class) &&
      (types.size === 0 || types.has(gap.docType)) &&
      (options.days !== undefined || gap.from === from) &&
      (!options.working || measure(gap) !== 0),
  );
  const asTable = options.format === "table" && !context.out.json;
  const iso = (at: number): string | undefined => (at === Number.POSITIVE_INFINITY ? undefined : toIso(at, zone));
  const rest = { format: options.format, empty: words.noGaps, schema: "wardctl.gaps/1", name: "gaps" };
  if (asTable)
    await context.out.list({
      ...rest,
      items: groupTypes(gaps),
      columns: toColumns(units, zone, from, {
        measure: options.working ? measure : undefined,
        book: gaps.some(({ part }) => part !== undefined) ? createScopeBook(desk.settings.scope, zone) : undefined,
      }),
    });
  else {
    await context.out.list({
      ...rest,
      extra: { window: { from: toIso(from, zone), to: toIso(to, zone) } },
      items: gaps,
      columns: [
        { key: "unit", title: words.unitTitle, value: (gap) => gap.unit },
        { key: "docType", title: words.typesTitle, value: (gap) => gap.docType },
        // "*": whichever; nothing: none that some right of the unit singles out.
        { key: "department", title: scopeWords.partTitle, value: (gap) => (gap.part ? gap.part.department : "*") },
        { key: "procedure", title: scopeWords.partTitle, value: (gap) => (gap.part ? gap.part.procedure : "*") },
        { key: "from", title: words.fromTitle, value: (gap) => iso(gap.from) },
        { key: "to", title: words.untilTitle, value: (gap) => iso(gap.to) },
        { key: "class", title: words.classTitle, value: (gap) => gap.class },
        { key: "workingMinutes", title: words.workingTitle, value: (gap) => toMinutes(measure(gap)) },
        {
          key: "article",
          title: words.classTitle,
          value: (gap) => findArticleFor(codeOf[gap.class])?.id,
          json: (gap) => toArticleMember(codeOf[gap.class], context.out),
        },
      ],
    });
  }
  if (asTable) noteArticles(new Set(gaps.map((gap) => codeOf[gap.class])), context.out);
  if (gaps.some((gap) => gap.class === "unknown")) context.out.note(words.readFirst);
  // Whoever keeps no seals here, and asks for no issuing, is not told of it every time.
  const asks = options.class?.includes("issue") === true || facts.seals.length > 0;
  const notKnown = asks ? listIssueUnknown(register, codes, from) : [];
  if (notKnown.length > 0) context.out.note(words.issueNotKnown(notKnown));
  if (options.working && horizon.to > toKnownEnd(calendar, zone)) context.out.note(words.calendarEnds(calendar.knownUntil));
  return gaps.some((gap) => gap.class !== "single") ? "attention" : "ok";
}

type GapGroup = Omit<Gap, "docType"> & { readonly docTypes: readonly string[] };

/** A unit without anybody is one line for a person, not fifteen. */
function groupTypes(gaps: readonly Gap[]): GapGroup[] {
  const groups = new Map<string, GapGroup>();
  for (const { docType, ...gap } of gaps) {
    const key = [gap.unit, gap.from, gap.to, gap.class, gap.part?.department, gap.part?.procedure].join("/");
    groups.set(key, { ...gap, docTypes: [...(groups.get(key)?.docTypes ?? []), docType] });
  }
  return [...groups.values()];
}

function toMinutes(ms: number | undefined): number | undefined {
  return ms === undefined ? undefined : Math.floor(ms / 60_000);
}

function toColumns(
  units: readonly Unit[],
  zone: Zone,
  start: number,
  {
    measure,
    book,
  }: {
    readonly measure: ((gap: Pick<Gap, "from" | "to">) => number | undefined) | undefined;
    /** Where some row is about a part of a unit only. */
    readonly book: ScopeBook | undefined;
  },
): ListColumn<GapGroup>[] {
  const byCode = new Map(units.map((unit) => [unit.code, unit]));
  return [
    {
      key: "unit",
      title: words.unitTitle,
      value: (gap) => gap.unit,
      text: (gap, lang) => {
        const unit = byCode.get(gap.unit);
        return `${gap.unit} ${unit ? (lang === "vi" ? formatUnitName(unit) : formatEnglishUnitName(unit)) : ""}`.trim();
      },
    },
    { key: "class", title: words.classTitle, value: (gap) => gap.class, text: (gap, lang) => gapWords[gap.class][lang] },
    {
      key: "docTypes",
      title: words.typesTitle,
      value: (gap) => gap.docTypes,
      text: (gap, lang) => formatTypes(toMask(gap.docTypes), lang),
    },
    ...(book
      ? [
          {
            key: "part",
            title: scopeWords.partTitle,
            value: ({ part }: GapGroup) => [part?.department, part?.procedure].join("/"),
            text: ({ part }: GapGroup, lang: Lang) => formatRowPart(part, book, lang),
          },
        ]
      : []),
    {
      key: "from",
      title: words.fromTitle,
      value: (gap) => gap.from,
      text: (gap, lang) => (gap.from === start ? words.alreadyNow[lang] : formatDateTime(gap.from, zone, lang)),
    },
    {
      key: "to",
      title: words.untilTitle,
      value: (gap) => gap.to,
      text: (gap, lang) => (gap.to === Number.POSITIVE_INFINITY ? "…" : formatDateTime(gap.to, zone, lang)),
    },
    ...(measure
      ? [
          {
            key: "workingMinutes",
            title: words.workingTitle,
            align: "right" as const,
            value: (gap: GapGroup) => toMinutes(measure(gap)),
            text: (gap: GapGroup, lang: Lang) => formatHours(measure(gap), lang),
          },
        ]
      : []),
  ];
}
