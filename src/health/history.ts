import type { Sql } from "../platform/database.ts";
import type { Zone } from "../platform/time.ts";
import { lookback } from "./flapping.ts";
import type { ProbeResult } from "./probe-result.ts";
import { listDays } from "./retention.ts";
import { unpackResult } from "./run-blob.ts";
import { createRunStore, type HealthEvent } from "./run-store.ts";
import { addUptime, createUptimeTally, type MeasureHours, toSeen, type Uptime, type UptimeTally, type Window } from "./uptime.ts";

/** One of the last looks, for a line of them. */
export type LookSign = "pass" | "slow" | "soft" | "fail" | "unknown" | "maintenance";

export interface EndpointHistory {
  readonly endpoint: string;
  /** At most 21, the newest last. */
  readonly last: readonly LookSign[];
  readonly always: Uptime;
  readonly office: Uptime;
  /** Judged looks of the window, and how many of them failed. */
  readonly looks: number;
  readonly failed: number;
  readonly lastHour: Uptime;
  readonly lastSixHours: Uptime;
  readonly flapping: boolean;
  /** Changes of what was held for true, oldest first. */
  readonly changes: readonly HealthEvent[];
}

export interface History {
  readonly window: Window;
  readonly runs: number;
  /** Days of the window of which only totals are left. */
  readonly days: number;
  readonly endpoints: readonly EndpointHistory[];
  /** Counts of whole milliseconds, of looks that passed and can be compared, by group. */
  readonly latencies: ReadonlyMap<string, LatencyCounts>;
}

/** How often each whole millisecond was seen. */
export type LatencyCounts = ReadonlyMap<number, number>;

export interface HistoryRequest {
  readonly window: Window;
  readonly holdMs: number;
  readonly measureHours: MeasureHours;
  readonly zone: Zone;
  readonly wants: (endpoint: string) => boolean;
  /** Whose line an endpoint is on, for the latencies. */
  readonly groupOf: (endpoint: string) => string;
}

const hourMs = 3_600_000;

interface Draft {
  readonly tally: UptimeTally;
  readonly hour: UptimeTally;
  readonly sixHours: UptimeTally;
  readonly last: LookSign[];
  flapping: boolean;
}

/** Reads what is kept of a window; a look at its very end is shown, but no time counts for it: runs, and totals of the days before them. */
export async function readHistory(sql: Sql, request: HistoryRequest): Promise<History> {
  const { window, holdMs, measureHours, zone, wants } = request;
  const days = await listDays(sql, window.from, window.to, zone);
  const store = createRunStore(sql, zone);
  // A day that was rolled up is counted from its totals, not a second time from what is left of its runs.
  const lastDay = days.at(-1);
  const daysEnd = lastDay ? Date.parse(`${lastDay.day}T00:00:00Z`) - zone.offsetMinutes * 60_000 + 24 * hourMs : window.from;
  const rest: Window = { from: Math.max(window.from, daysEnd), to: window.to };
  const drafts = new Map<string, Draft>();
  const latencies = new Map<string, Map<number, number>>();
  const draftOf = (id: string): Draft => {
    let draft = drafts.get(id);
    if (!draft) {
      const start = (from: number): UptimeTally =>
        createUptimeTally({ from: Math.max(rest.from, from), to: rest.to }, holdMs, measureHours);
      const never = (): number => 0;
      const last = (ms: number): UptimeTally =>
        createUptimeTally({ from: Math.max(rest.from, rest.to - ms), to: rest.to }, holdMs, never);
      draft = { tally: start(rest.from), hour: last(hourMs), sixHours: last(6 * hourMs), last: [], flapping: false };
      drafts.set(id, draft);
    }
    return draft;
  };
  let runs = 0;
  for await (const { at, endpoints, blob } of store.walk(rest.from - holdMs, rest.to + 1)) {
    if (at >= rest.from) runs++;
    for (const [place, id] of endpoints.entries()) {
      if (!wants(id)) continue;
      const result = unpackResult(blob, place, id, at);
      if (result.state === "untested") continue;
      const draft = draftOf(id);
      const seen = toSeen(result);
      for (const tally of [draft.tally, draft.hour, draft.sixHours]) tally.look(at, seen);
      if (at < rest.from) continue;
      draft.last.push(toSign(result));
      if (draft.last.length > lookback) draft.last.shift();
      draft.flapping = result.flapping === true;
      if (result.state === "pass" && result.comparable) countLatency(latencies, request.groupOf(id), result.totalMs);
    }
  }
  for (const { endpoints } of days) for (const id of endpoints) if (wants(id)) draftOf(id);
  const events = Map.groupBy(await store.listEvents(window.from, window.to + 1), ({ endpoint }) => endpoint);
  const found = [...drafts].map(([endpoint, draft]): EndpointHistory => {
    const { always, office, looks, failed } = draft.tally.total();
    const first = { endpoint, last: draft.last, flapping: draft.flapping, changes: events.get(endpoint) ?? [] };
    const burn = { lastHour: draft.hour.total().always, lastSixHours: draft.sixHours.total().always };
    return { ...first, always, office, looks, failed, ...burn };
  });
  /** What of the window neither a look nor a day's totals speak for is unknown. */
  const withDays = (one: EndpointHistory): EndpointHistory => {
    const own = days.flatMap((day, at) => {
      const place = places[at]?.get(one.endpoint);
      return place === undefined ? [] : [day.at(place)];
    });
    const always = own.reduce((sum, day) => addUptime(sum, day.always), one.always);
    const office = own.reduce((sum, day) => addUptime(sum, day.office), one.office);
    return {
      ...one,
      always: fillUp(always, window.to - window.from),
      office: fillUp(office, measureHours(window.from, window.to)),
      looks: own.reduce((sum, day) => sum + day.looks, one.looks),
      failed: own.reduce((sum, day) => sum + day.failed, one.failed),
    };
  };
  const places = days.map(({ endpoints }) => new Map(endpoints.map((id, at) => [id, at])));
  return {
    window,
    runs,
    days: days.length,
    endpoints: found.map((one) => withDays(one)),
    latencies,
  };
}

function fillUp(uptime: Uptime, wholeMs: number): Uptime {
  const { upMs, downMs, unknownMs, maintenanceMs } = uptime;
  const missingMs = wholeMs - upMs - downMs - unknownMs - maintenanceMs;
  return missingMs > 0 ? { ...uptime, unknownMs: unknownMs + missingMs } : uptime;
}

function toSign(result: ProbeResult): LookSign {
  if (result.maintenance) return "maintenance";
  if (result.state === "pass") return "pass";
  if (result.state !== "fail") return "unknown";
  if (result.reason === "http.slow") return "slow";
  return result.hard ? "fail" : "soft";
}

function countLatency(latencies: Map<string, Map<number, number>>, group: string, ms: number): void {
  let counts = latencies.get(group);
  if (!counts) {
    counts = new Map();
    latencies.set(group, counts);
  }
  counts.set(ms, (counts.get(ms) ?? 0) + 1);
}

/** The smallest value that the share of all values does not exceed; undefined for none. Pure. */
export function findPercentile(counts: LatencyCounts, share: number): number | undefined {
  const sorted = [...counts].sort((a, b) => a[0] - b[0]);
  const all = sorted.reduce((sum, [, count]) => sum + count, 0);
  let seen = 0;
  for (const [ms, count] of sorted) {
    seen += count;
    if (seen >= share * all) return ms;
  }
  return undefined;
}
