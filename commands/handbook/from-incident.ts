import type { Lesson } from "../../src/handbook/draft.ts";
import { formatIncidentNumber, type Incident } from "../../src/meeting/incident.ts";
import { findIncidentHistory, foldIncidents } from "../../src/meeting/incident-store.ts";
import { Failure } from "../../src/platform/failure.ts";
import { toIsoDate, type Zone } from "../../src/platform/time.ts";
import type { Workspace } from "../../src/workspace/open-workspace.ts";
import { needIncidentNumber } from "../incident/room.ts";
import { handbookWords as words } from "./words.ts";

/** What a difficulty taught. Failure kinds: usage (no number of one), invalid (there is none, or it is not over). */
export async function readLesson(text: string, workspace: Workspace): Promise<Lesson> {
  const number = needIncidentNumber(text);
  const name = formatIncidentNumber(number);
  const incident = foldIncidents(await findIncidentHistory(await workspace.database(), number))[0];
  if (!incident) throw new Failure("invalid", words.noIncident(name), { hint: words.listIncidents });
  const lesson = toLesson(incident, workspace.zone);
  if (!lesson) throw new Failure("invalid", words.stillOpen(name), { hint: words.closeFirst(name) });
  return lesson;
}

/** Undefined: it is not over. Units, owners and who wrote stay behind: an article speaks in general. Pure. */
export function toLesson({ number, title, code, system, tried, closed }: Incident, zone: Zone): Lesson | undefined {
  if (!closed) return undefined;
  return {
    number: formatIncidentNumber(number),
    title,
    code,
    system,
    tried: tried.map((attempt) => attempt.text),
    resolution: closed.resolution,
    learned: closed.lesson,
    closedOn: toIsoDate(closed.at, zone),
  };
}
