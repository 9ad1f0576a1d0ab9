import type { Command } from "commander";
import { hashSigners, makeCheckpoint } from "../../src/audit/ledger.ts";
import { toIso } from "../../src/platform/time.ts";
import type { Cli } from "../cli.ts";
import type { Context } from "../context.ts";
import type { Outcome } from "../exit-codes.ts";
import { proofWords as words } from "./proof-words.ts";

export function declareCheckpoint(noun: Command, cli: Cli): void {
  cli
    .verb(noun, { name: "checkpoint", about: words.checkpoint, example: "wardctl audit checkpoint" })
    .action((_options: unknown, command: Command) => cli.run(command, checkpoint));
}

async function checkpoint({ workspace, out }: Pick<Context, "workspace" | "out">): Promise<Outcome> {
  const { ledger: open, zone } = await workspace();
  const ledger = await open();
  const made = await makeCheckpoint(ledger);
  await out.emit({
    document: {
      schema: "wardctl.audit-checkpoint/1",
      log: made?.checkpoint.log ?? null,
      size: made?.checkpoint.size ?? 0,
      head: made?.checkpoint.head ?? null,
      at: made ? toIso(made.checkpoint.at, zone) : null,
      signed: made?.signature !== undefined,
      identity: made?.identity ?? null,
      signersSha256: (await hashSigners(ledger)) ?? null,
    },
    render: () => {
      if (!made) return out.say(words.nothing);
      return [words.made(made.checkpoint), made.identity === undefined ? words.unsigned : words.signedAs(made.identity)]
        .map(out.say)
        .join("\n");
    },
  });
  return "ok";
}
