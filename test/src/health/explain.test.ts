import { describe, expect, it } from "vitest";
import { createDirectory } from "../../../src/directory/directory.ts";
import { createNames } from "../../../src/health/cause-words.ts";
import type { Endpoint } from "../../../src/health/endpoint.ts";
import { type Explanation, explainObservations } from "../../../src/health/explain.ts";
import { explainResults } from "../../../src/health/explain-results.ts";
import { passed, untested } from "../../../src/health/observation.ts";
import type { ProbeResult } from "../../../src/health/probe-result.ts";
import { type Reason, reasons, signatures } from "../../../src/health/reason.ts";
import { createRandom } from "../../../src/platform/random.ts";
import { type Difficulty, difficulties, makeEndpoints, makeScenario } from "./scenarios.ts";

const country = makeEndpoints(createRandom("country"));
const names = createNames(createDirectory("2025-07-03")!);
const numberOf = (signature: (typeof signatures)[number]): number => signatures.indexOf(signature);

/** Observations of the endpoints: what `fails` gives, else a pass. */
function observe(endpoints: readonly Endpoint[], fails: (endpoint: Endpoint) => number | undefined): Int8Array {
  return Int8Array.from(endpoints, (endpoint) => fails(endpoint) ?? passed);
}

const named = ({ causes }: Explanation): string[] => causes.map(({ kind, id }) => `${kind} ${id}`);

/** F1 over the exact set of broken groups; an answer "A or B" counts for either. */
function measureF1(difficulty: Difficulty, firstSeed: number, count: number): number {
  let right = 0;
  let wrong = 0;
  let missed = 0;
  for (let seed = firstSeed; seed < firstSeed + count; seed++) {
    const { observed, truth } = makeScenario(country, difficulty, seed);
    const { causes } = explainObservations(country, observed);
    const answers = causes.map((cause) => [cause, ...cause.or].map(({ kind, id }) => `${kind} ${id}`));
    const broken = truth.map(({ kind, id }) => `${kind} ${id}`);
    right += broken.filter((one) => answers.some((answer) => answer.includes(one))).length;
    missed += broken.filter((one) => !answers.some((answer) => answer.includes(one))).length;
    wrong += answers.filter((answer) => !answer.some((one) => broken.includes(one))).length;
  }
  return (2 * right) / (2 * right + wrong + missed);
}

