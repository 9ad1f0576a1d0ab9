import type { Endpoint } from "../../src/health/endpoint.ts";
import { type Episode, planEpisodes } from "../../src/health/episodes.ts";
import { judge, listFindings } from "../../src/health/keep-run.ts";
import type { Remembered } from "../../src/health/memory.ts";
import type { ProbeResult } from "../../src/health/probe-result.ts";
import { type Reason, reasons } from "../../src/health/reason.ts";
import { neverJudged, toSettled } from "../../src/health/settle.ts";
import { createRandom, type Random } from "../../src/platform/random.ts";

const minuteMs = 60_000;
const everyMs = 5 * minuteMs;
const start = Date.UTC(2025, 6, 7, 0);
const systems = ["dossiers", "documents", "land", "civil", "portal"];

/** A fault that was planted: whom it meets, when, and how. */
interface Planted {
  readonly kind: string;
  readonly from: number;
  readonly to: number;
  readonly members: ReadonlySet<string>;
  readonly reason: Reason;
  /** The share of its members that shows it. */
  readonly hit: number;
  /** On and off by itself, so many minutes each. */
  readonly flapsEvery?: number;
}

export interface Week {
  readonly sweeps: number;
  readonly causes: number;
  readonly messages: number;
  readonly again: number;
  readonly strange: number;
  readonly missed: number;
  readonly clears: number;
  readonly eachFailure: number;
  readonly eachConfirmed: number;
}

export interface WeekRequest {
  readonly seed: string;
  readonly days: number;
  readonly units: number;
}

export function makeDesk(units: number, random: Random): Endpoint[] {
  return Array.from({ length: units }, (_, at) => String(10_000 + at)).flatMap((unit) => {
    const draw = random.next();
    const carrier = draw < 0.48 ? "VNPT" : draw < 0.9 ? "Viettel" : "MobiFone";
    const province = `P${random.integer(3)}`;
    return systems.map((system): Endpoint => {
      const host = `${system}.test`;
      const labels = { carrier, province, instance: `${system}-${province}` };
      return { id: `${unit}/${system}`, unit, system, url: `https://${host}/`, host, port: 443, addresses: [], ...labels };
    });
  });
}

/** Some faults a day that last, a flapping line, and restarts of a whole system that are over before the next sweep. */
function plantFaults(endpoints: readonly Endpoint[], random: Random, days: number): Planted[] {
  const idsWhere = (test: (endpoint: Endpoint) => boolean): Set<string> => new Set(endpoints.filter(test).map(({ id }) => id));
  const planted: Planted[] = [];
  const place = (day: number): number => start + day * 24 * 60 * minuteMs + random.integer(20 * 60) * minuteMs;
  for (let day = 0; day < days; day++) {
    const one = random.pick(endpoints);
    const lasting: [string, Set<string>, Reason][] = [
      ["ward", idsWhere(({ unit }) => unit === one.unit), "net.timeout"],
      ["carprov", idsWhere(({ carrier, province }) => carrier === one.carrier && province === one.province), "net.timeout"],
      ["provsys", idsWhere(({ instance }) => instance === one.instance), "http.5xx"],
      ["system", idsWhere(({ system }) => system === one.system), random.next() < 0.5 ? "http.slow" : "tls.expired"],
      ["endpoint", idsWhere(({ id }) => id === one.id), "http.5xx"],
      ["carrier", idsWhere(({ carrier }) => carrier === one.carrier), "net.reset"],
    ];
    for (const [kind, members, reason] of random.shuffle(lasting).slice(0, 3)) {
      const from = place(day);
      planted.push({
        kind,
        members,
        reason,
        from,
        to: from + (20 + random.integer(220)) * minuteMs,
        hit: 0.85 + random.next() * 0.15,
      });
    }
    const flapping = random.pick(endpoints);
    const from = place(day);
    planted.push({
      kind: "flapping",
      members: idsWhere(({ id }) => id === flapping.id),
      reason: "net.reset",
      from,
      to: from + 150 * minuteMs,
      hit: 1,
      flapsEvery: 6 + random.integer(14),
    });
    for (let restart = 0; restart < 2; restart++) {
      const { instance } = random.pick(endpoints);
      const at = place(day);
      planted.push({
        kind: "restart",
        members: idsWhere((e) => e.instance === instance),
        reason: "http.5xx",
        from: at,
        to: at + 2 * minuteMs,
        hit: 1,
      });
    }
  }
  return planted;
}

