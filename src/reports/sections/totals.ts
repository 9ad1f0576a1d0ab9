import type { Words } from "../../platform/words.ts";
import type { Figures } from "../../records/figures.ts";
import { type Block, type Cell, count, delta, type FigureRow, left, note, rateCell, right, table, text } from "../blocks.ts";
import { metrics } from "../metrics.ts";
import { type RateName, toRate } from "../rate.ts";
import { rateTitles } from "../words.ts";
import { everyKind, type Section, type SectionFacts } from "./section.ts";
import { sectionWords as words } from "./words.ts";

export const totalsSection: Section = { id: "totals", title: words.totals, kinds: everyKind, build: buildTotals };

function buildTotals(facts: SectionFacts): Block[] {
  const { total, previous, reporting, units, window, zone } = facts;
  if (!total) return [note(words.noFigures)];
  const title = previous && words.since(previous.asOf, window.end, zone);
  const rows = metrics
    .filter((metric) => metric.read(total) !== 0 || always.has(metric.key))
    .map((metric): Cell[] => [
      text(metric.title),
      count(metric.read(total)),
      ...(previous ? [delta(findChange(facts, metric.key))] : []),
    ]);
  return [
    buildFigures(facts, total),
    table(words.sum(reporting, units.length), [left(words.metric), right(words.value), ...(title ? [right(title)] : [])], rows),
    note(previous ? words.sinceExplained : words.firstMeeting),
  ];
}

const always = new Set([
  "carriedOver",
  "received.total",
  "resolved.total",
  "inProgress.total",
  "inProgress.overdue",
  "paused.total",
  "returned.total",
]);

/** New since the last meeting for a flow, more or less than then for a state. */
function findChange({ previous, total }: SectionFacts, key: string): number | undefined {
  const metric = metrics.find((own) => own.key === key);
  if (!metric || !previous?.since || !previous.atThat || !total) return undefined;
  // What was carried into this window has no counterpart at the last meeting.
  if (key === "carriedOver") return undefined;
  return metric.nature === "flow" ? metric.read(previous.since) : metric.read(total) - metric.read(previous.atThat);
}

function buildFigures(facts: SectionFacts, total: Figures): FigureRow {
  const { previous, window, zone } = facts;
  const change = (key: string): Words | null => {
    const n = findChange(facts, key);
    return n === undefined || !previous ? null : words.sinceLast(n, previous.asOf, window.end, zone);
  };
  const rate = (name: RateName): FigureRow["items"][number] => {
    const own = toRate(name, total);
    return {
      label: rateTitles[name],
      value: rateCell(own),
      detail: own.denominator > 0 ? words.ofTotal(own.numerator, own.denominator) : null,
      weight: "side",
    };
  };
  return {
    block: "figures",
    items: [
      { label: words.received, value: count(total.received.total), detail: change("received.total"), weight: "main" },
      { label: words.resolved, value: count(total.resolved.total), detail: change("resolved.total"), weight: "main" },
      { label: words.inProgress, value: count(total.inProgress.total), detail: change("inProgress.total"), weight: "main" },
      {
        label: words.overdue,
        value: count(total.inProgress.overdue),
        detail: change("inProgress.overdue"),
        weight: total.inProgress.overdue > 0 ? "alarm" : "main",
      },
      rate("resolution"),
      rate("on_time_resolved"),
      rate("online"),
    ],
  };
}