describe("the explanation of a sweep", () => {
  it("finds the broken groups of generated scenarios", () => {
    expect(measureF1(difficulties.easy, 20_000, 60)).toBeGreaterThan(0.95);
    expect(measureF1(difficulties.medium, 30_000, 60)).toBeGreaterThan(0.88);
  });

  it.each([
    ["one in a hundred", 0.01, 0.02, country],
    ["one in a hundred of a small city's", 0.01, 0.02, makeEndpoints(createRandom("small city"), 1, 40)],
    // Only because the rate of chance failures is estimated from the sweep itself.
    ["one in twenty", 0.05, 0.08, country],
  ])("names nothing when %s endpoints fail by chance", (_, rate, atMost, endpoints) => {
    let alarms = 0;
    const sweeps = 300;
    for (let seed = 0; seed < sweeps; seed++) {
      const random = createRandom(`noise/${seed}`);
      const observed = observe(endpoints, () => (random.next() < rate ? random.integer(17) : undefined));
      if (explainObservations(endpoints, observed).causes.length > 0) alarms++;
    }
    expect(alarms / sweeps).toBeLessThanOrEqual(atMost);
  });

  it("blames no shared thing for thirty units that have nothing in common", () => {
    const whole = makeEndpoints(createRandom("whole country"), 34, 60);
    const units = [...new Set(whole.map(({ unit }) => unit))];
    const runs = 25;
    let blamed = 0;
    let found = 0;
    for (let seed = 0; seed < runs; seed++) {
      const down = new Set(createRandom(`cluster/${seed}`).shuffle(units).slice(0, 30));
      const { causes } = explainObservations(
        whole,
        observe(whole, ({ unit }) => (down.has(unit) ? numberOf("tcp_timeout") : undefined)),
      );
      if (causes.some(({ kind }) => kind !== "ward")) blamed++;
      found += causes.filter(({ kind, id }) => kind === "ward" && down.has(id)).length;
    }
    expect(blamed).toBeLessThanOrEqual(2);
    expect(found / (runs * 30)).toBeGreaterThan(0.95);
  });

  it("says 'A or B' of groups that no probe can tell apart", () => {
    const province = country.filter(({ province: label }) => label === "P0");
    const observed = observe(province, ({ system }) => (system === "video" ? numberOf("http_5xx") : undefined));
    const [cause] = explainObservations(province, observed).causes;
    expect([cause!, ...cause!.or].map(({ kind, id }) => `${kind} ${id}`).sort()).toEqual(["provsys video-P0", "system video"]);
  });

  it("tells two narrow faults from one broad one that covers both", () => {
    const province = country.filter(({ province: label }) => label === "P0");
    const half = new Set(
      [...new Set(province.filter(({ carrier }) => carrier === "VNPT").map(({ unit }) => unit))].filter((_, at) => at % 2 === 0),
    );
    const observed = observe(province, ({ unit, system }) => {
      if (half.has(unit)) return numberOf("tcp_refused");
      return system === "dossiers" ? numberOf("tls_expired") : undefined;
    });
    const { causes } = explainObservations(province, observed);
    expect(causes.map(({ id }) => id.split("/")[0]).sort()).toEqual(["VNPT", "dossiers"]);
    const vnpt = causes.find(({ id }) => id.startsWith("VNPT"))!;
    expect(vnpt.affected.every((at) => half.has(province[at]!.unit))).toBe(true);
    expect(causes.flatMap(({ affected }) => affected)).toHaveLength(observed.filter((seen) => seen >= 0).length);
  });

  it("takes untested endpoints for neither failing nor passing", () => {
    const observed = observe(country, ({ province, carrier }) => {
      if (province !== "P3") return undefined;
      return carrier === "VNPT" ? numberOf("tcp_timeout") : untested;
    });
    const [cause] = explainObservations(country, observed).causes;
    expect([cause!, ...cause!.or].map(({ kind }) => kind)).toContain("carprov");
  });

  it("suspects the inventory of a unit that fails just as another carrier does", () => {
    const stray = country.find(({ province, carrier }) => province === "P1" && carrier === "Viettel")!.unit;
    const observed = observe(country, ({ province, carrier, unit }) =>
      (province === "P1" && carrier === "VNPT") || unit === stray ? numberOf("tcp_refused") : undefined,
    );
    const explanation = explainObservations(country, observed);
    expect(named(explanation)).toEqual(["carprov VNPT/P1"]);
    expect(explanation.suspects).toMatchObject([{ unit: stray, attribute: "carrier", listed: "Viettel", behavesLike: "VNPT" }]);
    expect(explanation.suspects[0]!.odds).toBeGreaterThan(0.95);
    expect(explanation.unexplained).toEqual([]);
    expect(explanation.causes[0]!.affected.map((at) => country[at]!.unit)).toContain(stray);
  });

  it("gives odds that add up to at most one with its rivals", () => {
    for (let seed = 0; seed < 20; seed++) {
      const { observed } = makeScenario(country, difficulties.medium, seed);
      for (const { odds, rivals } of explainObservations(country, observed).causes) {
        expect(odds).toBeGreaterThan(0);
        expect(odds + rivals.reduce((sum, rival) => sum + rival.odds, 0)).toBeLessThanOrEqual(1 + 1e-9);
      }
    }
  });
});

