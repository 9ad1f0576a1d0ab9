import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { makeScenario, playScenario, scenarioKinds } from "../../support/check-scenarios.ts";
import { type CheckStage, openCheckStage } from "../../support/check-stage.ts";

let stage: CheckStage;
beforeAll(async () => {
  stage = await openCheckStage();
});
afterAll(() => stage.stop());

describe("faults on real lines, servers and name servers", () => {
  it("names nothing where all is well", async () => {
    const outcome = await playScenario(stage, { ...makeScenario(stage.endpoints, 0), faults: new Map() });
    expect(outcome.said).toBe("nothing");
  });

  // Hundreds of them are the bench check-scenarios; here each kind of cause once.
  it.each(scenarioKinds.map((kind, seed) => [kind, seed] as const))(
    "has the sweep name a broken %s, its layer and its owner",
    async (_, seed) => {
      const outcome = await playScenario(stage, makeScenario(stage.endpoints, seed));
      expect(outcome).toMatchObject({ named: true, layerRight: true, ownerRight: true });
    },
  );
});
