import { describe, expect, it } from "vitest";
import type { Endpoint } from "../../../src/health/endpoint.ts";
import { explainObservations } from "../../../src/health/explain.ts";
import { type Observations, passed, untested } from "../../../src/health/observation.ts";
import { signatures } from "../../../src/health/reason.ts";
import { createRandom } from "../../../src/platform/random.ts";
import { difficulties, makeEndpoints, makeScenario } from "./scenarios.ts";

const country = makeEndpoints(createRandom("labels"), 12, 60);
const refused = signatures.indexOf("tcp_refused");
const slow = signatures.indexOf("http_slow");

/** One unit in twenty is listed on another carrier than it has. */
function misfile(
  endpoints: readonly Endpoint[],
  seed: string,
): { readonly listed: Endpoint[]; readonly right: Map<string, string> } {
  const random = createRandom(seed);
  const units = random.shuffle([...new Set(endpoints.map(({ unit }) => unit))]);
  const wrong = new Set(units.slice(0, Math.round(units.length / 20)));
  const right = new Map<string, string>();
  const claimed = new Map([...wrong].map((unit) => [unit, random.integer(2)]));
  const listed = endpoints.map((endpoint): Endpoint => {
    const claim = claimed.get(endpoint.unit);
    if (claim === undefined) return endpoint;
    right.set(endpoint.unit, endpoint.carrier!);
    return { ...endpoint, carrier: ["VNPT", "Viettel", "MobiFone"].filter((one) => one !== endpoint.carrier)[claim] };
  });
  return { listed, right };
}

function observe(endpoints: readonly Endpoint[], fails: (endpoint: Endpoint) => number | undefined): Observations {
  return Int8Array.from(endpoints, (endpoint) => fails(endpoint) ?? passed);
}

describe("a suspect of the inventory", () => {
  const { listed, right } = misfile(country, "wrong labels");
  const carrierOf = (unit: string): string => right.get(unit) ?? listed.find((one) => one.unit === unit)!.carrier!;

  it("is told by a single failure where a carrier does not get through to one system", () => {
    const observed = observe(country, ({ carrier, system }) =>
      carrier === "Viettel" && system === "video" ? refused : undefined,
    );
    const { causes, suspects, unexplained } = explainObservations(listed, observed);
    expect(causes.map(({ id }) => id)).toEqual(["Viettel/video"]);
    const hit = [...right].filter(([, carrier]) => carrier === "Viettel").map(([unit]) => unit);
    expect(suspects.map(({ unit }) => unit).sort()).toEqual(hit.sort());
    expect(suspects.every(({ behavesLike }) => behavesLike === "Viettel")).toBe(true);
    expect(unexplained).toEqual([]);
  });

  it("is not told by a single failure of another kind, nor where such failures are common everywhere", () => {
    const [stray] = listed.filter(({ carrier, system }) => carrier === "VNPT" && system === "video");
    const other = observe(listed, ({ carrier, system, id }) => {
      if (id === stray!.id) return slow;
      return carrier === "Viettel" && system === "video" ? refused : undefined;
    });
    expect(explainObservations(listed, other).suspects).toEqual([]);
    const random = createRandom("common");
    const common = observe(listed, ({ carrier, system }) =>
      (carrier === "Viettel" && system === "video") || random.next() < 0.02 ? refused : undefined,
    );
    expect(explainObservations(listed, common).suspects.length).toBeLessThanOrEqual(1);
  });

  it("is a unit that works while all others of its carrier fail, and behaves like no one in particular", () => {
    const observed = observe(country, ({ carrier }) => (carrier === "VNPT" ? refused : undefined));
    const { causes, suspects } = explainObservations(listed, observed);
    expect(causes.map(({ kind, id }) => `${kind} ${id}`)).toEqual(["carrier VNPT"]);
    const spared = [...right.keys()].filter((unit) => listed.find((one) => one.unit === unit)!.carrier === "VNPT");
    expect(spared.length).toBeGreaterThan(5);
    const working = suspects.filter(({ behavesLike }) => behavesLike === undefined);
    expect(working.map(({ unit }) => unit).sort()).toEqual(spared.sort());
  });

  it("is nobody where the trouble spares every other unit", () => {
    const half = new Set([...new Set(country.map(({ unit }) => unit))].filter((_, at) => at % 2 === 0));
    const observed = observe(country, ({ carrier, unit }) => (carrier === "VNPT" && half.has(unit) ? refused : undefined));
    expect(explainObservations(country, observed).suspects).toEqual([]);
  });

  it("keeps wrong labels from making causes of what is none", () => {
    let found = 0;
    let false_ = 0;
    let planted = 0;
    let said = 0;
    let wrong = 0;
    for (let seed = 0; seed < 40; seed++) {
      const { observed, truth } = makeScenario(country, difficulties.medium, `labels/${seed}`);
      const { causes, suspects } = explainObservations(listed, observed);
      const broken = truth.map(({ kind, id }) => `${kind} ${id}`);
      said += causes.length;
      wrong += causes.filter((cause) => ![cause, ...cause.or].some(({ kind, id }) => broken.includes(`${kind} ${id}`))).length;
      const hit = new Set(
        truth
          .filter(({ kind }) => kind.startsWith("car"))
          .flatMap(({ members }) => members)
          .filter((at) => (observed[at] as number) >= 0 && right.has(country[at]!.unit))
          .map((at) => country[at]!.unit),
      );
      planted += hit.size;
      found += suspects.filter(({ unit }) => hit.has(unit)).length;
      false_ += suspects.filter(({ unit }) => !right.has(unit)).length;
      for (const { unit, behavesLike } of suspects) if (behavesLike && hit.has(unit)) expect(behavesLike).toBe(carrierOf(unit));
    }
    expect(planted).toBeGreaterThan(25);
    expect(found / planted).toBeGreaterThan(0.8);
    expect(false_ / found).toBeLessThan(0.05);
    expect(wrong / said).toBeLessThan(0.1);
  });

  it("is nobody where nothing was tried", () => {
    expect(
      explainObservations(
        listed,
        observe(listed, () => untested),
      ).suspects,
    ).toEqual([]);
  });
});
