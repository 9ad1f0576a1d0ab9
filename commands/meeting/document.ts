import type { Action } from "../../src/meeting/action.ts";
import { formatActionNumber, isActionOverdue } from "../../src/meeting/action.ts";
import type { Agenda } from "../../src/meeting/agenda.ts";
import { formatIncidentNumber } from "../../src/meeting/incident.ts";
import type { Remark, Session } from "../../src/meeting/session.ts";
import type { Instant } from "../../src/platform/clock.ts";
import { toIso, type Zone } from "../../src/platform/time.ts";
import type { Lang } from "../../src/platform/words.ts";

export function toAgendaDocument(
  { since, at, items, unknown }: Agenda,
  zone: Zone,
  lang: Lang,
): Readonly<Record<string, unknown>> {
  return {
    since: toIso(since, zone),
    at: toIso(at, zone),
    items: items.map(({ topic, ref, text }) => ({ topic, ref: ref ?? null, text: text[lang] })),
    unknown: unknown.map(({ topic, reason }) => ({ topic, reason: reason[lang] })),
  };
}

/** A meeting as scripts see it, with the actions it gave. */
export function toSessionDocument(
  session: Session,
  actions: readonly Action[],
  { at, zone, lang }: { readonly at: Instant; readonly zone: Zone; readonly lang: Lang },
): Readonly<Record<string, unknown>> {
  const { id, kind, openedAt, openedBy, chair, present, agenda, decisions, lessons, closed, report } = session;
  const remarks = (list: readonly Remark[]) =>
    list.map(({ at: when, by, text, incident }) => ({
      at: toIso(when, zone),
      by,
      text,
      incident: incident === undefined ? null : formatIncidentNumber(incident),
    }));
  return {
    id,
    kind,
    state: closed ? "closed" : "running",
    openedAt: toIso(openedAt, zone),
    openedBy,
    closedAt: closed ? toIso(closed.at, zone) : null,
    chair: chair ?? null,
    present,
    agenda: toAgendaDocument(agenda, zone, lang),
    decisions: remarks(decisions),
    lessons: remarks(lessons),
    actions: actions.filter((one) => one.session === id).map((one) => toActionDocument(one, at, zone)),
    report: report ?? null,
  };
}

export function toActionDocument(action: Action, at: Instant, zone: Zone): Readonly<Record<string, unknown>> {
  const { number, text, owner, support, due, incident, session, state, givenAt, givenBy, notes, ended } = action;
  return {
    id: formatActionNumber(number),
    text,
    state,
    overdue: isActionOverdue(action, at),
    owner,
    support: support ?? null,
    due: due === undefined ? null : toIso(due, zone),
    incident: incident === undefined ? null : formatIncidentNumber(incident),
    meeting: session,
    givenAt: toIso(givenAt, zone),
    givenBy,
    notes: notes.map(({ at: when, by, text: said }) => ({ at: toIso(when, zone), by, text: said })),
    ended: ended ? { at: toIso(ended.at, zone), by: ended.by, result: ended.result ?? null } : null,
  };
}
