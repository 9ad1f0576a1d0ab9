import { Failure } from "../../src/platform/failure.ts";
import type { Provision } from "../../src/provision/open-provision.ts";
import type { Plan } from "../../src/provision/plan.ts";
import type { Context } from "../context.ts";
import { planWords } from "./plan-words.ts";

/** What apply would stop at is said while there is still time to ask for a key. */
export async function warnOfCustodians(plan: Plan, room: Provision, { out }: Pick<Context, "out">): Promise<void> {
  try {
    const units = await room.listUnitsWithoutCustodian(plan);
    if (units.length > 0) out.warn(planWords.noCustodian(units));
  } catch (error) {
    // The list of custodians is wrong; the plan is not.
    if (!(error instanceof Failure)) throw error;
    out.warn(error.words);
  }
}
