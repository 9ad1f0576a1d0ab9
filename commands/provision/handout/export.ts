import { resolve } from "node:path";
import type { Command } from "commander";
import type { Cli } from "../../cli.ts";
import type { Context } from "../../context.ts";
import type { Outcome } from "../../exit-codes.ts";
import { collect } from "../../options.ts";
import { openLedger } from "./open.ts";
import { handoutWords as words } from "./words.ts";

export function declareExport(noun: Command, cli: Cli): void {
  cli
    .verb(noun, {
      name: "export",
      about: words.export,
      example: "wardctl provision handout export --unit 27004 --out slips-27004",
    })
    .requiredOption("--unit <code>", cli.say(words.unit), collect)
    .requiredOption("--out <folder>", cli.say(words.folder))
    .action((options: ExportOptions, command: Command) => cli.run(command, (context) => exportSlips(options, context)));
}

interface ExportOptions {
  readonly unit: readonly string[];
  readonly out: string;
}

async function exportSlips(
  { unit, out: folder }: ExportOptions,
  context: Pick<Context, "workspace" | "clock" | "out" | "cwd">,
): Promise<Outcome> {
  const { out, cwd } = context;
  const lines = await (await openLedger(context)).export(unit, resolve(cwd, folder));
  await out.emit({
    document: { schema: "wardctl.handout-export/1", folder, units: unit, slips: lines.map(({ id }) => id) },
    render: () => out.say(lines.length === 0 ? words.nothingToExport : words.exported(lines.length, folder)),
  });
  return "ok";
}
