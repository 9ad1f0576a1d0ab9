import { toIso } from "../../platform/time.ts";
import { type Block, note } from "../blocks.ts";
import { findDataEnd } from "./data-end.ts";
import type { Section, SectionFacts } from "./section.ts";
import { sectionWords as words } from "./words.ts";

export const daySection: Section = { id: "day", title: words.day, kinds: ["evening", "unit"], build: buildDay };

function buildDay(facts: SectionFacts): ReturnType<Section["build"]> {
  const { hours, window, zone, total } = facts;
  if (hours.state === "failed") return hours;
  if (!total) return undefined;
  const dataEnd = findDataEnd(facts);
  const told = hours.value.findLastIndex(
    ({ start, received, resolved }) => received + resolved > 0 || start < (dataEnd ?? window.end),
  );
  const upToNow = hours.value.slice(0, told + 1);
  const busy = upToNow.map(({ received, resolved }) => received + resolved > 0);
  const first = busy.indexOf(true);
  if (first < 0) return [note(words.nothingYet)] satisfies Block[];
  return [
    {
      block: "chart",
      chart: "lines",
      caption: words.byHour,
      series: [words.received, words.resolved],
      points: upToNow
        .slice(first)
        .map(({ start, received, resolved }) => ({ at: toIso(start, zone), values: [received, resolved] })),
    },
    ...(dataEnd !== undefined && told + 1 < hours.value.length ? [note(words.nothingSince(dataEnd, window.end, zone))] : []),
  ];
}
