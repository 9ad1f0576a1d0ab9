import { resolve } from "node:path";
import type { Command } from "commander";
import { Failure } from "../../../src/platform/failure.ts";
import { listFiles, shredFile } from "../../../src/platform/files.ts";
import { isSlipFile } from "../../../src/provision/slip-file.ts";
import type { Cli } from "../../cli.ts";
import type { Context } from "../../context.ts";
import type { Outcome } from "../../exit-codes.ts";
import { claimWords as own } from "./claim-words.ts";

export function declareShred(noun: Command, cli: Cli): void {
  cli
    .withYes(
      cli.verb(noun, { name: "shred", about: own.shred, example: "wardctl provision handout shred slips.pdf slips-27004 --yes" }),
    )
    .argument("<file...>", cli.say(own.files))
    .action((files: readonly string[], options: { readonly yes?: boolean }, command: Command) =>
      cli.run(command, (context) => shredSlips(files, options, context)),
    );
}

async function shredSlips(
  named: readonly string[],
  { yes }: { readonly yes?: boolean },
  { out, cwd, prompts }: Pick<Context, "out" | "cwd" | "prompts">,
): Promise<Outcome> {
  const files = (await Promise.all(named.map((name) => listFiles(resolve(cwd, name), ".age")))).flat();
  // All of them are looked at before the first is gone.
  const strange: string[] = [];
  for (const file of files) if (!(await isSlipFile(file))) strange.push(file);
  const faults = strange.map((file) => ({ file, message: own.notSlips(file) }));
  if (faults[0]) throw new Failure("invalid", faults[0].message, faults.length > 1 ? { faults } : {});
  if (yes !== true && !(await prompts.confirm(own.confirmShred(files.length), "--yes"))) {
    out.warn(own.notShredded);
    return "cancelled";
  }
  for (const file of files) await shredFile(file);
  await out.emit({
    document: { schema: "wardctl.handout-shred/1", files },
    render: () => out.say(own.shredded(files.length)),
  });
  out.note(own.honest);
  return "ok";
}
