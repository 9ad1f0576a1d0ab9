import type { Database, Sql, Transaction } from "../platform/database.ts";
import { verbatim } from "../platform/words.ts";
import { type Names, nameEndpoint, nameOwner } from "./cause-words.ts";
import type { Endpoint } from "./endpoint.ts";
import { createEpisodeStore } from "./episode-store.ts";
import { type Episode, type EpisodeStep, type Finding, planEpisodes } from "./episodes.ts";
import { explainResults } from "./explain-results.ts";
import { isFlapping, lookback, measureRestlessness } from "./flapping.ts";
import { createMaintenance } from "./maintenance.ts";
import { createMemory, type Remembered } from "./memory.ts";
import type { ProbeResult } from "./probe-result.ts";
import { reasons } from "./reason.ts";
import { pruneHistory, type Retention } from "./retention.ts";
import { createRunStore, type HealthEvent, type PackedRun, type StoredRun } from "./run-store.ts";
import type { HealthSettings } from "./settings.ts";
import { toSettled, withSettled } from "./settle.ts";

/** What of the settings bears on what is kept. */
export type KeepSettings = Pick<HealthSettings, "maintenance" | "keep" | "holdMinutes">;

export interface KeepRequest {
  readonly run: StoredRun;
  readonly endpoints: readonly Endpoint[];
  readonly names?: Names | undefined;
  readonly settings: KeepSettings;
  readonly retention: Pick<Retention, "measureHours" | "zone">;
}

export interface KeptRun {
  /** With what earlier sweeps and planned work make of them. */
  readonly results: readonly ProbeResult[];
  /** Causes that people are to hear of now, or to hear that they are over. */
  readonly news: readonly EpisodeStep[];
  /** Confirmed causes that last. */
  readonly open: readonly Episode[];
}

/**
 * Judges a sweep by the sweeps before it and stores it with its changes and causes, all in one transaction. Judging and explaining take a while and
 * are done before it, so that nobody else waits to write meanwhile; a run that was stored in between makes them be done once more.
 */
export async function keepRun(database: Database, request: KeepRequest): Promise<KeptRun> {
  const { zone } = request.retention;
  const readRecent = (sql: Sql): Promise<readonly PackedRun[]> => createRunStore(sql, zone).listRecent(lookback);
  const isWhole = request.run.layers === undefined;
  let recent = isWhole ? await readRecent(database) : [];
  for (let tries = 0; ; tries++) {
    const judged = judgeRun(request, recent);
    const kept = await database.transaction(async (tx): Promise<KeptRun | readonly PackedRun[]> => {
      const now = isWhole ? await readRecent(tx) : [];
      if (isSame(recent, now)) return save(tx, request, judged);
      // Who is overtaken time and again judges where nobody can overtake him.
      return tries < mostOvertaken ? now : save(tx, request, judgeRun(request, now));
    });
    if ("results" in kept) return kept;
    recent = kept;
  }
}

const mostOvertaken = 2;

function isSame(ones: readonly PackedRun[], others: readonly PackedRun[]): boolean {
  return (
    ones.length === others.length &&
    ones.every((one, place) => {
      const other = others[place] as PackedRun;
      return one.at === other.at && one.layoutId === other.layoutId && Buffer.compare(one.blob, other.blob) === 0;
    })
  );
}

interface JudgedRun {
  readonly results: readonly ProbeResult[];
  readonly events: readonly HealthEvent[];
  readonly findings: readonly Finding[];
}

function judgeRun({ run, endpoints, names, settings, retention }: KeepRequest, recent: readonly PackedRun[]): JudgedRun {
  const isWhole = run.layers === undefined;
  const memory = createMemory(recent);
  const remembered = run.results.map(({ endpoint }) => memory(endpoint));
  const underWork = createMaintenance(settings.maintenance, retention.zone);
  const byId = new Map(endpoints.map((endpoint) => [endpoint.id, endpoint]));
  const results = run.results.map((result, place) => {
    const worked = underWork(byId.get(result.endpoint) ?? result, run.at);
    const judged = isWhole ? judge(result, remembered[place] as Remembered, run.at) : result;
    return worked ? { ...judged, maintenance: true } : judged;
  });
  if (!isWhole) return { results, events: [], findings: [] };
  const events = results.flatMap((result, place) => toEvent(result, remembered[place] as Remembered, run.at));
  return { results, events, findings: listFindings(endpoints, results, names) };
}

