import { describe, expect, it } from "vitest";
import { describeAlsoSeen } from "../../../commands/check/also-seen-words.ts";
import { listAlsoSeen } from "../../../src/health/also-seen.ts";
import { differentialFindings } from "../../../src/health/differential-words.ts";
import type { Note } from "../../../src/health/notes.ts";
import type { ProbeResult } from "../../../src/health/probe-result.ts";

const result = (endpoint: string, more: Partial<ProbeResult>): ProbeResult => ({
  at: 0,
  endpoint,
  unit: endpoint.split("/")[0]!,
  system: "documents",
  state: "pass",
  hard: false,
  attempts: 1,
  totalMs: 1,
  loopLagMs: 0,
  comparable: true,
  ...more,
});

describe("what was also seen", () => {
  it("counts notes, findings of trials and why nothing could be judged, the most frequent first", () => {
    const differential = { finding: "flaky", trials: [], words: differentialFindings.flaky } as const;
    const seen = listAlsoSeen([
      result("19777/documents", { seen: { notes: ["net.v6broken"] } }),
      result("19780/documents", { seen: { notes: ["net.v6broken"], differential } }),
      result("19783/documents", { state: "unknown", reason: "proxy.auth" }),
      result("19786/documents", { state: "unknown", reason: "local" }),
      result("19789/documents", { seen: { differential: { ...differential, finding: "same" } } }),
    ]);
    expect(seen.map(({ finding, endpoints }) => [finding, endpoints])).toEqual([
      ["net.v6broken", ["19777/documents", "19780/documents"]],
      ["flaky", ["19780/documents"]],
      ["proxy.auth", ["19783/documents"]],
    ]);
  });

  it("passes over notes of a newer version", () => {
    expect(listAlsoSeen([result("19777/documents", { seen: { notes: ["later.note" as Note] } })])).toEqual([]);
  });

  it("is said with a few of the endpoints", () => {
    const words = { vi: "IPv6 hỏng", en: "IPv6 is broken" };
    const endpoints = ["1/a", "2/a", "3/a", "4/a"];
    expect(describeAlsoSeen({ finding: "x", words, endpoints })).toEqual({
      vi: "IPv6 hỏng (4 điểm: 1/a, 2/a, 3/a, …)",
      en: "IPv6 is broken (4 endpoints: 1/a, 2/a, 3/a, …)",
    });
  });
});
