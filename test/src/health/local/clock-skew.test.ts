import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { crossCheck, judgeClock, measureSkewMs } from "../../../../src/health/local/clock-skew.ts";
import { listToRejudge } from "../../../../src/health/local/rejudge.ts";
import type { ProbeResult } from "../../../../src/health/probe-result.ts";

const yearMs = 365 * 86_400_000;
const now = Date.UTC(2025, 6, 3);
const window = (issuer: string, from: number, until: number) => ({ issuer, from, until });

describe("this machine's clock", () => {
  it("is measured to the second, whatever the skew, the way and the part of a second at which a server answers", () => {
    const server = fc.record({ rttMs: fc.integer({ min: 0, max: 900 }), truth: fc.integer({ min: now, max: now + 60_000 }) });
    fc.assert(
      fc.property(
        fc.integer({ min: -2 * yearMs, max: 2 * yearMs }),
        fc.array(server, { minLength: 5, maxLength: 9 }),
        (skewMs, servers) => {
          const dates = servers.map(({ rttMs, truth }, at) => ({
            host: `${at}.vn`,
            theirs: Math.floor(truth / 1_000) * 1_000,
            ours: truth + rttMs / 2 + skewMs,
            rttMs,
          }));
          expect(Math.abs((measureSkewMs(dates) as number) - skewMs)).toBeLessThanOrEqual(500);
        },
      ),
    );
  });

  it("is not measured by one server that answers five times, nor turned by two wrong ones of five", () => {
    const date = (host: string, skew: number) => ({ host, theirs: now, ours: now + 500 + skew, rttMs: 0 });
    expect(measureSkewMs([1, 2, 3, 4, 5].map(() => date("a.vn", 9_000)))).toBeUndefined();
    const many = [date("a.vn", 0), date("b.vn", 0), date("c.vn", 0), date("d.vn", yearMs), date("e.vn", yearMs)];
    expect(measureSkewMs(many)).toBe(0);
    expect(measureSkewMs([...many, date("d.vn", yearMs), date("d.vn", yearMs), date("d.vn", yearMs)])).toBe(0);
  });

  it("is believed to be wrong with certificates on its side or none, not against those of unrelated issuers", () => {
    const living = [window("CN=A", now - yearMs / 2, now + yearMs / 2), window("CN=B", now - yearMs / 2, now + yearMs / 2)];
    // Truth is `now`; our clock is a year ahead, then right while the dates lie.
    expect(crossCheck(yearMs, living, now + yearMs)).toBe("confirmed");
    expect(crossCheck(yearMs, living, now)).toBe("contradicted");
    expect(crossCheck(yearMs, living.slice(0, 1), now)).toBe("silent");
    const dates = ["a", "b", "c", "d", "e"].map((host) => ({ host, theirs: now - yearMs, ours: now + 500, rttMs: 0 }));
    expect(judgeClock(dates, living, now)).toMatchObject({ wrong: false, finding: { state: "warn" } });
    expect(judgeClock(dates, [], now)).toMatchObject({
      wrong: true,
      finding: { state: "fail", words: { vi: "đồng hồ máy này nhanh 365 ngày so với các máy chủ" } },
    });
  });

  it("is suspected without dates when every issuer's certificates are out of date the same way", () => {
    const expired = [window("CN=A", 0, now - 1), window("CN=B", 0, now - 1)];
    expect(judgeClock([], expired, now).finding).toMatchObject({ state: "warn" });
    expect(judgeClock([], expired, now).finding.words.en).toContain("ahead");
    expect(judgeClock([], [...expired, window("CN=C", 0, now + 1)], now).finding.state).toBe("not-applicable");
    expect(judgeClock([], expired.slice(0, 1), now).finding.state).toBe("not-applicable");
  });

  it("has those certificates judged again whose verdict may be another at the corrected time", () => {
    const result = (endpoint: string, from: number, until: number, reason?: ProbeResult["reason"]) =>
      ({
        endpoint,
        at: now + yearMs,
        reason,
        seen: { certificate: { from: new Date(from).toUTCString(), until: new Date(until).toUTCString() } },
      }) as unknown as ProbeResult;
    const all = [
      result("expired by us", now - 1e9, now + 1e9, "tls.expired"),
      result("not yet valid in truth", now + 1e9, now + 2 * yearMs),
      result("well either way", now - 1e9, now + 2 * yearMs),
      result("down", now - 1e9, now + 2 * yearMs, "http.5xx"),
    ];
    expect(listToRejudge(all, yearMs)).toEqual(["expired by us", "not yet valid in truth"]);
  });
});
