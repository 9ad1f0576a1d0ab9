import type { Command } from "commander";
import { findChainBreak } from "../../src/audit/audit-log.ts";
import type { Cli } from "../cli.ts";
import type { Context } from "../context.ts";
import type { Outcome } from "../exit-codes.ts";
import { auditWords as words } from "./words.ts";

export function declareVerify(noun: Command, cli: Cli): void {
  cli
    .verb(noun, { name: "verify", about: words.verify, example: "wardctl audit verify" })
    .action((_options: unknown, command: Command) => cli.run(command, verifyAudit));
}

async function verifyAudit({ workspace, out }: Pick<Context, "workspace" | "out">): Promise<Outcome> {
  const records = await (await (await workspace()).audit()).list();
  const broken = await findChainBreak(records);
  const head = records.at(-1)?.hash ?? null;
  await out.emit({
    document: {
      schema: "wardctl.audit-verify/1",
      records: records.length,
      head,
      intact: broken === undefined,
      broken: broken ?? null,
    },
    render: () => out.say(broken ? words.broken(broken) : words.whole(records.length, head ?? "–")),
  });
  return broken ? "attention" : "ok";
}
