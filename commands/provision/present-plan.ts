import { resolve } from "node:path";
import { writeWhole } from "../../src/platform/files.ts";
import type { ListFormat } from "../../src/platform/output.ts";
import { listStandingGuards } from "../../src/provision/guards.ts";
import type { Provision } from "../../src/provision/open-provision.ts";
import type { MadePlan } from "../../src/provision/plan-request.ts";
import { writePlanText } from "../../src/provision/write-plan-text.ts";
import type { Context } from "../context.ts";
import type { Outcome } from "../exit-codes.ts";
import { tellEntering } from "./handout/before-apply.ts";
import { renderLifecycle } from "./lifecycle-text.ts";
import { isRows, printRows } from "./plan-rows.ts";
import { renderPlan } from "./plan-text.ts";
import { planWords as words } from "./plan-words.ts";

interface PresentOptions {
  readonly save?: string | undefined;
  readonly all?: boolean | undefined;
  readonly format?: ListFormat | undefined;
  /** What the verb knows beside the plan. */
  readonly beside?: { readonly document: Readonly<Record<string, unknown>>; readonly lines: readonly string[] };
}

/** Shows a plan about some subjects and keeps it where asked to. */
export async function presentPlan(
  made: MadePlan,
  { save, all = false, format, beside }: PresentOptions,
  room: Pick<Provision, "reserve">,
  { workspace, out, cwd }: Pick<Context, "workspace" | "out" | "cwd">,
): Promise<Outcome> {
  const { plan } = made;
  if (save !== undefined) {
    await writeWhole(resolve(cwd, save), writePlanText(plan));
    await room.reserve(made);
  }
  const directory = await (await workspace()).directory();
  if (isRows(format, out)) await printRows(plan, format, out);
  else
    await out.emit({
      format,
      document: { ...plan, ...beside?.document },
      render: () =>
        [renderPlan(plan, { out, directory, all, few: true }), ...renderLifecycle(plan, out), ...(beside?.lines ?? [])].join(
          "\n",
        ),
    });
  await tellEntering(plan, { workspace, out });
  if (save !== undefined) out.note(words.saved(save));
  else if (plan.operations.length > 0) out.note(words.notSaved);
  if (listStandingGuards(plan.guards, {}).length > 0) return "unsafe";
  if (plan.systems.some(({ state }) => state === "failed")) return "partial";
  return plan.operations.length > 0 || plan.questions.length > 0 ? "attention" : "ok";
}
