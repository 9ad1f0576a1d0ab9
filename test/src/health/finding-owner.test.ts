import { describe, expect, it } from "vitest";
import { listFindings } from "../../../src/health/keep-run.ts";
import type { ProbeResult } from "../../../src/health/probe-result.ts";
import { type Reason, reasons } from "../../../src/health/reason.ts";
import { createRandom } from "../../../src/platform/random.ts";
import { makeEndpoints } from "./scenarios.ts";

const endpoints = makeEndpoints(createRandom("small city"), 1, 40);
const one = endpoints[7]!;

/** Every endpoint well but one. */
function sweep(reason: Reason): ProbeResult[] {
  return endpoints.map(({ id, unit, system }): ProbeResult => {
    const failed = id === one.id ? { state: "fail" as const, reason, layer: reasons[reason].layer } : { state: "pass" as const };
    return {
      at: 0,
      endpoint: id,
      unit,
      system,
      attempts: 1,
      loopLagMs: 0,
      totalMs: 5,
      hard: id === one.id,
      comparable: true,
      ...failed,
    };
  });
}

describe("whoever is asked about one endpoint that fails alone", () => {
  it.each(["net.timeout", "net.refused"] as const)("is the technician where no connection came about (%s)", (reason) => {
    expect(listFindings(endpoints, sweep(reason)).map(({ owner }) => owner.en)).toEqual([`the technician at ${one.unit}`]);
  });
  it.each(["http.slow", "http.status"] as const)("is the system's administrator where the line carried it (%s)", (reason) => {
    expect(listFindings(endpoints, sweep(reason)).map(({ owner }) => owner.en)).toEqual([`the administrator of ${one.system}`]);
  });
});
