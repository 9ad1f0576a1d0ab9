import { formatIncidentNumber } from "../../meeting/incident.ts";
import type { Words } from "../../platform/words.ts";
import { type Block, heading, list, note, paragraph } from "../blocks.ts";
import { meetingWords as words } from "./meeting-words.ts";
import type { Section, SectionFacts } from "./section.ts";

/** What the meeting decided and, in the evening, what was learned. Only where a meeting was held, and never in what is published. */
export const minutesSection: Section = {
  id: "minutes",
  title: words.minutes,
  kinds: ["morning", "evening"],
  build: buildMinutes,
};

function buildMinutes({ meeting, isPublic, kind, window, zone }: SectionFacts): ReturnType<Section["build"]> {
  if (isPublic || meeting?.state !== "known" || !meeting.value?.session) return undefined;
  const { session, incidents } = meeting.value;
  const { chair, present, decisions, lessons, openedAt, closed } = session;
  const remark = ({ text, incident }: { readonly text: string; readonly incident: number | undefined }): Words =>
    words.remark(text, incident === undefined ? undefined : formatIncidentNumber(incident));
  // What was noted when a difficulty was closed is learned as well; the day's end is when it is told.
  const closing =
    kind === "evening"
      ? incidents.flatMap(({ number, closed: end }) =>
          end?.lesson !== undefined && end.at > window.start ? [{ text: end.lesson, incident: number }] : [],
        )
      : [];
  const learned = [...lessons, ...closing];
  const blocks: Block[] = [
    paragraph(words.from(openedAt, closed?.at, zone)),
    ...(chair === undefined ? [] : [paragraph(words.chair(chair))]),
    ...(present.length === 0 ? [] : [paragraph(words.present(present))]),
    heading(words.decisions),
    decisions.length === 0 ? note(words.noDecisions) : list(decisions.map(remark)),
    ...(learned.length === 0 ? [] : [heading(words.lessons), list(learned.map(remark))]),
  ];
  return blocks;
}
