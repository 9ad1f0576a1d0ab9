import { toIso } from "../../platform/time.ts";
import { type Block, note } from "../blocks.ts";
import type { Section, SectionFacts } from "./section.ts";
import { sectionWords as words } from "./words.ts";

export const daySection: Section = { id: "day", title: words.day, kinds: ["evening"], build: buildDay };

function buildDay({ hours, window, zone, total }: SectionFacts): ReturnType<Section["build"]> {
  if (hours.state === "failed") return hours;
  if (!total) return undefined;
  const upToNow = hours.value.filter(({ start }) => start < window.end);
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
  ];
}