describe("the words of an explanation", () => {
  const hue = (createDirectory("2025-07-03")!.listUnits({ province: "46" }) ?? []).flatMap(({ code }, at) =>
    ["documents", "dossiers", "video"].map((system): Endpoint => {
      const carrier = at % 2 === 0 ? "VNPT" : "Viettel";
      const id = `${code}/${system}`;
      return {
        id,
        unit: code,
        system,
        url: "https://x.test/",
        host: "x.test",
        port: 443,
        addresses: [],
        carrier,
        province: "46",
      };
    }),
  );
  const toResults = (fails: (endpoint: Endpoint) => Reason | undefined): ProbeResult[] =>
    hue.map((endpoint): ProbeResult => {
      const reason = fails(endpoint);
      const { id, unit, system } = endpoint;
      const state = reason ? "fail" : "pass";
      const layer = reason && reasons[reason].layer;
      const rest = { at: 0, hard: true, attempts: 2, totalMs: 1, loopLagMs: 0, comparable: true };
      return { endpoint: id, unit, system, state, reason, layer, ...rest };
    });

  it("count the units of the group, the controls and those that still work, in both languages", () => {
    const spared = new Set(["19753", "19777"]);
    const results = toResults(({ carrier, unit }) => (carrier === "VNPT" && !spared.has(unit) ? "net.timeout" : undefined));
    const [explained] = explainResults(hue, results, names).causes;
    expect(explained!.inWords).toEqual({
      vi: "18 trong 20 đơn vị VNPT hỏng ở tầng mạng (không tới được); 0 trong 20 đơn vị Viettel; vẫn chạy: Phường Phú Xuân, Phường Vỹ Dạ",
      en: "18 of 20 VNPT units fail at the network layer (cannot be reached); 0 of 20 Viettel units; still working: Phú Xuân Ward, Vỹ Dạ Ward",
    });
    expect(explained!.cause.or).toEqual([{ kind: "carprov", id: "VNPT/46" }]);
  });

  it("count the systems of one unit", () => {
    const results = toResults(({ unit }) => (unit === "19777" ? "net.refused" : undefined));
    const { causes, unexplained } = explainResults(hue, results, names);
    expect(causes.map(({ title }) => title.vi)).toEqual(["đường mạng của Phường Vỹ Dạ"]);
    expect(causes[0]!.inWords.en).toBe(
      "3 of 3 systems at Vỹ Dạ Ward fail at the network layer (connection refused); 0 of 19 other VNPT units",
    );
    expect(unexplained).toEqual([]);
  });

  it("count neither for nor against a cause what another one hides", () => {
    const results = toResults(({ carrier, system }) => {
      if (carrier === "Viettel") return "net.refused";
      return system === "dossiers" ? "tls.expired" : undefined;
    });
    const { causes } = explainResults(hue, results, names);
    expect(causes.map(({ inWords }) => inWords.en).sort()).toEqual([
      "20 of 20 Viettel units fail at the network layer (connection refused); 0 of 20 VNPT units",
      "20 of 20 units reaching dossiers fail at the TLS layer (certificate expired); 0 of 20 at documents; 0 of 20 at video",
    ]);
  });

  it("leave a slow page to itself when its line works though the carrier's others are down", () => {
    const spared = new Set(["19753", "19777"]);
    const results = toResults(({ carrier, unit, id }) => {
      if (id === "19777/documents") return "http.slow";
      return carrier === "VNPT" && !spared.has(unit) ? "net.timeout" : undefined;
    });
    const { causes, unexplained } = explainResults(hue, results, names);
    expect(hue.find(({ unit }) => unit === "19777")!.carrier).toBe("VNPT");
    expect(causes).toHaveLength(1);
    expect(causes[0]!.evidence).toMatchObject({ failed: 18, tested: 20, working: ["19753", "19777"] });
    expect(unexplained.map(({ endpoint }) => endpoint)).toEqual(["19777/documents"]);
  });

  it("leave a single slow page unexplained", () => {
    const results = toResults(({ id }) => (id === "19777/documents" ? "http.slow" : undefined));
    const { causes, unexplained } = explainResults(hue, results, names);
    expect(causes).toEqual([]);
    expect(unexplained.map(({ endpoint }) => endpoint)).toEqual(["19777/documents"]);
  });
});
