import { listIncidents } from "../../src/meeting/incident-store.ts";
import { findSessionOf } from "../../src/meeting/session.ts";
import { listActions, listSessions } from "../../src/meeting/session-store.ts";
import type { Instant } from "../../src/platform/clock.ts";
import type { Database } from "../../src/platform/database.ts";
import { readInstant, type Zone } from "../../src/platform/time.ts";
import { readNextFinishedAt } from "../../src/records/batch-store.ts";
import { findKeptAt } from "../../src/reports/meeting-store.ts";
import type { MeetingFacts } from "../../src/reports/questions.ts";
import type { QuestionsRequest } from "./questions.ts";

/**
 * Difficulties and actions as they stood at the report's instant. A report of a meeting that ran on from there tells them as of its end (of now,
 * while it runs): what was decided is a part of it. What was recorded later than the report may know is left out. Undefined where nothing was ever
 * recorded.
 */
export async function readMeetingFacts({
  workspace,
  asOf,
  clock,
  kind,
  knownAsOf,
}: QuestionsRequest): Promise<MeetingFacts | undefined> {
  const { zone } = workspace;
  const database = await workspace.database();
  const known = await findKnownUntil(knownAsOf, database, zone);
  const session = kind && findSessionOf(await listSessions(database, known), kind, asOf, zone);
  const end = session ? (session.closed?.at ?? clock.now()) : asOf;
  const at = Math.max(asOf, Math.min(end, known ?? end));
  const until = Math.min(at, known ?? at);
  const incidents = await listIncidents(database, { at: until });
  const actions = await listActions(database, until);
  return incidents.length + actions.length === 0 && !session ? undefined : { at, incidents, actions, session };
}

/**
 * The last instant at which no more was known than is asked for: the instant itself, when a meeting's report was kept, or the end of the time in
 * which that import was the newest. Undefined: all there is. What is asked for amiss, the records say.
 */
async function findKnownUntil(text: string | undefined, database: Database, zone: Zone): Promise<Instant | undefined> {
  if (text === undefined) return undefined;
  if (!/^\d+$/.test(text)) return readInstant(text, zone) ?? (await findKeptAt(database, text, zone));
  const next = await readNextFinishedAt(database, Number(text));
  return next === undefined ? undefined : next * 1000 - 1;
}
