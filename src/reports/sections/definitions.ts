import { both } from "../../platform/words.ts";
import { type Block, list } from "../blocks.ts";
import { rateNames } from "../rate.ts";
import { rateDefinitions, rateTitles } from "../words.ts";
import { everyKind, type Section, type SectionFacts } from "./section.ts";
import { sectionWords as words } from "./words.ts";

export const definitionsSection: Section = {
  id: "definitions",
  title: words.definitions,
  kinds: everyKind,
  build: buildDefinitions,
};

function buildDefinitions({ rules, windowFrom, window, calendar, zone }: SectionFacts): Block[] {
  return [
    list([
      words.windowIs,
      ...(windowFrom === "hour" ? [words.windowFromHour(window.start, zone)] : []),
      words.unitIs,
      ...rateNames.map((name) => both((lang) => `${rateTitles[name][lang]} = ${rateDefinitions[name][lang]}.`)),
      words.rankingIs(rules.minimumBase),
      words.missingIs,
      calendar ? words.dueIsTheSources : words.noCalendar,
    ]),
  ];
}
