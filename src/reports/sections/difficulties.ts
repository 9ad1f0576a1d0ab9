import { categories, categoryWords, groups, groupWords, toGroup } from "../../meeting/category.ts";
import { formatAge, formatDeadline } from "../../meeting/deadline.ts";
import { formatIncidentNumber, type Incident, isOpen, isOverdue, toAgeMs } from "../../meeting/incident.ts";
import type { Instant } from "../../platform/clock.ts";
import { both, verbatim } from "../../platform/words.ts";
import { absent, type Block, type Cell, count, left, note, paragraph, right, table, text } from "../blocks.ts";
import { toPlaceName } from "../place-name.ts";
import { meetingWords as words } from "./meeting-words.ts";
import { presentKinds, type Section, type SectionFacts } from "./section.ts";

const dayMs = 86_400_000;
const unitsShown = 3;

/** Difficulties by category: new, open, closed, ageing (domain.md §10), then those that are open. What is published names no owner and no unit. */
export const difficultiesSection: Section = {
  id: "difficulties",
  title: words.difficulties,
  kinds: presentKinds,
  build: buildDifficulties,
};

function buildDifficulties(facts: SectionFacts): ReturnType<Section["build"]> {
  const { meeting, window, zone, kind, isPublic } = facts;
  if (!meeting || meeting.state === "failed") return meeting;
  if (!meeting.value) return [note(words.neverRecorded)];
  const { at } = meeting.value;
  const codes = new Set(facts.units.map(({ unit }) => unit));
  const own = meeting.value.incidents.filter(({ units }) => kind !== "unit" || units.some((unit) => codes.has(unit)));
  const tally = (some: readonly Incident[]): Tally => countThem(some, window.start, at);
  const all = tally(own);
  const open = own.filter(isOpen);
  const item = (
    label: typeof words.newOnes,
    value: number,
    weight: "main" | "side" | "alarm",
    detail: typeof label | null = null,
  ) => ({
    label,
    value: count(value),
    detail,
    weight,
  });
  return [
    paragraph(words.asOf(at, zone)),
    {
      block: "figures",
      items: [
        item(words.openOnes, all.open, "main"),
        item(words.newOnes, all.fresh, "side", words.inWindow),
        item(words.closedOnes, all.closed, "side", words.inWindow),
        item(words.overdueOnes, all.overdue, all.overdue > 0 ? "alarm" : "side"),
        ...(all.unassigned > 0 ? [item(words.unassigned, all.unassigned, "alarm")] : []),
      ],
    },
    toTallyTable(words.byCategory, words.category, true, [
      ...categories.map((one) => [categoryWords[one], tally(own.filter(({ category }) => category === one))] as const),
      [words.sum, all],
    ]),
    toTallyTable(
      words.byGroup,
      words.group,
      false,
      groups.map(
        (group) =>
          [words.groupName(group, groupWords[group]), tally(own.filter(({ category }) => toGroup(category) === group))] as const,
      ),
    ),
    ...(isPublic ? [] : [open.length === 0 ? note(words.noOpen) : toList(open, at, facts)]),
  ];
}

interface Tally {
  readonly fresh: number;
  readonly open: number;
  readonly closed: number;
  readonly overdue: number;
  readonly unassigned: number;
  readonly ages: readonly [number, number, number];
}

/** Opened and closed after the window's start, up to and with its end: what two meetings say adds up. */
function countThem(some: readonly Incident[], start: Instant, at: Instant): Tally {
  const open = some.filter(isOpen);
  const ages = open.map((one) => toAgeMs(one, at));
  return {
    fresh: some.filter(({ openedAt }) => openedAt > start).length,
    open: open.length,
    closed: some.filter(({ closed }) => closed !== undefined && closed.at > start).length,
    overdue: open.filter((one) => isOverdue(one, at)).length,
    unassigned: open.filter(({ state }) => state === "unassigned").length,
    ages: [
      ages.filter((age) => age < dayMs).length,
      ages.filter((age) => age >= dayMs && age <= 3 * dayMs).length,
      ages.filter((age) => age > 3 * dayMs).length,
    ],
  };
}

function toTallyTable(
  caption: typeof words.byCategory,
  first: typeof words.category,
  withAges: boolean,
  rows: readonly (readonly [typeof words.category, Tally])[],
): Block {
  return table(
    caption,
    [
      left(first),
      ...[words.newOnes, words.openOnes, words.closedOnes, words.overdueOnes].map(right),
      ...(withAges ? [words.youngest, words.middle, words.oldest] : []).map(right),
    ],
    rows.map(([name, { fresh, open, closed, overdue, ages }]) => [
      text(name),
      ...[fresh, open, closed, overdue, ...(withAges ? ages : [])].map((value) => count(value)),
    ]),
  );
}

function toList(open: readonly Incident[], at: Instant, { findUnit, zone }: SectionFacts): Block {
  const said = (value: string | undefined): Cell => (value === undefined ? absent() : text(verbatim(value)));
  return table(
    words.openList,
    [words.number, words.difficulty, words.code, words.units, words.owner, words.support, words.due, words.age].map(left),
    open.map((one) => [
      said(formatIncidentNumber(one.number)),
      said(one.title),
      said(one.code),
      one.units.length === 0
        ? absent()
        : text(
            words.moreUnits(
              one.units.map((unit) => toPlaceName(unit, findUnit)),
              unitsShown,
            ),
          ),
      said(one.owner),
      said(one.support),
      toDue(one.due, isOverdue(one, at), zone),
      text(both((lang) => formatAge(toAgeMs(one, at), lang))),
    ]),
    { long: open.length > 20 },
  );
}

/** `04/7/2025`, and that it is overdue. */
export function toDue(due: Instant | undefined, isLate: boolean, zone: SectionFacts["zone"]): Cell {
  if (due === undefined) return absent();
  return text(both((lang) => `${formatDeadline(due, zone, lang)}${isLate ? ` (${words.late[lang]})` : ""}`));
}
