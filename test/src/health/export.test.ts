import { spawnSync } from "node:child_process";
import { describe, expect, it } from "vitest";
import type { Endpoint } from "../../../src/health/endpoint.ts";
import { explainResults } from "../../../src/health/explain-results.ts";
import type { ExportedRun } from "../../../src/health/export/exported-run.ts";
import { formatJunit } from "../../../src/health/export/junit.ts";
import { formatNagios } from "../../../src/health/export/nagios.ts";
import { formatPrometheus } from "../../../src/health/export/prometheus.ts";
import type { ProbeResult } from "../../../src/health/probe-result.ts";
import { type Reason, reasons } from "../../../src/health/reason.ts";
import { createRandom } from "../../../src/platform/random.ts";
import { vietnamZone } from "../../../src/platform/time.ts";
import { verbatim } from "../../../src/platform/words.ts";
import { readExposition } from "../../support/read-exposition.ts";
import { readXml } from "../../support/read-xml.ts";
import { makeEndpoints } from "./scenarios.ts";

const at = Date.UTC(2025, 6, 3, 9, 30);
const names = { unit: verbatim, province: (label: string) => label };

const passing = ({ id, unit, system }: Endpoint): ProbeResult => ({
  at,
  endpoint: id,
  unit,
  system,
  state: "pass",
  hard: false,
  attempts: 1,
  totalMs: 120.5,
  phases: { nameMs: 10.5, connectMs: 20, tlsMs: 30, firstByteMs: 40 },
  loopLagMs: 1,
  comparable: true,
  seen: { address: "203.0.113.7", family: 4, status: 200, earliestExpiry: "Oct  1 00:00:00 2025 GMT" },
});

function failing(endpoint: Endpoint, reason: Reason, changes: Partial<ProbeResult> = {}): ProbeResult {
  const { phases: _, seen: __, ...rest } = passing(endpoint);
  return { ...rest, state: "fail", reason, layer: reasons[reason].layer, hard: true, attempts: 2, ...changes };
}

function run(endpoints: readonly Endpoint[], results: readonly ProbeResult[]): ExportedRun {
  return {
    at,
    results,
    endpoints: new Map(endpoints.map((endpoint) => [endpoint.id, endpoint])),
    explained: explainResults(endpoints, results, names),
    names,
    slowMs: 1_000,
    deadlineMs: 3_000,
  };
}

const endpoints = makeEndpoints(createRandom("export"), 2, 12);
const vnpt = endpoints.filter(({ carrier, province }) => carrier === "VNPT" && province === "P0");
const [lone, puzzled, skipped, ...others] = endpoints.filter(({ province }) => province === "P1") as [
  Endpoint,
  Endpoint,
  Endpoint,
  ...Endpoint[],
];
// Two of a unit that fail alike would be its line.
const worked = others.find(({ unit }) => unit !== lone.unit) as Endpoint;
const mixed = run(
  endpoints,
  endpoints.map((endpoint) => {
    if (vnpt.includes(endpoint)) return failing(endpoint, "net.timeout");
    if (endpoint === lone) return failing(endpoint, "http.5xx");
    if (endpoint === worked) return failing(endpoint, "http.5xx", { maintenance: true });
    if (endpoint === puzzled) return { ...failing(endpoint, "proxy.auth"), state: "unknown" };
    if (endpoint === skipped) return { ...failing(endpoint, "http.5xx"), state: "untested", reason: undefined, layer: undefined };
    return passing(endpoint);
  }),
);
const healthy = run(
  endpoints,
  endpoints.map((endpoint) => passing(endpoint)),
);

/** What a careless or an evil inventory can hold. */
const nasty = `a"b\\c'=|<x&y>{z}\u{1F600}`;
const evil: Endpoint = {
  ...lone,
  id: `${lone.unit}/${nasty}`,
  system: nasty,
  carrier: 'VN"PT\\\nline|2',
  province: "]]>\t\u0001",
};
const hostile = run([evil, lone], [failing(evil, "http.5xx"), passing(lone)]);

