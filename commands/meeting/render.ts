import { type Action, formatActionNumber, isActionOverdue } from "../../src/meeting/action.ts";
import { type Agenda, topics } from "../../src/meeting/agenda.ts";
import { topicWords } from "../../src/meeting/agenda-words.ts";
import { formatDeadline } from "../../src/meeting/deadline.ts";
import { formatIncidentNumber } from "../../src/meeting/incident.ts";
import type { Remark, Session } from "../../src/meeting/session.ts";
import type { Instant } from "../../src/platform/clock.ts";
import { formatDateTime } from "../../src/platform/format.ts";
import type { Output } from "../../src/platform/output.ts";
import { wrapWords } from "../../src/platform/table.ts";
import type { Zone } from "../../src/platform/time.ts";
import { actionStateWords, meetingWords as words } from "./words.ts";

/** The agenda, topic by topic in the order in which a meeting takes them. */
export function renderAgenda({ since, items, unknown }: Agenda, zone: Zone, { say, paint, width }: Output): string {
  const blocks = topics.flatMap((topic) => {
    const own = items.filter((item) => item.topic === topic);
    if (own.length === 0) return [];
    const lines = own.map(({ ref, text }) => hang(`${ref === undefined ? "" : `${ref}  `}${say(text)}`, width));
    return [[paint.bold(`${say(topicWords[topic])} (${own.length})`), ...lines].join("\n")];
  });
  const left = unknown.map(({ topic, reason }) => paint.dim(say(words.unknown(topicWords[topic], reason))));
  return [
    paint.dim(say(words.since(since, zone))),
    ...(blocks.length > 0 ? blocks : [say(words.nothing)]),
    ...(left.length > 0 ? [left.join("\n")] : []),
  ].join("\n\n");
}

/** What stands in the minutes: decisions, actions, lessons. */
export function renderSession(
  session: Session,
  actions: readonly Action[],
  at: Instant,
  { zone, out }: { readonly zone: Zone; readonly out: Output },
): string {
  const { lang, paint, say } = out;
  const { id, kind, openedAt, closed, chair, present, decisions, lessons, report } = session;
  const title = say(kind === "morning" ? words.morningTitle : words.eveningTitle);
  const moment = (when: Instant): string => formatDateTime(when, zone, lang);
  const until = closed ? moment(closed.at) : say(words.running);
  const field = (name: string, value: string | undefined): string[] => (value === undefined ? [] : [`  ${name}: ${value}`]);
  const block = (name: string, lines: readonly string[]): string[] =>
    lines.length === 0 ? [] : [[paint.bold(name), ...lines.map((line) => hang(line, out.width))].join("\n")];
  const remark = ({ text, incident }: Remark): string =>
    incident === undefined ? text : `${text} (${formatIncidentNumber(incident)})`;
  const own = actions.filter((one) => one.session === id);
  return [
    [
      paint.bold(`${title} · ${id}`),
      `  ${moment(openedAt)} – ${until}`,
      ...field(say(words.chairTitle), chair),
      ...field(say(words.presentTitle), present.length === 0 ? undefined : present.join(", ")),
      ...field(say(words.reportTitle), report),
    ].join("\n"),
    ...block(say(words.decisionsTitle), decisions.map(remark)),
    ...block(
      say(words.actionsTitle),
      own.map((one) => `${formatActionNumber(one.number)}  ${one.text} → ${tellAction(one, at, zone, out)}`),
    ),
    ...block(say(words.lessonsTitle), lessons.map(remark)),
  ].join("\n\n");
}

/** Two spaces in, and what does not fit into the line six. */
function hang(line: string, width: number): string {
  return wrapWords(`  ${line}`, width, "      ");
}

export function tellAction(action: Action, at: Instant, zone: Zone, { lang, paint }: Output): string {
  const { owner, support, due, state } = action;
  const until = due === undefined ? "" : `, ${words.dueTitle[lang].toLowerCase()} ${formatDeadline(due, zone, lang)}`;
  const now = isActionOverdue(action, at) ? paint.red(words.late[lang]) : actionStateWords[state][lang];
  return `${owner}${support === undefined ? "" : ` + ${support}`}${until} · ${now}`;
}
