import type { Command } from "commander";
import { type Desk, readFacts } from "../../src/delegation/desk.ts";
import { toMask } from "../../src/delegation/doc-types.ts";
import { createRegister, type Register } from "../../src/delegation/facts.ts";
import { type Gap, isIn, listGaps } from "../../src/delegation/gaps.ts";
import { type AbsenceRecorded, recordAbsence, recordReturn } from "../../src/delegation/record-absence.ts";
import { createScopeBook } from "../../src/delegation/scope-book.ts";
import type { Person } from "../../src/directory/person.ts";
import type { Unit } from "../../src/directory/unit.ts";
import type { Instant } from "../../src/platform/clock.ts";
import { Failure } from "../../src/platform/failure.ts";
import { formatDateTime } from "../../src/platform/format.ts";
import type { ListFormat } from "../../src/platform/output.ts";
import { startOfLocalDay, toIso, toLocalDay } from "../../src/platform/time.ts";
import { needUnit } from "../choose-units.ts";
import type { Cli } from "../cli.ts";
import type { Context } from "../context.ts";
import type { Outcome } from "../exit-codes.ts";
import { absenceWords as words } from "./absence-words.ts";
import { type CoverOptions, readCover } from "./cover.ts";
import { needPerson } from "./find-person.ts";
import { toGrantDocument } from "./grant-document.ts";
import { needInstant, openDesk } from "./room.ts";
import { formatRowPart } from "./scope-text.ts";
import { formatTypes } from "./type-names.ts";
import { delegateWords } from "./words.ts";

const example =
  "wardctl delegate absence chu-tich --unit 27004 --from 2025-07-10 --to 2025-07-12 --cover pho-chu-tich --doc-types cong-van,quyet-dinh --basis-number 21/TB-UBND --basis-date 2025-07-02 --yes";

export function declareAbsence(noun: Command, cli: Cli): void {
  cli
    .withFormat(cli.withYes(cli.verb(noun, { name: "absence", about: delegateWords.absence, example })))
    .argument("[person]", cli.say(words.person))
    .option("--unit <unit>", cli.say(delegateWords.oneUnit))
    .option("--from <date>", cli.say(words.from))
    .option("--to <date>", cli.say(words.to))
    .option("--reason <text>", cli.say(delegateWords.reason))
    .option("--cover <person>", cli.say(words.cover))
    .option("--capacity <capacity>", cli.say(delegateWords.capacity))
    .option("--doc-types <types>", cli.say(delegateWords.docTypes))
    .option("--basis-kind <kind>", cli.say(delegateWords.basisKind))
    .option("--basis-number <number>", cli.say(delegateWords.basisNumber))
    .option("--basis-date <date>", cli.say(delegateWords.basisDate))
    .option("--clause <clause>", cli.say(delegateWords.clause))
    .option("--legal-basis <text>", cli.say(delegateWords.legalBasis))
    .option("--back", cli.say(words.back))
    .option("--at <instant>", cli.say(words.at))
    .action((person: string | undefined, options: AbsenceOptions, command: Command) =>
      cli.run(command, (context) =>
        person === undefined
          ? listAway(options, context)
          : options.back
            ? goBack(person, options, context)
            : goAway(person, options, context),
      ),
    );
}

interface AbsenceOptions extends CoverOptions {
  readonly unit?: string;
  readonly from?: string;
  readonly to?: string;
  readonly reason?: string;
  readonly cover?: string;
  readonly back?: boolean;
  readonly at?: string;
  readonly yes?: boolean;
  readonly format: ListFormat;
}

type Needs = Pick<Context, "workspace" | "out" | "clock" | "ids" | "prompts">;

