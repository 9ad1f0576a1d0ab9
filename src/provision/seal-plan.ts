import { sha256, toCanonicalJson } from "../platform/canonical-json.ts";
import { Failure } from "../platform/failure.ts";
import { applyFaults as words } from "./apply-words.ts";
import type { Plan, PlanContent } from "./plan.ts";

export async function sealPlan(content: PlanContent): Promise<Plan> {
  return { ...content, digest: await hashPlan(content) };
}

/** Operation by operation: a plan of a whole country in one string would not fit into a small machine. */
async function hashPlan(content: PlanContent): Promise<string> {
  const hashEach = async (list: readonly unknown[]): Promise<string[]> => {
    const hashes: string[] = [];
    for (const item of list) hashes.push(sha256(await toCanonicalJson(item)));
    return hashes;
  };
  const operations = await hashEach(content.operations);
  const baselines = content.baselines && { baselines: await hashEach(content.baselines) };
  const origins = content.origins && { origins: await hashEach(content.origins) };
  const memberships = content.memberships && { memberships: await hashEach(content.memberships) };
  return sha256(await toCanonicalJson({ ...content, operations, ...baselines, ...memberships, ...origins }));
}

/** A plan from its file: whole and unaltered, or a Failure of kind unsafe. */
export async function openPlan(text: string, file: string): Promise<Plan> {
  let plan: Plan;
  try {
    plan = JSON.parse(text) as Plan;
  } catch (error) {
    throw new Failure("unsafe", words.tornPlan(file), { cause: error, hint: words.planAgain });
  }
  if (typeof plan !== "object" || plan === null || plan.schema !== "wardctl.plan/1") {
    throw new Failure("invalid", words.noPlan(file), { hint: words.planAgain });
  }
  const { digest, ...content } = plan;
  if ((await hashPlan(content)) !== digest) throw new Failure("unsafe", words.editedPlan(file), { hint: words.planAgain });
  return plan;
}
