import { lookup } from "node:dns/promises";
import type { Clock } from "../../platform/clock.ts";
import type { Environment } from "../../platform/environment.ts";
import type { Endpoint } from "../endpoint.ts";
import { startLagMeter } from "../loop-lag.ts";
import type { NameAnswer, NameServer } from "../name-server.ts";
import type { HealthSettings } from "../settings.ts";
import { measureSkewMs } from "./clock-skew.ts";
import type { LocalFinding, LocalScene } from "./finding.ts";
import { runLocalChecks } from "./local-checks.ts";
import { type Look, type LookTarget, lookAt } from "./look.ts";
import { createLocalMachine, type LocalMachine } from "./machine.ts";
import { createRoots } from "./roots.ts";
import { toSite } from "./site.ts";

export interface LocalRequest {
  readonly endpoints: readonly Endpoint[];
  readonly names: NameServer;
  readonly settings: Pick<HealthSettings, "witnesses" | "reachable" | "resolvers"> & Partial<Pick<HealthSettings, "proxy">>;
  readonly random: { next(): number };
  readonly clock: Clock;
  readonly environment?: Environment;
  readonly machine?: LocalMachine;
  /** PEM of further roots. */
  readonly ca?: string | undefined;
}

/** "Is it me?" before a sweep: what is cheap to know about this machine (check.md §7). */
export async function checkLocalShortly(request: LocalRequest): Promise<readonly LocalFinding[]> {
  return runLocalChecks(toScene(request, undefined), "short");
}

/** "Is it me, the line or the system?": every check, with one look at some targets. */
export async function checkLocal(
  request: LocalRequest,
): Promise<{ readonly findings: readonly LocalFinding[]; readonly skewMs: number | undefined }> {
  const { names, clock, ca } = request;
  const tools = { names, roots: createRoots(ca), now: clock.now, deadlineMs: 4_000 };
  const lag = startLagMeter();
  const began = lag.mark();
  const looks = await Promise.all(chooseTargets(request).map((target) => lookAt(target, tools)));
  const standstillMs = lag.since(began).longestMs;
  lag.stop();
  const findings = await runLocalChecks({ ...toScene(request, looks), standstillMs }, "long");
  return { findings, skewMs: clock.pinned ? undefined : measureSkewMs(looks.flatMap(({ date }) => date ?? [])) };
}

function toScene(
  { endpoints, names, settings, random, clock, environment = {}, machine }: LocalRequest,
  looks: readonly Look[] | undefined,
): LocalScene {
  return {
    endpoints,
    witnesses: settings.witnesses,
    reachable: settings.reachable,
    names,
    ownServers: settings.resolvers.length > 0,
    systemNames: looks === undefined ? undefined : systemNames,
    machine: machine ?? createLocalMachine(),
    environment,
    proxy: settings.proxy ?? "environment",
    random,
    now: clock.pinned ? undefined : clock.now,
    looks: looks ?? [],
  };
}

const targetsAtMost = 10;

/** Witnesses that serve pages, then endpoints: one of each site first, then further hosts; few enough that nobody notices. */
function chooseTargets({ endpoints, settings }: LocalRequest): readonly LookTarget[] {
  const pages = settings.witnesses.filter(({ port }) => port === 80 || port === 443);
  const witnesses = pages.map(({ host, port }) => {
    const scheme = port === 80 ? "http" : "https";
    return { url: `${scheme}://${host.includes(":") ? `[${host}]` : host}:${port}/`, host, port };
  });
  const hosts = [...new Map(endpoints.map((endpoint) => [endpoint.host, endpoint])).values()];
  const sites = new Map(hosts.map((endpoint) => [toSite(endpoint.host), endpoint]));
  const spread = [...new Set([...sites.values(), ...hosts])];
  return [...witnesses, ...spread].slice(0, targetsAtMost);
}

const lookupPatienceMs = 2_000;

/** The operating system's own lookup knows no deadline. */
function systemNames(name: string): Promise<NameAnswer> {
  return new Promise((done) => {
    const timer = setTimeout(() => done({ kind: "timeout" }), lookupPatienceMs);
    void lookup(name, { all: true })
      .then(
        (found): NameAnswer => ({ kind: "addresses", addresses: found.map(({ address }) => address) }),
        ({ code }: NodeJS.ErrnoException): NameAnswer => ({
          kind: code === "ENOTFOUND" || code === "ENODATA" ? "nx" : "timeout",
        }),
      )
      .then(done)
      .finally(() => clearTimeout(timer));
  });
}
