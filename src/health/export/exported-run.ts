import type { Instant } from "../../platform/clock.ts";
import type { Names } from "../cause-words.ts";
import type { Endpoint } from "../endpoint.ts";
import type { ExplainedSweep } from "../explain-results.ts";
import type { ProbeResult } from "../probe-result.ts";

/** A run and what it means, as the formats of other programs take it. */
export interface ExportedRun {
  readonly at: Instant;
  /** In the inventory's order, one an endpoint. */
  readonly results: readonly ProbeResult[];
  readonly endpoints: ReadonlyMap<string, Endpoint>;
  readonly explained: ExplainedSweep;
  readonly names: Names;
  /** A first byte later than this is slow; a probe takes no longer than its deadline. */
  readonly slowMs: number;
  readonly deadlineMs: number;
}

/** When the first certificate on the way expires, or undefined where none was seen. */
export function readEarliestExpiry({ seen }: Pick<ProbeResult, "seen">): Instant | undefined {
  const text = seen?.earliestExpiry ?? seen?.certificate?.until;
  const at = text === undefined ? Number.NaN : Date.parse(text);
  return Number.isNaN(at) ? undefined : at;
}
