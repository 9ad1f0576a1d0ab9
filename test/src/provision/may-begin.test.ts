import { describe, expect, it } from "vitest";
import { createPinnedClock } from "../../../src/platform/clock.ts";
import { vietnamZone } from "../../../src/platform/time.ts";
import type { ApplyRequest } from "../../../src/provision/applying.ts";
import { assertMayBegin } from "../../../src/provision/may-begin.ts";
import { makeCreatePlan } from "../../support/create-plan.ts";

const madeAt = "2025-07-03T10:00:00+07:00";
const hour = 3_600_000;

interface Circumstances {
  readonly approvers?: readonly string[];
  readonly profiles?: ReadonlyMap<string, string>;
  readonly afterMs?: number;
  readonly notBefore?: string;
}

/** Made by `bench`, for one account on `documents`, never probed. */
async function begin({ approvers, profiles, afterMs = 0, notBefore }: Circumstances, operations = 1): Promise<string> {
  const request = {
    plan: { ...(await makeCreatePlan("p", operations, "documents", madeAt)), notBefore },
    clock: createPinnedClock(Date.parse(madeAt) + afterMs),
    zone: vietnamZone,
    confirmed: {},
    requireTwoPeople: approvers !== undefined,
    profiles,
    store: { listApprovers: async () => approvers ?? [] },
  } as unknown as ApplyRequest;
  return assertMayBegin(request).then(
    () => "begins",
    (error: { kind: string }) => error.kind,
  );
}

describe("a plan may begin", () => {
  it.each<readonly [string, Circumstances, string]>([
    ["when nothing stands in its way", {}, "begins"],
    ["up to its last hour", { afterMs: 72 * hour }, "begins"],
    ["not after it ran out", { afterMs: 72 * hour + 1 }, "unsafe"],
    ["on its first day", { notBefore: "2025-07-03" }, "begins"],
    ["not the day before", { notBefore: "2025-07-04" }, "unsafe"],
    ["with a second person's word", { approvers: ["bench", "hung"] }, "begins"],
    ["not without any", { approvers: [] }, "unsafe"],
    ["not on its planner's own word, however it came into the store", { approvers: ["bench"] }, "unsafe"],
    ["not when its system was probed since", { profiles: new Map([["documents", "abc"]]) }, "unsafe"],
    ["when another system was", { profiles: new Map([["video", "abc"]]) }, "begins"],
  ])("%s", async (_, circumstances, outcome) => {
    expect(await begin(circumstances)).toBe(outcome);
  });

  it("without a second person when there is nothing to do", async () => {
    expect(await begin({ approvers: [] }, 0)).toBe("begins");
  });
});