describe("the Prometheus textfile", () => {
  it.each(["prometheus", "openmetrics"] as const)("is read by a strict reader as what was seen (%s)", (dialect) => {
    const { samples, types, units } = readExposition(formatPrometheus(mixed, dialect), dialect);
    const of = (name: string, { unit, system }: Endpoint) =>
      samples.filter((one) => one.name === name && one.labels["unit"] === unit && one.labels["system"] === system);
    const well = endpoints.at(-1) as Endpoint;
    expect(of("probe_success", well)).toEqual([
      {
        name: "probe_success",
        value: 1,
        labels: { unit: well.unit, system: well.system, province: "P1", carrier: well.carrier },
      },
    ]);
    expect(of("probe_success", lone)[0]?.value).toBe(0);
    expect(of("probe_success", puzzled)).toEqual([]);
    expect(of("probe_success", skipped)).toEqual([]);
    expect(of("probe_duration_seconds", well)[0]?.value).toBe(0.1205);
    const phases = of("probe_http_duration_seconds", well).map(({ labels, value }) => [labels["phase"], value]);
    expect(phases).toEqual([
      ["resolve", 0.0105],
      ["connect", 0.02],
      ["tls", 0.03],
      ["processing", 0.04],
      ["transfer", 0.02],
    ]);
    expect(of("probe_ssl_earliest_cert_expiry", well)[0]?.value).toBe(Date.UTC(2025, 9, 1) / 1000);
    expect(of("probe_failure_info", lone)[0]).toMatchObject({ labels: { layer: "http", reason: "http.5xx" }, value: 1 });
    expect(of("probe_failure_info", well)).toEqual([]);
    expect(of("probe_unjudged_info", puzzled)[0]?.labels).toMatchObject({ state: "unknown", reason: "proxy.auth" });
    expect(of("probe_in_maintenance", worked)).toHaveLength(1);
    expect(types.get(dialect === "openmetrics" ? "probe_failure" : "probe_failure_info")).toBe(
      dialect === "openmetrics" ? "info" : "gauge",
    );
    expect(units.get("probe_duration_seconds")).toBe(dialect === "openmetrics" ? "seconds" : undefined);
  });

  it("has one series a metric and endpoint, times the phases", () => {
    const { samples } = readExposition(formatPrometheus(mixed), "prometheus");
    const counts = new Map<string, number>();
    for (const { name, labels } of samples) {
      const key = `${name} ${labels["unit"]}/${labels["system"]} ${labels["phase"] ?? ""}`;
      counts.set(key, (counts.get(key) ?? 0) + 1);
    }
    expect(Math.max(...counts.values())).toBe(1);
  });

  it.each(["prometheus", "openmetrics"] as const)("gives hostile names back letter by letter (%s)", (dialect) => {
    const { samples } = readExposition(formatPrometheus(hostile, dialect), dialect);
    const found = samples.find(({ name, labels }) => name === "probe_failure_info" && labels["system"] === nasty);
    expect(found?.labels).toMatchObject({ carrier: evil.carrier, province: evil.province });
  });
});

describe("JUnit", () => {
  const suitesOf = (one: ExportedRun) => readXml(formatJunit(one, { lang: "en", zone: vietnamZone })).children;
  const verdictOf = (one: ExportedRun, { unit, system }: Endpoint) =>
    suitesOf(one)
      .find(({ attributes }) => attributes["name"] === system)
      ?.children.find(({ attributes }) => attributes["name"]?.startsWith(unit))?.children[0];

  it("has a suite a system and a case a unit, and tells bad, not checked and blocked apart", () => {
    const suites = suitesOf(mixed);
    const systems = [...new Set(endpoints.map(({ system }) => system))];
    expect(suites.map(({ attributes }) => attributes["name"])).toEqual(["wardctl.causes", ...systems]);
    expect(suites.slice(1).every(({ children }) => children.length === 24)).toBe(true);
    expect(verdictOf(mixed, lone)).toMatchObject({ name: "failure", attributes: { type: "http.5xx" } });
    expect(verdictOf(mixed, puzzled)?.name).toBe("error");
    expect(verdictOf(mixed, skipped)?.name).toBe("skipped");
    expect(verdictOf(mixed, worked)).toMatchObject({
      name: "skipped",
      attributes: { message: expect.stringContaining("planned work") },
    });
    expect(verdictOf(mixed, vnpt[0] as Endpoint)).toMatchObject({
      name: "skipped",
      attributes: { message: expect.stringContaining("VNPT in P0") },
    });
    expect(verdictOf(mixed, endpoints.at(-1) as Endpoint)).toBeUndefined();
  });

  it("lets the cause fail where its endpoints are only blocked, and a system's own fault fail each of its cases", () => {
    expect(suitesOf(mixed)[0]?.children.map(({ attributes, children }) => [attributes["name"], children[0]?.name])).toEqual([
      ["VNPT in P0", "failure"],
    ]);
    const ill = endpoints.filter(({ instance }) => instance === "video-P1");
    const own = run(
      endpoints,
      endpoints.map((one) => (ill.includes(one) ? failing(one, "http.5xx") : passing(one))),
    );
    expect(suitesOf(own).map(({ attributes }) => attributes["name"])).not.toContain("wardctl.causes");
    expect(ill.map((one) => verdictOf(own, one)?.name)).toEqual(ill.map(() => "failure"));
  });

  it("counts in its heads what stands in it", () => {
    const root = readXml(formatJunit(mixed, { lang: "vi", zone: vietnamZone }));
    const cases = root.children.flatMap(({ children }) => children);
    const count = (name: string) => String(cases.filter(({ children }) => children[0]?.name === name).length);
    expect(root.attributes).toMatchObject({
      tests: String(cases.length),
      failures: count("failure"),
      errors: count("error"),
      skipped: count("skipped"),
    });
  });

  it("stays well-formed with hostile names", () => {
    expect(suitesOf(hostile).some(({ attributes }) => attributes["name"] === nasty)).toBe(true);
  });

  const expat = spawnSync("python3", ["-c", "import xml.parsers.expat"]).status === 0;
  it.skipIf(!expat)("is taken by expat (SKIPPED without python3)", () => {
    for (const one of [mixed, hostile]) {
      const script = "import sys, xml.dom.minidom as m; print(m.parse(sys.stdin.buffer).documentElement.tagName)";
      const read = spawnSync("python3", ["-c", script], {
        input: formatJunit(one, { lang: "vi", zone: vietnamZone }),
        encoding: "utf8",
      });
      expect(`${read.stdout}${read.stderr}`).toBe("testsuites\n");
    }
  });
});

