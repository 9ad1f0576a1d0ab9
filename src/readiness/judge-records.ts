import type { UnitFacts } from "./facts.ts";
import { toDimension } from "./judge.ts";
import type { DimensionReadiness, Reason } from "./readiness.ts";
import { readinessWords as words } from "./words.ts";

/** Dossiers arrive from the unit, and the last delivery ties. No dossier at all from a fresh source is fine: a trial has none. */
export function judgeRecords({ records }: UnitFacts): DimensionReadiness {
  if (records === undefined) {
    return toDimension([
      { code: "SYNC-NO-SOURCE", verdict: "unknown", owner: "support", detail: words.noSource, commands: ["wardctl doctor"] },
    ]);
  }
  if (!records.covered) {
    return toDimension([
      { code: "SYNC-NO-SOURCE", verdict: "unknown", owner: "support", detail: words.notCovered, commands: ["wardctl doctor"] },
    ]);
  }
  const { looked, state, lastDeliveryAt, warnings, command } = records;
  const fetch = { owner: "support", commands: [command], seenAt: lastDeliveryAt } as const;
  if (!looked) return toDimension([{ ...fetch, code: "EVID-NONE", verdict: "unknown", detail: words.neverDelivered }]);
  const arrival: Reason[] = [];
  if (state === "silent") arrival.push({ ...fetch, code: "SYNC-SILENT", verdict: "no-go", detail: words.silent });
  if (state === "stale") arrival.push({ ...fetch, code: "SYNC-LAG", verdict: "no-go", detail: words.stale(lastDeliveryAt) });
  return toDimension([
    ...arrival,
    ...warnings.map(
      ({ code, count, attention }): Reason => ({
        code,
        verdict: attention ? "no-go" : "note",
        owner: "ward",
        detail: words.warning(code, count),
        commands: ["wardctl report evening --no-store"],
        seenAt: lastDeliveryAt,
      }),
    ),
  ]);
}
