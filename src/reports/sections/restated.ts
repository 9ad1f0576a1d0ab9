import { verbatim } from "../../platform/words.ts";
import { absent, type Block, count, delta, left, list, note, paragraph, right, table, text } from "../blocks.ts";
import { toMetricTitle } from "../metrics.ts";
import { toPlaceName } from "../place-name.ts";
import { presentKinds, type Section, type SectionFacts } from "./section.ts";
import { sectionWords as words } from "./words.ts";

export const restatedSection: Section = { id: "restated", title: words.restated, kinds: presentKinds, build: buildRestated };

/** Undefined at the first meeting. */
function buildRestated({ previous, incomparable, findUnit, zone }: SectionFacts): Block[] | undefined {
  if (incomparable !== undefined) return [note(words.incomparable(incomparable))];
  if (!previous) return undefined;
  const { restated } = previous;
  if (restated.length === 0) return [note(words.notRestated)];
  return [
    paragraph(words.restatedHow(restated.length, previous.id)),
    table(
      words.restatedTable,
      [left(words.unit), left(words.metric), right(words.shown), right(words.known), right(words.difference), left(words.batch)],
      restated.map(({ unit, metric, shown, known, delta: change, imports }) => [
        text(toPlaceName(unit, findUnit)),
        text(toMetricTitle(metric)),
        count(shown),
        count(known),
        delta(change),
        imports.length === 0 ? absent() : text(verbatim(imports.join(", "))),
      ]),
      { long: restated.length > 12 },
    ),
    list(
      previous.restatedBy.map(({ seq, source, file, finishedAt }) =>
        words.importLine(seq, file === undefined ? source : `${file} (${source})`, finishedAt, zone),
      ),
    ),
  ];
}
