import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createDirectory } from "../../../src/directory/directory.ts";
import { createNames } from "../../../src/health/cause-words.ts";
import type { Endpoint } from "../../../src/health/endpoint.ts";
import { explainResults } from "../../../src/health/explain-results.ts";
import type { ProbeResult } from "../../../src/health/probe-result.ts";
import { type Reason, reasons } from "../../../src/health/reason.ts";
import type { VantageFile } from "../../../src/health/vantage-file.ts";
import { mergeVantages } from "../../../src/health/vantages.ts";

const at = Date.UTC(2025, 6, 3, 9, 30);
const systems = ["documents", "dossiers", "feedback", "video", "directory"];
const directory = createDirectory("2025-07-03")!;
const units = directory
  .listUnits()
  .filter(({ province }) => province === "46")
  .map(({ code }) => code);
const ward = "19777";
const carrierOf = (unit: string): string => (unit === ward || units.indexOf(unit) % 2 === 0 ? "Viettel" : "VNPT");
const endpoints = units.flatMap((unit) =>
  systems.map((system): Endpoint => {
    const way = { url: `https://${system}.hue.gov.vn/`, host: `${system}.hue.gov.vn`, port: 443, addresses: [] };
    return { id: `${unit}/${system}`, unit, system, ...way, carrier: carrierOf(unit), province: "46", instance: `${system}-46` };
  }),
);

const result = ({ id, unit, system }: Endpoint, reason: Reason | undefined, when = at): ProbeResult => {
  const rest = { at: when, hard: reason !== undefined, attempts: 1, totalMs: 1, loopLagMs: 0, comparable: true };
  if (!reason) return { ...rest, endpoint: id, unit, system, state: "pass" };
  return { ...rest, endpoint: id, unit, system, state: "fail", reason, layer: reasons[reason].layer };
};

type Breaks = (endpoint: Endpoint) => Reason | undefined;
const works: Breaks = () => undefined;

/** What the centre and a technician in the ward find when this is broken for each of them. */
function merge(centre: Breaks, onSite: Breaks, changes: Partial<VantageFile> = {}) {
  const own = endpoints.filter(({ unit }) => unit === ward);
  const file: VantageFile = {
    unit: ward,
    at,
    skewMs: 0,
    toolVersion: "0",
    findings: [],
    results: own.map((endpoint) => result(endpoint, onSite(endpoint), changes.at)),
    answers: [],
    conclusion: undefined,
    ...changes,
  };
  return mergeVantages(endpoints, { at, results: endpoints.map((endpoint) => result(endpoint, centre(endpoint))) }, [file]);
}
function explain(centre: Breaks, onSite: Breaks) {
  const merged = merge(centre, onSite);
  return { merged, explained: explainResults(merged.endpoints, merged.results, createNames(directory)) };
}
const causes = (centre: Breaks, onSite: Breaks) =>
  explain(centre, onSite).explained.causes.map(({ cause: { kind, id, or } }) =>
    [{ kind, id }, ...or].map((one) => `${one.kind} ${one.id}`),
  );

const ofWard =
  (reason: Reason): Breaks =>
  ({ unit }) =>
    unit === ward ? reason : undefined;
const ofSystem =
  (system: string, reason: Reason): Breaks =>
  (endpoint) =>
    endpoint.system === system ? reason : undefined;

