import { readFileSync } from "node:fs";
import type { Endpoint } from "../../src/health/endpoint.ts";
import { layers } from "../../src/health/layers/index.ts";
import { startLagMeter } from "../../src/health/loop-lag.ts";
import type { NameServer } from "../../src/health/name-server.ts";
import { formatProbeLine } from "../../src/health/probe-line.ts";
import { sweepEndpoints } from "../../src/health/sweep.ts";
import { createTrust } from "../../src/health/trust.ts";
import { systemClock } from "../../src/platform/clock.ts";
import { createRandom } from "../../src/platform/random.ts";
import { vietnamZone } from "../../src/platform/time.ts";
import { benchZone } from "./check-target.ts";

/** One sweep asked of this process; it answers with what it took. */
export interface SweepOrder {
  readonly scheme: "http" | "https";
  readonly port: number;
  readonly addresses: readonly string[];
  /** Text that the page must hold; undefined: none. */
  readonly text?: string;
  readonly ca?: string;
  readonly concurrency: number;
  readonly deadlineMs: number;
}

export interface SweepAnswer {
  readonly wallMs: number;
  readonly cpuMs: number;
  readonly states: Readonly<Record<string, number>>;
  readonly reasons: Readonly<Record<string, number>>;
  /** Of the passes: first byte in milliseconds with whether our own load spoils it. */
  readonly firstBytes: readonly (readonly [ms: number, comparable: boolean])[];
  /** Bytes of all results as lines: they were whole. */
  readonly lineBytes: number;
}

const trusts = new Map<string | undefined, ReturnType<typeof createTrust>>();

process.on("message", (order: SweepOrder) => {
  void sweep(order).then((answer) => process.send?.(answer));
});

async function sweep({ scheme, port, addresses, text, ca, concurrency, deadlineMs }: SweepOrder): Promise<SweepAnswer> {
  const trust = trusts.get(ca) ?? createTrust(ca && readFileSync(ca, "utf8"), ca);
  trusts.set(ca, trust);
  const endpoints = addresses.map((address, at): Endpoint => {
    const host = `n${at}.${benchZone}`;
    const unit = String(10_000 + at);
    return {
      id: `${unit}/documents`,
      unit,
      system: "documents",
      url: `${scheme}://${host}:${port}/`,
      host,
      port,
      addresses: [address],
      ...(text === undefined ? {} : { expect: { text } }),
    };
  });
  const names: NameServer = {
    resolve: async (name) => ({ kind: "addresses", addresses: [addresses[Number(name.slice(1, name.indexOf(".")))] as string] }),
    close: () => undefined,
  };
  const lag = startLagMeter();
  let lineBytes = 0;
  const from = performance.now();
  const cpu = process.cpuUsage();
  const { results } = await sweepEndpoints(endpoints, {
    tools: { layers, names, trust, lag, now: systemClock.now, deadlineMs, slowMs: 2_000 },
    concurrency,
    perDestination: 8,
    random: createRandom("bench"),
    signal: new AbortController().signal,
    onResult: (result) => {
      lineBytes += formatProbeLine(result, vietnamZone).length;
    },
  });
  const used = process.cpuUsage(cpu);
  const wallMs = performance.now() - from;
  lag.stop();
  const count = (names: readonly string[]): Record<string, number> => {
    const counts: Record<string, number> = {};
    for (const name of names) counts[name] = (counts[name] ?? 0) + 1;
    return counts;
  };
  return {
    wallMs,
    cpuMs: (used.user + used.system) / 1000,
    states: count(results.map(({ state }) => state)),
    reasons: count(results.flatMap(({ reason }) => reason ?? [])),
    firstBytes: results.flatMap(({ phases, comparable }) =>
      phases?.firstByteMs === undefined ? [] : [[phases.firstByteMs, comparable] as const],
    ),
    lineBytes,
  };
}
