import { isLinked, listEntered } from "../../../src/provision/first-credentials.ts";
import type { Plan } from "../../../src/provision/plan.ts";
import type { Context } from "../../context.ts";
import { claimWords as own } from "./claim-words.ts";

/** What a plan will do about first passwords: told when it is made. */
export async function tellEntering(plan: Plan, context: Pick<Context, "workspace" | "out">): Promise<void> {
  const settings = (await context.workspace()).settings.provision.credentials;
  const entered = listEntered(plan, settings);
  if (entered.length === 0) return;
  const slips = entered.filter((operation) => !isLinked(operation, settings));
  const units = new Set(slips.map(({ subject }) => subject.unit));
  context.out.note(own.willIssue(slips.length, units.size, entered.length - slips.length));
}
