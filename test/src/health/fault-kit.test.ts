import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { families } from "../../../src/health/fault-kit/behaviour.ts";
import { behaviours } from "../../../src/health/fault-kit/behaviours.ts";
import { type Kit, openKit } from "../../../src/health/fault-kit/open-kit.ts";
import { type Tried, tryExhibits } from "../../../src/health/fault-kit/try-kit.ts";
import { type LagMeter, startLagMeter } from "../../../src/health/loop-lag.ts";
import { systemClock } from "../../../src/platform/clock.ts";

/** check.md §17 A7 and A9, once each; the bench does it under load. */
const deadlineMs = 700;
let lag: LagMeter;
let kit: Kit;
let tried: readonly Tried[];
beforeAll(async () => {
  lag = startLagMeter();
  kit = await openKit(behaviours, { now: systemClock.now, lag, deadlineMs, slowMs: 300 });
  tried = await tryExhibits(kit.exhibits, { places: 24, signal: new AbortController().signal });
});
afterAll(async () => {
  await kit.stop();
  lag.stop();
});

describe("the fault kit", () => {
  it("names each behaviour once and says it in two languages", () => {
    expect(new Set(behaviours.map(({ id }) => id)).size).toBe(behaviours.length);
    expect(new Set(behaviours.map(({ words }) => words.vi)).size).toBe(behaviours.length);
    expect(new Set(behaviours.map(({ words }) => words.en)).size).toBe(behaviours.length);
    expect(new Set(behaviours.map(({ family }) => family))).toEqual(new Set(families));
    expect(behaviours.length).toBeGreaterThanOrEqual(100);
  });

  it("leaves out only what a machine cannot play, and never a behaviour on every way", () => {
    const leftEverywhere = behaviours.filter(({ id }) => !kit.exhibits.some(({ behaviour }) => behaviour.id === id));
    expect(leftEverywhere.map(({ id }) => id).filter((id) => !/blackhole|tls-one/.test(id))).toEqual([]);
    expect(kit.left.filter(({ way, behaviour }) => way !== "v6" && !/blackhole|tls-one/.test(behaviour.id))).toEqual([]);
  });

  it.each(behaviours.map(({ id, words }) => [words.en, id]))("is told: %s", (_, id) => {
    const said = tried.filter(({ behaviour }) => behaviour.id === id);
    expect(said.map(({ way, seen }) => [way, seen ?? "well"])).toEqual(
      said.map(({ way, expected }) => [way, expected ?? "well"]),
    );
  });

  it("ends every probe by its deadline, our own standstills aside", () => {
    const late = tried.filter(({ overshootMs, ownDelayMs }) => overshootMs > 250 + ownDelayMs);
    expect(late.map(({ behaviour, way, overshootMs }) => [behaviour.id, way, overshootMs])).toEqual([]);
  });
});
