import type { Instant } from "../platform/clock.ts";
import type { Difference } from "./compare-carriage.ts";
import type { Desk } from "./desk.ts";
import { listKeys } from "./doc-types.ts";
import { createDriftStore, type SeenDifference, type SeenDrift } from "./drift-store.ts";

/** What has changed since the last read-back of the same units. */
export interface Drift {
  /** Undefined: there was none. */
  readonly since?: Instant;
  readonly appeared: readonly SeenDifference[];
  readonly gone: readonly SeenDifference[];
}

/** Pure. Of the units that were looked at both times. */
export function compareDrift(
  before: Pick<SeenDrift, "at" | "units" | "differences"> | undefined,
  units: readonly string[],
  now: readonly SeenDifference[],
): Drift {
  if (!before) return { appeared: [], gone: [] };
  const both = new Set(units.filter((unit) => before.units.includes(unit)));
  const inBoth = (list: readonly SeenDifference[]): SeenDifference[] => list.filter(({ unit }) => both.has(unit));
  const [old, own] = [inBoth(before.differences), inBoth(now)];
  const keys = (list: readonly SeenDifference[]): Set<string> => new Set(list.map(toKey));
  const [oldKeys, ownKeys] = [keys(old), keys(own)];
  return {
    since: before.at,
    appeared: own.filter((one) => !oldKeys.has(toKey(one))),
    gone: old.filter((one) => !ownKeys.has(toKey(one))),
  };
}

/** Holds a whole read-back against the last one, and remembers it for the next. */
export async function rememberDrift(
  { database }: Pick<Desk, "database">,
  seen: {
    readonly system: string;
    readonly at: Instant;
    readonly units: readonly string[];
    readonly differences: readonly Difference[];
  },
): Promise<Drift> {
  const store = createDriftStore(database);
  const differences = seen.differences.map(toSeen);
  // Units may be read by turns: each is held against the last time it was read.
  const before = await store.listBefore(seen.system, seen.units);
  const drifts = before.map((one) => compareDrift(one, one.units, differences));
  await database.transaction((tx) => store.add({ ...seen, differences }, tx));
  const since = drifts.flatMap((drift) => drift.since ?? []);
  return {
    since: since.length === 0 ? undefined : Math.min(...since),
    appeared: drifts.flatMap(({ appeared }) => appeared),
    gone: drifts.flatMap(({ gone }) => gone),
  };
}

function toSeen({ kind, cause, unit, staffId, userName, capacity, docTypes, grantId, extId }: Difference): SeenDifference {
  return { kind, cause, unit, staffId, userName, capacity, docTypes: listKeys(docTypes), grantId, extId };
}

/** Not by the window: what is missing today is missing from today on, and is no other fault than yesterday. */
function toKey({ kind, cause, unit, staffId, userName, capacity, docTypes, grantId, extId }: SeenDifference): string {
  return JSON.stringify([
    kind,
    cause,
    unit,
    staffId ?? userName,
    capacity,
    docTypes,
    grantId,
    kind === "excess" ? extId : undefined,
  ]);
}
