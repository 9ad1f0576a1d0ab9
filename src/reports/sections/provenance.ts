import { startOfLocalDay, toIso } from "../../platform/time.ts";
import { verbatim } from "../../platform/words.ts";
import { absent, type Block, count, left, list, right, table, text } from "../blocks.ts";
import { qualityTitles } from "../words.ts";
import { everyKind, type Section, type SectionFacts } from "./section.ts";
import { sectionWords as words } from "./words.ts";

export const provenanceSection: Section = { id: "provenance", title: words.provenance, kinds: everyKind, build: buildProvenance };

function buildProvenance({ sources, knownSeq, rulesSha256, calendar, zone }: SectionFacts): Block[] {
  const rows = sources.map(({ name, quality, lastSeq, lastDeliveryAt, stale }) => [
    text(verbatim(name)),
    text(qualityTitles[quality]),
    count(lastSeq),
    lastDeliveryAt === undefined ? absent() : { cell: "instant" as const, at: toIso(lastDeliveryAt, zone) },
    quality === "press" ? absent(words.notExpected) : text(stale ? words.late : words.fresh),
  ]);
  const columns = [left(words.source), left(words.quality), right(words.batch), left(words.lastDelivery), left(words.state)];
  return [
    ...(rows.length > 0 ? [table(words.sourceTable, columns, rows)] : []),
    list([
      words.knownSeq(knownSeq),
      words.rules(rulesSha256),
      ...(calendar ? [words.calendar(calendar.version, startOfLocalDay(calendar.lastDay, zone), calendar.terms, zone)] : []),
    ]),
  ];
}
