import type { Instant } from "../platform/clock.ts";
import type { Category } from "./category.ts";

/** unassigned: open, nobody's yet · assigned: open, somebody's · closed. */
export const incidentStates = ["unassigned", "assigned", "closed"] as const;
export type IncidentState = (typeof incidentStates)[number];

/** Where a difficulty was seen: two that share a ref are one and the same. `episode:12`, `cause:carprov VNPT/46`, `gap:27004`, `warning:W-SILENT/19777`. */
export type SourceRef = string;

/** A difficulty between two meetings: one for each cause, with the units it touches. */
export interface Incident {
  /** Counted from 1; people say `VM-12` (*vướng mắc*). */
  readonly number: number;
  readonly title: string;
  /** What was found, at more length than the title: a cause with its counter-evidence. */
  readonly detail: string | undefined;
  readonly category: Category;
  /** `DEL-NOT-CARRIED` (domain.md §10). */
  readonly code: string | undefined;
  /** Name of a system as in wardctl.yaml. */
  readonly system: string | undefined;
  /** In order of code. Empty: none in particular, or all. */
  readonly units: readonly string[];
  /** Who mends it: an office, a company, a unit; no applicant. */
  readonly owner: string | undefined;
  readonly support: string | undefined;
  /** The first instant at which it is overdue. */
  readonly due: Instant | undefined;
  readonly sources: readonly SourceRef[];
  readonly state: IncidentState;
  /** When it began, as far as known; at the latest when it was opened. */
  readonly since: Instant;
  readonly openedAt: Instant;
  readonly openedBy: string;
  /** Of its newest event. */
  readonly changedAt: Instant;
  /** How many events it has: whoever writes on names the next. */
  readonly events: number;
  readonly tried: readonly { readonly at: Instant; readonly by: string; readonly text: string }[];
  readonly reopened: number;
  readonly closed:
    | { readonly at: Instant; readonly by: string; readonly resolution: string; readonly lesson: string | undefined }
    | undefined;
}

export function isOpen({ state }: Pick<Incident, "state">): boolean {
  return state !== "closed";
}

/** Nobody is late with what is over. */
export function isOverdue({ state, due }: Pick<Incident, "state" | "due">, at: Instant): boolean {
  return state !== "closed" && due !== undefined && at >= due;
}

/** How long it lasted, or has lasted until `at`. */
export function toAgeMs({ since, closed }: Pick<Incident, "since" | "closed">, at: Instant): number {
  return Math.max(0, (closed?.at ?? at) - since);
}

/** Overdue first and the longest overdue of them first; then the nearest deadline, then what has none, the oldest first; what is closed last. */
export function compareUrgency(a: Incident, b: Incident, at: Instant): number {
  const rank = (one: Incident): number => (one.state === "closed" ? 2 : isOverdue(one, at) ? 0 : 1);
  const due = (one: Incident): number => (one.state === "closed" ? -(one.closed?.at ?? 0) : (one.due ?? Number.MAX_SAFE_INTEGER));
  return rank(a) - rank(b) || due(a) - due(b) || a.since - b.since || a.number - b.number;
}

export function formatIncidentNumber(number: number): string {
  return `VM-${number}`;
}

/** `VM-12`, `vm12`, `12`. */
export function readIncidentNumber(text: string): number | undefined {
  const digits = /^(?:VM-?)?0*([1-9]\d{0,8})$/i.exec(text.trim())?.[1];
  return digits === undefined ? undefined : Number(digits);
}
