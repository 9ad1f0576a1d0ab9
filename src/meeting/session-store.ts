import type { Instant } from "../platform/clock.ts";
import type { Sql } from "../platform/database.ts";
import { Failure } from "../platform/failure.ts";
import type { Zone } from "../platform/time.ts";
import {
  type Action,
  type ActionEvent,
  applyActionEvent,
  compareActions,
  findSameAction,
  formatActionNumber,
  type Giving,
} from "./action.ts";
import { addEvent, findNextNumber, readEvents } from "./event-store.ts";
import type { MeetingDesk } from "./incident-store.ts";
import { meetingFaults as faults } from "./meeting-faults.ts";
import { applySessionEvent, type Session, type SessionEvent, toSessionId } from "./session.ts";

/** Actions as they stood at an instant, the most urgent first. */
export async function listActions(sql: Sql, at?: Instant): Promise<readonly Action[]> {
  const actions = new Map<number, Action>();
  for (const { number, at: when, by, event } of await readEvents<ActionEvent>(sql, "action", at)) {
    actions.set(number, applyActionEvent(actions.get(number), event, { number, at: when, by }));
  }
  return [...actions.values()].sort(compareActions);
}

/** Sessions as they stood at an instant, in their order. */
export async function listSessions(sql: Sql, at?: Instant): Promise<readonly Session[]> {
  const sessions = new Map<number, Session>();
  for (const { number, at: when, by, event } of await readEvents<SessionEvent>(sql, "session", at)) {
    sessions.set(number, applySessionEvent(sessions.get(number), event, { number, at: when, by }));
  }
  return [...sessions.values()];
}

/** Failure kind: unsafe (none runs). */
export async function needRunning(sql: Sql): Promise<Session> {
  const running = (await listSessions(sql)).find(({ closed }) => closed === undefined);
  if (!running) throw new Failure("unsafe", faults.noneRunning, { hint: faults.openOne });
  return running;
}

export type SessionOpening = Omit<Extract<SessionEvent, { kind: "opened" }>, "kind" | "id">;

/** Opens it; one of its kind that runs already is the same one. Failure kind: unsafe (another one runs). */
export async function openSession(
  desk: MeetingDesk,
  opening: SessionOpening,
  zone: Zone,
): Promise<{ readonly session: Session; readonly isNew: boolean }> {
  return desk.database.transaction(
    async (tx) => {
      const known = await listSessions(tx);
      const running = known.find(({ closed }) => closed === undefined);
      if (running?.kind === opening.of) return { session: running, isNew: false };
      if (running) throw new Failure("unsafe", faults.otherRuns(running.id), { hint: faults.closeFirst });
      const at = desk.clock.now();
      const number = await findNextNumber(tx, "session");
      const id = toSessionId(opening.of, at, known, zone);
      return { session: await writeSession(desk, tx, { id, number }, { kind: "opened", id, ...opening }), isNew: true };
    },
    { durability: "full" },
  );
}

/** Puts a decision or a lesson on record; the same words again are not put there twice. Failure kind: unsafe (no meeting runs). */
export async function addRemark(
  desk: MeetingDesk,
  remark: Extract<SessionEvent, { kind: "decided" | "learned" }>,
): Promise<{ readonly session: Session; readonly isNew: boolean }> {
  return desk.database.transaction(
    async (tx) => {
      const running = await needRunning(tx);
      const list = remark.kind === "decided" ? running.decisions : running.lessons;
      if (list.some(({ text }) => text === remark.text)) return { session: running, isNew: false };
      return { session: await writeSession(desk, tx, running, remark), isNew: true };
    },
    { durability: "full" },
  );
}

/** Ends what runs; what ended last, where none runs and `again` says so. Failure kind: unsafe (none runs). */
export async function closeSession(desk: MeetingDesk): Promise<{ readonly session: Session; readonly isNew: boolean }> {
  return desk.database.transaction(
    async (tx) => {
      const known = await listSessions(tx);
      const running = known.find(({ closed }) => closed === undefined);
      if (running) return { session: await writeSession(desk, tx, running, { kind: "closed" }), isNew: true };
      // Ended between its end and its report: the same command goes on.
      const last = known.at(-1);
      if (last && last.report === undefined) return { session: last, isNew: false };
      throw new Failure("unsafe", faults.noneRunning, { hint: faults.openOne });
    },
    { durability: "full" },
  );
}

/** Notes which kept report holds the minutes. */
export async function noteReport(desk: MeetingDesk, id: string, report: string): Promise<Session> {
  return desk.database.transaction(
    async (tx) => {
      const own = (await listSessions(tx)).find((one) => one.id === id) as Session;
      return own.report === report ? own : writeSession(desk, tx, own, { kind: "reported", report });
    },
    { durability: "full" },
  );
}

/** Failure kind: unsafe (no meeting runs). */
export async function giveAction(
  desk: MeetingDesk,
  giving: Omit<Giving, "session">,
): Promise<{ readonly action: Action; readonly isNew: boolean }> {
  return desk.database.transaction(
    async (tx) => {
      const running = await needRunning(tx);
      const full: Giving = { ...giving, session: running.id };
      const same = findSameAction(await listActions(tx), full);
      if (same) return { action: same, isNew: false };
      const number = await findNextNumber(tx, "action");
      return { action: await writeAction(desk, tx, { number, before: undefined }, { kind: "given", ...full }), isNew: true };
    },
    { durability: "full" },
  );
}

/** Failure kinds: invalid (no such action), and those of `decide`. */
export async function changeAction(
  desk: MeetingDesk,
  number: number,
  decide: (action: Action) => readonly (ActionEvent | undefined)[],
): Promise<{ readonly action: Action; readonly isChanged: boolean }> {
  return desk.database.transaction(
    async (tx) => {
      const before = (await listActions(tx)).find((one) => one.number === number);
      if (!before) throw new Failure("invalid", faults.unknownAction(formatActionNumber(number)));
      let action = before;
      for (const event of decide(before)) if (event) action = await writeAction(desk, tx, { number, before: action }, event);
      return { action, isChanged: action !== before };
    },
    { durability: "full" },
  );
}

async function writeAction(
  { audit, clock, actor }: MeetingDesk,
  tx: Sql,
  { number, before }: { readonly number: number; readonly before: Action | undefined },
  event: ActionEvent,
): Promise<Action> {
  const at = Math.max(clock.now(), before?.changedAt ?? 0);
  const nth = (before?.events ?? 0) + 1;
  await addEvent(tx, audit, "action", formatActionNumber(number), { number, nth, at, by: actor, event });
  return applyActionEvent(before, event, { number, at, by: actor });
}

async function writeSession(
  { audit, clock, actor }: MeetingDesk,
  tx: Sql,
  own: Session | { readonly id: string; readonly number: number },
  event: SessionEvent,
): Promise<Session> {
  const before = "events" in own ? own : undefined;
  const { id, number } = own;
  const at = Math.max(clock.now(), before?.changedAt ?? 0);
  const nth = (before?.events ?? 0) + 1;
  await addEvent(tx, audit, "session", id, { number, nth, at, by: actor, event });
  return applySessionEvent(before, event, { number, at, by: actor });
}
