import type { Random } from "../platform/random.ts";
import { isAdaptive, planNextProbes } from "./adaptive.ts";
import type { Endpoint } from "./endpoint.ts";
import type { ProbeResult } from "./probe-result.ts";
import type { Sweep } from "./sweep.ts";
import { toUntested } from "./verdict.ts";

interface Request {
  readonly endpoints: readonly Endpoint[];
  readonly sweep?: "full" | "adaptive";
  readonly clock: { readonly now: () => number };
  readonly random: Random;
  readonly signal: AbortSignal;
  readonly onProgress?: (done: number, last: ProbeResult) => void;
}

interface Part {
  readonly sweep: Sweep;
  /** Results taken over from an interrupted sweep. */
  readonly kept: number;
}

/** Tries every endpoint, or, round by round, what an adaptive sweep asks for. Results stand in the order of the endpoints either way. */
export async function sweepAsWanted<R extends Request>(
  request: R,
  sweepPart: (part: R) => Promise<Part>,
): Promise<Part & { readonly leftOut: ReadonlySet<string> }> {
  const { endpoints, random, signal } = request;
  if (!isAdaptive(request.sweep, endpoints)) return { ...(await sweepPart(request)), leftOut: new Set() };
  const found: ProbeResult[] = [];
  const serverDates: Sweep["serverDates"][number][] = [];
  let kept = 0;
  while (!signal.aborted) {
    const next = planNextProbes(endpoints, found, random);
    if (next.length === 0) break;
    const before = found.length;
    const onProgress = (done: number, last: ProbeResult): void => request.onProgress?.(before + done, last);
    const part = await sweepPart({ ...request, endpoints: next, onProgress });
    found.push(...part.sweep.results);
    serverDates.push(...part.sweep.serverDates);
    kept += part.kept;
  }
  const byId = new Map(found.map((result) => [result.endpoint, result]));
  const at = request.clock.now();
  return {
    sweep: { results: endpoints.map((endpoint) => byId.get(endpoint.id) ?? toUntested(endpoint, at)), serverDates },
    kept,
    leftOut: new Set(endpoints.filter(({ id }) => !byId.has(id)).map(({ id }) => id)),
  };
}
