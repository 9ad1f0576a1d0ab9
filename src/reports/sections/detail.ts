import { type Block, type Cell, count, delta, left, note, right, table, text } from "../blocks.ts";
import { metrics } from "../metrics.ts";
import { findChange } from "./change.ts";
import { everyKind, type Section, type SectionFacts } from "./section.ts";
import { sectionWords as words } from "./words.ts";

export const detailSection: Section = { id: "detail", title: words.detail, kinds: everyKind, build: buildDetail };

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
  const { total, previous, reporting, units, window, zone } = facts;
  if (!total) return undefined;
  const rows = metrics
    .filter((metric) => metric.read(total) !== 0 || always.has(metric.key))
    .map((metric): Cell[] => [
      text(metric.title),
      count(metric.read(total)),
      ...(previous ? [delta(findChange(facts, metric.key))] : []),
    ]);
  const since = previous ? [right(words.since(previous.asOf, window.end, zone))] : [];
  return [
    table(words.sum(reporting, units.length), [left(words.metric), right(words.value), ...since], rows),
    note(previous ? words.sinceExplained : words.firstMeeting),
  ];
}
