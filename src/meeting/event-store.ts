import type { AuditLog } from "../audit/audit-store.ts";
import type { Instant } from "../platform/clock.ts";
import type { Sql } from "../platform/database.ts";

/** What events are about; each counts its own numbers from 1. */
export type EventSubject = "incident" | "action" | "session";

/** One thing that happened, by whom and when. `nth` counts the events of one number from 1. */
export interface StoredEvent<Event> {
  readonly number: number;
  readonly nth: number;
  readonly at: Instant;
  readonly by: string;
  readonly event: Event;
}

interface EventRow {
  readonly number: number;
  readonly nth: number;
  readonly at: number;
  readonly actor: string;
  readonly kind: string;
  readonly detail: string;
}

/** Events up to and with the instant, all of them without one; each number's in their order. */
export async function readEvents<Event>(sql: Sql, subject: EventSubject, until?: Instant): Promise<StoredEvent<Event>[]> {
  const rows = await sql.all<EventRow>(
    "SELECT number, nth, at, actor, kind, detail FROM meeting_event WHERE subject = ? AND at <= ? ORDER BY number, nth",
    subject,
    until ?? Number.MAX_SAFE_INTEGER,
  );
  return rows.map(({ number, nth, at, actor, kind, detail }) => ({
    number,
    nth,
    at,
    by: actor,
    event: { ...(JSON.parse(detail) as object), kind } as Event,
  }));
}

/** Within a transaction, which no other writer runs beside. */
export async function findNextNumber(tx: Sql, subject: EventSubject): Promise<number> {
  const row = await tx.get<{ last: number | null }>("SELECT max(number) AS last FROM meeting_event WHERE subject = ?", subject);
  return (row?.last ?? 0) + 1;
}

/** Writes the event and its audit record, which leaves out what the event shows of other rooms. The row's key refuses a second event of the same place. */
export async function addEvent<Event extends { readonly kind: string }>(
  tx: Sql,
  audit: AuditLog,
  subject: EventSubject,
  name: string,
  { number, nth, at, by, event }: StoredEvent<Event>,
): Promise<void> {
  const { kind, ...detail } = event;
  const text = JSON.stringify(detail);
  await tx.run(
    "INSERT INTO meeting_event (subject, number, nth, at, actor, kind, detail) VALUES (?, ?, ?, ?, ?, ?, ?)",
    ...[subject, number, nth, at, by, kind, text],
  );
  const { agenda: _, ...audited } = JSON.parse(text) as Record<string, unknown>;
  await audit.append({ actor: by, action: `meeting.${subject}.${kind}`, subject: name, detail: audited }, tx);
}
