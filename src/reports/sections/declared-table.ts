import { verbatim, type Words } from "../../platform/words.ts";
import { absent, type Block, type Cell, count, delta, left, rateCell, right, table, text } from "../blocks.ts";
import { type DeclaredRate, findClosedRate, findDeclaredRate } from "../declared-rate.ts";
import { type DeclaredSet, toDeclaredSets } from "../declared-set.ts";
import { metrics, toMetricTitle } from "../metrics.ts";
import type { DeclaredFact } from "../reconcile.ts";
import { qualityTitles, rateTitles, reportWords } from "../words.ts";
import type { SectionFacts } from "./section.ts";
import { sectionWords as words } from "./words.ts";

type NameOf = (unit: string | undefined) => Words;

/** Every stated figure, as given, beside ours. Rates that follow from stated counts get lines of their own below their unit's. */
export function buildDeclaredTable(declared: readonly DeclaredFact[], facts: SectionFacts, nameOf: NameOf): Block {
  const computedOf = new Map(declared.map(({ stated, computed }) => [stated, computed]));
  const rows = toDeclaredSets(declared.map(({ stated }) => stated)).flatMap((set): Cell[][] => {
    const name = text(nameOf(set.unit));
    const from = text(words.statedBy(set.source, qualityTitles[set.quality], set.window.end, facts.window.end, facts.zone));
    const stated = [...set.figures].sort((a, b) => toOrder(a.metric) - toOrder(b.metric));
    return [
      ...stated.map((figure): Cell[] => {
        const computed = computedOf.get(figure);
        const exact = figure.low !== undefined && figure.low === figure.high ? figure.low : undefined;
        const difference = computed === undefined || exact === undefined ? absent() : delta(computed - exact);
        return [name, text(toMetricTitle(figure.metric)), text(verbatim(figure.stated)), count(computed), difference, from];
      }),
      ...listRates(set).map(([title, rate]): Cell[] => [name, text(title), rate, absent(), absent(), from]),
    ];
  });
  const columns = [
    left(words.unit),
    left(words.metric),
    right(words.stated),
    right(words.computed),
    right(words.difference),
    left(words.source),
  ];
  return table(words.declaredTable, columns, rows, { long: rows.length > 40 });
}

/** In the order of the daily table, what is no column of it last. */
function toOrder(metric: string): number {
  const at = metrics.findIndex(({ key }) => key === metric);
  return at < 0 ? metrics.length : at;
}

function listRates(set: DeclaredSet): [Words, Cell][] {
  const rates = (["resolution", "online"] as const).flatMap((definition): [Words, Cell][] => {
    const own = findDeclaredRate(set, definition);
    if (!own || set.figures.some(({ metric }) => metric === `rate.${definition}`)) return [];
    return [[words.fromStated(rateTitles[definition]), toRateCell(own)]];
  });
  const closed = findClosedRate(set);
  return closed ? [...rates, [words.fromStated(words.closedRate), rateCell(closed)]] : rates;
}

export function toRateCell(own: DeclaredRate): Cell {
  return own.kind === "no-base" ? absent(reportWords.baseNotGiven) : rateCell(own.rate, own.kind === "at-most");
}
