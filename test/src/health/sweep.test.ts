import type { Socket } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { createDestinationQueue } from "../../../src/health/destinations.ts";
import type { Endpoint } from "../../../src/health/endpoint.ts";
import { answer, fine } from "../../../src/health/fault-kit/http-servers.ts";
import { createGovernor } from "../../../src/health/governor.ts";
import type { LagMeter } from "../../../src/health/loop-lag.ts";
import { type ProbeTools, probeOnce } from "../../../src/health/probe.ts";
import type { ProbeResult } from "../../../src/health/probe-result.ts";
import { type Sweep, sweepEndpoints } from "../../../src/health/sweep.ts";
import { readMonotonicMs } from "../../../src/platform/clock.ts";
import { createRandom } from "../../../src/platform/random.ts";
import { type BadServer, makeTools, startBadServer } from "./bad-servers.ts";

const opened: BadServer[] = [];
afterEach(async () => {
  for (const one of opened.splice(0)) await one.stop();
});

async function start(...args: Parameters<typeof startBadServer>): Promise<BadServer> {
  const server = await startBadServer(...args);
  opened.push(server);
  return server;
}

const copies = (endpoint: Endpoint, count: number): Endpoint[] =>
  Array.from({ length: count }, (_, at) => ({ ...endpoint, id: `${10_000 + at}/documents`, unit: String(10_000 + at) }));

async function sweep(
  endpoints: readonly Endpoint[],
  changes: Partial<ProbeTools> = {},
  options: Partial<Parameters<typeof sweepEndpoints>[1]> = {},
  lag?: LagMeter,
): Promise<Sweep> {
  const real = makeTools(undefined, changes);
  const tools = { ...real, lag: lag ?? real.lag };
  try {
    const signal = new AbortController().signal;
    return await sweepEndpoints(endpoints, {
      tools,
      concurrency: 64,
      perDestination: 8,
      random: createRandom(1),
      retryAfterMs: [20, 50],
      signal,
      ...options,
    });
  } finally {
    real.lag.stop();
  }
}

/** A process that stood still so long in one piece whenever it is asked. */
const standingStill = (ms: number): LagMeter => ({
  mark: () => ({ sample: 0, totalMs: 0 }),
  since: () => ({ longestMs: ms, totalMs: ms }),
  takeP99Ms: () => 0,
  stop: () => undefined,
});

