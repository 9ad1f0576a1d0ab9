import { type Block, type Cell, count, delta, left, note, rateCell, right, table, text } from "../blocks.ts";
import { metrics } from "../metrics.ts";
import { rateNames, toRate } from "../rate.ts";
import { rateDefinitions, rateTitles } from "../words.ts";
import { findChange } from "./change.ts";
import { everyKind, type Section, type SectionFacts } from "./section.ts";
import { sectionWords as words } from "./words.ts";

export const detailSection: Section = { id: "detail", title: words.detail, kinds: everyKind, build: buildDetail };

/** Cumulative only where it is not the window itself. */
function toCumulative({ cumulative, cumulativeFrom, window, zone }: SectionFacts) {
  return cumulative && cumulativeFrom < window.start
    ? { figures: cumulative, title: words.cumulative(cumulativeFrom, zone) }
    : undefined;
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

/** Every column of the daily table; those that are 0 and seldom used are left out, the JSON has all. */
function buildDetail(facts: SectionFacts): Block[] | undefined {
  const { kind, total, previous, incomparable, reporting, units, window, zone } = facts;
  if (!total) return undefined;
  const cumulative = toCumulative(facts);
  const rows = metrics
    .filter((metric) => metric.read(total) !== 0 || always.has(metric.key))
    .map((metric): Cell[] => [
      text(metric.title),
      count(metric.read(total)),
      ...(cumulative ? [count(metric.nature === "flow" ? metric.read(cumulative.figures) : undefined)] : []),
      ...(previous ? [delta(findChange(facts, metric.key))] : []),
    ]);
  const missing = incomparable === undefined ? words.firstMeeting : words.incomparable(incomparable);
  const since = previous ? [right(words.since(previous.asOf, window.end, zone))] : [];
  return [
    table(
      words.sum(reporting, units.length),
      [left(words.metric), right(words.value), ...(cumulative ? [right(cumulative.title)] : []), ...since],
      rows,
    ),
    ...(kind === "range" ? [] : [note(previous ? words.sinceExplained : missing)]),
    table(
      words.rates,
      [left(words.rate), right(words.value), left(words.definition)],
      rateNames.map((name) => [text(rateTitles[name]), rateCell(toRate(name, total)), text(rateDefinitions[name])]),
    ),
  ];
}
