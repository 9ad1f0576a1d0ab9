import { verbatim, type Words } from "../../platform/words.ts";
import { type Block, count, left, note, paragraph, right, table, text } from "../blocks.ts";
import { type FindUnit, toPlaceName } from "../place-name.ts";
import type { Gap } from "../questions.ts";
import { presentKinds, type Section, type SectionFacts } from "./section.ts";
import { sectionWords as words } from "./words.ts";

/** Accounts and signing authority apart, so that a source that fails does not hide the other. */
export const accountsSection: Section = {
  id: "accounts",
  title: words.accounts,
  kinds: presentKinds,
  build: (facts) => buildGaps(facts.accounts, words.noAccountGaps, facts),
};

export const signingSection: Section = {
  id: "signing",
  title: words.signing,
  kinds: presentKinds,
  build: (facts) => buildGaps(facts.signing, words.noSigningGaps, facts),
};

function buildGaps(
  answer: SectionFacts["accounts"],
  none: Words,
  { findUnit, zone }: SectionFacts,
): ReturnType<Section["build"]> {
  if (!answer || answer.state === "failed") return answer;
  if (!answer.value) return [note(words.neverChecked)];
  const { at, gaps } = answer.value;
  const when = paragraph(words.checkedAt(at, zone));
  if (gaps.length === 0) return [when, note(none)];
  return gaps.length > shownWhole ? [when, buildSummary(gaps), buildTable(gaps, findUnit)] : [when, buildTable(gaps, findUnit)];
}

/** A longer table is printed on a terminal only when asked for, so what is in it is summed up first. */
const shownWhole = 20;

function buildSummary(gaps: readonly Gap[]): Block {
  const alike = [...Map.groupBy(gaps, ({ code, owner }) => `${code} ${owner?.vi ?? ""}`).values()];
  const rows = alike
    .sort((a, b) => b.length - a.length)
    .map((own) => [
      text(verbatim((own[0] as Gap).code)),
      text((own[0] as Gap).owner ?? verbatim("–")),
      count(own.length),
      count(new Set(own.map(({ unit }) => unit)).size),
    ]);
  const columns = [left(words.code), left(words.owner), right(words.gapLines), right(words.inUnits)];
  return table(words.gapSummary, columns, rows);
}

function buildTable(gaps: readonly Gap[], findUnit: FindUnit): Block {
  return table(
    words.gapTable,
    [left(words.unit), left(words.code), left(words.gap), left(words.owner)],
    gaps.map(({ unit, code, inWords, owner }) => [
      text(toPlaceName(unit, findUnit)),
      text(verbatim(code)),
      text(inWords),
      text(owner ?? verbatim("–")),
    ]),
    { long: gaps.length > shownWhole },
  );
}
