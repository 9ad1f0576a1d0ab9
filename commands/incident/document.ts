import { toGroup } from "../../src/meeting/category.ts";
import { formatIncidentNumber, type Incident, isOverdue, toAgeMs } from "../../src/meeting/incident.ts";
import type { Instant } from "../../src/platform/clock.ts";
import { toIso, type Zone } from "../../src/platform/time.ts";

/** An incident as scripts see it, at an instant. */
export function toIncidentDocument(incident: Incident, at: Instant, zone: Zone): Readonly<Record<string, unknown>> {
  const { number, title, category, code, system, units, owner, support, due, state, since, sources, tried, closed } = incident;
  return {
    id: formatIncidentNumber(number),
    title,
    detail: incident.detail ?? null,
    state,
    overdue: isOverdue(incident, at),
    category,
    group: toGroup(category),
    code: code ?? null,
    units,
    system: system ?? null,
    owner: owner ?? null,
    support: support ?? null,
    due: due === undefined ? null : toIso(due, zone),
    since: toIso(since, zone),
    ageMinutes: Math.floor(toAgeMs(incident, at) / 60_000),
    openedAt: toIso(incident.openedAt, zone),
    openedBy: incident.openedBy,
    changedAt: toIso(incident.changedAt, zone),
    reopened: incident.reopened,
    sources,
    tried: tried.map(({ at: when, by, text }) => ({ at: toIso(when, zone), by, text })),
    closed: closed
      ? { at: toIso(closed.at, zone), by: closed.by, resolution: closed.resolution, lesson: closed.lesson ?? null }
      : null,
  };
}
