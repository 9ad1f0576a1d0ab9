import { describe, expect, it } from "vitest";
import { checkLocal, findClockFault, measureSkewMs, withoutLocalBlame } from "../../../src/health/local.ts";
import type { NameAnswer } from "../../../src/health/name-server.ts";
import type { ProbeResult } from "../../../src/health/probe-result.ts";
import { type Reason, reasons } from "../../../src/health/reason.ts";
import { createRandom } from "../../../src/platform/random.ts";
import { makeEndpoint } from "./bad-servers.ts";

const endpoint = makeEndpoint(443, "https");
const namesThat = (answer: NameAnswer) => ({ resolve: async () => answer, close: () => undefined });
const check = (answer: NameAnswer) => checkLocal([{ ...endpoint, addresses: ["127.0.0.1"] }], namesThat(answer), createRandom(1));
const failed = (reason: Reason, address?: string): ProbeResult => {
  const { id, unit, system } = endpoint;
  const rest = { at: 0, hard: true, attempts: 2, totalMs: 1, loopLagMs: 0, comparable: true };
  return { endpoint: id, unit, system, state: "fail", reason, layer: reasons[reason].layer, seen: { address }, ...rest };
};

describe("is it me?", () => {
  it("finds nothing wrong when a made-up name does not exist", async () => {
    expect(await check({ kind: "nx" })).toEqual({ faults: [], hijackAddresses: [] });
  });

  it("takes the blame for names that a dead resolver left unanswered, and for nothing else", async () => {
    const local = await check({ kind: "timeout" });
    expect(local.faults.map(({ kind }) => kind)).toEqual(["resolver"]);
    const results = withoutLocalBlame([failed("name.timeout")], local, [endpoint]);
    expect(results[0]).toMatchObject({ state: "unknown", reason: "local" });
    const mixed = withoutLocalBlame([failed("name.timeout"), failed("net.refused")], local, [endpoint]);
    expect(mixed.map(({ state }) => state)).toEqual(["fail", "fail"]);
  });

  it("takes the blame for addresses that the resolver invents", async () => {
    const local = await check({ kind: "addresses", addresses: ["10.9.9.9"] });
    const results = withoutLocalBlame([failed("name.wrong", "10.9.9.9"), failed("name.wrong", "10.1.1.1")], local, [endpoint]);
    expect(results.map(({ state }) => state)).toEqual(["unknown", "fail"]);
  });

  it("finds a wrong clock by what five servers say, and then judges no certificate's dates", () => {
    const dates = [0, 100, 200, 300, 90_000_000].map((late) => ({
      theirs: 1_000_000 + late,
      ours: 1_000_000 + late + 3_600_500,
    }));
    expect(measureSkewMs(dates.slice(0, 4))).toBeUndefined();
    expect(measureSkewMs(dates)).toBe(3_600_000);
    const fault = findClockFault(3_600_000)!;
    expect(fault.words.vi).toBe("đồng hồ máy này nhanh 60 phút so với các máy chủ");
    expect(findClockFault(20_000)).toBeUndefined();
    const local = { faults: [fault], hijackAddresses: [] };
    const results = withoutLocalBlame([failed("tls.expired"), failed("tls.host")], local, [endpoint]);
    expect(results.map(({ state }) => state)).toEqual(["unknown", "fail"]);
  });
});