async function goAway(text: string, options: AbsenceOptions, context: Needs): Promise<Outcome> {
  const { out, clock, prompts } = context;
  const { lang } = out;
  const workspace = await context.workspace();
  const desk = await openDesk(context);
  const { zone } = desk;
  const { from, to } = readSpan(options, desk, clock.now());
  if (options.unit === undefined) throw new Failure("usage", words.needUnit);
  const unit = needUnit(options.unit, await workspace.directory(), workspace.settings);
  const absent = await needPerson(desk, text, unit, from);
  const register = await readRegister(desk, unit, from, clock.now());
  const cover = options.cover === undefined ? undefined : await needPerson(desk, options.cover, unit, from);
  const grant = cover && (await readCover(options, { workspace, desk, register, unit, absent, cover, from, to }));
  const [start, end] = [formatDateTime(from, zone, lang), formatDateTime(to - 1, zone, lang)];
  if (!options.yes && out.interactive) {
    out.warn(words.away(absent.fullName, start, end));
    if (!(await prompts.confirm(words.askAbsence, "--yes"))) return "cancelled";
  }
  const before = listUncovered(register, unit, from, to);
  const recorded = await recordAbsence(desk, {
    staffId: absent.staffId,
    name: absent.fullName,
    from,
    to,
    reason: options.reason,
    cover: cover && grant && { staffId: cover.staffId, name: cover.fullName, grant },
  });
  const after = listUncovered(await readRegister(desk, unit, from, clock.now()), unit, from, to);
  const opened = after.filter((gap) => !before.some((known) => isSame(known, gap)));
  await out.emit({
    document: toDocument({ recorded, absent, cover, opened, unit }, desk),
    render: () =>
      [
        recorded.isSame ? words.same[lang] : words.recorded(absent.fullName, start, end)[lang],
        cover && recorded.grant
          ? words.covered(cover.fullName, recorded.grant.capacity, recorded.grant.id)[lang]
          : words.noCover[lang],
        ...formatOpened(opened, desk, lang),
      ].join("\n"),
  });
  if (recorded.grant?.needsApproval) out.note(delegateWords.pendingCount(1));
  return opened.length > 0 || recorded.grant?.needsApproval ? "attention" : "ok";
}

function readSpan(options: AbsenceOptions, desk: Desk, now: Instant): { readonly from: Instant; readonly to: Instant } {
  const from = options.from === undefined ? now : needInstant(options.from, "--from", desk);
  if (options.to === undefined) throw new Failure("usage", words.needTo);
  const last = needInstant(options.to, "--to", desk);
  // As in a grant: the last day is a whole day.
  const to = options.to.includes(":") ? last : startOfLocalDay(toLocalDay(last, desk.zone) + 1, desk.zone);
  if (to <= from) throw new Failure("usage", words.endsBefore);
  return { from, to };
}

async function readRegister(desk: Desk, unit: Unit, from: Instant, now: Instant): Promise<Register> {
  return createRegister(await readFacts(desk, { unit: unit.code, at: from, asOf: now }), from, now);
}

function listUncovered(register: Register, unit: Unit, from: Instant, to: Instant): Gap[] {
  return listGaps(register, [unit.code], { from, to }).filter((gap) => gap.class === "gap");
}

/** Was it there before, in all of the unit or in just this part of it? */
function isSame(before: Gap, gap: Gap): boolean {
  const isThere = before.part === undefined || (gap.part !== undefined && isIn(gap.part, before.part));
  return isThere && before.docType === gap.docType && before.from === gap.from && before.to === gap.to;
}

interface Told {
  readonly recorded: AbsenceRecorded;
  readonly absent: Person;
  readonly cover: Person | undefined;
  readonly opened: readonly Gap[];
  readonly unit: Unit;
}

function toDocument({ recorded, absent, cover, opened, unit }: Told, { zone }: Desk): Readonly<Record<string, unknown>> {
  const { absence, grant, isSame: same } = recorded;
  return {
    schema: "wardctl.delegate-absence/1",
    id: absence.id,
    same,
    unit: unit.code,
    person: absent.staffId,
    name: absent.fullName,
    from: toIso(absence.from, zone),
    to: toIso(absence.to, zone),
    reason: absence.reason ?? null,
    cover: cover?.staffId ?? null,
    coverName: cover?.fullName ?? null,
    grant: grant ? toGrantDocument(grant, zone) : null,
    opens: opened.map(({ docType, part, from, to }) => ({
      docType,
      department: part ? (part.department ?? null) : "*",
      procedure: part ? (part.procedure ?? null) : "*",
      from: toIso(from, zone),
      to: toIso(to, zone),
    })),
  };
}

