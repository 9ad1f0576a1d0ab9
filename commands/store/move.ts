import type { Command } from "commander";
import { Failure } from "../../src/platform/failure.ts";
import { secretReferenceShape } from "../../src/platform/secrets.ts";
import { toIso } from "../../src/platform/time.ts";
import type { StoreSettings } from "../../src/workspace/store-settings.ts";
import type { Cli } from "../cli.ts";
import type { Context } from "../context.ts";
import type { Outcome } from "../exit-codes.ts";
import { storeWords as words } from "./words.ts";

export function declareMove(noun: Command, cli: Cli): void {
  cli
    .withYes(cli.verb(noun, { name: "move", about: words.move, example: "wardctl store move --to env:WARDCTL_PG" }))
    .requiredOption("--to <store>", cli.say(words.to))
    .action((options: MoveOptions, command: Command) => cli.run(command, (context) => move(options, context)));
}

interface MoveOptions {
  readonly to: string;
  readonly yes?: boolean;
}

async function move(
  options: MoveOptions,
  { workspace: open, out, prompts, clock }: Pick<Context, "workspace" | "out" | "prompts" | "clock">,
): Promise<Outcome> {
  const to = readTarget(options.to);
  const workspace = await open();
  if (to.kind === workspace.settings.store.kind && to.kind === "sqlite") throw new Failure("usage", words.isHere("SQLite"));
  if (!options.yes && !(await prompts.confirm(words.intent(to.kind === "sqlite" ? "SQLite" : "PostgreSQL"), "--yes"))) {
    return "cancelled";
  }
  const { moveStore } = await import("../../src/workspace/move-store.ts");
  const moved = await moveStore({
    from: await workspace.database(),
    to,
    place: { folder: workspace.cachePath(""), nowIso: () => toIso(clock.now(), workspace.zone), readSecret: workspace.secret },
    actor: workspace.actor,
    onTable: ({ table, rows }) => (rows > 0 ? out.note(words.table(table, rows)) : undefined),
  });
  const yaml = to.kind === "sqlite" ? "store: { kind: sqlite }" : `store: { kind: postgres, url: ${to.url} }`;
  await out.emit({
    document: { schema: "wardctl.store-move/1", from: workspace.settings.store.kind, to: to.kind, ...moved, setting: yaml },
    render: () => [words.moved(moved.rows, moved.tables), words.switchOver(yaml)].map(out.say).join("\n"),
  });
  return "ok";
}

function readTarget(text: string): StoreSettings {
  if (text === "sqlite") return { kind: "sqlite" };
  // A URL has no place in argv: it would hold the password.
  if (!secretReferenceShape.test(text))
    throw new Failure("usage", words.badTo(text.replace(/:\/\/.*/, "://…")), { hint: words.toShapes });
  return { kind: "postgres", url: text };
}
