import type { Words } from "../../platform/words.ts";
import type { Figures, UnitState } from "../../records/figures.ts";
import { type Block, type Cell, count, left, right, table, text } from "../blocks.ts";
import type { UnitFact } from "../facts.ts";
import { toUnitWords } from "../place-name.ts";
import { qualityTitles, reportWords, stateTitles } from "../words.ts";
import type { Section, SectionFacts } from "./section.ts";
import { sectionWords as words } from "./words.ts";

export const unitsSection: Section = {
  id: "units",
  title: words.units,
  kinds: ["morning", "evening", "range"],
  build: buildUnits,
};

type Column = readonly [title: Words, read: (figures: Figures) => number];

/** Every column of the daily table (domain.md §6), in three tables that fit a page. */
const incoming: readonly Column[] = [
  [words.carriedOver, (f) => f.carriedOver],
  [words.received, (f) => f.received.total],
  [words.online, (f) => f.received.online],
  [words.direct, (f) => f.received.direct],
  [words.post, (f) => f.received.post],
  [words.reopened, (f) => f.reopened],
  [words.pending, (f) => f.pendingIntake],
  [words.refused, (f) => f.refusedAtIntake],
];
const outcomes: readonly Column[] = [
  [words.resolved, (f) => f.resolved.total],
  [words.early, (f) => f.resolved.early],
  [words.onTime, (f) => f.resolved.onTime],
  [words.lateColumn, (f) => f.resolved.late],
  [words.returned, (f) => f.returned.total],
  [words.withdrawn, (f) => f.returned.withdrawn],
  [words.rejected, (f) => f.returned.rejectedInBase],
  [words.handedOver, (f) => f.resultHandedOver],
];
const open: readonly Column[] = [
  [words.inProgress, (f) => f.inProgress.total],
  [words.within, (f) => f.inProgress.within],
  [words.overdue, (f) => f.inProgress.overdue],
  [words.paused, (f) => f.paused.total],
  [words.supplement, (f) => f.paused.supplement],
  [words.fee, (f) => f.paused.fee],
  [words.stopped, (f) => f.paused.stopped],
];

/** Who is silent or late stands first: the figures of the others are not the whole. */
const firstStates: readonly UnitState[] = ["silent", "stale"];

/** Undefined where no source delivers dossiers and no unit states its own: a table of dashes tells nothing. */
function buildUnits({ expectsDossiers, units, total, reporting, window, zone }: SectionFacts): Block[] | undefined {
  if (!expectsDossiers && units.every(({ declared }) => !declared)) return undefined;
  const collator = new Intl.Collator("vi");
  const place = ({ state, declared }: UnitFact): number =>
    firstStates.includes(state) && !declared ? firstStates.indexOf(state) : firstStates.length;
  const toState = ({ state, declared }: UnitFact): Words => {
    if (!declared) return stateTitles[state];
    const { source, quality, window: own } = declared.set;
    return words.declaredRow(source, qualityTitles[quality], own.end, window.end, zone, own.start !== undefined);
  };
  const ordered = [...units].sort((a, b) => place(a) - place(b) || collator.compare(a.place.name, b.place.name));
  const build = (caption: Words, columns: readonly Column[], withState: boolean): Block => {
    const cells = (figures: Figures | undefined): Cell[] => columns.map(([, read]) => count(figures && read(figures)));
    const rows = ordered.map((unit) => [
      text(unit.declared && !withState ? reportWords.markDeclared(toUnitWords(unit.place)) : toUnitWords(unit.place)),
      ...cells(unit.figures ?? unit.declared?.figures),
      ...(withState ? [text(toState(unit))] : []),
    ]);
    const sum = total
      ? [[text(words.sum(reporting, units.length)), ...cells(total), ...(withState ? [text({ vi: "", en: "" })] : [])]]
      : [];
    const titles = [left(words.unit), ...columns.map(([title]) => right(title)), ...(withState ? [left(words.state)] : [])];
    return table(caption, titles, [...rows, ...sum], { long: true });
  };
  return [
    build(words.incomingTable, incoming, true),
    build(words.outcomeTable, outcomes, false),
    build(words.openTable, open, false),
  ];
}
