import type { Action } from "../meeting/action.ts";
import type { Incident } from "../meeting/incident.ts";
import type { Session } from "../meeting/session.ts";
import type { Instant } from "../platform/clock.ts";
import type { Words } from "../platform/words.ts";
import type { Counts } from "../records/figures.ts";
import type { GridState } from "./blocks.ts";

/**
 * What a report asks of the rooms. Each optional question becomes a section when it is given; an answer of undefined says so in the section
 * ("never checked"), and a Failure becomes "not available: reason" there and exit code 7. Answers are facts in words: the report judges nothing
 * again.
 */
export interface ReportQuestions {
  readonly counts: Counts;
  readonly health?: () => Promise<HealthFacts | undefined>;
  readonly accounts?: () => Promise<GapFacts | undefined>;
  readonly signing?: () => Promise<GapFacts | undefined>;
  readonly readiness?: () => Promise<ReadinessFacts>;
  readonly meeting?: () => Promise<MeetingFacts | undefined>;
}

/** Difficulties, actions and the session of a meeting. Undefined: nothing was ever recorded. */
export interface MeetingFacts {
  /** The report's as-of; where its meeting has run on from there, the end of that, or the present while it runs. */
  readonly at: Instant;
  /** As they stood then, the most urgent first. */
  readonly incidents: readonly Incident[];
  readonly actions: readonly Action[];
  /** The meeting that the report is of. */
  readonly session: Session | undefined;
}

/** The last sweep of the endpoints. */
export interface HealthFacts {
  /** When it ended. */
  readonly at: Instant;
  readonly endpoints: { readonly pass: number; readonly fail: number; readonly unknown: number; readonly untested: number };
  /** Best first. */
  readonly causes: readonly HealthCause[];
  readonly grid?: {
    readonly systems: readonly Words[];
    /** One state for each system, in their order. */
    readonly units: readonly { readonly unit: string; readonly states: readonly GridState[] }[];
  };
}

export interface HealthCause {
  readonly inWords: Words;
  /** Endpoints it explains. */
  readonly affected: number;
  readonly owner?: Words;
}

/** How many units can serve, and what is to be done first where they cannot. */
export interface ReadinessFacts {
  readonly at: Instant;
  readonly ready: number;
  readonly notReady: number;
  /** Nobody has looked, or too long ago. */
  readonly unknown: number;
  /** One for each unit that is not ready, then for those of which it is not known. */
  readonly first: readonly Gap[];
}

/** What is missing unit by unit: accounts of departments, signers. */
export interface GapFacts {
  readonly at: Instant;
  readonly gaps: readonly Gap[];
}

export interface Gap {
  readonly unit: string;
  /** `ACC-UNIT-MISSING`, `DEL-NOT-CARRIED` … (domain.md §10). */
  readonly code: string;
  readonly inWords: Words;
  readonly owner?: Words;
}
