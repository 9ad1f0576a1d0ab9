import type { Command } from "commander";
import { asLoad } from "../../src/records/batch-store.ts";
import { giveUpHashes } from "../../src/records/drop-rows.ts";
import type { Workspace } from "../../src/workspace/open-workspace.ts";
import type { Cli } from "../cli.ts";
import type { Context } from "../context.ts";
import type { Outcome } from "../exit-codes.ts";
import { notePruned, pruneWorkspace } from "../prune-records.ts";
import { recordsWords as words } from "./words.ts";

export function declarePrune(noun: Command, cli: Cli): void {
  cli
    .withYes(cli.verb(noun, { name: "prune", about: words.prune, example: "wardctl records prune" }))
    .option("--lost-key", cli.say(words.lostKey))
    .action((options: PruneOptions, command: Command) => cli.run(command, (context) => prune(options, context)));
}

interface PruneOptions {
  readonly lostKey?: boolean;
  readonly yes?: boolean;
}

async function prune(
  { lostKey, yes }: PruneOptions,
  context: Pick<Context, "workspace" | "clock" | "out" | "prompts">,
): Promise<Outcome> {
  const { out, clock, prompts } = context;
  const workspace = await context.workspace();
  let givenUp = 0;
  if (lostKey) {
    if (!yes && !(await prompts.confirm(words.confirmLostKey, "--yes"))) {
      out.warn(words.notConfirmed);
      return "cancelled";
    }
    givenUp = await giveUp(workspace);
  }
  const pruned = await pruneWorkspace(workspace, clock, { again: true });
  const { folded = 0, sealed = 0, dropped = 0, dueWithoutKey = 0, wiped = true } = pruned ?? {};
  await out.emit({
    document: { schema: "wardctl.records-prune/1", folded, sealed, dropped, dueWithoutKey, wiped, givenUp },
    render: () =>
      [...(givenUp > 0 ? [words.givenUp(givenUp)] : []), words.pruned({ folded, sealed, dropped })].map(out.say).join("\n"),
  });
  notePruned({ folded, sealed, dropped, dueWithoutKey, wiped }, out);
  return dueWithoutKey > 0 || !wiped ? "attention" : "ok";
}

async function giveUp(workspace: Workspace): Promise<number> {
  const audit = await workspace.audit();
  return (await workspace.database()).transaction(async (tx) => {
    const codes = await giveUpHashes(tx);
    await audit.append({ actor: workspace.actor, action: "records.lost-key", subject: "records", detail: { codes } }, tx);
    return codes;
  }, asLoad);
}