async function save(tx: Transaction, { run, settings, retention }: KeepRequest, judged: JudgedRun): Promise<KeptRun> {
  const { results, events, findings } = judged;
  const { zone } = retention;
  const store = createRunStore(tx, zone);
  await store.save({ ...run, results });
  if (run.layers !== undefined) return { results, news: [], open: [] };

  await store.saveEvents(events);
  const episodes = createEpisodeStore(tx, zone);
  const steps = planEpisodes(await episodes.listKnown(run.at), findings, {
    at: run.at,
    scope: run.scope,
    results: new Map(results.map((result) => [result.endpoint, result])),
  });
  const saved = await episodes.save(steps);
  await pruneHistory(tx, run.at, { ...retention, keep: settings.keep, holdMs: settings.holdMinutes * 60_000 });
  return {
    results,
    news: saved.filter(({ news }) => news !== undefined),
    open: saved
      .map(({ episode }) => episode)
      .filter(({ confirmedAt, resolvedAt }) => confirmedAt !== undefined && resolvedAt === undefined),
  };
}

/** A result in the light of the looks before it. Pure. */
export function judge(result: ProbeResult, { settled, flapping, looks }: Remembered, now: number): ProbeResult {
  const judged = result.state === "pass" || result.state === "fail";
  const all = judged ? [...looks, { at: now, up: result.state === "pass" }] : looks;
  const restless = isFlapping(measureRestlessness(all, now), flapping);
  const after = withSettled(result, settled);
  return restless ? { ...after, flapping: true } : after;
}

/** A change stands at the first of the two sweeps that agree on it. */
function toEvent(result: ProbeResult, { settled, looks }: Remembered, now: number): HealthEvent[] {
  const { state } = toSettled(result);
  if (state === settled.state) return [];
  return [
    { endpoint: result.endpoint, at: looks.at(-1)?.at ?? now, state, reason: state === "down" ? result.reason : undefined },
  ];
}

const codes: Names = { unit: verbatim, province: (label) => label };

/** What a sweep's failures come from, without those of planned work. Pure. */
export function listFindings(endpoints: readonly Endpoint[], results: readonly ProbeResult[], names: Names = codes): Finding[] {
  const counted = results.filter(({ maintenance }) => !maintenance);
  if (!counted.some(({ state }) => state === "fail")) return [];
  const tried = new Set(counted.map(({ endpoint }) => endpoint));
  const explained = explainResults(
    endpoints.filter(({ id }) => tried.has(id)),
    counted,
    names,
  );
  return [
    ...explained.causes.map(({ cause, evidence, affected, inWords, owner }): Finding => {
      const all = [cause, ...cause.or].map(({ kind, id }) => `${kind} ${id}`);
      return { kind: cause.kind, id: cause.id, names: all, reason: evidence.reason, affected, inWords, owner };
    }),
    ...explained.unexplained.map((result): Finding => {
      const { endpoint, unit, system, reason, layer } = result;
      const name = nameEndpoint(result, names);
      const why = reason ? reasons[reason].words : { vi: "hỏng", en: "failing" };
      return {
        kind: "endpoint",
        id: endpoint,
        names: [`endpoint ${endpoint}`],
        reason,
        affected: [endpoint],
        inWords: { vi: `${name.vi}: ${why.vi}`, en: `${name.en}: ${why.en}` },
        // Where a connection came about, the line is no longer suspect.
        owner:
          layer === undefined || layer === "name" || layer === "network"
            ? { vi: `kỹ thuật viên tại ${names.unit(unit).vi}`, en: `the technician at ${names.unit(unit).en}` }
            : nameOwner({ kind: "system", id: system }, names),
      };
    }),
  ];
}
