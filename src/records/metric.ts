/** What a source may state as a total: paths into Figures (domain.md §6), memo columns, and rates with their definition. */
export const metricNames = [
  "units",
  "carriedOver",
  // Carried over and received together: column (3) of form II.06a.
  "base",
  "received.total",
  "received.online",
  "received.direct",
  "received.post",
  "reopened",
  "resolved.total",
  "resolved.early",
  "resolved.onTime",
  "resolved.late",
  "inProgress.total",
  "inProgress.within",
  "inProgress.overdue",
  "paused.total",
  "paused.supplement",
  "paused.fee",
  "paused.stopped",
  "returned.total",
  "returned.withdrawn",
  "returned.rejectedInBase",
  "pendingIntake",
  "refusedAtIntake",
  "resultHandedOver",
  "visitors",
  "rate.onTimeResolved",
  "rate.onTimeDue",
  "rate.resolution",
  "rate.online",
  // A percentage that was published without saying of what.
  "rate.stated",
] as const;

export function isMetric(name: string): boolean {
  return (metricNames as readonly string[]).includes(name);
}

export function isRateMetric(name: string): boolean {
  return name.startsWith("rate.");
}
