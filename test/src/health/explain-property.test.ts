import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { toDiscoveredGroups } from "../../../src/health/discovered-groups.ts";
import type { Endpoint } from "../../../src/health/endpoint.ts";
import { type Explanation, explainObservations } from "../../../src/health/explain.ts";
import { passed, untested } from "../../../src/health/observation.ts";
import type { ProbeResult } from "../../../src/health/probe-result.ts";
import { groupKinds } from "../../../src/health/risk-groups.ts";
import { scoreGain, signatureCount } from "../../../src/health/score.ts";
import { createRandom } from "../../../src/platform/random.ts";
import { difficulties, makeEndpoints, makeScenario } from "./scenarios.ts";

const desk = makeEndpoints(createRandom("desk"), 3, 12);

function nameAll({ causes, suspects, unexplained, backgroundRate }: Explanation, endpoints: readonly Endpoint[]) {
  const idOf = (at: number): string => endpoints[at]!.id;
  return {
    causes: causes.map(({ kind, id, or, affected, gainNats, odds }) => ({
      kind,
      id,
      or: or.map((one) => one.id).sort(),
      affected: affected.map(idOf).sort(),
      gain: gainNats.toFixed(6),
      odds: odds.toFixed(6),
    })),
    suspects: suspects.map(({ unit }) => unit).sort(),
    unexplained: unexplained.map(idOf).sort(),
    backgroundRate,
  };
}

const sweeps = fc.record({ seed: fc.integer({ min: 0, max: 100_000 }), hard: fc.boolean() });

describe("a diagnosis", () => {
  it("is the same twice, and in whatever order the endpoints stand", () => {
    fc.assert(
      fc.property(sweeps, ({ seed, hard }) => {
        const { observed } = makeScenario(desk, difficulties[hard ? "hard" : "medium"], seed);
        const order = createRandom(seed).shuffle([...desk.keys()]);
        const moved = order.map((at) => desk[at]!);
        const seen = Int8Array.from(order, (at) => observed[at]!);
        const first = nameAll(explainObservations(desk, observed), desk);
        expect(nameAll(explainObservations(desk, observed), desk)).toEqual(first);
        expect(nameAll(explainObservations(moved, seen), moved)).toEqual(first);
      }),
      { numRuns: 60 },
    );
  });

  it("believes less in a cause for every member that passes", () => {
    const tallies = fc.record({
      kind: fc.constantFrom(...groupKinds),
      passes: fc.nat(60),
      rate: fc.double({ min: 0.002, max: 0.05, noNaN: true }),
      bySignature: fc.array(fc.nat(20), { minLength: signatureCount, maxLength: signatureCount }),
    });
    fc.assert(
      fc.property(tallies, ({ kind, passes, rate, bySignature }) => {
        const fails = bySignature.reduce((sum, count) => sum + count, 0);
        const before = scoreGain({ kind }, { fails, passes, bySignature }, rate);
        const after = scoreGain({ kind }, { fails, passes: passes + 1, bySignature }, rate);
        expect(after === Number.NEGATIVE_INFINITY || after < before).toBe(true);
      }),
    );
  });

  it("answers with groups together just when all that was tried of them is the same", () => {
    fc.assert(
      fc.property(sweeps, ({ seed, hard }) => {
        const { observed } = makeScenario(desk, difficulties[hard ? "hard" : "medium"], seed);
        const { causes, groups } = explainObservations(desk, observed);
        const membersOf = (kind: string, id: string): number[] =>
          groups.find((group) => group.kind === kind && group.id === id)!.members.filter((at) => observed[at] !== untested);
        for (const { kind, id, or, members } of causes) {
          for (const group of [{ kind, id }, ...or]) expect(membersOf(group.kind, group.id)).toEqual(members);
        }
      }),
      { numRuns: 60 },
    );
  });

  it("explains every failure once, or leaves it to itself", () => {
    fc.assert(
      fc.property(sweeps, ({ seed }) => {
        const { observed } = makeScenario(desk, difficulties.medium, seed);
        const { causes, unexplained } = explainObservations(desk, observed);
        const all = [...causes.flatMap(({ affected }) => affected), ...unexplained];
        expect(new Set(all).size).toBe(all.length);
        expect(all).toHaveLength(observed.filter((seen) => seen >= 0).length);
      }),
      { numRuns: 60 },
    );
  });
});

describe("what endpoints turn out to share", () => {
  const certificate = { subject: "", issuer: "CN=Root", from: "", until: "", fingerprint: "ab12" };
  const toResult = ({ id, unit, system }: Endpoint, seen: ProbeResult["seen"]): ProbeResult => ({
    endpoint: id,
    unit,
    system,
    seen,
    at: 0,
    state: "pass",
    hard: false,
    attempts: 1,
    totalMs: 1,
    loopLagMs: 0,
    comparable: true,
  });

  it("becomes a cause where no group of the inventory fits", () => {
    // Every third unit of each province is served by one gateway, which the inventory does not know.
    const behind = new Set([...new Set(desk.map(({ unit }) => unit))].filter((_, at) => at % 3 === 0));
    const results = desk.map((endpoint, at) =>
      toResult(endpoint, { address: behind.has(endpoint.unit) ? "10.0.0.9" : `10.${at % 250}.1.${at % 200}` }),
    );
    const observed = Int8Array.from(desk, ({ unit, system }) => (behind.has(unit) && system !== "video" ? 3 : passed));
    const { causes } = explainObservations(desk, observed, toDiscoveredGroups(desk, results));
    const answers = causes.map((cause) => [cause, ...cause.or].map(({ kind, id }) => `${kind} ${id}`).sort());
    expect(answers).toEqual([["address 10.0.0.9", "subnet 10.0.0.0/24"]]);
  });

  it("is taken for granted of what failed too early to show it", () => {
    const videos = desk.filter(({ system }) => system === "video");
    const results = desk.map((endpoint) =>
      toResult(endpoint, endpoint.system === "video" && endpoint.unit !== videos[0]!.unit ? { certificate } : undefined),
    );
    const [group] = toDiscoveredGroups(desk, results).filter(({ kind }) => kind === "certificate");
    expect(group!.members.map((at) => desk[at]!.id)).toEqual(videos.map(({ id }) => id));
  });

  it("counts only where two units share it", () => {
    const results = desk.map((endpoint) =>
      toResult(endpoint, { server: `only-${endpoint.unit}`, address: `2001:db8:0:1::${endpoint.unit}` }),
    );
    expect(toDiscoveredGroups(desk, results).map(({ kind, id }) => `${kind} ${id}`)).toEqual(["subnet 2001:db8:0:1::/64"]);
  });
});
