import { formatIncidentNumber, type Incident } from "../../src/meeting/incident.ts";
import type { Decision } from "../../src/meeting/incident-events.ts";
import { changeIncidents } from "../../src/meeting/incident-store.ts";
import type { Words } from "../../src/platform/words.ts";
import type { Context } from "../context.ts";
import { toIncidentDocument } from "./document.ts";
import { needIncidentNumbers, openMeetingDesk } from "./room.ts";
import { incidentWords as words } from "./words.ts";

export type ChangeContext = Pick<Context, "workspace" | "out" | "clock">;

/** Failure kinds: usage (no number), invalid (no such difficulty). */
export async function needIncidents(names: readonly string[], context: ChangeContext): Promise<void> {
  await changeIncidents(await openMeetingDesk(context), needIncidentNumbers(names), () => []);
}

/** Changes every one that is named, or none, and tells of each. */
export async function changeNamed(
  names: readonly string[],
  decide: (incident: Incident, known: readonly Incident[]) => readonly Decision[],
  tell: (name: string, incident: Incident) => Words,
  context: ChangeContext,
): Promise<readonly Incident[]> {
  const { out, clock } = context;
  const { zone } = await context.workspace();
  const desk = await openMeetingDesk(context);
  const changed = await changeIncidents(desk, needIncidentNumbers(names), decide);
  const documents = changed.map(({ incident, isChanged }) => ({
    what: isChanged ? "changed" : "same",
    ...toIncidentDocument(incident, clock.now(), zone),
  }));
  await out.emit({
    document:
      documents.length === 1
        ? { schema: "wardctl.incident/1", ...documents[0] }
        : { schema: "wardctl.incidents-changed/1", incidents: documents },
    render: () =>
      changed
        .map(({ incident, isChanged }) => {
          const name = formatIncidentNumber(incident.number);
          return out.say(isChanged ? tell(name, incident) : words.same(name, incident.title));
        })
        .join("\n"),
  });
  return changed.map(({ incident }) => incident);
}
