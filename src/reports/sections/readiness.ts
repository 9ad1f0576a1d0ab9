import { formatCount } from "../../platform/format.ts";
import { both, verbatim } from "../../platform/words.ts";
import { type Block, left, list, note, paragraph, table, text } from "../blocks.ts";
import { toPlaceName } from "../place-name.ts";
import type { ReadinessFacts } from "../questions.ts";
import { presentKinds, type Section, type SectionFacts } from "./section.ts";
import { sectionWords } from "./words.ts";

const words = {
  title: { vi: "Sẵn sàng phục vụ", en: "Ready to serve" },
  verdicts: ({ ready, notReady, unknown }: ReadinessFacts) =>
    both((lang) => {
      const [yes, no, open] = [ready, notReady, unknown].map((n) => formatCount(n, lang));
      return lang === "vi"
        ? `${yes} đơn vị sẵn sàng, ${no} chưa sẵn sàng, ${open} chưa rõ.`
        : `${yes} units ready, ${no} not ready, ${open} not known.`;
    }),
  oneVerdict: (verdict: "ready" | "notReady" | "unknown") =>
    ({
      ready: { vi: "Đơn vị sẵn sàng phục vụ.", en: "The unit is ready." },
      notReady: { vi: "Đơn vị chưa sẵn sàng phục vụ.", en: "The unit is not ready." },
      unknown: { vi: "Chưa rõ đơn vị có sẵn sàng không.", en: "Whether the unit is ready is not known." },
    })[verdict],
  unknownIsNot: {
    vi: "Chưa rõ: chưa ai kiểm tra, hoặc đã kiểm tra quá lâu; không được coi là sẵn sàng.",
    en: "Not known: nobody has looked, or too long ago; it does not count as ready.",
  },
  first: {
    vi: "Việc cần làm trước ở từng đơn vị, đơn vị chưa sẵn sàng xếp trên",
    en: "What to do first in each unit, those that are not ready at the top",
  },
  more: (units: number) =>
    both((lang) =>
      lang === "vi"
        ? `và ${formatCount(units, lang)} đơn vị nữa: wardctl ready`
        : `and ${formatCount(units, lang)} more: wardctl ready`,
    ),
};

/** Where gaps and failures come together: which unit can serve. What is published does not say who cannot. */
export const readinessSection: Section = { id: "readiness", title: words.title, kinds: presentKinds, build: buildReadiness };

function buildReadiness({ readiness, isPublic, kind, rules, findUnit }: SectionFacts): ReturnType<Section["build"]> {
  if (isPublic || !readiness) return undefined;
  if (readiness.state === "failed") return readiness;
  const { value } = readiness;
  const { first, unknown, notReady } = value;
  const verdict = notReady > 0 ? "notReady" : unknown > 0 ? "unknown" : "ready";
  const blocks: Block[] = [paragraph(kind === "unit" ? words.oneVerdict(verdict) : words.verdicts(value))];
  if (unknown > 0) blocks.push(note(words.unknownIsNot));
  if (first.length === 0) return blocks;
  const shown = first.slice(0, rules.topN);
  blocks.push(
    table(
      words.first,
      [left(sectionWords.unit), left(sectionWords.code), left(sectionWords.gap), left(sectionWords.owner)],
      shown.map(({ unit, code, inWords, owner }) => [
        text(toPlaceName(unit, findUnit)),
        text(verbatim(code)),
        text(inWords),
        text(owner ?? verbatim("–")),
      ]),
    ),
  );
  return first.length > shown.length ? [...blocks, list([words.more(first.length - shown.length)])] : blocks;
}
