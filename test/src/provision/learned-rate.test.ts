import { describe, expect, it } from "vitest";
import { createPace } from "../../../src/provision/pace.ts";
import { createRateLimit, type LimitKind } from "../../support/rate-limit.ts";

interface Answered {
  readonly atMs: number;
  readonly allowed: boolean;
}

/** Requests as fast as the pace lets them go, each answered in two milliseconds, in time that passes by itself. */
async function run(allows: (nowMs: number) => boolean, untilMs: number, retryAfterMs = 1_000): Promise<readonly Answered[]> {
  let now = 0;
  const answered: Answered[] = [];
  const pace = createPace({
    readMonotonicMs: () => now,
    waitMs: async (ms) => {
      // Timers are late, never early.
      now += Math.ceil(ms);
    },
  });
  while (now < untilMs) {
    await pace.run(async () => {
      const allowed = allows(now);
      answered.push({ atMs: now, allowed });
      now += 2;
      return { value: undefined, strained: !allowed, holdMs: allowed ? 0 : retryAfterMs };
    });
  }
  return answered;
}

describe("the rate of a system that only says when it was too much", () => {
  it.each<LimitKind>(["token-bucket", "fixed-window", "sliding-window"])(
    "is learned: %s of 20 a second is used to nine tenths, with hardly a refusal after ten seconds",
    async (kind) => {
      const limit = createRateLimit(kind, 20);
      const late = (await run((nowMs) => limit.take(nowMs), 190_000)).filter(({ atMs }) => atMs >= 10_000);
      const accepted = late.filter(({ allowed }) => allowed).length;
      expect(accepted / 20 / 180).toBeGreaterThanOrEqual(0.9);
      expect((late.length - accepted) / late.length).toBeLessThanOrEqual(0.02);
    },
  );

  it("never sends into the silence that was asked for", async () => {
    const limit = createRateLimit("fixed-window", 20);
    const answered = await run((nowMs) => limit.take(nowMs), 60_000, 3_000);
    for (const [n, { atMs, allowed }] of answered.entries()) {
      if (!allowed && n + 1 < answered.length) expect(answered[n + 1]!.atMs - atMs).toBeGreaterThanOrEqual(3_000);
    }
  });

  it("is not taken from a single refusal", async () => {
    let asked = 0;
    const answered = await run(() => ++asked !== 6, 3_000);
    expect(answered.filter(({ atMs }) => atMs > 1_500).length).toBeGreaterThan(500);
  });

  it("is tried upwards again: a system that allows more by now is used more within a minute", async () => {
    const [few, many] = [createRateLimit("token-bucket", 10), createRateLimit("token-bucket", 200)];
    const answered = await run((nowMs) => (nowMs < 20_000 ? few : many).take(nowMs), 80_000);
    const lastSeconds = answered.filter(({ atMs, allowed }) => allowed && atMs >= 75_000).length / 5;
    expect(lastSeconds).toBeGreaterThan(100);
  });
});
