import { listIncidents } from "../../src/meeting/incident-store.ts";
import { findSessionOf } from "../../src/meeting/session.ts";
import { listActions, listSessions } from "../../src/meeting/session-store.ts";
import type { MeetingFacts } from "../../src/reports/questions.ts";
import type { QuestionsRequest } from "./questions.ts";

/**
 * Difficulties and actions as they stood at the report's instant. A report of a meeting that ran on from there tells them as of its end (of now,
 * while it runs): what was decided is a part of it. Undefined where nothing was ever recorded.
 */
export async function readMeetingFacts({ workspace, asOf, clock, kind }: QuestionsRequest): Promise<MeetingFacts | undefined> {
  const database = await workspace.database();
  const session = kind && findSessionOf(await listSessions(database), kind, asOf, workspace.zone);
  const at = Math.max(asOf, session ? (session.closed?.at ?? clock.now()) : asOf);
  const incidents = await listIncidents(database, { at });
  const actions = await listActions(database, at);
  return incidents.length + actions.length === 0 && !session ? undefined : { at, incidents, actions, session };
}
