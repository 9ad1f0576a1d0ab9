import { type Block, count, delta, left, note, paragraph, right, table, text } from "../blocks.ts";
import { toMetricTitle } from "../metrics.ts";
import { toPlaceName } from "../place-name.ts";
import { everyKind, type Section, type SectionFacts } from "./section.ts";
import { sectionWords as words } from "./words.ts";

export const restatedSection: Section = { id: "restated", title: words.restated, kinds: everyKind, build: buildRestated };

/** Undefined at the first meeting. */
function buildRestated({ previous, findUnit, knownSeq }: SectionFacts): Block[] | undefined {
  if (!previous) return undefined;
  const { restated } = previous;
  if (restated.length === 0) return [note(words.notRestated)];
  return [
    paragraph(words.restatedHow(restated.length, previous.id, previous.knownSeq, knownSeq)),
    table(
      words.restatedTable,
      [left(words.unit), left(words.metric), right(words.shown), right(words.known), right(words.difference)],
      restated.map(({ unit, metric, shown, known, delta: change }) => [
        text(toPlaceName(unit, findUnit)),
        text(toMetricTitle(metric)),
        count(shown),
        count(known),
        delta(change),
      ]),
      { long: restated.length > 12 },
    ),
  ];
}
