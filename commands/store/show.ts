import type { Command } from "commander";
import { describeStore } from "../../src/workspace/describe-store.ts";
import type { Cli } from "../cli.ts";
import type { Context } from "../context.ts";
import type { Outcome } from "../exit-codes.ts";
import { storeWords as words } from "./words.ts";

export function declareShow(noun: Command, cli: Cli): void {
  cli
    .verb(noun, { name: "show", about: words.show, example: "wardctl store show", isDefault: true })
    .action((_options: unknown, command: Command) => cli.run(command, show));
}

async function show({ workspace, out }: Pick<Context, "workspace" | "out">): Promise<Outcome> {
  const store = await describeStore(await workspace());
  await out.emit({
    document: {
      schema: "wardctl.store/1",
      kind: store.kind,
      file: store.kind === "sqlite" ? store.file : null,
      present: store.kind === "postgres" || store.present,
      version: store.kind === "postgres" ? store.version : null,
      dbSchema: store.kind === "postgres" ? store.schema : null,
    },
    render: () =>
      (store.kind === "sqlite"
        ? [words.sqlite(store.file), store.present ? words.alone : words.noFile]
        : [words.postgres(store.version, store.schema), words.shared]
      )
        .map(out.say)
        .join("; "),
  });
  return "ok";
}
