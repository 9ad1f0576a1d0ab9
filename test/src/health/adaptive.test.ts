import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isAdaptive, planNextProbes } from "../../../src/health/adaptive.ts";
import type { Endpoint } from "../../../src/health/endpoint.ts";
import type { ProbeResult } from "../../../src/health/probe-result.ts";
import { sweepAsWanted } from "../../../src/health/sweep-as-wanted.ts";
import { toUntested } from "../../../src/health/verdict.ts";
import { createRandom } from "../../../src/platform/random.ts";
import { makeEndpoints } from "./scenarios.ts";

const large = makeEndpoints(createRandom("large"), 20, 50);
const units = [...new Set(large.map(({ unit }) => unit))];

/** Tries what is planned until nothing is, against endpoints that answer so. */
function walk(
  endpoints: readonly Endpoint[],
  stateOf: (endpoint: Endpoint) => "pass" | "fail" | "unknown",
  seed: number,
): Endpoint[] {
  const random = createRandom(seed);
  const tried: Endpoint[] = [];
  for (;;) {
    const found = tried.map((endpoint) => ({ endpoint: endpoint.id, state: stateOf(endpoint) }));
    const next = planNextProbes(endpoints, found, random);
    if (next.length === 0) return tried;
    tried.push(...next);
  }
}

describe("an adaptive sweep", () => {
  it("is what many units get unless they are told otherwise", () => {
    expect(isAdaptive(undefined, large)).toBe(true);
    expect(isAdaptive("full", large)).toBe(false);
    expect(isAdaptive(undefined, large.slice(0, 500))).toBe(false);
    expect(isAdaptive("adaptive", large.slice(0, 500))).toBe(true);
  });

  it("tries every unit, nothing twice, and all of a unit where something fails", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 10_000 }), fc.integer({ min: 0, max: 40 }), (seed, count) => {
        const down = new Set(createRandom(seed).shuffle(units).slice(0, count));
        const tried = walk(large, ({ unit }) => (down.has(unit) ? "fail" : "pass"), seed);
        expect(new Set(tried).size).toBe(tried.length);
        expect(new Set(tried.map(({ unit }) => unit)).size).toBe(units.length);
        for (const unit of down) expect(tried.filter((one) => one.unit === unit)).toHaveLength(5);
        expect(tried.length).toBeLessThanOrEqual(0.3 * large.length);
      }),
      { numRuns: 20 },
    );
  });

  it("expands at most 300 units when a whole carrier is down", () => {
    const tried = walk(large, ({ carrier }) => (carrier === "VNPT" ? "fail" : "pass"), 1);
    const whole = [...Map.groupBy(tried, ({ unit }) => unit).values()].filter((one) => one.length === 5);
    expect(whole).toHaveLength(300);
  });

  it("tries another system, once, where the first could not be judged", () => {
    const tried = walk(large, ({ unit }) => (unit === units[0] ? "unknown" : "pass"), 1);
    expect(tried.filter(({ unit }) => unit === units[0])).toHaveLength(2);
  });

  it("gives every endpoint a result in its order, and says which it left out", async () => {
    const answer = ({ id, unit, system }: Endpoint): ProbeResult => ({
      ...toUntested({ id, unit, system } as Endpoint, 0),
      state: "pass",
    });
    let steps = 0;
    const swept = await sweepAsWanted(
      {
        endpoints: large,
        clock: { now: () => 0 },
        random: createRandom(1),
        signal: new AbortController().signal,
        onProgress: (done: number, _: ProbeResult) => {
          expect(done).toBe(++steps);
        },
      },
      async (part) => ({
        kept: 0,
        sweep: {
          results: part.endpoints.map((endpoint, at) => {
            part.onProgress?.(at + 1, answer(endpoint));
            return answer(endpoint);
          }),
          serverDates: [],
        },
      }),
    );
    expect(swept.sweep.results.map(({ endpoint }) => endpoint)).toEqual(large.map(({ id }) => id));
    const untried = swept.sweep.results.filter(({ state }) => state === "untested").map(({ endpoint }) => endpoint);
    expect([...swept.leftOut]).toEqual(untried);
    expect(untried.length).toBe(large.length - steps);
    expect(untried.length).toBeGreaterThan(0.7 * large.length);
  });
});
