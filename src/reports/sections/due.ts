import { type Block, count, left, note, paragraph, right, table, text } from "../blocks.ts";
import { toUnitWords } from "../place-name.ts";
import { byCount, rank } from "../ranking.ts";
import { presentKinds, type Section, type SectionFacts } from "./section.ts";
import { sectionWords as words } from "./words.ts";

export const dueSection: Section = { id: "due", title: words.due, kinds: presentKinds, build: buildDue };

/** Undefined where nothing is counted. */
function buildDue({ kind, due, units, rules, window, zone }: SectionFacts): ReturnType<Section["build"]> {
  if (!due || due.state === "failed") return due;
  const { lastDay, units: byUnit, knownLater } = due.value;
  const isMoved = knownLater.received + knownLater.closed > 0;
  const moved = isMoved ? [note(words.knownLater(knownLater.received, knownLater.closed, window.end, zone))] : [];
  const open = units.flatMap(({ place, unit }) => {
    const n = byUnit.get(unit) ?? 0;
    return n > 0 ? [{ place, n }] : [];
  });
  if (open.length === 0) return [note(words.nothingDue(lastDay, zone)), ...moved];
  const sum = open.reduce((total, { n }) => total + n, 0);
  const told = paragraph(words.dueBy(sum, lastDay, zone));
  if (kind === "unit") return [told, ...moved];
  const rows = rank(
    open,
    byCount(({ n }) => n),
    rules.topN,
  ).map(({ rank: place, tied, item }) => [
    { cell: "rank" as const, rank: place, tied },
    text(toUnitWords(item.place)),
    count(item.n),
  ]);
  const blocks: Block[] = [
    told,
    table(words.rankDue, [right(words.rank), left(words.unit), right(words.dueColumn)], rows, { barColumn: 2 }),
    ...moved,
  ];
  return blocks;
}
