import type { Command } from "commander";
import type { ListFormat } from "../../src/platform/output.ts";
import { listSecretStandings } from "../../src/workspace/examine-secrets.ts";
import type { Cli } from "../cli.ts";
import type { Context } from "../context.ts";
import type { Outcome } from "../exit-codes.ts";
import { sourceWords, authWords as words } from "./words.ts";

export function declareStatus(noun: Command, cli: Cli): void {
  cli
    .withFormat(cli.verb(noun, { name: "status", about: words.status, example: "wardctl auth status" }))
    .action((options: StatusOptions, command: Command) => cli.run(command, (context) => showStatus(options, context)));
}

interface StatusOptions {
  readonly format: ListFormat;
}

async function showStatus({ format }: StatusOptions, { workspace, out }: Pick<Context, "workspace" | "out">): Promise<Outcome> {
  const items = await listSecretStandings(await workspace());
  await out.list({
    schema: "wardctl.auth-status/1",
    name: "secrets",
    items,
    columns: [
      { key: "reference", title: words.reference, value: ({ reference }) => reference },
      {
        key: "source",
        title: words.source,
        value: ({ source }) => source,
        text: ({ source }, lang) => sourceWords[source][lang],
      },
      { key: "state", title: words.state, value: ({ state }) => state, text: ({ state }, lang) => words[state][lang] },
      { key: "mode", title: words.mode, value: ({ mode }) => mode },
      {
        key: "settings",
        title: words.settings,
        value: ({ settings }) => settings,
        // One token often opens everything: the whole list is in --json.
        text: ({ settings: [first = "", ...more] }) => (more.length === 0 ? first : `${first} (+${more.length})`),
      },
      { key: "reason", title: words.reason, value: ({ reason }) => reason?.[out.lang], machineOnly: true },
    ],
    format,
    empty: words.noSecrets,
  });
  const missing = items.filter(({ state }) => state === "missing");
  for (const { reference, reason, hint } of missing) if (reason) out.warn(words.remedy(reference, reason, hint));
  return missing.length > 0 ? "attention" : "ok";
}
