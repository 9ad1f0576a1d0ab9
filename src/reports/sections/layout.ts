import { note, table } from "../blocks.ts";
import { layoutWords } from "../layout-words.ts";
import { layouts } from "../layouts.ts";
import type { Section, SectionFacts } from "./section.ts";
import { sectionWords as words } from "./words.ts";

export const layoutSection: Section = { id: "layout", title: words.layout, kinds: ["range"], build: buildLayout };

function buildLayout({ layout, units, total }: SectionFacts): ReturnType<Section["build"]> {
  if (layout === undefined) return undefined;
  const { caption, columns, toRow, toSumRow, footnotes } = layouts[layout];
  const collator = new Intl.Collator("vi");
  const ordered = [...units].sort((a, b) => collator.compare(a.place.name, b.place.name));
  const sum = total ? [toSumRow(total, units)] : [];
  const declared = units.some((unit) => unit.declared) ? [layoutWords.declaredRows] : [];
  const notes = [...declared, ...footnotes(total)];
  return [table(caption, columns, [...sum, ...ordered.map(toRow)]), ...notes.map((words) => note(words))];
}
