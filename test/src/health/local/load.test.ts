import { describe, expect, it } from "vitest";
import { loadCheck } from "../../../../src/health/local/checks/load.ts";
import type { LocalScene } from "../../../../src/health/local/finding.ts";
import { findOverload } from "../../../../src/health/local/load.ts";
import { toUntested } from "../../../../src/health/verdict.ts";
import { makeEndpoint, now } from "../bad-servers.ts";

const result = { ...toUntested(makeEndpoint(443, "https"), now), attempts: 6 };
const unjudged = { ...result, state: "unknown", reason: "local", loopLagMs: 2_310.4 } as const;

describe("a machine that is too busy", () => {
  it("says of how many endpoints it cannot judge, and for how long it stood still", () => {
    const finding = findOverload([unjudged, { ...unjudged, loopLagMs: 400 }, { ...result, state: "pass" }]);
    expect(finding).toMatchObject({ id: "load", state: "fail", words: { en: expect.stringContaining("to judge 2 endpoints") } });
    expect(finding?.words.vi).toContain("2.310 ms");
  });

  it("says nothing where everything was judged, or something else was in the way", () => {
    expect(findOverload([{ ...result, state: "fail", reason: "tls.stall", loopLagMs: 400 }])).toBeUndefined();
    expect(findOverload([{ ...unjudged, reason: "proxy.auth" }])).toBeUndefined();
  });

  it("is a warning of 'check local' from a quarter of the usual deadline on", async () => {
    const states = [749, 750].map(async (standstillMs) => (await loadCheck.check({ standstillMs } as LocalScene)).state);
    expect(await Promise.all(states)).toEqual(["pass", "warn"]);
  });
});