describe("a sweep", () => {
  it("answers for every endpoint once, in the order asked", async () => {
    const { endpoint } = await start(fine);
    const endpoints = copies(endpoint, 30);
    const told: string[] = [];
    const { results } = await sweep(endpoints, {}, { onResult: (result) => void told.push(result.endpoint) });
    expect(results.map((result) => result.endpoint)).toEqual(endpoints.map(({ id }) => id));
    expect(results.every(({ state }) => state === "pass")).toBe(true);
    expect([...told].sort()).toEqual(endpoints.map(({ id }) => id).sort());
  });

  it("holds a failure for hard only after a second try, and forgets one that passes", async () => {
    let calls = 0;
    const flaky = await start((socket) => (++calls === 1 ? answer("HTTP/1.1 500 Oops\n\n")(socket) : fine(socket)));
    const broken = await start(answer("HTTP/1.1 500 Oops\n\n"));
    const [first] = (await sweep([flaky.endpoint])).results;
    expect(first).toMatchObject({ state: "pass", attempts: 2, hard: false, earlier: [{ reason: "http.5xx" }] });
    const [second] = (await sweep([broken.endpoint])).results;
    expect(second).toMatchObject({ state: "fail", attempts: 3, hard: true, reason: "http.5xx" });
    expect(second?.earlier?.map(({ reason }) => reason)).toEqual(["http.5xx", "http.5xx"]);
  });

  it("tries a failure again while others are still probed", async () => {
    const broken = await start(answer("HTTP/1.1 500 Oops\n\n"));
    const good = await start((socket) => void setTimeout(() => fine(socket), 10));
    const others = copies(good.endpoint, 30).map((one) => ({ ...one, id: `${one.id}2` }));
    const told: string[] = [];
    const random = { ...createRandom(1), shuffle: <T>(items: readonly T[]): T[] => [...items] };
    const onResult = ({ endpoint }: ProbeResult): void => void told.push(endpoint);
    await sweep([broken.endpoint, ...others], {}, { random, concurrency: 1, onResult });
    expect(told).toHaveLength(31);
    expect(told.indexOf(broken.endpoint.id)).toBeGreaterThan(1);
    expect(told.indexOf(broken.endpoint.id)).toBeLessThan(30);
  });

  it("looks first at what is down already, and once", async () => {
    const { endpoint } = await start(answer("HTTP/1.1 500 Oops\n\n"));
    const endpoints = copies(endpoint, 12);
    const down = new Set([endpoints[7]!.id, endpoints[11]!.id]);
    const told: string[] = [];
    const onResult = (result: ProbeResult): void => void told.push(result.endpoint);
    const { results } = await sweep(endpoints, {}, { knownDown: down, onResult, concurrency: 1 });
    expect(new Set(told.slice(0, 2))).toEqual(down);
    expect(results.map(({ endpoint: id, attempts }) => attempts === (down.has(id) ? 1 : 3))).not.toContain(false);
  });

  it("looks next at what failed lately, which keeps its further tries", async () => {
    const { endpoint } = await start(answer("HTTP/1.1 500 Oops\n\n"));
    const endpoints = copies(endpoint, 12);
    const [down, lately] = [new Set([endpoints[7]!.id]), new Set([endpoints[2]!.id, endpoints[10]!.id])];
    const begun: string[] = [];
    const findProxy: ProbeTools["findProxy"] = ({ pathname }) => void begun.push(pathname.slice(1));
    const { results } = await sweep(
      endpoints.map((one) => ({ ...one, url: new URL(one.id, one.url).href })),
      { findProxy },
      { knownDown: down, failedLately: lately, concurrency: 1 },
    );
    expect(begun[0]).toBe([...down][0]);
    expect(new Set(begun.slice(1, 3))).toEqual(lately);
    expect(results[2]).toMatchObject({ state: "fail", attempts: 3 });
  });

  it("does not ask again, and judges nobody, when told that it asks too fast", async () => {
    let calls = 0;
    const { endpoint } = await start((socket) => {
      calls++;
      answer("HTTP/1.1 429 Slow down\n\n")(socket);
    });
    const [result] = (await sweep([endpoint])).results;
    expect(result).toMatchObject({ state: "unknown", reason: "http.limited", attempts: 1 });
    expect(calls).toBe(1);
  });

  it("never has more at one destination than allowed", async () => {
    let open = 0;
    let most = 0;
    const { endpoint } = await start(
      (socket) =>
        void setTimeout(() => {
          open--;
          fine(socket);
        }, 15),
      { onConnect: () => (most = Math.max(most, ++open)) },
    );
    await sweep(copies(endpoint, 20), {}, { perDestination: 3 });
    expect(most).toBe(3);
  });

  it("lets those that wait give their place to others", async () => {
    const deadlineMs = 3_000;
    const silent = await start(() => undefined);
    const good = await start(fine);
    const endpoints = [...copies(silent.endpoint, 2), ...copies(good.endpoint, 12).map((one) => ({ ...one, id: `${one.id}2` }))];
    const done = new AbortController();
    let passes = 0;
    const onResult = ({ state }: ProbeResult): void => {
      if (state === "pass" && ++passes === 12) done.abort();
    };
    const started = readMonotonicMs();
    // One place, and by this seed a silent one is drawn before the last good one.
    await sweep(endpoints, { deadlineMs }, { concurrency: 1, onResult, signal: done.signal });
    expect(passes).toBe(12);
    expect(readMonotonicMs() - started).toBeLessThan(deadlineMs - 1_000);
  });

  it("tries many silent ones again together: only what was slow needs quiet", async () => {
    const atOnce = new Set<Socket>();
    let connections = 0;
    let most = 0;
    const { endpoint } = await start(() => undefined, {
      onConnect: (socket) => {
        if (++connections <= 60) return;
        atOnce.add(socket);
        socket.once("close", () => atOnce.delete(socket));
        most = Math.max(most, atOnce.size);
      },
    });
    const secure = { ...endpoint, url: endpoint.url.replace("http:", "https:") };
    const { results } = await sweep(copies(secure, 60), { deadlineMs: 400 }, { perDestination: 64 }, standingStill(0));
    expect(results.every(({ reason, hard }) => reason === "tls.stall" && hard)).toBe(true);
    // In quiet two begin in a tenth of a second: eight at once until the first of them end.
    expect(most).toBeGreaterThan(16);
  });

  it("blames nobody when it stood still itself at every try", async () => {
    const { endpoint } = await start(() => undefined);
    const [down, other] = copies({ ...endpoint, url: endpoint.url.replace("http:", "https:") }, 2);
    const knownDown = new Set([down!.id]);
    const { results } = await sweep([down!, other!], { deadlineMs: 60 }, { knownDown }, standingStill(500));
    expect(results).toMatchObject([
      { state: "unknown", reason: "local", layer: "tls", attempts: 6 },
      { state: "unknown", reason: "local", layer: "tls", attempts: 6 },
    ]);
  });

  it("judges what is silent although it stood still for a moment", async () => {
    const { endpoint } = await start(() => undefined);
    const longer = await sweep([endpoint], { deadlineMs: 60 }, {}, standingStill(499));
    expect(longer.results).toMatchObject([{ state: "fail", reason: "http.slow", attempts: 6 }]);
    const { results } = await sweep([endpoint], { deadlineMs: 60 }, {}, standingStill(149));
    expect(results).toMatchObject([{ state: "fail", reason: "http.slow", attempts: 2 }]);
  });

  it("hears an answer that came while it stood still past the deadline", async () => {
    const deadlineMs = 300;
    const { endpoint } = await start((socket) => {
      fine(socket);
      const until = readMonotonicMs() + deadlineMs + 50;
      while (readMonotonicMs() < until);
    });
    const tools = makeTools(undefined, { deadlineMs });
    const signal = new AbortController().signal;
    const attempt = await probeOnce(endpoint, tools, { signal, progress: () => undefined });
    tools.lag.stop();
    expect(attempt?.failure).toBeUndefined();
  });

  it("keeps what is done when it is stopped, and says what was not tried", async () => {
    const { endpoint } = await start(fine);
    const stop = new AbortController();
    const onResult = (): void => stop.abort();
    const { results } = await sweep(copies(endpoint, 20), {}, { signal: stop.signal, onResult, concurrency: 1 });
    const states = new Set(results.map(({ state }) => state));
    expect(states).toEqual(new Set(["pass", "untested"]));
  });
});

