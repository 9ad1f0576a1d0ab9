import type { Words } from "../../platform/words.ts";
import {
  absent,
  type Block,
  type Cell,
  count,
  type FigureRow,
  left,
  note,
  paragraph,
  rateCell,
  right,
  table,
  text,
} from "../blocks.ts";
import { type DeclaredRate, findDeclaredRate } from "../declared-rate.ts";
import { type DeclaredSet, findExact, toDeclaredSets } from "../declared-set.ts";
import { toMetricTitle } from "../metrics.ts";
import { toPlaceName } from "../place-name.ts";
import { byCount, byRate, rank } from "../ranking.ts";
import { qualityTitles, rateTitles, reportWords } from "../words.ts";
import { buildDeclaredTable, toRateCell } from "./declared-table.ts";
import { everyKind, type Section, type SectionFacts } from "./section.ts";
import { sectionWords as words } from "./words.ts";

export const declaredSection: Section = { id: "declared", title: words.declared, kinds: everyKind, build: buildDeclared };

function buildDeclared(facts: SectionFacts): ReturnType<Section["build"]> {
  const { declared } = facts;
  if (declared.state === "failed") return declared;
  if (declared.value.length === 0) return undefined;
  const nameOf = (unit: string | undefined): Words =>
    unit === undefined ? reportWords.wholeCity : toPlaceName(unit, facts.findUnit);
  const sets = toDeclaredSets(declared.value.map(({ stated }) => stated));
  const groups = Map.groupBy(sets, ({ source, window }) => `${source} ${window.start} ${window.end}`);
  return [
    ...[...groups.values()].flatMap((group) => buildGroup(group, facts, nameOf)),
    buildDeclaredTable(declared.value, facts, nameOf),
    note(words.asGiven),
    ...(declared.value.some(({ computed, isComparable }) => computed !== undefined && !isComparable)
      ? [note(words.startNotGiven(facts.window.start, facts.zone))]
      : []),
  ];
}

/** One source at one instant: its totals, and its units ranked among themselves. */
function buildGroup(sets: readonly DeclaredSet[], facts: SectionFacts, nameOf: (unit: string | undefined) => Words): Block[] {
  const city = sets.find(({ unit }) => unit === undefined);
  const units = sets.filter(({ unit }) => unit !== undefined);
  const { source, quality, window } = sets[0] as DeclaredSet;
  const caption = (title: Words): Words => words.publishedBy(title, source, qualityTitles[quality], window.end, facts.zone);
  const expected = units.filter(({ unit }) => facts.units.some(({ place }) => place.code === unit));
  const ranked = [...rankReceived(units, caption, facts, nameOf), ...rankResolution(units, caption, facts, nameOf)];
  return [
    ...(city ? buildCityFigures(city) : []),
    ...ranked,
    ...(ranked.length > 0 && expected.length < facts.units.length
      ? [paragraph(words.notGivenUnits(expected.length, facts.units.length))]
      : []),
  ];
}

function buildCityFigures(city: DeclaredSet): Block[] {
  const counts = ["received.total", "resolved.total"].flatMap((metric): FigureRow["items"][number][] => {
    const value = findExact(city, metric);
    if (value === undefined) return [];
    return [
      {
        label: words.publishedTotal(toMetricTitle(metric), city.source),
        value: count(value),
        detail: qualityTitles[city.quality],
        weight: "side",
      },
    ];
  });
  const rate = findDeclaredRate(city, "resolution");
  const rates: FigureRow["items"] =
    rate?.kind === "rate"
      ? [
          {
            label: words.publishedTotal(rateTitles.resolution, city.source),
            value: rateCell(rate.rate),
            detail: words.ofTotal(rate.rate.numerator, rate.rate.denominator),
            weight: "side",
          },
        ]
      : [];
  return counts.length + rates.length === 0 ? [] : [{ block: "figures", items: [...counts, ...rates] }];
}

type Caption = (title: Words) => Words;

function rankReceived(
  sets: readonly DeclaredSet[],
  caption: Caption,
  { rules }: SectionFacts,
  nameOf: (unit: string | undefined) => Words,
): Block[] {
  const given = sets.flatMap((set) => {
    const received = findExact(set, "received.total");
    return received === undefined ? [] : [{ set, received }];
  });
  if (given.length < 2) return [];
  const rows = rank(
    given,
    byCount(({ received }) => received),
    rules.topN,
  ).map(({ rank: place, tied, item }): Cell[] => [
    { cell: "rank", rank: place, tied },
    text(nameOf(item.set.unit)),
    count(item.received),
  ]);
  return [
    table(caption(words.rankReceived), [right(words.rank), left(words.unit), right(words.received)], rows, { barColumn: 2 }),
  ];
}

/** Those with a base are ranked by rate; a count without its base is listed after them by the count alone, without a rank. */
function rankResolution(
  sets: readonly DeclaredSet[],
  caption: Caption,
  { rules }: SectionFacts,
  nameOf: (unit: string | undefined) => Words,
): Block[] {
  const given = sets.flatMap((set) => {
    const own = findDeclaredRate(set, "resolution");
    return own ? [{ set, own }] : [];
  });
  if (given.length < 2) return [];
  const rated = given.flatMap(({ set, own }) =>
    own.kind === "rate" && own.rate.denominator >= rules.minimumBase ? [{ set, rate: own.rate }] : [],
  );
  const ranked = rank(
    rated,
    byRate(({ rate }) => rate),
    rules.topN,
  ).map(({ rank: place, tied, item }): Cell[] => [
    { cell: "rank", rank: place, tied },
    text(nameOf(item.set.unit)),
    count(item.rate.numerator),
    rateCell(item.rate),
  ]);
  const others = given
    .filter(({ set }) => !rated.some((entry) => entry.set === set))
    .sort((a, b) => toNumerator(b.own) - toNumerator(a.own))
    .map(({ set, own }): Cell[] => [absent(), text(nameOf(set.unit)), count(toNumerator(own)), toRateCell(own)]);
  const columns = [right(words.rank), left(words.unit), right(words.resolved), right(words.rate)];
  return [table(caption(words.rankResolution), columns, [...ranked, ...others], { barColumn: 2 })];
}

function toNumerator(own: DeclaredRate): number {
  return own.kind === "no-base" ? own.numerator : own.rate.numerator;
}
