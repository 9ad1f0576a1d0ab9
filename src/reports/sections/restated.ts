import { type Block, count, delta, left, note, paragraph, right, table, text } from "../blocks.ts";
import { toUnitWords } from "../findings.ts";
import { toMetricTitle } from "../metrics.ts";
import { everyKind, type Section, type SectionFacts } from "./section.ts";
import { sectionWords as words } from "./words.ts";

export const restatedSection: Section = { id: "restated", title: words.restated, kinds: everyKind, build: buildRestated };

/** Undefined at the first meeting. */
function buildRestated({ previous, units, knownSeq }: SectionFacts): Block[] | undefined {
  if (!previous) return undefined;
  const { restated } = previous;
  if (restated.length === 0) return [note(words.notRestated)];
  const names = new Map(units.map(({ place }) => [place.code, toUnitWords(place)]));
  return [
    paragraph(words.restatedHow(restated.length, previous.id, previous.knownSeq, knownSeq)),
    table(
      words.restatedTable,
      [left(words.unit), left(words.metric), right(words.shown), right(words.known), right(words.difference)],
      restated.map(({ unit, metric, shown, known, delta: change }) => [
        text(names.get(unit) ?? { vi: unit, en: unit }),
        text(toMetricTitle(metric)),
        count(shown),
        count(known),
        delta(change),
      ]),
      { long: restated.length > 12 },
    ),
  ];
}
