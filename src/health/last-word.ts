import type { Instant } from "../platform/clock.ts";
import type { Database } from "../platform/database.ts";
import type { Zone } from "../platform/time.ts";
import type { ProbeResult } from "./probe-result.ts";
import { unpackResult } from "./run-blob.ts";
import { createRunStore } from "./run-store.ts";

/**
 * The newest result of each endpoint that was tried in [from, to], whichever run it was in: an adaptive sweep leaves out what it need
 * not try, and one unit may have been tried alone since. Endpoints that no run tried are not in it.
 */
export async function readLastWords(
  database: Database,
  zone: Zone,
  { endpoints, from, to }: { readonly endpoints: Iterable<string>; readonly from: Instant; readonly to: Instant },
): Promise<ReadonlyMap<string, ProbeResult>> {
  const missing = new Set(endpoints);
  const words = new Map<string, ProbeResult>();
  if (missing.size === 0) return words;
  for await (const { at, endpoints: ids, blob } of createRunStore(database, zone).walkBack(from, to)) {
    for (const [index, id] of ids.entries()) {
      if (!missing.has(id)) continue;
      const result = unpackResult(blob, index, id, at);
      if (result.state === "untested") continue;
      words.set(id, result);
      missing.delete(id);
    }
    if (missing.size === 0) break;
  }
  return words;
}
