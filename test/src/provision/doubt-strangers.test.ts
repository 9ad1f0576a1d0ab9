import { describe, expect, it } from "vitest";
import type { Standing } from "../../../src/provision/compare-operation.ts";
import { doubtStrangers } from "../../../src/provision/doubt-strangers.ts";
import type { OperationEvent } from "../../../src/provision/journal.ts";
import type { AccountOperation } from "../../../src/provision/operation.ts";
import type { Plan } from "../../../src/provision/plan.ts";
import { makeAccount } from "../../contract/connector.contract.ts";
import { makeCreatePlan } from "../../support/create-plan.ts";

/** How a create stands that the system shows as wanted already, in a plan with this much behind it. */
async function stand(last: Partial<OperationEvent> | "begun" | "new", externalId: string | null = null): Promise<string> {
  const plan = await makeCreatePlan("p", 1, "video", "2025-07-03T10:00:00+07:00");
  const [create] = plan.operations as [AccountOperation];
  const operation: AccountOperation = { ...create, after: { ...create.after, externalId } };
  const there: Standing = { state: "there", actual: { ...makeAccount(1), id: "u1" } };
  const events =
    typeof last === "string" ? [] : [[operation.id, { operation: operation.id, ...last } as OperationEvent] as const];
  const journal = last === "new" ? undefined : new Map(events);
  const doubted: Plan = { ...plan, operations: [operation] };
  return doubtStrangers(doubted, new Map([[operation.id, there]]), journal).get(operation.id)!.state;
}

describe("an account under a planned name", () => {
  it("without a staff id is somebody's before the plan was begun", async () => {
    expect(await stand("new")).toBe("moved");
    expect(await stand("new", "CB1")).toBe("there");
  });

  it("is ours when it may have been sent before the power was cut", async () => {
    expect(await stand("begun")).toBe("there");
    expect(await stand({ event: "unknown" })).toBe("there");
  });

  it("stays somebody's when it was left alone or refused, and is ours when it was only slow to show", async () => {
    expect(await stand({ event: "failed" })).toBe("moved");
    expect(await stand({ event: "failed", targetId: "u1" })).toBe("there");
  });
});
