import type { Look } from "./flapping.ts";
import { unpackResult } from "./run-blob.ts";
import type { PackedRun } from "./run-store.ts";
import { neverJudged, type Settled, toSettled } from "./settle.ts";

/** What the last sweeps left of one endpoint. */
export interface Remembered {
  readonly settled: Settled;
  readonly flapping: boolean;
  /** The judged looks, newest last. */
  readonly looks: readonly Look[];
}

const nothing: Remembered = { settled: neverJudged, flapping: false, looks: [] };
const unknownCode = 254;

/** What recent runs say of any endpoint; runs with the newest last. Pure. */
export function createMemory(runs: readonly PackedRun[]): (endpoint: string) => Remembered {
  const places = new Map<readonly string[], Map<string, number>>();
  for (const { endpoints } of runs) {
    if (!places.has(endpoints)) places.set(endpoints, new Map(endpoints.map((id, at) => [id, at])));
  }
  return (endpoint) => {
    let last: Remembered | undefined;
    const looks: Look[] = [];
    for (let index = runs.length - 1; index >= 0; index--) {
      const { at, endpoints, blob } = runs[index] as PackedRun;
      const place = places.get(endpoints)?.get(endpoint);
      if (place === undefined) continue;
      if (!last) {
        const result = unpackResult(blob, place, endpoint, at);
        last = { settled: toSettled(result), flapping: result.flapping === true, looks };
      }
      const code = blob[place * 4] as number;
      if (code < unknownCode) looks.push({ at, up: code === 0 });
    }
    looks.reverse();
    return last ?? nothing;
  };
}

/** Ids of endpoints that are held for down, and of others that failed in one of these runs. */
export function listAiling(
  runs: readonly PackedRun[],
  endpoints: readonly string[],
): { readonly knownDown: ReadonlySet<string>; readonly failedLately: ReadonlySet<string> } {
  const recall = createMemory(runs);
  const knownDown = new Set<string>();
  const failedLately = new Set<string>();
  for (const id of endpoints) {
    const { settled, looks } = recall(id);
    if (settled.state === "down") knownDown.add(id);
    else if (looks.some(({ up }) => !up)) failedLately.add(id);
  }
  return { knownDown, failedLately };
}
