import type { Clock, Instant } from "../../platform/clock.ts";
import type { Endpoint } from "../endpoint.ts";
import type { ProbeResult } from "../probe-result.ts";
import type { Sweep } from "../sweep.ts";
import { findPortalInResults, withoutLocalBlame } from "./blame.ts";
import { judgeClock } from "./clock-skew.ts";
import type { LocalFinding } from "./finding.ts";
import { findOverload } from "./load.ts";
import { listToRejudge } from "./rejudge.ts";

interface AfterSweep {
  readonly endpoints: readonly Endpoint[];
  /** What was found before the sweep. */
  readonly before: readonly LocalFinding[];
  readonly clock: Clock;
  /** The short checks once more. */
  readonly lookAgain: () => Promise<readonly LocalFinding[]>;
  /** Probes some endpoints again, dates judged by the clock given. */
  readonly probeAgain: (endpoints: readonly Endpoint[], now: () => Instant) => Promise<readonly ProbeResult[]>;
  readonly signal: AbortSignal;
}

export interface LocallyJudged {
  readonly results: readonly ProbeResult[];
  /** Failures and warnings. */
  readonly findings: readonly LocalFinding[];
  /** How far our clock is ahead of the servers'; undefined with too few answers, or when the clock was set by hand. */
  readonly skewMs: number | undefined;
  /** What is to be taken off our clock before history keeps a time of it; 0 for a clock that is right. */
  readonly clockErrorMs: number;
}

const suspiciousShare = 0.2;

/**
 * What a sweep says once this machine's own faults are taken out of it. Where much fails the machine is looked at again, and then only what
 * it shows now counts: a fault that is gone takes no blame. With a wrong clock certificates are judged again at the corrected time.
 */
export async function judgeSweepLocally(sweep: Sweep, after: AfterSweep): Promise<LocallyJudged> {
  const { endpoints, before, clock, signal } = after;
  const tried = sweep.results.filter(({ state }) => state !== "untested");
  const manyFail = tried.filter(({ state }) => state === "fail").length > suspiciousShare * tried.length;
  const now = manyFail && !signal.aborted ? await after.lookAgain() : before;
  const windows = sweep.results
    .flatMap(({ seen }) => seen?.certificate ?? [])
    .map(({ issuer, from, until }) => ({
      issuer,
      from: Date.parse(from),
      until: Date.parse(until),
    }));
  const { skewMs, wrong, finding } = clock.pinned
    ? { skewMs: undefined, wrong: false, finding: undefined }
    : judgeClock(sweep.serverDates, windows, clock.now());
  const clockFinding: LocalFinding | undefined = finding && { id: "clock", ...finding };
  const results = wrong && !signal.aborted ? await rejudge(sweep.results, skewMs as number, after) : sweep.results;
  const portal = findPortalInResults(results, endpoints);
  const all = [...now, portal, clockFinding, findOverload(results)].filter((one) => one !== undefined);
  return {
    // Verdicts at the corrected time stand: the clock explains nothing any more.
    results: withoutLocalBlame(
      results,
      all.filter(({ id }) => id !== "clock" || signal.aborted),
      endpoints,
    ),
    // A gateway that never answers is worth a word only while much fails.
    findings: all.filter(({ id, state }) => state === "fail" || (state === "warn" && (manyFail || id !== "route"))),
    skewMs,
    clockErrorMs: wrong ? (skewMs as number) : 0,
  };
}

async function rejudge(
  results: readonly ProbeResult[],
  skewMs: number,
  { endpoints, clock, probeAgain }: AfterSweep,
): Promise<readonly ProbeResult[]> {
  const ids = new Set(listToRejudge(results, skewMs));
  const again = await probeAgain(
    endpoints.filter(({ id }) => ids.has(id)),
    () => clock.now() - skewMs,
  );
  // One run, one clock: what the file and the history say of the time stays this machine's.
  const found = new Map(
    again.filter(({ state }) => state !== "untested").map((one) => [one.endpoint, { ...one, at: one.at + skewMs }]),
  );
  return results.map((result) => found.get(result.endpoint) ?? result);
}
