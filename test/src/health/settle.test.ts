import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isFlapping, type Look, measureRestlessness } from "../../../src/health/flapping.ts";
import type { ProbeResult, ProbeState } from "../../../src/health/probe-result.ts";
import { packResults, unpackResults } from "../../../src/health/run-blob.ts";
import { neverJudged, type Settled, settle, toSettled, withSettled } from "../../../src/health/settle.ts";

const minuteMs = 60_000;
const now = Date.UTC(2025, 6, 3, 3);
const states = fc.constantFrom<ProbeState>("pass", "fail", "unknown", "untested");

function toResult(state: ProbeState): ProbeResult {
  const common = { at: now, endpoint: "19777/documents", unit: "19777", system: "documents", hard: false, attempts: 1 };
  const rest = { totalMs: 40, loopLagMs: 0, comparable: true };
  if (state !== "fail") return { ...common, ...rest, state };
  return { ...common, ...rest, state, layer: "network", reason: "net.refused" };
}

/** The rule written down a second time: the last two judged results decide when they agree. */
function settleByHand(seen: readonly ProbeState[]): "up" | "down" {
  const judged = seen.filter((state) => state === "pass" || state === "fail");
  let held: "up" | "down" = "up";
  for (const [at, state] of judged.entries()) if (state === judged[at - 1]) held = state === "pass" ? "up" : "down";
  return held;
}

describe("what is held for true of an endpoint", () => {
  it("changes when two judged sweeps in a row agree, and never for one", () => {
    fc.assert(
      fc.property(fc.array(states), (seen) => {
        const held = seen.reduce<Settled>((before, state) => settle(before, { state }), neverJudged);
        expect(held.state).toBe(settleByHand(seen));
      }),
    );
  });

  it("goes through the four bytes of history without loss, whatever came before", () => {
    fc.assert(
      fc.property(fc.array(states, { minLength: 1 }), (seen) => {
        let direct: Settled = neverJudged;
        let stored: Settled = neverJudged;
        for (const state of seen) {
          direct = settle(direct, { state });
          const result = withSettled(toResult(state), stored);
          const [back] = unpackResults(packResults([result]), [result.endpoint], now);
          stored = toSettled(back as ProbeResult);
          expect(stored).toEqual(direct);
        }
      }),
    );
  });

  it("calls a first failure soft and a second one hard, and the first pass after it not yet up", () => {
    const first = withSettled(toResult("fail"), neverJudged);
    expect(first.hard).toBe(false);
    const second = withSettled(toResult("fail"), toSettled(first));
    expect(second.hard).toBe(true);
    const third = withSettled(toResult("pass"), toSettled(second));
    expect(third).toMatchObject({ hard: false, recovering: true });
    expect(withSettled(toResult("pass"), toSettled(third)).recovering).toBeUndefined();
  });
});

const looksEvery = (minutes: number, ups: readonly boolean[]): Look[] =>
  ups.map((up, at) => ({ at: now - (ups.length - 1 - at) * minutes * minuteMs, up }));
const alternating = Array.from({ length: 21 }, (_, at) => at % 2 === 0);

describe("flapping", () => {
  it("is what changes at every look, and never what stays as it is", () => {
    expect(isFlapping(measureRestlessness(looksEvery(5, alternating), now), false)).toBe(true);
    fc.assert(
      fc.property(fc.boolean(), fc.nat({ max: 40 }), fc.boolean(), (up, count, was) => {
        const looks = looksEvery(
          5,
          Array.from({ length: count }, () => up),
        );
        expect(isFlapping(measureRestlessness(looks, now), was)).toBe(false);
      }),
    );
  });

  it("is not what was down once, however long", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 19 }), fc.integer({ min: 1, max: 19 }), (from, length) => {
        const ups = Array.from({ length: 21 }, (_, at) => !(at >= from && at < from + length));
        expect(isFlapping(measureRestlessness(looksEvery(5, ups), now), false)).toBe(false);
      }),
    );
  });

  it("weighs a newer change more", () => {
    const changeAt = (place: number): number =>
      measureRestlessness(
        looksEvery(
          5,
          Array.from({ length: 21 }, (_, at) => at < place),
        ),
        now,
      ).share;
    for (let place = 1; place < 20; place++) expect(changeAt(place + 1)).toBeGreaterThan(changeAt(place));
  });

  it("ends later than it starts: between the thresholds it stays what it was", () => {
    fc.assert(
      fc.property(fc.array(fc.boolean(), { maxLength: 30 }), fc.integer({ min: 1, max: 60 }), (ups, minutes) => {
        const restlessness = measureRestlessness(looksEvery(minutes, ups), now);
        if (isFlapping(restlessness, false)) expect(isFlapping(restlessness, true)).toBe(true);
      }),
    );
    const some = looksEvery(
      5,
      Array.from({ length: 21 }, (_, at) => [15, 17, 19].includes(at)),
    );
    const between = measureRestlessness(some.slice(0, 20), now);
    expect(between.share).toBeGreaterThan(0.2);
    expect(between.share).toBeLessThan(0.3);
    expect([isFlapping(between, false), isFlapping(between, true)]).toEqual([false, true]);
  });

  it("decays with time, so that what is looked at twice a day does not flap because it was down now and then", () => {
    const restless = looksEvery(5, alternating);
    let before = Number.POSITIVE_INFINITY;
    for (let hours = 0; hours <= 24; hours++) {
      const { penalty } = measureRestlessness(restless, now + hours * 60 * minuteMs);
      expect(penalty).toBeLessThan(before);
      before = penalty;
    }
    expect(isFlapping(measureRestlessness(restless, now + 24 * 60 * minuteMs), true)).toBe(false);
    expect(isFlapping(measureRestlessness(looksEvery(12 * 60, alternating), now), false)).toBe(false);
  });
});
