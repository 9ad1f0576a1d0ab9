import type { Command } from "commander";
import type { Cli } from "../cli.ts";
import type { Context } from "../context.ts";
import type { Outcome } from "../exit-codes.ts";
import { applyWords } from "./apply-words.ts";
import { openRoom, readPlanFile } from "./open.ts";
import { planWords } from "./plan-words.ts";
import { provisionWords as words } from "./words.ts";

export function declareApprove(noun: Command, cli: Cli): void {
  cli
    .withYes(cli.verb(noun, { name: "approve", about: words.approve, example: "wardctl provision approve plan.json --yes" }))
    .argument("<plan>", cli.say(words.planFile))
    .action((plan: string, options: { readonly yes?: boolean }, command: Command) =>
      cli.run(command, (context) => approvePlan(plan, options, context)),
    );
}

type ApproveContext = Pick<Context, "workspace" | "clock" | "ids" | "out" | "cwd" | "prompts">;

async function approvePlan(file: string, { yes }: { readonly yes?: boolean }, context: ApproveContext): Promise<Outcome> {
  const { out, prompts, cwd } = context;
  const room = await openRoom(context);
  const plan = await readPlanFile(file, cwd);
  if (!yes) {
    out.note(planWords.totals(plan.totals));
    if (!(await prompts.confirm(words.confirmApproval(plan.planId, plan.createdBy), "--yes"))) {
      out.warn(applyWords.notConfirmed);
      return "cancelled";
    }
  }
  await room.approve(plan);
  const { actor } = await context.workspace();
  await out.emit({
    document: {
      schema: "wardctl.provision-approve/1",
      planId: plan.planId,
      digest: plan.digest,
      createdBy: plan.createdBy,
      approvedBy: actor,
    },
    render: () => out.say(words.planApproved(plan.planId, actor)),
  });
  return "ok";
}
