import type { AuditLog } from "../audit/audit-store.ts";
import type { Clock, Instant } from "../platform/clock.ts";
import type { Database, Sql } from "../platform/database.ts";
import { Failure } from "../platform/failure.ts";
import { addEvent, findNextNumber, readEvents, type StoredEvent } from "./event-store.ts";
import { compareUrgency, formatIncidentNumber, type Incident, isOpen } from "./incident.ts";
import { applyIncidentEvent, type Decision, decideOpen, findSame, type IncidentEvent, type Opening } from "./incident-events.ts";
import { incidentFaults as faults } from "./incident-faults.ts";

export type IncidentHistory = readonly StoredEvent<IncidentEvent>[];

/** Incidents as they stood at an instant, the most urgent first. `open`: only those that were open then. */
export async function listIncidents(
  sql: Sql,
  { at, open = false }: { readonly at: Instant; readonly open?: boolean },
): Promise<readonly Incident[]> {
  const all = foldIncidents(await readEvents<IncidentEvent>(sql, "incident", at));
  return all.filter((one) => !open || isOpen(one)).sort((a, b) => compareUrgency(a, b, at));
}

/** What happened to one, in order. */
export async function findIncidentHistory(sql: Sql, number: number, at?: Instant): Promise<IncidentHistory> {
  return (await readEvents<IncidentEvent>(sql, "incident", at)).filter((event) => event.number === number);
}

/** In order of number. Pure. */
export function foldIncidents(events: IncidentHistory): Incident[] {
  const incidents = new Map<number, Incident>();
  for (const { number, at, by, event } of events) {
    incidents.set(number, applyIncidentEvent(incidents.get(number), event, { number, at, by }));
  }
  return [...incidents.values()];
}

/** Who writes, where and when. */
export interface MeetingDesk {
  readonly database: Database;
  readonly audit: AuditLog;
  readonly clock: Clock;
  readonly actor: string;
}

export interface Opened {
  readonly incident: Incident;
  /** opened: it is a new one · reopened · joined: an open one has more units or sources now · same: it was so already. */
  readonly what: "opened" | "reopened" | "joined" | "same";
}

/** Opens each, or joins it to the one that it is. All of them or none: one transaction, with its audit records. */
export async function openIncidents(desk: MeetingDesk, openings: readonly Opening[], reopenReason: string): Promise<Opened[]> {
  return desk.database.transaction(
    async (tx) => {
      const opened: Opened[] = [];
      for (const opening of openings) opened.push(await openIncidentIn(desk, tx, opening, reopenReason));
      return opened;
    },
    { durability: "full" },
  );
}

async function openIncidentIn(desk: MeetingDesk, tx: Sql, opening: Opening, reopenReason: string): Promise<Opened> {
  const known = foldIncidents(await readEvents<IncidentEvent>(tx, "incident"));
  const same = findSame(known, opening);
  const decisions = decideOpen(same, opening, reopenReason);
  const number = same?.number ?? (await findNextNumber(tx, "incident"));
  const incident = await writeAll(desk, tx, { number, before: same, decisions });
  if (!same) return { incident, what: "opened" };
  if (!isOpen(same)) return { incident, what: "reopened" };
  return { incident, what: decisions.length > 0 ? "joined" : "same" };
}

export interface Changed {
  readonly incident: Incident;
  readonly isChanged: boolean;
}

/** All of them or none, in one transaction. Failure kinds: invalid (no such incident), and those of `decide`. */
export async function changeIncidents(
  desk: MeetingDesk,
  numbers: readonly number[],
  decide: (incident: Incident, known: readonly Incident[]) => readonly Decision[],
): Promise<Changed[]> {
  return desk.database.transaction(
    async (tx) => {
      const known = foldIncidents(await readEvents<IncidentEvent>(tx, "incident"));
      const asked = [...new Set(numbers)];
      const found = asked.flatMap((number) => known.find((one) => one.number === number) ?? []);
      const unknown = asked.filter((number) => !found.some((one) => one.number === number));
      if (unknown.length > 0) throw new Failure("invalid", faults.unknown(unknown.map(formatIncidentNumber).join(", ")));
      const changed: Changed[] = [];
      for (const before of found) {
        const { number } = before;
        const incident = await writeAll(desk, tx, { number, before, decisions: decide(before, known) });
        changed.push({ incident, isChanged: incident !== before });
      }
      return changed;
    },
    { durability: "full" },
  );
}

async function writeAll(
  { audit, clock, actor }: MeetingDesk,
  tx: Sql,
  {
    number,
    before,
    decisions,
  }: { readonly number: number; readonly before: Incident | undefined; readonly decisions: readonly Decision[] },
): Promise<Incident> {
  let incident = before;
  for (const decision of decisions) {
    if (!decision) continue;
    // Clocks of two desks differ; what came after is not before.
    const at = Math.max(clock.now(), incident?.changedAt ?? 0);
    const { event } = decision;
    const nth = (incident?.events ?? 0) + 1;
    await addEvent(tx, audit, "incident", formatIncidentNumber(number), { number, nth, at, by: actor, event });
    incident = applyIncidentEvent(incident, event, { number, at, by: actor });
  }
  return incident as Incident;
}
