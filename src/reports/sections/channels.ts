import { type Block, note } from "../blocks.ts";
import type { Section, SectionFacts } from "./section.ts";
import { sectionWords as words } from "./words.ts";

export const channelsSection: Section = {
  id: "channels",
  title: words.channels,
  kinds: ["evening", "unit", "range"],
  build: buildChannels,
};

function buildChannels({ total }: SectionFacts): Block[] | undefined {
  if (!total) return undefined;
  const { received } = total;
  if (received.total === 0) return [note(words.nothingYet)];
  return [
    {
      block: "chart",
      chart: "shares",
      caption: words.byChannel,
      parts: [
        { label: words.online, value: received.online },
        { label: words.direct, value: received.direct },
        { label: words.post, value: received.post },
      ],
    },
  ];
}
