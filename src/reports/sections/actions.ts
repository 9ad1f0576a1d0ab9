import { type Action, formatActionNumber, isActionOverdue } from "../../meeting/action.ts";
import { formatIncidentNumber } from "../../meeting/incident.ts";
import type { Instant } from "../../platform/clock.ts";
import { verbatim, type Words } from "../../platform/words.ts";
import { absent, type Block, type Cell, left, note, table, text } from "../blocks.ts";
import { toDue } from "./difficulties.ts";
import { actionStates, meetingWords as words } from "./meeting-words.ts";
import { presentKinds, type Section, type SectionFacts } from "./section.ts";

/** Actions: owner, supporting unit, deadline, state (domain.md §10). A morning begins with what earlier meetings left open. */
export const actionsSection: Section = {
  id: "actions",
  title: words.actions,
  kinds: presentKinds,
  build: buildActions,
};

function buildActions(facts: SectionFacts): ReturnType<Section["build"]> {
  const { meeting, kind, isPublic, window } = facts;
  if (isPublic || !meeting || meeting.state === "failed" || !meeting.value) return undefined;
  const { actions, incidents, session, at } = meeting.value;
  const codes = new Set(facts.units.map(({ unit }) => unit));
  const ofUnits = new Set(incidents.filter(({ units }) => units.some((unit) => codes.has(unit))).map(({ number }) => number));
  const own = actions.filter(({ incident }) => kind !== "unit" || (incident !== undefined && ofUnits.has(incident)));
  const given = own.filter((one) => session !== undefined && one.session === session.id);
  const earlier = own.filter(
    (one) =>
      !given.includes(one) &&
      // An evening also tells what was done in its day.
      (one.state === "open" || (kind !== "morning" && one.ended !== undefined && one.ended.at > window.start)),
  );
  if (given.length + earlier.length === 0) return [note(words.noActions)];
  return [
    ...(earlier.length > 0 ? [toTable(kind === "morning" ? words.yesterday : words.earlier, earlier, at, facts)] : []),
    ...(given.length > 0 ? [toTable(words.given, given, at, facts)] : []),
  ];
}

function toTable(caption: Words, actions: readonly Action[], at: Instant, { zone }: SectionFacts): Block {
  const said = (value: string | undefined): Cell => (value === undefined ? absent() : text(verbatim(value)));
  return table(
    caption,
    [words.number, words.action, words.owner, words.support, words.due, words.state, words.result].map(left),
    actions.map((one) => {
      const about = one.incident === undefined ? "" : ` (${formatIncidentNumber(one.incident)})`;
      const isLate = isActionOverdue(one, at);
      return [
        said(formatActionNumber(one.number)),
        said(`${one.text}${about}`),
        said(one.owner),
        said(one.support),
        toDue(one.due, isLate, zone),
        text(isLate ? words.late : actionStates[one.state]),
        said(one.ended?.result ?? one.notes.at(-1)?.text),
      ];
    }),
    { long: actions.length > 20 },
  );
}
