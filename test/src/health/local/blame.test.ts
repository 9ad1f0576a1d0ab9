import { describe, expect, it } from "vitest";
import type { Endpoint } from "../../../../src/health/endpoint.ts";
import { findPortalInResults, withoutLocalBlame } from "../../../../src/health/local/blame.ts";
import type { LocalCheckId, LocalFinding } from "../../../../src/health/local/finding.ts";
import type { ProbeFacts, ProbeResult } from "../../../../src/health/probe-result.ts";
import { type Reason, reasons } from "../../../../src/health/reason.ts";
import { makeEndpoint } from "../bad-servers.ts";

const endpoint = makeEndpoint(443, "https");
const fault = (id: LocalCheckId, culprits: readonly string[] = [], state: LocalFinding["state"] = "fail"): LocalFinding => ({
  id,
  state,
  words: { vi: id, en: id },
  culprits,
});
const failed = (reason: Reason, seen: ProbeFacts = {}, of: Endpoint = endpoint): ProbeResult => {
  const rest = { at: 0, hard: true, attempts: 2, totalMs: 1, loopLagMs: 0, comparable: true };
  return {
    endpoint: of.id,
    unit: of.unit,
    system: of.system,
    state: "fail",
    reason,
    layer: reasons[reason].layer,
    seen,
    ...rest,
  };
};
const passed: ProbeResult = { ...failed("net.refused"), state: "pass", reason: undefined, layer: undefined, hard: false };
const judge = (results: readonly ProbeResult[], ...findings: readonly LocalFinding[]) =>
  withoutLocalBlame(results, findings, [endpoint]).map(({ state }) => state);

describe("whose fault a failed probe is", () => {
  it("takes the blame for names that a dead resolver left unanswered, and for nothing else", () => {
    const [result] = withoutLocalBlame([failed("name.timeout")], [fault("resolver")], [endpoint]);
    expect(result).toMatchObject({ state: "unknown", reason: "local" });
    expect(judge([failed("name.timeout"), failed("net.refused")], fault("resolver"))).toEqual(["fail", "fail"]);
  });

  it("takes the blame for addresses that the resolver invents", () => {
    const results = [failed("name.wrong", { address: "10.9.9.9" }), failed("name.wrong", { address: "10.1.1.1" })];
    expect(judge(results, fault("hijack", ["10.9.9.9"]))).toEqual(["unknown", "fail"]);
  });

  it.each(["loopback", "link", "route", "witnesses"] as const)(
    "judges nobody over a dead %s while nothing comes through",
    (id) => {
      const dead = [failed("net.timeout"), failed("name.timeout")];
      expect(judge(dead, fault(id))).toEqual(["unknown", "unknown"]);
      expect(judge([...dead, passed], fault(id))).toEqual(["fail", "fail", "pass"]);
      expect(judge([...dead, failed("http.5xx")], fault(id))).toEqual(["fail", "fail", "fail"]);
    },
  );

  it("believes in no dead line on the word of a warning", () => {
    expect(judge([failed("net.timeout")], fault("witnesses", [], "warn"))).toEqual(["fail"]);
  });

  it("leaves what lies on this machine itself to be judged without a line", () => {
    const here: Endpoint = { ...endpoint, addresses: ["127.0.0.1"] };
    expect(withoutLocalBlame([failed("net.refused", {}, here)], [fault("link")], [here])[0]?.state).toBe("fail");
  });

  it("blames a wrong clock for certificate dates only", () => {
    expect(judge([failed("tls.expired"), failed("tls.notyet"), failed("tls.host")], fault("clock"))).toEqual([
      "unknown",
      "unknown",
      "fail",
    ]);
  });

  it("blames the device that opens TLS for the chains it signs", () => {
    const certificate = { subject: "CN=a", issuer: "CN=Box\nO=Acme", from: "", until: "", fingerprint: "aa" };
    const results = [
      failed("tls.chain", { certificate }),
      failed("tls.chain", { certificate: { ...certificate, issuer: "CN=Own" } }),
    ];
    expect(judge(results, fault("inspection", ["CN=Box, O=Acme"]))).toEqual(["unknown", "fail"]);
  });

  it("sees in the results themselves that three unrelated places lead to one portal", () => {
    const places = ["a.vn", "b.vn", "c.vn"].map((host): Endpoint => ({ ...endpoint, id: `19777/${host}`, host }));
    const astray = places.map((place) => failed("http.foreign", { location: "http://login.wifi.example/hello" }, place));
    expect(withoutLocalBlame(astray, [], places).map(({ state }) => state)).toEqual(["unknown", "unknown", "unknown"]);
    expect(findPortalInResults(astray, places)?.words.en).toContain("login.wifi.example");
    expect(withoutLocalBlame(astray.slice(0, 2), [], places).map(({ state }) => state)).toEqual(["fail", "fail"]);
  });
});
