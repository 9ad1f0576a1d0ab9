import { sha256 } from "../platform/canonical-json.ts";
import type { Clock, Instant } from "../platform/clock.ts";
import type { Database } from "../platform/database.ts";
import type { Environment } from "../platform/environment.ts";
import type { Random } from "../platform/random.ts";
import type { Zone } from "../platform/time.ts";
import type { Names } from "./cause-words.ts";
import { createDifferentials } from "./differential.ts";
import type { Hindrance } from "./duties/duties.ts";
import type { OpenCanary } from "./duties/memory.ts";
import { type DutyNeeds, openDuties } from "./duties/open-duties.ts";
import type { Endpoint } from "./endpoint.ts";
import { openSweepJournal, type SweepJournal } from "./journal.ts";
import { type KeepSettings, type KeptRun, keepRun } from "./keep-run.ts";
import { layers } from "./layers/index.ts";
import { judgeSweepLocally } from "./local/after-sweep.ts";
import { checkLocalShortly } from "./local/check-local.ts";
import type { LocalFinding } from "./local/finding.ts";
import { startLagMeter } from "./loop-lag.ts";
import { listAiling } from "./memory.ts";
import { createNameServer, type NameServer } from "./name-server.ts";
import type { ProbeTools } from "./probe.ts";
import type { ProbeResult } from "./probe-result.ts";
import { createFindProxy, type FindProxy } from "./proxy.ts";
import { keepRunFiles, type RunHead } from "./run-file.ts";
import { createRunStore, type StoredRun } from "./run-store.ts";
import type { HealthSettings } from "./settings.ts";
import { neverJudged, withSettled } from "./settle.ts";
import { type Sweep, sweepEndpoints } from "./sweep.ts";
import { sweepAsWanted } from "./sweep-as-wanted.ts";
import { createTrust } from "./trust.ts";
import type { MeasureHours } from "./uptime.ts";

/** Names of the layers that can be asked for, lowest first. */
export const knownLayers: readonly string[] = [...new Set(layers.map(({ name }) => name))];

export interface CheckRequest {
  readonly endpoints: readonly Endpoint[];
  /** selected: not the whole inventory, or not all layers. */
  readonly scope: "all" | "selected";
  readonly options: Pick<HealthSettings, "resolvers" | "deadlineMs" | "slowMs" | "concurrency" | "perDestination"> &
    Partial<
      Pick<
        HealthSettings,
        "retryAfterMs" | "perNetwork" | "namesInFlight" | "proxy" | "redirectHosts" | "witnesses" | "reachable"
      >
    >;
  /** Where proxies are named; without it every probe goes direct. */
  readonly environment?: Environment;
  /** PEM of further roots. */
  readonly ca?: { readonly pem: string; readonly file: string };
  readonly layers?: readonly string[];
  /** Undefined: adaptive where there are many units. */
  readonly sweep?: "full" | "adaptive";
  readonly clock: Clock;
  readonly zone: Zone;
  readonly random: Random;
  readonly signal: AbortSignal;
  /** What sign-in, function and freshness need; without it they are not checked. */
  readonly duties?: DutyNeeds | undefined;
  readonly onProgress?: (done: number, last: ProbeResult) => void;
  /** Where an interrupted sweep can be gone on with; its folder exists. */
  readonly journalFile?: string;
  /** Where the probes of the last run, and of those that confirmed a cause, are kept whole. */
  readonly probesFolder?: string;
  /** History; without it nothing is kept, and no failure is more than soft. */
  readonly history?: {
    readonly database: Database;
    readonly settings: KeepSettings;
    readonly measureHours: MeasureHours;
    readonly names: Names;
  };
}

export interface CheckRun {
  readonly at: Instant;
  readonly results: readonly ProbeResult[];
  /** What is wrong with this machine, or worth knowing of it. */
  readonly localFindings: readonly LocalFinding[];
  /** How far our clock is ahead of the servers'; undefined with too few answers, or when the clock was set by hand. */
  readonly skewMs: number | undefined;
  /** Endpoints that an adaptive sweep had no need to try. */
  readonly leftOut: ReadonlySet<string>;
  /** Results taken over from an interrupted sweep. */
  readonly keptFromEarlier: number;
  readonly cancelled: boolean;
  /** What was not done, and why. */
  readonly hindrances: readonly Hindrance[];
  /** Test documents of earlier runs that could not be taken back. */
  readonly canariesLeft: readonly OpenCanary[];
  /** Causes as history has them; undefined when nothing is kept. */
  readonly stored: KeptRun | undefined;
}

/**
 * One sweep: is it this machine, then every endpoint, then, where much fails, this machine once more. Whatever the machine's own
 * faults explain is unknown. Failure kinds: invalid (the CA file).
 */
