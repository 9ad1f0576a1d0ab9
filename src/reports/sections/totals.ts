import type { Words } from "../../platform/words.ts";
import type { Figures } from "../../records/figures.ts";
import { type Block, count, type FigureRow, note, rateCell } from "../blocks.ts";
import { findMetric } from "../metrics.ts";
import { type RateName, toRate } from "../rate.ts";
import { rateTitles } from "../words.ts";
import { findChange } from "./change.ts";
import { everyKind, type Section, type SectionFacts } from "./section.ts";
import { sectionWords as words } from "./words.ts";

export const totalsSection: Section = { id: "totals", title: words.totals, kinds: everyKind, build: buildTotals };

function buildTotals(facts: SectionFacts): Block[] {
  const { total, reporting, units } = facts;
  if (!total) return [note(words.noFigures)];
  return [buildFigures(facts, total), note(words.sum(reporting, units.length))];
}

function buildFigures(facts: SectionFacts, total: Figures): FigureRow {
  const { previous, window, zone } = facts;
  const change = (key: string): Words | null => {
    // In a window that begins at the last meeting every dossier received or resolved is new since then: the figure says it already.
    if (previous?.asOf === window.start && findMetric(key)?.nature === "flow") return null;
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