/** Sweeps the planted week with the rules that `check` itself uses, and counts what people would have been told. */
export async function replayWeek({ seed, days, units }: WeekRequest): Promise<Week> {
  const random = createRandom(seed);
  const endpoints = makeDesk(units, random.fork("desk"));
  const planted = plantFaults(endpoints, random.fork("faults"), days);
  const noise = random.fork("noise");
  const shows = new Map(planted.map((fault) => [fault, new Set([...fault.members].filter(() => noise.next() < fault.hit))]));
  let remembered = new Map<string, Remembered>();
  let known: Episode[] = [];
  const told: { readonly at: number; readonly affected: ReadonlySet<string>; readonly again: boolean }[] = [];
  const counts = { clears: 0, eachFailure: 0, eachConfirmed: 0, sweeps: 0 };
  // A fault behind a larger one cannot be seen, and one that met none of its endpoints is none: nobody can be told of it.
  const isVisible = (fault: Planted, active: readonly Planted[]): boolean => {
    const own = [...(shows.get(fault) ?? [])];
    const free = own.filter((id) => !active.some((other) => other.members.size > fault.members.size && other.members.has(id)));
    return free.length > 0 && free.length * 2 >= own.length;
  };
  const seenTwice = new Map<Planted, number>();
  let nextKey = 1;
  for (let at = start; at < start + days * 24 * 60 * minuteMs; at += everyMs) {
    counts.sweeps++;
    const active = planted.filter((fault) => fault.from <= at && at < fault.to && isOn(fault, at));
    for (const fault of active.filter((one) => isVisible(one, active))) seenTwice.set(fault, (seenTwice.get(fault) ?? 0) + 1);
    const results = endpoints.map((endpoint): ProbeResult => {
      const fault = active.find((one) => shows.get(one)?.has(endpoint.id));
      // By chance two tries in a thousand fail, and each retry of such a one with even odds: what passes again within the sweep is no failure.
      const chance = noise.next() < 0.002 && noise.next() < 0.5 && noise.next() < 0.5;
      const reason: Reason | undefined = fault ? fault.reason : chance ? "net.timeout" : undefined;
      const { id, unit, system } = endpoint;
      const common = { at, endpoint: id, unit, system, hard: false, attempts: 1, totalMs: 50, loopLagMs: 0, comparable: true };
      const raw: ProbeResult = reason
        ? { ...common, state: "fail", reason, layer: reasons[reason].layer }
        : { ...common, state: "pass" };
      return judge(raw, remembered.get(id) ?? { settled: neverJudged, flapping: false, looks: [] }, at);
    });
    const next = new Map<string, Remembered>();
    for (const result of results) {
      const before = remembered.get(result.endpoint);
      const looks = [...(before?.looks ?? []), { at, up: result.state === "pass" }].slice(-21);
      const settled = toSettled(result);
      if (result.state === "fail" && (before?.looks.at(-1)?.up ?? true)) counts.eachFailure++;
      if (settled.state === "down" && before?.settled.state !== "down") counts.eachConfirmed++;
      next.set(result.endpoint, { settled, flapping: result.flapping === true, looks });
    }
    remembered = next;
    const byId = new Map(results.map((result) => [result.endpoint, result]));
    const steps = planEpisodes(known, listFindings(endpoints, results), { at, scope: "all", results: byId });
    for (const { episode, news } of steps) {
      if (news === "resolved") counts.clears++;
      else if (news) told.push({ at, affected: new Set(episode.endpoints.keys()), again: news === "reopened" });
    }
    known = steps
      .filter(
        ({ dropped, episode }) => !dropped && (episode.resolvedAt === undefined || at - episode.resolvedAt <= 30 * minuteMs),
      )
      .map(({ episode }) => ({ ...episode, key: episode.key ?? nextKey++ }));
  }
  const causes = planted.filter((fault) => (seenTwice.get(fault) ?? 0) >= 2 && fault.kind !== "restart");
  const meets = (message: (typeof told)[number], fault: Planted): boolean =>
    fault.from <= message.at &&
    message.at <= fault.to + 30 * minuteMs &&
    [...message.affected].some((id) => fault.members.has(id));
  return {
    sweeps: counts.sweeps,
    causes: causes.length,
    messages: told.length,
    again: told.filter(({ again }) => again).length,
    strange: told.filter((message) => !causes.some((fault) => meets(message, fault))).length,
    missed: causes.filter((fault) => !told.some((message) => meets(message, fault))).length,
    clears: counts.clears,
    eachFailure: counts.eachFailure,
    eachConfirmed: counts.eachConfirmed,
  };
}

function isOn({ flapsEvery, from }: Planted, at: number): boolean {
  return flapsEvery === undefined || Math.floor((at - from) / (flapsEvery * minuteMs)) % 2 === 0;
}
