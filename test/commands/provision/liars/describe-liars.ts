import { afterAll, describe, expect, it } from "vitest";
import type { LiarStage } from "../../../support/liar-stage.ts";
import { prepareLiarWalk } from "../../../support/liar-walk.ts";

/**
 * provision.md §18 E1, over every switch of a fixture: at a server that lies, a plan and an apply end with the right result, or nonzero, explained, and
 * without a write to what is not right. `npm run bench -- liars` goes through pairs of switches. Vitest collects before it runs: the stage is set before.
 */
export async function describeLiars(start: () => Promise<LiarStage>, { probed = false } = {}): Promise<void> {
  const stage = await start();
  const { walk } = await prepareLiarWalk(stage, { probed });
  describe(`${stage.name} that lies${probed ? ", though it was honest when it was probed" : ""}`, () => {
    afterAll(stage.stop);

    it.each(stage.lies)("%s: right, or nothing written and explained", async (lie) => {
      const lies = [lie, ...stage.paging];
      if (probed) return void (await walk(lies, "apply"));
      const fromPlan = await walk(lies, "plan");
      // What no plan could be made at may begin to lie later.
      const fromApply = fromPlan.codes.length === 1 ? await walk(lies, "apply") : fromPlan;
      expect([fromPlan.outcome, fromApply.outcome].every((outcome) => ["right", "unwritten", "altered"].includes(outcome))).toBe(
        true,
      );
      console.log(stage.name, lie, fromPlan.outcome, fromPlan.codes.join(" "), fromApply.outcome, fromApply.codes.join(" "));
    });
  });
}