describe("the queue of destinations", () => {
  it("gives every item exactly once, whatever the caps", () => {
    const items = Array.from({ length: 50 }, (_, at) => ({ at, to: `d${at % 3}` }));
    const queue = createDestinationQueue(items, ({ to }) => [{ key: to, cap: 2 }]);
    const seen: number[] = [];
    let held: typeof items = [];
    while (queue.size > 0 || held.length > 0) {
      for (let item = queue.take(); item; item = queue.take()) {
        held.push(item);
        expect(held.filter(({ to }) => to === item?.to).length).toBeLessThanOrEqual(2);
      }
      const [done, ...rest] = held;
      held = rest;
      if (done) {
        seen.push(done.at);
        queue.release(done);
      }
    }
    expect(seen.sort((a, b) => a - b)).toEqual(items.map(({ at }) => at));
  });
});

describe("a destination that complains", () => {
  const items = ["a1", "a2", "a3", "a4", "b1"].map((name) => ({ name }));
  const open = () => createDestinationQueue(items, ({ name }) => [{ key: name[0]!, cap: 4 }]);

  it("gets nothing while it is held, then one at a time, and nobody else waits for it", () => {
    const queue = open();
    const first = queue.take()!;
    queue.hold(first);
    expect(queue.take()?.name).toBe("b1");
    expect(queue.take()).toBeUndefined();
    queue.release(first);
    expect(queue.take()).toBeUndefined();
    queue.resume(first);
    const second = queue.take()!;
    expect(second.name).toMatch(/^a/);
    expect(queue.take()).toBeUndefined();
    queue.release(second);
    expect(queue.take()?.name).toMatch(/^a/);
    queue.add({ name: "a9" });
    expect(queue.take()).toBeUndefined();
  });

  it("is given up whole, what waits and what would come", () => {
    const queue = open();
    const first = queue.take()!;
    queue.hold(first);
    expect(queue.take()?.name).toBe("b1");
    queue.take();
    queue.giveUp(first);
    queue.add({ name: "a9" });
    expect(queue.take()).toBeUndefined();
    expect(queue.size).toBe(0);
  });

  it("wakes whoever can use the room when the one it woke cannot", () => {
    const pairs = ["xy", "xz", "xz", "xy"].map((keys, at) => ({ keys, at }));
    const queue = createDestinationQueue(pairs, ({ keys }) => [...keys].map((key) => ({ key, cap: key === "x" ? 2 : 1 })));
    const done: number[] = [];
    let held = [queue.take()!, queue.take()!];
    while (held.length > 0) {
      const one = held.shift()!;
      done.push(one.at);
      queue.release(one);
      for (let next = queue.take(); next; next = queue.take()) held = [...held, next];
    }
    expect(done.sort()).toEqual([0, 1, 2, 3]);
  });
});

describe("the governor", () => {
  it("gives way when the event loop lags, and takes more when there is room", () => {
    const governor = createGovernor(64);
    governor.steer({ p99LagMs: 50, queued: 100 });
    expect(governor.limit).toBe(51);
    for (let i = 0; i < 20; i++) governor.steer({ p99LagMs: 50, queued: 100 });
    expect(governor.limit).toBe(8);
    governor.steer({ p99LagMs: 2, queued: 0 });
    expect(governor.limit).toBe(8);
    for (let i = 0; i < 60; i++) governor.steer({ p99LagMs: 2, queued: 100 });
    expect(governor.limit).toBe(256);
  });
});
