import { type Block, type Cell, count, left, right, table, text } from "../blocks.ts";
import { toUnitWords } from "../place-name.ts";
import { stateTitles } from "../words.ts";
import { everyKind, type Section, type SectionFacts } from "./section.ts";
import { sectionWords as words } from "./words.ts";

export const unitsSection: Section = { id: "units", title: words.units, kinds: everyKind, build: buildUnits };

/** Undefined where no source delivers dossiers: a table of dashes tells nothing. */
function buildUnits(facts: SectionFacts): Block[] | undefined {
  if (!facts.expectsDossiers) return undefined;
  const collator = new Intl.Collator("vi");
  const ordered = [...facts.units].sort((a, b) => collator.compare(a.place.name, b.place.name));
  const rows = ordered.map(({ place, state, figures: f }): Cell[] => [
    text(toUnitWords(place)),
    count(f?.carriedOver),
    count(f?.received.total),
    count(f?.received.online),
    count(f?.resolved.total),
    count(f?.inProgress.total),
    count(f?.inProgress.overdue),
    count(f?.paused.total),
    count(f?.returned.total),
    text(stateTitles[state]),
  ]);
  const columns = [
    left(words.unit),
    ...[
      words.carriedOver,
      words.received,
      words.online,
      words.resolved,
      words.inProgress,
      words.overdue,
      words.paused,
      words.returned,
    ].map(right),
    left(words.state),
  ];
  return [table(words.unitTable, columns, rows, { long: true })];
}
