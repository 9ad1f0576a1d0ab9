import { describe, expect, it } from "vitest";
import { createRandom } from "../../../src/platform/random.ts";
import { createPace } from "../../../src/provision/pace.ts";

/** Work that ends when the test says so, and how many run at once. */
function createLoad(mostAtOnce?: number) {
  let now = 0;
  let running = 0;
  let peak = 0;
  const ends: (() => void)[] = [];
  const pace = createPace({
    readMonotonicMs: () => now,
    waitMs: async (ms) => {
      now += ms;
    },
    mostAtOnce,
  });
  return {
    peakSince: () => {
      const was = peak;
      peak = running;
      return was;
    },
    start: (count: number, result: { strained?: boolean } = {}) =>
      Array.from({ length: count }, () =>
        pace.run(async () => {
          running += 1;
          peak = Math.max(peak, running);
          await new Promise<void>((end) => ends.push(end));
          running -= 1;
          return { value: 0, ...result };
        }),
      ),
    async drain(tookMs: number) {
      for (let idle = 0; idle < 20; idle++) {
        await new Promise((next) => setImmediate(next));
        now += tookMs;
        const batch = ends.splice(0);
        if (batch.length > 0) idle = 0;
        for (const end of batch) end();
      }
    },
  };
}

describe("the pace of one system", () => {
  it("starts with two at a time and climbs to eight while the system keeps up", async () => {
    const load = createLoad();
    const first = load.start(4);
    await load.drain(5);
    expect(load.peakSince()).toBe(2);
    const rest = load.start(400);
    await load.drain(5);
    expect(load.peakSince()).toBe(8);
    await Promise.all([...first, ...rest]);
  });

  it("takes no more at a time when a slow system only makes them wait longer, and does when it is quick all the same", async () => {
    for (const [firstMs, thenMs, peak] of [
      [20, 45, 3],
      [2, 8, 8],
    ] as const) {
      const load = createLoad();
      const first = load.start(12);
      await load.drain(firstMs);
      await Promise.all(first);
      load.peakSince();
      const rest = load.start(200);
      await load.drain(thenMs);
      await Promise.all(rest);
      expect([firstMs, load.peakSince()]).toEqual([firstMs, peak]);
    }
  });

  it("halves when the system is strained", async () => {
    const load = createLoad();
    await Promise.all([...load.start(400), load.drain(5)]);
    load.peakSince();
    await Promise.all([...load.start(1, { strained: true }), load.drain(5)]);
    load.peakSince();
    await Promise.all([...load.start(8), load.drain(5)]);
    expect(load.peakSince()).toBe(4);
  });

  it("keeps to the requests a second it was given", async () => {
    let now = 0;
    const startedAt: number[] = [];
    const pace = createPace({
      readMonotonicMs: () => now,
      waitMs: async (ms) => {
        now += ms;
      },
      ratePerSecond: 20,
    });
    for (let i = 0; i < 41; i++) {
      await pace.run(async () => {
        startedAt.push(now);
        return { value: i };
      });
    }
    expect(startedAt.at(-1)).toBeGreaterThanOrEqual(2000);
    expect(startedAt.at(-1)).toBeLessThan(2045);
  });

  it("makes up for timers that are late, and never starts more within a second than it may", async () => {
    let now = 0;
    const random = createRandom("late timers");
    const startedAt: number[] = [];
    const waitMs = async (ms: number): Promise<void> => {
      now += ms + random.integer(random.integer(20) === 0 ? 100 : 6);
    };
    const pace = createPace({ readMonotonicMs: () => now, waitMs, ratePerSecond: 20 });
    while (now < 60_000) {
      await pace.run(async () => {
        startedAt.push(now);
        return { value: 0 };
      });
    }
    for (let n = 20; n < startedAt.length; n++) expect(startedAt[n]! - startedAt[n - 20]!).toBeGreaterThan(1_000);
    expect(startedAt.length).toBeGreaterThan(0.9 * 20 * 60);
  });
});
