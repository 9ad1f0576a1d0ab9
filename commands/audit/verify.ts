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
  const log = await (await workspace()).audit();
  let records = 0;
  let head: string | undefined;
  const counted = async function* () {
    for await (const record of log.readAll()) {
      records += 1;
      head = record.hash;
      yield record;
    }
  };
  const broken = await findChainBreak(counted());
  await out.emit({
    document: {
      schema: "wardctl.audit-verify/1",
      // Those that hold, from the first on.
      records: broken ? broken.seq - 1 : records,
      head: broken ? null : (head ?? null),
      intact: broken === undefined,
      broken: broken ?? null,
    },
    render: () => out.say(broken ? words.broken(broken) : words.whole(records, head ?? "–")),
  });
  return broken ? "attention" : "ok";
}
