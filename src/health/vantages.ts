import type { Instant } from "../platform/clock.ts";
import type { Endpoint } from "./endpoint.ts";
import type { ProbeResult } from "./probe-result.ts";
import type { VantageFile } from "./vantage-file.ts";

/** How an endpoint looked from the two places. One of them may not have judged it. */
export type VantageVerdict = "both-well" | "both-fail" | "unit-only" | "centre-only" | "one-sided";

export interface ComparedEndpoint {
  readonly endpoint: string;
  readonly system: string;
  readonly centre: ProbeResult | undefined;
  readonly unit: ProbeResult | undefined;
  readonly verdict: VantageVerdict;
}

/** A technician's file beside the central run. */
export interface ComparedVantage {
  readonly unit: string;
  /** At the corrected time, where the clock's error is known. */
  readonly at: Instant;
  readonly skewMs: number | undefined;
  /** Time between the two runs. */
  readonly apartMs: number;
  /** So far apart that what differs may have changed meanwhile. */
  readonly stale: boolean;
  readonly endpoints: readonly ComparedEndpoint[];
}

export interface MergedVantages {
  /** The inventory's, and each unit's own once more as seen from there: `19777/documents@19777`. */
  readonly endpoints: readonly Endpoint[];
  readonly results: readonly ProbeResult[];
  readonly compared: readonly ComparedVantage[];
}

const staleAfterMs = 30 * 60_000;
/** Half a day apart two runs speak of two different troubles. */
export const refusedAfterMs = 12 * 3_600_000;

/** At the corrected time. */
export function correctedAt({ at, skewMs = 0 }: Pick<VantageFile, "at" | "skewMs">): Instant {
  return at - skewMs;
}

/**
 * Joins runs from units with the central one: each result from a unit is an endpoint of its own, of the same system, carrier and line, so that
 * a group seen from both places is told from what only one of them sees. Of two files of a unit the younger counts. Pure.
 */
export function mergeVantages(
  endpoints: readonly Endpoint[],
  centre: { readonly at: Instant; readonly results: readonly ProbeResult[] },
  files: readonly VantageFile[],
): MergedVantages {
  const byUnit = new Map([...files].sort((a, b) => correctedAt(a) - correctedAt(b)).map((file) => [file.unit, file]));
  const central = new Map(centre.results.map((result) => [result.endpoint, result]));
  const compared = [...byUnit.values()].map((file) => compareVantage(file, endpoints, central, centre.at));
  const marked = endpoints.map(
    (endpoint): Endpoint => (byUnit.has(endpoint.unit) ? { ...endpoint, vantage: "centre" } : endpoint),
  );
  const onSite = compared.flatMap(({ unit, endpoints: own }) =>
    own.flatMap(({ endpoint, unit: result }) => {
      const listed = endpoints.find(({ id }) => id === endpoint);
      const { skewMs = 0 } = byUnit.get(unit) as VantageFile;
      if (!listed || !result) return [];
      const id = `${endpoint}@${unit}`;
      return [
        { listed: { ...listed, id, vantage: "unit" } as const, result: { ...result, endpoint: id, at: result.at - skewMs } },
      ];
    }),
  );
  return {
    endpoints: [...marked, ...onSite.map(({ listed }) => listed)],
    results: [...centre.results, ...onSite.map(({ result }) => result)],
    compared,
  };
}

function compareVantage(
  file: VantageFile,
  endpoints: readonly Endpoint[],
  central: ReadonlyMap<string, ProbeResult>,
  centralAt: Instant,
): ComparedVantage {
  const own = new Map(file.results.map((result) => [result.endpoint, result]));
  const at = correctedAt(file);
  const apartMs = Math.abs(at - centralAt);
  return {
    unit: file.unit,
    at,
    skewMs: file.skewMs,
    apartMs,
    stale: apartMs > staleAfterMs,
    endpoints: endpoints
      .filter(({ unit }) => unit === file.unit)
      .map(({ id, system }) => {
        const [centre, unit] = [central.get(id), own.get(id)];
        return { endpoint: id, system, centre, unit, verdict: toVerdict(centre, unit) };
      }),
  };
}

function toVerdict(centre: ProbeResult | undefined, unit: ProbeResult | undefined): VantageVerdict {
  const [there, here] = [judge(centre), judge(unit)];
  if (there === undefined || here === undefined) return "one-sided";
  if (there && here) return "both-well";
  if (!(there || here)) return "both-fail";
  return there ? "unit-only" : "centre-only";
}

/** Whether it works; undefined: not judged. */
function judge(result: ProbeResult | undefined): boolean | undefined {
  if (result?.state === "pass") return true;
  return result?.state === "fail" ? false : undefined;
}
