import { absent, type Cell, count, left, note, right, table, text } from "../blocks.ts";
import { smallestPublished } from "../procedures.ts";
import { toProcedureName } from "./procedures.ts";
import type { Section, SectionFacts } from "./section.ts";
import { sectionWords as words } from "./words.ts";

export const overdueSection: Section = { id: "overdue", title: words.overdueTitle, kinds: ["unit"], build: buildOverdue };

/** Undefined where nothing is counted. */
function buildOverdue({ overdue, units, isPublic }: SectionFacts): ReturnType<Section["build"]> {
  if (!overdue || overdue.state === "failed") return overdue;
  if (overdue.value.length === 0) return [note(words.noOverdueOwn)];
  const cell = (n: number | undefined): Cell => (n === undefined ? absent(words.tooSmall(smallestPublished)) : count(n));
  const rows = overdue.value.map(({ procedure, name, dossiers, daysLate }) => [
    text(toProcedureName(procedure, name)),
    cell(dossiers),
    count(daysLate),
  ]);
  const columns = [left(words.procedure), right(words.overdue), right(words.daysLate)];
  const unit = units[0]?.unit ?? "";
  return [table(words.overdueTable, columns, rows), ...(isPublic ? [] : [note(words.explainOverdue(unit))])];
}
