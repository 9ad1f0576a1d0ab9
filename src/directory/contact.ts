import type { Instant } from "../platform/clock.ts";

/** Whom to call about a unit. Business data of staff and carriers, never of applicants. */
export interface Contact {
  /** Unit code. */
  readonly unit: string;
  readonly carrier?: string;
  readonly hotline?: string;
  readonly centrePhone?: string;
  /** Where it is from, as the file says: `sample`. */
  readonly source?: string;
  readonly duties: readonly Duty[];
}

/** A technician answers for a unit from an instant on, up to and without `to`; an open end is undefined. */
export interface Duty {
  readonly technician: string;
  readonly phone?: string;
  readonly from?: Instant;
  readonly to?: Instant;
}

/** Who is on duty now, and who comes on next. */
export function findOnDuty(duties: readonly Duty[], now: Instant): { readonly now: readonly Duty[]; readonly next?: Duty } {
  const started = (duty: Duty): boolean => duty.from === undefined || duty.from <= now;
  const current = duties.filter((duty) => started(duty) && (duty.to === undefined || now < duty.to));
  const [next] = duties.filter((duty) => !started(duty)).sort((a, b) => (a.from ?? 0) - (b.from ?? 0));
  return next ? { now: current, next } : { now: current };
}
