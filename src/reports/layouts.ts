import { verbatim, type Words } from "../platform/words.ts";
import type { Figures } from "../records/figures.ts";
import { absent, type Cell, count, left, right, type TableBlock, text } from "./blocks.ts";
import type { UnitFact } from "./facts.ts";
import { layoutWords as words } from "./layout-words.ts";
import type { LayoutName } from "./model.ts";
import { toUnitWords } from "./place-name.ts";
import { reportWords } from "./words.ts";

/** Columns of an official form, from our own: what it folds together is said in a footnote with its count. */
export interface Layout {
  readonly caption: Words;
  readonly columns: TableBlock["columns"];
  readonly toRow: (unit: UnitFact, index: number) => readonly Cell[];
  readonly toSumRow: (total: Figures, units: readonly UnitFact[]) => readonly Cell[];
  readonly footnotes: (total: Figures | undefined) => readonly Words[];
}

type Column = readonly [title: Words, read: (figures: Figures) => number];

const carriedOver = (f: Figures): number => f.carriedOver + f.reopened;
const receivedAll = (f: Figures): number => f.received.total + carriedOver(f);
/** A paused dossier is overdue only if it was when it was paused. */
const overdue = (f: Figures): number => f.inProgress.overdue + f.paused.overdue;
const open = (f: Figures): number => f.inProgress.total + f.paused.total;
/** Withdrawn and rejected have no column of their own in either form. */
const processed = (f: Figures): number => f.resolved.total + f.returned.total;

/** Wording and formulas as a provincial system prints them (domain.md §6): (3) = (4) + (5) + (6) = (7) + (11). */
const ii06a: readonly Column[] = [
  [words.c3, receivedAll],
  [words.c4, (f) => f.received.online],
  [words.c5, (f) => f.received.direct + f.received.post],
  [words.c6, carriedOver],
  [words.c7, processed],
  [words.c8, (f) => f.resolved.early],
  [words.c9, (f) => f.resolved.onTime + f.returned.total],
  [words.c10, (f) => f.resolved.late],
  [words.c11, open],
  [words.c12, (f) => open(f) - overdue(f)],
  [words.c13, overdue],
];

const qd766: readonly Column[] = [
  [words.receivedAll, receivedAll],
  [words.receivedBefore, carriedOver],
  [words.receivedIn, (f) => f.received.total],
  [words.receivedOnline, (f) => f.received.online],
  [words.receivedDirect, (f) => f.received.direct],
  [words.receivedPost, (f) => f.received.post],
  [words.processed, processed],
  [words.processedEarly, (f) => f.resolved.early],
  [words.processedOnTime, (f) => f.resolved.onTime + f.returned.total],
  [words.processedLate, (f) => f.resolved.late],
  [words.inProcess, (f) => f.inProgress.total],
  [words.inProcessWithin, (f) => f.inProgress.within],
  [words.inProcessOverdue, (f) => f.inProgress.overdue],
  [words.paused, (f) => f.paused.total],
  [words.pausedWithin, (f) => f.paused.total - f.paused.overdue],
  [words.pausedOverdue, (f) => f.paused.overdue],
];

/** A column that is made of a figure the unit did not state is not available. Of reopened dossiers no source of totals knows. */
function toDeclaredCells(own: readonly Column[], stated: Figures): Cell[] {
  const figures = Number.isNaN(stated.reopened) ? { ...stated, reopened: 0 } : stated;
  return own.map(([, read]) => (Number.isNaN(read(figures)) ? absent(words.notStated) : count(read(figures))));
}

function createLayout(caption: Words, own: readonly Column[], footnotes: Layout["footnotes"]): Layout {
  const cells = (figures: Figures | undefined): Cell[] => own.map(([, read]) => count(figures && read(figures)));
  return {
    caption,
    columns: [
      { ...right(words.c1), short: words.number(1) },
      { ...left(words.c2), short: words.number(2) },
      // By name and by the form's own number.
      ...own.map(([title], index) => ({ ...right(words.numbered(index + 3, title)), short: words.number(index + 3) })),
    ],
    toRow: ({ place, figures, declared }, index) => [
      count(index + 1),
      text(declared ? reportWords.markDeclared(toUnitWords(place)) : toUnitWords(place)),
      ...(declared ? toDeclaredCells(own, declared.figures) : cells(figures)),
    ],
    toSumRow: (total, units) => [
      text(verbatim("")),
      text(words.sum(units.filter(({ figures }) => figures !== undefined).length, units.length)),
      ...cells(total),
    ],
    footnotes,
  };
}

export const layouts: Readonly<Record<LayoutName, Layout>> = {
  ii06a: createLayout(words.ii06a, ii06a, (total) => [
    words.reopenedIn("(6)", total?.reopened),
    words.returnedIn("(9)", total?.returned.total),
    words.pausedIn("(11)", total?.paused.total),
    words.unverified,
  ]),
  qd766: createLayout(words.qd766, qd766, (total) => [
    words.reopenedIn(words.receivedBefore, total?.reopened),
    words.returnedIn(words.processedOnTime, total?.returned.total),
    words.unverified,
  ]),
};

export const layoutNames = Object.keys(layouts) as readonly LayoutName[];
