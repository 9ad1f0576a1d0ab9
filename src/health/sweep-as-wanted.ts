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
  /** Ids of endpoints that no sweep leaves out. */
  readonly mustTry?: ReadonlySet<string> | undefined;
  readonly onProgress?: (done: number, last: ProbeResult) => void;
}

/**
 * Tries every endpoint, or, round by round, what an adaptive sweep asks for. What passed before an interruption counts as found: an adaptive sweep
 * goes on from it, whatever it would have drawn. Results stand in the order of the endpoints either way.
 */
export async function sweepAsWanted<R extends Request>(
  request: R,
  passedBefore: readonly ProbeResult[],
  sweepPart: (part: R) => Promise<Sweep>,
): Promise<{ readonly sweep: Sweep; readonly kept: number; readonly leftOut: ReadonlySet<string> }> {
  const { endpoints, random, signal } = request;
  const asked = new Set(endpoints.map(({ id }) => id));
  const byId = new Map(passedBefore.filter(({ endpoint }) => asked.has(endpoint)).map((result) => [result.endpoint, result]));
  const kept = byId.size;
  const serverDates: Sweep["serverDates"][number][] = [];
  const sweepThese = async (next: readonly Endpoint[]): Promise<void> => {
    const before = byId.size;
    const onProgress = (done: number, last: ProbeResult): void => request.onProgress?.(before + done, last);
    const part = await sweepPart({ ...request, endpoints: next, onProgress });
    for (const result of part.results) byId.set(result.endpoint, result);
    serverDates.push(...part.serverDates);
  };
  const adaptive = isAdaptive(request.sweep, endpoints);
  if (!adaptive) await sweepThese(endpoints.filter(({ id }) => !byId.has(id)));
  while (adaptive && !signal.aborted) {
    const planned = planNextProbes(endpoints, [...byId.values()], random);
    const bound = byId.size > kept ? [] : endpoints.filter((one) => request.mustTry?.has(one.id) && !planned.includes(one));
    const next = [...planned, ...bound];
    if (next.length === 0) break;
    await sweepThese(next);
  }
  const at = request.clock.now();
  return {
    sweep: { results: endpoints.map((endpoint) => byId.get(endpoint.id) ?? toUntested(endpoint, at)), serverDates },
    kept,
    leftOut: new Set(endpoints.filter(({ id }) => !byId.has(id)).map(({ id }) => id)),
  };
}
