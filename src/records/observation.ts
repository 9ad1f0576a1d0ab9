/** How a dossier came in (domain.md §5): 2 online, 1 at the desk, 3 by public post. */
export const channels = ["online", "direct", "post"] as const;
export type Channel = (typeof channels)[number];

/**
 * wardctl's own states of a dossier; a source's status map leads to them.
 * Before intake: pending, refused · in the base and open: in_progress, supplement, fee, stopped (the last three paused) ·
 * left the base: resolved, handed_over, withdrawn, rejected.
 */
export const dossierStates = [
  "pending",
  "refused",
  "in_progress",
  "supplement",
  "fee",
  "stopped",
  "resolved",
  "handed_over",
  "withdrawn",
  "rejected",
] as const;
export type DossierState = (typeof dossierStates)[number];

/** What one source said about one dossier at one time. Times are epoch seconds; undefined is "not said". No applicant is in it. */
export interface Observation {
  /** The unit that received it, which counts it. */
  readonly unit: string;
  readonly competentUnit: string | undefined;
  readonly procedure: string;
  readonly channel: Channel;
  readonly state: DossierState;
  readonly submitted: number | undefined;
  readonly received: number | undefined;
  /** The first second that is too late is derived from it by the source's on-time rule. */
  readonly due: number | undefined;
  readonly finished: number | undefined;
  readonly handedOver: number | undefined;
  readonly pausedFrom: number | undefined;
  readonly pausedTo: number | undefined;
  /** When the source last changed the row. */
  readonly updated: number;
  /** When the source wrote the export, -1 when it does not say. */
  readonly exported: number;
}

/** An observation as the cache keeps it: which import brought it, and where in that import it stood. */
export interface KnownObservation extends Observation {
  readonly seq: number;
  readonly ord: number;
}

/** Every field that is content, in a fixed order: two rows with equal content are the same row. */
export function toContentText(o: Observation): string {
  const times = [o.submitted, o.received, o.due, o.finished, o.handedOver, o.pausedFrom, o.pausedTo];
  return [o.unit, o.competentUnit ?? "", o.procedure, o.channel, o.state, ...times.map((t) => t ?? "")].join("|");
}

/** By update, then by export, then by arrival: the order in which a later one overrules an earlier one. */
export function compareObservations(a: KnownObservation, b: KnownObservation): number {
  return a.updated - b.updated || a.exported - b.exported || a.seq - b.seq || a.ord - b.ord;
}
