import type { DimensionReadiness, Reason, Verdict } from "./readiness.ts";

const order = { "no-go": 0, unknown: 1, note: 2 } as const;

/** One obstacle is enough for no-go, one thing that is not known for unknown; notes decide nothing. */
export function toDimension(reasons: readonly Reason[]): DimensionReadiness {
  const sorted = reasons
    .map((reason, at) => ({ reason, at }))
    .sort((a, b) => order[a.reason.verdict] - order[b.reason.verdict] || a.at - b.at)
    .map(({ reason }) => reason);
  return { verdict: joinVerdicts(sorted.flatMap(({ verdict }) => (verdict === "note" ? [] : [verdict]))), reasons: sorted };
}

/** no-go beats unknown beats go. */
export function joinVerdicts(verdicts: readonly Verdict[]): Verdict {
  if (verdicts.includes("no-go")) return "no-go";
  return verdicts.includes("unknown") ? "unknown" : "go";
}

/** Old news is no news: neither that something works nor that it does not. */
export function isFresh(seenAt: number | undefined, at: number, freshMs: number): seenAt is number {
  return seenAt !== undefined && at - seenAt <= freshMs;
}

export function lookAfresh(code: string): readonly string[] {
  return [`wardctl ready ${code} --refresh`];
}
