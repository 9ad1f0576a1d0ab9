import type { Instant } from "../platform/clock.ts";
import { toIsoDate, toLocalDay, type Zone } from "../platform/time.ts";
import type { Agenda } from "./agenda.ts";

export type SessionKind = "morning" | "evening";

/** What was said for the record. */
export interface Remark {
  readonly at: Instant;
  readonly by: string;
  readonly text: string;
  /** Number of the difficulty it is about. */
  readonly incident: number | undefined;
}

/** A meeting while it runs and afterwards. */
export interface Session {
  readonly number: number;
  /** `evening-2025-07-03`; a second one of the kind on that day ends in `-2`. */
  readonly id: string;
  readonly kind: SessionKind;
  readonly openedAt: Instant;
  readonly openedBy: string;
  readonly chair: string | undefined;
  readonly present: readonly string[];
  /** What had changed, as it was shown when the meeting opened. */
  readonly agenda: Agenda;
  readonly decisions: readonly Remark[];
  readonly lessons: readonly Remark[];
  readonly closed: { readonly at: Instant; readonly by: string } | undefined;
  /** Id of the kept report that holds the minutes. */
  readonly report: string | undefined;
  readonly changedAt: Instant;
  readonly events: number;
}

export type SessionEvent =
  | {
      readonly kind: "opened";
      readonly id: string;
      readonly of: SessionKind;
      readonly chair?: string | undefined;
      readonly present: readonly string[];
      readonly agenda: Agenda;
    }
  | { readonly kind: "decided" | "learned"; readonly text: string; readonly incident?: number | undefined }
  | { readonly kind: "closed" }
  | { readonly kind: "reported"; readonly report: string };

/** The session after one more event. Pure. */
export function applySessionEvent(
  before: Session | undefined,
  event: SessionEvent,
  { number, at, by }: { readonly number: number; readonly at: Instant; readonly by: string },
): Session {
  if (event.kind === "opened") {
    const { id, of, chair, present, agenda } = event;
    return {
      ...{ number, id, kind: of, openedAt: at, openedBy: by, chair, present, agenda },
      ...{ decisions: [], lessons: [], closed: undefined, report: undefined, changedAt: at, events: 1 },
    };
  }
  if (!before) throw new Error(`the first event of session ${number} is '${event.kind}'`);
  const after = { ...before, changedAt: at, events: before.events + 1 };
  switch (event.kind) {
    case "decided":
    case "learned": {
      const remark: Remark = { at, by, text: event.text, incident: event.incident };
      const list = event.kind === "decided" ? "decisions" : "lessons";
      return { ...after, [list]: [...before[list], remark] };
    }
    case "closed":
      return { ...after, closed: { at, by } };
    case "reported":
      return { ...after, report: event.report };
  }
}

/** `evening-2025-07-03`, and `-2`, `-3` where the day has had such a meeting. Pure. */
export function toSessionId(kind: SessionKind, at: Instant, known: readonly Session[], zone: Zone): string {
  const stem = `${kind}-${toIsoDate(at, zone)}`;
  const before = known.filter(({ id }) => id === stem || id.startsWith(`${stem}-`)).length;
  return before === 0 ? stem : `${stem}-${before + 1}`;
}

/** Figures are read before a meeting begins. */
const laterMs = 2 * 3_600_000;

/**
 * The session that a report of that kind and instant is of: one of the same day, the last that had been opened by the end of its minute, else the
 * first within two hours after it. Midnight closes the day before it. Pure.
 */
export function findSessionOf(known: readonly Session[], kind: string, asOf: Instant, zone: Zone): Session | undefined {
  const day = toLocalDay(asOf - 1, zone);
  const own = known
    .filter((one) => one.kind === kind && toLocalDay(one.openedAt, zone) === day && one.openedAt < asOf + laterMs)
    .sort((a, b) => a.openedAt - b.openedAt);
  return own.findLast(({ openedAt }) => openedAt < asOf + 60_000) ?? own[0];
}
