import { resolve } from "node:path";
import type { Command } from "commander";
import { makeCheckpoint } from "../../src/audit/ledger.ts";
import { writeBundle } from "../../src/audit/write-bundle.ts";
import { createDesk } from "../../src/delegation/desk.ts";
import { exportEvidence } from "../../src/delegation/export-evidence.ts";
import { toIso } from "../../src/platform/time.ts";
import type { Cli } from "../cli.ts";
import type { Context } from "../context.ts";
import type { Outcome } from "../exit-codes.ts";
import { proofWords as words } from "./proof-words.ts";

export function declareExport(noun: Command, cli: Cli): void {
  cli
    .verb(noun, { name: "export", about: words.export, example: "wardctl audit export --out bundle-2025-07" })
    .requiredOption("--out <folder>", cli.say(words.out))
    .action((options: ExportOptions, command: Command) => cli.run(command, (context) => exportBundle(options, context)));
}

interface ExportOptions {
  readonly out: string;
}

async function exportBundle(
  options: ExportOptions,
  { workspace: open, out, clock, ids, cwd }: Pick<Context, "workspace" | "out" | "clock" | "ids" | "cwd">,
): Promise<Outcome> {
  const workspace = await open();
  const { zone, actor } = workspace;
  const ledger = await workspace.ledger();
  const made = await makeCheckpoint(ledger);
  if (!made) {
    await out.emit({
      document: { schema: "wardctl.audit-export/1", folder: null, files: 0 },
      render: () => out.say(words.nothing),
    });
    return "attention";
  }
  const desk = createDesk({
    database: await workspace.database(),
    audit: ledger.log,
    settings: workspace.settings.delegate,
    zone,
    actor,
    clock,
    ids,
  });
  const written = await writeBundle(ledger, made, resolve(cwd, options.out), await exportEvidence(desk));
  await out.emit({
    document: {
      schema: "wardctl.audit-export/1",
      folder: options.out,
      files: written.files,
      size: made.checkpoint.size,
      head: made.checkpoint.head,
      at: toIso(made.checkpoint.at, zone),
      signed: written.signed,
      identity: made.identity ?? null,
      manifestSha256: written.manifestSha256,
      signersSha256: written.signersSha256 ?? null,
    },
    render: () =>
      [
        words.exported(options.out, written.files),
        words.manifest(written.manifestSha256),
        made.identity === undefined ? words.unsigned : words.signedAs(made.identity),
      ]
        .map(out.say)
        .join("\n"),
  });
  return "ok";
}
