import { describe, expect, it } from "vitest";
import type { Probe } from "../../../src/health/layer.ts";
import { freshnessLayer } from "../../../src/health/layers/freshness.ts";

const hour = 3_600_000;
const now = 1_751_500_000_000;

function judge(aheadMs: number, { pinned = false, ageMs = 2 * hour - 1 }: { pinned?: boolean; ageMs?: number } = {}) {
  const last = now - aheadMs - ageMs;
  const probe = {
    now: () => now,
    clockPinned: pinned,
    trail: { notes: new Set(), serverDate: { theirs: now - aheadMs - 500, ours: now } },
    target: { duties: { readSync: async () => ({ kind: "read", last, staleAfterMs: 2 * hour }) } },
    progress: () => undefined,
  };
  return freshnessLayer.examine(probe as unknown as Probe);
}

describe("the age of data", () => {
  it("is counted by the server's clock when ours is wrong, and by ours when it was set by hand", async () => {
    expect(await judge(0)).toEqual({ kind: "pass" });
    expect(await judge(0, { ageMs: 2 * hour + 1 })).toMatchObject({ reason: "rt.stale" });
    for (const ahead of [-30 * 24 * hour, -hour, hour, 365 * 24 * hour]) {
      expect(await judge(ahead)).toEqual({ kind: "pass" });
      expect(await judge(ahead, { ageMs: 2 * hour + 1 })).toMatchObject({ reason: "rt.stale" });
    }
    expect(await judge(hour, { pinned: true })).toMatchObject({ reason: "rt.stale" });
  });
});