/** `'label'=value[UOM];warn;crit;min;max`, each by the plugins' guidelines. */
const figure =
  /'((?:[^'=]|'')+)'=(-?\d+(?:\.\d+)?)(s|ms|us|%|B|c)?(?:;(-?[\d.]*))?(?:;(-?[\d.]*))?(?:;(-?[\d.]*))?(?:;(-?[\d.]*))?(?: |$)/y;

function readPlugin(line: string) {
  expect(line.match(/\n/g)).toHaveLength(1);
  expect(line.endsWith("\n")).toBe(true);
  const [text = "", figures = "", ...more] = line.trimEnd().split("|");
  expect(more).toEqual([]);
  const read = new Map<string, string>();
  figure.lastIndex = 0;
  for (let found = figure.exec(figures); found; found = figure.exec(figures)) {
    read.set((found[1] as string).replaceAll("''", "'"), found[2] as string);
    if (figure.lastIndex === figures.length) return { text, read };
  }
  throw new Error(`not performance data: ${figures}`);
}

describe("the Nagios line", () => {
  it("says how it is and ends with the plugin's code", () => {
    const well = formatNagios(healthy, "en");
    expect(well.code).toBe(0);
    expect(readPlugin(well.line).text).toBe("WARDCTL OK - well 120");
    const ill = formatNagios(mixed, "en");
    expect(ill.code).toBe(2);
    const { text, read } = readPlugin(ill.line);
    expect(text).toMatch(/^WARDCTL CRITICAL - well \d+, failing \d+, not judged 2; VNPT in P0 \(\d+\)$/);
    expect(read.get("failing")).toBe(String(vnpt.length + 1));
    expect(read.get("documents max")).toBe("0.120");
    expect(readPlugin(formatNagios(mixed, "vi").line).read).toEqual(read);
  });

  it.each([
    ["a soft failure", { ...failing(lone, "http.5xx"), hard: false }, 1],
    ["a slow page, however sure", failing(lone, "http.slow"), 1],
    ["a certificate of thirteen days", { ...passing(lone), seen: { earliestExpiry: "Jul 16 00:00:00 2025 GMT" } }, 1],
    ["a certificate of fifteen days", { ...passing(lone), seen: { earliestExpiry: "Jul 19 00:00:00 2025 GMT" } }, 0],
    ["a confirmed failure", failing(lone, "net.refused"), 2],
    ["a confirmed failure in planned work", failing(lone, "net.refused", { maintenance: true }), 0],
    ["an endpoint that could not be checked", { ...failing(lone, "proxy.auth"), state: "unknown" }, 3],
  ] as const)("ends by its worst: %s", (_, result, code) => {
    const one = run(endpoints, [
      result as ProbeResult,
      ...healthy.results.slice(1).filter(({ endpoint }) => endpoint !== lone.id),
    ]);
    expect(formatNagios(one, "en").code).toBe(code);
  });

  it("keeps hostile names out of its grammar, and is unknown of nothing", () => {
    expect(readPlugin(formatNagios(hostile, "en").line).read.size).toBe(7);
    expect(formatNagios(run([], []), "en").code).toBe(3);
  });
});
