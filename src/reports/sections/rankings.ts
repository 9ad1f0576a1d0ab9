import type { Unit } from "../../directory/unit.ts";
import type { Words } from "../../platform/words.ts";
import type { Figures } from "../../records/figures.ts";
import { type Block, count, left, note, paragraph, rateCell, right, table, text } from "../blocks.ts";
import { toUnitWords } from "../place-name.ts";
import { byCount, byRate, rank } from "../ranking.ts";
import { type RateName, toRate } from "../rate.ts";
import type { Section, SectionFacts } from "./section.ts";
import { sectionWords as words } from "./words.ts";

export const rankingsSection: Section = {
  id: "rankings",
  title: words.rankings,
  kinds: ["morning", "evening", "range"],
  build: buildRankings,
};

interface Entry {
  readonly place: Unit;
  readonly figures: Figures;
}

function buildRankings({ units, rules, kind }: SectionFacts): Block[] | undefined {
  const entries = units.flatMap(({ place, figures }): Entry[] => (figures ? [{ place, figures }] : []));
  if (entries.length === 0) return undefined;
  const overdue = rankCounts(entries, words.rankOverdue, words.overdue, (f) => f.inProgress.overdue, rules.topN);
  const overdueBlock = overdue ?? paragraph(words.noOverdue);
  if (kind === "morning") return [overdueBlock];
  const received = rankCounts(entries, words.rankReceived, words.received, (f) => f.received.total, rules.topN);
  return [
    ...(received ? [received] : [paragraph(words.nothingYet)]),
    ...rankRates(entries, "resolution", words.rankResolution, rules),
    ...rankRates(entries, "on_time_resolved", words.rankOnTime, rules),
    ...rankRates(entries, "online", words.rankOnline, rules),
    ...(entries.some(({ figures }) => figures.received.total >= rules.minimumBase) ? [note(words.rankedHow)] : []),
    overdueBlock,
  ];
}

/** Undefined when every count is 0: nobody is first at nothing. */
function rankCounts(
  entries: readonly Entry[],
  caption: Words,
  title: Words,
  read: (figures: Figures) => number,
  topN: number,
): Block | undefined {
  const counted = entries.filter(({ figures }) => read(figures) > 0);
  if (counted.length === 0) return undefined;
  const rows = rank(
    counted,
    byCount(({ figures }) => read(figures)),
    topN,
  ).map(({ rank: place, tied, item }) => [
    { cell: "rank" as const, rank: place, tied },
    text(toUnitWords(item.place)),
    count(read(item.figures)),
  ]);
  return table(caption, [right(words.rank), left(words.unit), right(title)], rows, { barColumn: 2 });
}

function rankRates(entries: readonly Entry[], name: RateName, caption: Words, rules: SectionFacts["rules"]): Block[] {
  const rated = entries.map((entry) => ({ ...entry, rate: toRate(name, entry.figures) }));
  const ranked = rated.filter(({ rate }) => rate.denominator >= rules.minimumBase);
  const small = rated.length - ranked.length;
  const blocks: Block[] = [];
  if (ranked.length > 0) {
    const rows = rank(
      ranked,
      byRate(({ rate }) => rate),
      rules.topN,
    ).map(({ rank: place, tied, item }) => [
      { cell: "rank" as const, rank: place, tied },
      text(toUnitWords(item.place)),
      rateCell(item.rate),
    ]);
    blocks.push(table(caption, [right(words.rank), left(words.unit), right(words.rate)], rows, { barColumn: 2 }));
  }
  return small > 0 && ranked.length > 0 ? [...blocks, note(words.smallBase(small, rules.minimumBase))] : blocks;
}