describe("two places that look at the same systems", () => {
  it("find nothing where all works", () => {
    expect(causes(works, works)).toEqual([]);
  });

  it("find the ward's line when both are cut off from each other through it", () => {
    const [found, ...others] = causes(ofWard("net.timeout"), ofWard("net.timeout"));
    expect(found).toContain(`ward ${ward}`);
    expect(others).toEqual([]);
  });

  it("find the ward's own side when only the technician is cut off", () => {
    const { explained, merged } = explain(works, ofWard("net.timeout"));
    expect(explained.causes.map(({ cause: { kind, id } }) => `${kind} ${id}`)).toEqual([`onsite ${ward}`]);
    const [cause] = explained.causes;
    expect(cause?.evidence).toMatchObject({ counted: "systems", failed: 5, tested: 5, contrast: [{ failed: 0, tested: 5 }] });
    expect(cause?.inWords.vi).toBe(
      "5 trong 5 hệ thống thử từ Phường Vỹ Dạ hỏng ở tầng mạng (không tới được); 0 trong 5 khi thử từ trung tâm",
    );
    expect(merged.compared[0]?.endpoints.map(({ verdict }) => verdict)).toEqual(Array(5).fill("unit-only"));
  });

  it("find the way from the centre when only the centre is cut off", () => {
    const { explained, merged } = explain(ofWard("net.timeout"), works);
    expect(explained.causes.map(({ cause: { kind, id } }) => `${kind} ${id}`)).toEqual([`approach ${ward}`]);
    expect(explained.causes[0]?.inWords.en).toContain("0 of 5 tried on the spot");
    expect(merged.compared[0]?.endpoints.map(({ verdict }) => verdict)).toEqual(Array(5).fill("centre-only"));
  });

  it("find a system that is down from both", () => {
    const down = ofSystem("dossiers", "http.5xx");
    const [found, ...others] = causes(down, down);
    expect(found?.some((one) => one === "system dossiers" || one === "provsys dossiers-46")).toBe(true);
    expect(others).toEqual([]);
  });

  it("find a carrier through which both fail", () => {
    const down: Breaks = (endpoint) => (endpoint.carrier === "Viettel" ? "net.timeout" : undefined);
    const [found, ...others] = causes(down, down);
    expect(found?.some((one) => one === "carrier Viettel" || one === "carprov Viettel/46")).toBe(true);
    expect(others).toEqual([]);
  });

  it("find two things broken at once: a system for all, and the ward's own side", () => {
    const down = ofSystem("dossiers", "http.5xx");
    const found = causes(down, ofWard("net.timeout")).map(([first]) => first);
    expect(found).toHaveLength(2);
    expect(found).toContain(`onsite ${ward}`);
  });

  it("blame nobody's line for one system that only one of them cannot reach", () => {
    const { explained, merged } = explain(works, (endpoint) => (endpoint.system === "video" ? "net.timeout" : undefined));
    expect(explained.causes).toEqual([]);
    expect(explained.unexplained.map(({ endpoint }) => endpoint)).toEqual([`${ward}/video@${ward}`]);
    expect(merged.compared[0]?.endpoints.find(({ system }) => system === "video")?.verdict).toBe("unit-only");
  });

  it("give each endpoint the verdict that two booleans have, and leave out what one of them did not judge", () => {
    const choice = fc.constantFrom("pass", "fail", "unknown") as fc.Arbitrary<"pass" | "fail" | "unknown">;
    const table = {
      "pass pass": "both-well",
      "fail fail": "both-fail",
      "pass fail": "unit-only",
      "fail pass": "centre-only",
    } as const;
    fc.assert(
      fc.property(choice, choice, (centre, unit) => {
        const [endpoint] = endpoints as [Endpoint];
        const of = (state: typeof centre): ProbeResult => ({ ...result(endpoint, "net.refused"), state });
        const file = { ...({} as VantageFile), unit: endpoint.unit, at, results: [of(unit)] };
        const { compared } = mergeVantages([endpoint], { at, results: [of(centre)] }, [file]);
        const expected = table[`${centre} ${unit}` as keyof typeof table] ?? "one-sided";
        expect(compared[0]?.endpoints[0]?.verdict).toBe(expected);
      }),
    );
  });

  it("reckon by the corrected time: a laptop a year ahead that ran just now is not stale, one that ran an hour ago is", () => {
    const yearMs = 365 * 86_400_000;
    const [ahead] = merge(works, works, { at: at + yearMs, skewMs: yearMs }).compared;
    expect(ahead).toMatchObject({ at, apartMs: 0, stale: false });
    const merged = merge(works, works, { at: at + yearMs, skewMs: yearMs });
    expect(merged.results.filter(({ endpoint }) => endpoint.endsWith(`@${ward}`)).map((one) => one.at)).toEqual(
      Array(5).fill(at),
    );
    expect(merge(works, works, { at: at - 3_600_000 }).compared[0]?.stale).toBe(true);
  });

  it("take the younger of two files of a unit", () => {
    const base: VantageFile = {
      unit: ward,
      at,
      skewMs: 0,
      toolVersion: "0",
      findings: [],
      results: [],
      answers: [],
      conclusion: undefined,
    };
    const own = endpoints.filter(({ unit }) => unit === ward);
    const old = { ...base, at: at - 60_000, results: own.map((endpoint) => result(endpoint, "net.timeout")) };
    const young = { ...base, results: own.map((endpoint) => result(endpoint, undefined)) };
    for (const files of [
      [old, young],
      [young, old],
    ]) {
      const { compared } = mergeVantages(endpoints, { at, results: endpoints.map((one) => result(one, undefined)) }, files);
      expect(compared).toHaveLength(1);
      expect(compared[0]?.endpoints.every(({ verdict }) => verdict === "both-well")).toBe(true);
    }
  });
});