export async function runCheck(request: CheckRequest): Promise<CheckRun> {
  const { endpoints, options, clock, random, signal } = request;
  const trust = createTrust(request.ca?.pem, request.ca?.file);
  const names = createNameServer(options.resolvers, options.deadlineMs * 0.4, { inFlight: options.namesInFlight });
  const lag = startLagMeter();
  const wanted = layers.filter(({ name }) => !request.layers || request.layers.includes(name));
  const ways = findWaysOut(request, names);
  const duties = await openDuties(request.duties, { endpoints, layers: wanted, names, trust, ...ways, clock, ...options });
  const tools: ProbeTools = {
    ...options,
    layers: wanted,
    names,
    trust,
    lag,
    now: clock.now,
    clockPinned: clock.pinned,
    duties,
    ...ways,
  };
  const at = clock.now();
  const journal = request.journalFile
    ? openSweepJournal(request.journalFile, { question: toQuestion(request), now: at, zone: request.zone })
    : undefined;
  try {
    const look = () =>
      checkLocalShortly({
        endpoints,
        names,
        settings: { witnesses: [], reachable: undefined, ...options },
        random,
        clock,
        environment: request.environment ?? {},
      });
    const before = await look();
    const canariesLeft = (await duties?.clean()) ?? [];
    const { sweep, kept, leftOut } = await sweepAsWanted({ ...request, mustTry: duties?.canaries }, listPassed(journal), (part) =>
      sweepRest(part, tools, journal),
    );
    const {
      results: judged,
      findings,
      skewMs,
      clockErrorMs,
    } = await judgeSweepLocally(sweep, {
      endpoints,
      before,
      clock,
      lookAgain: look,
      probeAgain: async (chosen, now) =>
        (await sweepEndpoints(chosen, { ...request, ...options, tools: { ...tools, now } })).results,
      signal,
    });
    const cancelled = signal.aborted && judged.some(({ state, endpoint }) => state === "untested" && !leftOut.has(endpoint));
    const keptAt = Math.round(at - clockErrorMs);
    const seen: StoredRun = { at: keptAt, scope: request.scope, layers: request.layers, results: judged };
    const stored = cancelled ? undefined : await keep(request, seen);
    if (cancelled) journal?.close();
    else journal?.remove();
    const results = stored?.results ?? judged.map((result) => withSettled(result, neverJudged));
    if (stored) await keepProbes(request, { at: keptAt, skewMs, local: findings }, stored);
    return {
      at,
      results,
      localFindings: findings,
      skewMs,
      leftOut,
      keptFromEarlier: kept,
      cancelled,
      stored,
      hindrances: duties?.hindrances ?? [],
      canariesLeft,
    };
  } finally {
    // A test document under way is taken back first, also after Ctrl-C.
    await duties?.close();
    lag.stop();
    names.close();
  }
}

/** Takes back test documents that earlier runs left behind; probes nothing. */
export async function cleanCanaries(
  request: CheckRequest,
): Promise<{ readonly left: readonly OpenCanary[]; readonly hindrances: readonly Hindrance[] }> {
  const { options, endpoints, clock } = request;
  const trust = createTrust(request.ca?.pem, request.ca?.file);
  const names = createNameServer(options.resolvers, options.deadlineMs * 0.4, { inFlight: options.namesInFlight });
  const ways = findWaysOut(request, names);
  const duties = await openDuties(request.duties, { endpoints, layers, names, trust, ...ways, clock, ...options });
  try {
    return { left: (await duties?.clean()) ?? [], hindrances: duties?.hindrances ?? [] };
  } finally {
    await duties?.close();
    names.close();
  }
}

async function keep({ history, endpoints, zone }: CheckRequest, run: StoredRun): Promise<KeptRun | undefined> {
  if (!history) return undefined;
  const { database, names, settings, measureHours } = history;
  return keepRun(database, { run, endpoints, names, settings, retention: { measureHours, zone } });
}

async function keepProbes(
  { probesFolder, scope, zone }: CheckRequest,
  head: Omit<RunHead, "scope">,
  run: KeptRun,
): Promise<void> {
  if (probesFolder === undefined) return;
  const confirmed = run.news.flatMap(({ news, episode }) => (news === "resolved" ? [] : (episode.key ?? [])));
  await keepRunFiles(probesFolder, { head: { ...head, scope }, results: run.results, confirmed }, zone);
}

/** The newest stored run, or the newest that was there at an instant. */
export function readLastRun(database: Database, zone: Zone, scope?: "all", notAfter?: Instant): Promise<StoredRun | undefined> {
  return createRunStore(database, zone).findLast(scope, notAfter);
}

/** Goes on after an interrupted sweep: what passed then counts, what failed is tried again, since someone may have mended it. */
function listPassed(journal: SweepJournal | undefined): readonly ProbeResult[] {
  return (journal?.kept ?? []).filter(({ state }) => state === "pass");
}

async function sweepRest(
  { endpoints, options, random, signal, onProgress, history, zone }: CheckRequest,
  tools: ProbeTools,
  journal: SweepJournal | undefined,
): Promise<Sweep> {
  let done = 0;
  const runs = history ? await createRunStore(history.database, zone).listRecent(5) : [];
  return sweepEndpoints(endpoints, {
    tools,
    concurrency: options.concurrency,
    retryAfterMs: options.retryAfterMs,
    ...listAiling(
      runs,
      endpoints.map(({ id }) => id),
    ),
    perDestination: options.perDestination,
    perNetwork: options.perNetwork,
    random,
    signal,
    onResult: (result) => {
      journal?.append(result);
      onProgress?.(++done, result);
    },
  });
}

/** How probes leave this machine, and what is tried in other ways when they fail. */
function findWaysOut(
  { options, environment = {} }: CheckRequest,
  names: NameServer,
): Pick<ProbeTools, "findProxy" | "differentials"> {
  const setting = options.proxy ?? "environment";
  const findProxy = createFindProxy(setting, environment);
  const told = setting === "environment" ? findProxy : tryFindProxy(environment);
  return { findProxy, differentials: createDifferentials({ names, findProxy: told }) };
}

/** Probes do not go by the environment here: what is wrong with it is no fault of theirs. */
function tryFindProxy(environment: Environment): FindProxy | undefined {
  try {
    return createFindProxy("environment", environment);
  } catch {
    return undefined;
  }
}

function toQuestion({ endpoints, layers: only, options, sweep }: CheckRequest): string {
  return sha256(JSON.stringify([endpoints, only ?? null, options, sweep ?? null]));
}
