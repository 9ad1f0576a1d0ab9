import type { Command } from "commander";
import { Failure } from "../../src/platform/failure.ts";
import { toLocalDay } from "../../src/platform/time.ts";
import { forgetDossiers } from "../../src/records/one-dossier.ts";
import { retentionWords } from "../../src/records/retention-words.ts";
import type { Cli } from "../cli.ts";
import { ensureCodeKey } from "../code-key.ts";
import type { Context } from "../context.ts";
import type { Outcome } from "../exit-codes.ts";
import { readCode } from "./read-code.ts";
import { forgottenWords, recordsWords as words } from "./words.ts";

export function declareForget(noun: Command, cli: Cli): void {
  cli
    .withYes(cli.verb(noun, { name: "forget", about: words.forget, example: "wardctl records forget H57.101-250703-0001 --yes" }))
    .argument("<code...>", cli.say(words.codes))
    .action((codes: string[], options: { readonly yes?: boolean }, command: Command) =>
      cli.run(command, (context) => forget(codes, options, context)),
    );
}

async function forget(
  texts: readonly string[],
  { yes }: { readonly yes?: boolean },
  { workspace: open, out, clock, prompts }: Pick<Context, "workspace" | "out" | "clock" | "prompts">,
): Promise<Outcome> {
  const codes = texts.map(readCode);
  const workspace = await open();
  const key = await ensureCodeKey(workspace);
  if (key === undefined) throw new Failure("denied", words.needsKey, { hint: retentionWords.setKey });
  if (!yes && !(await prompts.confirm(words.confirm(codes.length), "--yes"))) {
    out.warn(words.notConfirmed);
    return "cancelled";
  }
  const audit = await workspace.audit();
  const { before, marks, wiped } = await forgetDossiers(await workspace.database(), codes, {
    key,
    today: toLocalDay(clock.now(), workspace.zone),
    onForgotten: async (tx, done) => {
      const detail = { marks: done.marks, before: done.before };
      await audit.append({ actor: workspace.actor, action: "records.forget", subject: "dossiers", detail }, tx);
    },
  });
  await out.emit({
    document: {
      schema: "wardctl.records-forget/1",
      dossiers: texts.map((code, at) => ({ code, before: before[at], mark: marks[at] })),
      wiped,
    },
    render: () => texts.map((code, at) => `${code}: ${out.say(forgottenWords[before[at] ?? "unknown"])}`).join("\n"),
  });
  if (!wiped) out.note(retentionWords.notWiped);
  out.note(words.elsewhere);
  return wiped ? "ok" : "attention";
}
