import { resolve } from "node:path";
import { writeWhole } from "../../src/platform/files.ts";
import { listStandingGuards } from "../../src/provision/guards.ts";
import type { Provision } from "../../src/provision/open-provision.ts";
import type { MadePlan } from "../../src/provision/plan-request.ts";
import type { Context } from "../context.ts";
import type { Outcome } from "../exit-codes.ts";
import { renderLifecycle } from "./lifecycle-text.ts";
import { renderPlan } from "./plan-text.ts";
import { planWords as words } from "./plan-words.ts";

/** Shows a plan about some subjects and keeps it where asked to. */
export async function presentPlan(
  made: MadePlan,
  { save, all = false }: { readonly save?: string; readonly all?: boolean },
  room: Pick<Provision, "reserve">,
  { workspace, out, cwd }: Pick<Context, "workspace" | "out" | "cwd">,
): Promise<Outcome> {
  const { plan } = made;
  if (save !== undefined) {
    await writeWhole(resolve(cwd, save), `${JSON.stringify(plan, undefined, 2)}\n`);
    await room.reserve(made);
  }
  const directory = await (await workspace()).directory();
  await out.emit({
    document: { ...plan },
    render: () => [renderPlan(plan, { out, directory, all }), ...renderLifecycle(plan, out)].join("\n"),
  });
  if (save !== undefined) out.note(words.saved(save));
  else if (plan.operations.length > 0) out.note(words.notSaved);
  if (listStandingGuards(plan.guards, {}).length > 0) return "unsafe";
  if (plan.systems.some(({ state }) => state === "failed")) return "partial";
  return plan.operations.length > 0 || plan.questions.length > 0 ? "attention" : "ok";
}
