import { resolve } from "node:path";
import type { Command } from "commander";
import { openDirectoryCache } from "../../src/directory/directory-cache.ts";
import { importDirectoryFile } from "../../src/directory/import-file.ts";
import { toIso, toIsoDate } from "../../src/platform/time.ts";
import type { Cli } from "../cli.ts";
import type { Context } from "../context.ts";
import type { Outcome } from "../exit-codes.ts";
import { describeImport } from "./describe-import.ts";
import { readDay } from "./open-directory.ts";
import { wardsWords as words } from "./words.ts";

export function declareImport(noun: Command, cli: Cli): void {
  cli
    .verb(noun, { name: "import", about: words.import, example: "wardctl wards import merges.csv" })
    .argument("<file>", cli.say(words.importFile))
    .option("--effective <date>", cli.say(words.effective))
    .action((file: string, options: ImportOptions, command: Command) =>
      cli.run(command, (context) => importWards(file, options, context)),
    );
}

interface ImportOptions {
  readonly effective?: string;
}

async function importWards(
  file: string,
  options: ImportOptions,
  { workspace: open, clock, cwd, out }: Pick<Context, "workspace" | "clock" | "cwd" | "out">,
): Promise<Outcome> {
  const effective = options.effective === undefined ? undefined : readDay(options.effective, "--effective");
  const workspace = await open();
  const database = await workspace.database();
  const audit = await workspace.audit();
  const receipt = await importDirectoryFile({
    path: resolve(cwd, file),
    file,
    effective,
    today: toIsoDate(clock.now(), workspace.zone),
    province: workspace.settings.province,
    changes: await openDirectoryCache(database).readChanges(),
    database,
    nowIso: toIso(clock.now(), workspace.zone),
    record: ({ kind, sha256, effective: day, counts }, tx) => {
      const detail = { kind, sha256, ...(day ? { effective: day } : {}), counts };
      return audit.append({ actor: workspace.actor, action: "wards.import", subject: file, detail }, tx);
    },
  });
  const { kind, sha256, at, counts, alreadyImportedAt } = receipt;
  await out.emit({
    document: {
      schema: "wardctl.ward-import/1",
      kind,
      file,
      sha256,
      effective: receipt.effective ?? null,
      at,
      alreadyImportedAt: alreadyImportedAt ?? null,
      counts,
    },
    render: () => out.say(describeImport(receipt)),
  });
  return "ok";
}
