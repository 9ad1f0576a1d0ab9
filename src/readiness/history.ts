import type { Instant } from "../platform/clock.ts";
import { dimensions, type UnitReadiness } from "./readiness.ts";
import type { ReadinessRecord, ReadinessState } from "./readiness-store.ts";

/** With since when it is so: as the last record has it, or from now where the verdict just turned. */
export function withSince(readiness: UnitReadiness, last: ReadinessRecord | undefined, at: Instant): UnitReadiness {
  // A clock that was set back before the history knows nothing of it.
  if (!last || at < last.at) return readiness;
  return { ...readiness, since: last.verdict === readiness.verdict ? last.since : at };
}

/** The records that tell what changed since the last ones; none where nothing did. */
export function planRecords(
  readiness: readonly UnitReadiness[],
  last: ReadonlyMap<string, ReadinessRecord>,
  at: Instant,
): readonly ReadinessRecord[] {
  return readiness.flatMap((own): ReadinessRecord[] => {
    const before = last.get(own.code);
    const state = toState(own);
    if (before && (at < before.at || isSame(before, own, state))) return [];
    const turned = before?.verdict !== own.verdict;
    const since = before && !turned ? before.since : at;
    return [{ unit: own.code, at, verdict: own.verdict, since, turned, state }];
  });
}

function toState(readiness: UnitReadiness): ReadinessState {
  return Object.fromEntries(
    dimensions.map((dimension) => {
      const { verdict, reasons } = readiness.dimensions[dimension];
      return [dimension, { verdict, codes: [...new Set(reasons.map(({ code }) => code))].sort() }];
    }),
  ) as unknown as ReadinessState;
}

function isSame(before: ReadinessRecord, { verdict }: UnitReadiness, state: ReadinessState): boolean {
  return (
    before.verdict === verdict && dimensions.every((key) => JSON.stringify(before.state[key]) === JSON.stringify(state[key]))
  );
}