function formatOpened(opened: readonly Gap[], { zone, settings }: Desk, lang: "vi" | "en"): string[] {
  if (opened.length === 0) return [words.opensNone[lang]];
  const book = createScopeBook(settings.scope, zone);
  const toKey = ({ from, to, part }: Gap): string => [from, to, part?.department, part?.procedure].join("/");
  return [...Map.groupBy(opened, toKey).values()].map((alike) => {
    const [{ from, to, part }] = alike as [Gap];
    const types = formatTypes(toMask(alike.map(({ docType }) => docType)), lang);
    const what = [types, formatRowPart(part, book, lang)].filter((text) => text !== "").join(" · ");
    return words.opens(what, formatDateTime(from, zone, lang), formatDateTime(to - 1, zone, lang))[lang];
  });
}

async function goBack(text: string, options: AbsenceOptions, context: Needs): Promise<Outcome> {
  const { out, clock, prompts } = context;
  const workspace = await context.workspace();
  const desk = await openDesk(context);
  const at = options.at === undefined ? clock.now() : needInstant(options.at, "--at", desk);
  const known = await desk.people.findPerson(text);
  if (!known && options.unit === undefined) throw new Failure("usage", words.needUnit);
  const person =
    known ?? (await needPerson(desk, text, needUnit(options.unit ?? "", await workspace.directory(), workspace.settings), at));
  const when = formatDateTime(at, desk.zone, out.lang);
  if (!options.yes && out.interactive) {
    out.warn(words.back1(person.fullName, when));
    if (!(await prompts.confirm(words.askBack, "--yes"))) return "cancelled";
  }
  const ended = await recordReturn(desk, { staffId: person.staffId, name: person.fullName, at });
  const grants = ended.flatMap(({ cover }) => cover?.grantId ?? []);
  await out.emit({
    document: {
      schema: "wardctl.delegate-return/1",
      person: person.staffId,
      name: person.fullName,
      at: toIso(at, desk.zone),
      absences: ended.map(({ id }) => id),
      revoked: grants,
    },
    render: () =>
      [words.back1(person.fullName, when)[out.lang], ...(grants.length > 0 ? [words.coverEnds(grants)[out.lang]] : [])].join(
        "\n",
      ),
  });
  return "ok";
}

async function listAway(options: AbsenceOptions, context: Needs): Promise<Outcome> {
  const { out, clock } = context;
  const desk = await openDesk(context);
  const { zone, store, people } = desk;
  const now = clock.now();
  const returns = await store.listReturns();
  const items = (await store.listAbsences())
    .map((absence) => {
      const back = returns.filter(({ absenceId }) => absenceId === absence.id).map(({ at }) => at);
      return { ...absence, to: Math.min(absence.to, ...back) };
    })
    .filter(({ from, to }) => to > now && from < to);
  const staffIds = [...new Set(items.flatMap(({ staffId, cover }) => [staffId, ...(cover ? [cover.staffId] : [])]))];
  const found = await Promise.all(staffIds.map((staffId) => people.findPerson(staffId)));
  const names = new Map(found.flatMap((person) => (person ? [[person.staffId, person.fullName] as const] : [])));
  const say = (staffId: string): string => [staffId, names.get(staffId)].filter((part) => part !== undefined).join(" ");
  await out.list({
    schema: "wardctl.delegate-absences/1",
    name: "absences",
    items,
    format: options.format,
    empty: words.nobody,
    columns: [
      { key: "id", title: delegateWords.idTitle, value: ({ id }) => id, machineOnly: true },
      { key: "person", title: words.personTitle, value: ({ staffId }) => staffId, text: ({ staffId }) => say(staffId) },
      {
        key: "from",
        title: words.fromTitle,
        value: ({ from }) => toIso(from, zone),
        text: ({ from }, lang) => formatDateTime(from, zone, lang),
      },
      {
        key: "to",
        title: words.toTitle,
        value: ({ to }) => toIso(to, zone),
        text: ({ to }, lang) => formatDateTime(to - 1, zone, lang),
      },
      {
        key: "cover",
        title: words.coverTitle,
        value: ({ cover }) => cover?.staffId,
        text: ({ cover }) => (cover ? say(cover.staffId) : "–"),
      },
      { key: "grant", title: delegateWords.idTitle, value: ({ cover }) => cover?.grantId, machineOnly: true },
      { key: "reason", title: words.reasonTitle, value: ({ reason }) => reason },
    ],
  });
  return "ok";
}
