import type { Socket } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { fine } from "../../../src/health/fault-kit/http-servers.ts";
import type { NameServer } from "../../../src/health/name-server.ts";
import type { ProbeTools } from "../../../src/health/probe.ts";
import type { ProbeResult } from "../../../src/health/probe-result.ts";
import { sweepEndpoints } from "../../../src/health/sweep.ts";
import { createRandom } from "../../../src/platform/random.ts";
import { type BadServer, makeTools, startBadServer } from "./bad-servers.ts";

const opened: BadServer[] = [];
afterEach(async () => {
  for (const one of opened.splice(0)) await one.stop();
});

async function sweepOne(
  server: BadServer,
  changes: Partial<ProbeTools>,
  host = server.endpoint.host,
  retryAfterMs: readonly number[] = [400, 2_500],
) {
  opened.push(server);
  const tools = makeTools(undefined, { deadlineMs: 3_000, slowMs: 2_000, ...changes });
  const told: ProbeResult[] = [];
  try {
    await sweepEndpoints([{ ...server.endpoint, host, addresses: [] }], {
      tools,
      concurrency: 64,
      perDestination: 8,
      random: createRandom(1),
      retryAfterMs,
      signal: new AbortController().signal,
      onResult: (result) => void told.push(result),
    });
  } finally {
    tools.lag.stop();
  }
  expect(told).toHaveLength(1);
  return told[0] as ProbeResult;
}

/** The nth question is answered after so many milliseconds; undefined: never. */
function answerAfter(...delaysMs: readonly (number | undefined)[]): NameServer & { readonly asked: () => number } {
  let asked = 0;
  return {
    resolve: () => {
      const delayMs = delaysMs[asked++];
      const address = { kind: "addresses", addresses: ["127.0.0.1"], ttlSeconds: 1 } as const;
      return new Promise((done) => void (delayMs !== undefined && setTimeout(() => done(address), delayMs)));
    },
    close: () => undefined,
    asked: () => asked,
  };
}

describe("a try that meets silence", () => {
  it("gets its second try beside it, and both together stand for the third", async () => {
    let open = 0;
    let most = 0;
    let connections = 0;
    const count = (socket: Socket): void => {
      connections++;
      most = Math.max(most, ++open);
      socket.on("close", () => void open--);
    };
    const server = await startBadServer(() => undefined, { onConnect: count });
    const secure = { ...server, endpoint: { ...server.endpoint, url: server.endpoint.url.replace("http:", "https:") } };
    const result = await sweepOne(secure, { deadlineMs: 1_500 });
    expect(result).toMatchObject({ state: "fail", reason: "tls.stall", hard: true, attempts: 2 });
    expect(result.earlier).toMatchObject([{ reason: "tls.stall" }]);
    expect([connections, most]).toEqual([2, 2]);
  });

  it("passes by its first try when that one is answered after all", async () => {
    const names = answerAfter(900, 5_000);
    const result = await sweepOne(await startBadServer(fine), { names }, "late.test");
    expect(result).toMatchObject({ state: "pass", attempts: 1 });
    expect(result.earlier).toBeUndefined();
    expect(names.asked()).toBe(2);
  });

  it("passes by its second try, and keeps what the first one met", async () => {
    const names = answerAfter(undefined, 1);
    const result = await sweepOne(await startBadServer(fine), { names }, "lost.test");
    expect(result).toMatchObject({ state: "pass", attempts: 2, earlier: [{ reason: "name.timeout" }] });
  });

  it("is tried again in quiet, beyond the tries there are, where our own event loop stood still for a good part of the deadline", async () => {
    const silent = (stallMs: number): NameServer & { readonly asked: () => number } => {
      const names = answerAfter(undefined, undefined, undefined, 1);
      return {
        ...names,
        resolve: (name) => {
          const until = performance.now() + (names.asked() < 3 ? stallMs : 0);
          while (performance.now() < until);
          return names.resolve(name);
        },
      };
    };
    const sweep = async (stallMs: number) =>
      sweepOne(await startBadServer(fine), { names: silent(stallMs), deadlineMs: 500 }, "stalled.test", [20, 700]);
    expect(await sweep(0)).toMatchObject({ state: "fail", reason: "name.timeout" });
    expect(await sweep(200)).toMatchObject({ state: "pass", attempts: 4 });
  });

  it("is never asked for the same page twice at a time", async () => {
    let requests = 0;
    const server = await startBadServer((socket) => {
      requests++;
      setTimeout(() => fine(socket), 1_000);
    });
    expect(await sweepOne(server, {})).toMatchObject({ state: "pass", attempts: 1 });
    expect(requests).toBe(1);
  });
});
