import { Failure } from "../../../src/platform/failure.ts";
import { readCustodians } from "../../../src/provision/custodians.ts";
import { isLinked, listEntered } from "../../../src/provision/first-credentials.ts";
import type { Plan } from "../../../src/provision/plan.ts";
import type { Context } from "../../context.ts";
import { claimWords as own } from "./claim-words.ts";

/** What a plan will do about first passwords, and which units lack a custodian: told when it is made, not first when it is refused. */
export async function tellEntering(plan: Plan, context: Pick<Context, "workspace" | "out">): Promise<void> {
  const home = await context.workspace();
  const settings = home.settings.provision.credentials;
  const entered = listEntered(plan, settings);
  if (entered.length === 0) return;
  const slips = entered.filter((operation) => !isLinked(operation, settings));
  const units = new Set(slips.map(({ subject }) => subject.unit));
  context.out.note(own.willIssue(slips.length, units.size, entered.length - slips.length));
  const directory = await home.directory();
  const isUnit = (code: string): boolean => directory.findUnit(code) !== undefined;
  const known = await readCustodians({ settings, resolvePath: home.resolvePath, isUnit }).catch((error: unknown) => {
    // Its faults are told one by one when it is needed.
    if (error instanceof Failure) return new Map<string, string>();
    throw error;
  });
  const missing = [...units].filter((unit) => !known.has(unit)).sort();
  if (missing.length > 0) context.out.warn(own.noCustodians(missing));
}
