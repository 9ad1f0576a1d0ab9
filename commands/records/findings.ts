import type { Command } from "commander";
import { formatUnitName } from "../../src/directory/unit.ts";
import { Failure } from "../../src/platform/failure.ts";
import type { ListFormat } from "../../src/platform/output.ts";
import { listFindings, readLatestSeq, type StoredFinding } from "../../src/records/batch-store.ts";
import { readDossierCodes } from "../../src/records/code-store.ts";
import { untold } from "../../src/records/told-value.ts";
import { warningMeanings } from "../../src/records/warning-words.ts";
import type { Cli } from "../cli.ts";
import type { Context } from "../context.ts";
import type { Outcome } from "../exit-codes.ts";
import { readWholeNumber } from "../options.ts";
import { recordsWords as words } from "./words.ts";

export function declareFindings(noun: Command, cli: Cli): void {
  const verb = cli.verb(noun, { name: "findings", about: words.findings, example: "wardctl records findings" });
  cli
    .withFormat(verb.argument("[seq]", cli.say(words.seq), readWholeNumber))
    .action((seq: number | undefined, options: { readonly format: ListFormat }, command: Command) =>
      cli.run(command, (context) => list(seq, options, context)),
    );
}

/** What an import found, with the dossiers meant while their codes are kept. That they were looked at is recorded. */
async function list(
  asked: number | undefined,
  { format }: { readonly format: ListFormat },
  { workspace: open, out }: Pick<Context, "workspace" | "out">,
): Promise<Outcome> {
  const workspace = await open();
  const database = await workspace.database();
  const directory = await workspace.directory();
  const latest = await readLatestSeq(database);
  const seq = asked ?? latest;
  // An import that never was found nothing, which is not the same as finding nothing.
  if (asked !== undefined && (asked < 1 || asked > latest)) throw new Failure("usage", words.noImport(asked, latest));
  const findings = await listFindings(database, seq, seq - 1);
  const items = await Promise.all(
    findings.map(async (finding) => ({
      ...finding,
      codes: (await readDossierCodes(database, finding.dossiers)).filter((code) => code !== untold),
    })),
  );
  if (items.some(({ codes }) => codes.length > 0)) {
    const audit = await workspace.audit();
    const dossiers = items.reduce((sum, { codes }) => sum + codes.length, 0);
    await audit.append({ actor: workspace.actor, action: "records.look", subject: "findings", detail: { seq, dossiers } });
  }
  type Item = StoredFinding & { readonly codes: readonly string[] };
  await out.list<Item>({
    schema: "wardctl.records-findings/1",
    name: "findings",
    items,
    format,
    empty: latest === 0 ? words.nothingImported : words.noFindings(seq),
    extra: { seq },
    columns: [
      { key: "code", title: words.finding, value: ({ code }) => code },
      {
        key: "unit",
        title: words.unit,
        value: ({ unit }) => unit || undefined,
        text: ({ unit }) => {
          const known = directory.findUnit(unit);
          return known ? formatUnitName(known) : unit || "–";
        },
      },
      { key: "count", title: words.count, align: "right", value: ({ count }) => count },
      { key: "meaning", title: words.meaning, value: ({ code }) => out.say(warningMeanings[code]) },
      {
        key: "dossiers",
        title: words.dossiers,
        value: ({ codes }) => codes.join(" ") || undefined,
        json: ({ codes }) => codes,
        text: ({ codes }) => codes.slice(0, 5).join(" ") + (codes.length > 5 ? " …" : "") || "–",
      },
      { key: "note", title: words.note, value: ({ note }) => note || undefined, text: ({ note }) => note || "–" },
    ],
  });
  return "ok";
}
