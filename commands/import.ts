import { resolve } from "node:path";
import { type Command, InvalidArgumentError } from "commander";
import { Failure } from "../src/platform/failure.ts";
import { readText } from "../src/platform/files.ts";
import { readInstant, vietnamZone } from "../src/platform/time.ts";
import { importFile } from "../src/records/import-file.ts";
import { listSources, type NamedSource, type SourceProfile } from "../src/records/source.ts";
import type { FileProfile } from "../src/records/sources/file-lines.ts";
import type { Cli } from "./cli.ts";
import type { Context } from "./context.ts";
import type { Outcome } from "./exit-codes.ts";
import { nouns } from "./nouns.ts";
import { decideOutcome, formatReceipt, toReceiptDocument } from "./receipt.ts";
import { receiptWords as words } from "./receipt-words.ts";

export function declare(program: Command, cli: Cli): void {
  cli
    .verb(program, { name: "import", about: nouns.import.about, example: "wardctl import press.csv --source press" })
    .argument("<file>", cli.say(words.file))
    .option("--source <name>", cli.say(words.source))
    .option("--skip-invalid", cli.say(words.skipInvalid))
    .option("--force", cli.say(words.force))
    .option("--exported-at <instant>", cli.say(words.exportedAt), readInstantOption)
    .action((file: string, options: ImportOptions, command: Command) =>
      cli.run(command, (context) => importRecords(file, options, context)),
    );
}

interface ImportOptions {
  readonly source?: string;
  readonly skipInvalid?: boolean;
  readonly force?: boolean;
  readonly exportedAt?: number;
}

type ImportContext = Pick<Context, "workspace" | "out" | "clock" | "cwd" | "signal">;

async function importRecords(file: string, options: ImportOptions, context: ImportContext): Promise<Outcome> {
  try {
    return await importNamed(file, options, context);
  } catch (error) {
    if (!(error instanceof Failure) || !(await isOfGrants(resolve(context.cwd, file)))) throw error;
    throw new Failure(error.kind, error.words, { hint: words.isOfGrants(file), faults: error.faults, cause: error });
  }
}

async function importNamed(file: string, options: ImportOptions, context: ImportContext): Promise<Outcome> {
  const { out, clock, cwd, signal } = context;
  const workspace = await context.workspace();
  const source = chooseSource(listSources(workspace.settings.records), options.source);
  const directory = await workspace.directory();
  const audit = await workspace.audit();
  const path = resolve(cwd, file);
  const receipt = await importFile({
    database: await workspace.database(),
    source,
    path,
    file,
    directory,
    zone: workspace.zone,
    now: clock.now,
    lang: out.lang,
    skipInvalid: options.skipInvalid === true,
    force: options.force === true,
    exportedAt: options.exportedAt,
    signal,
    onRead: (rows) => out.note(words.reading(rows)),
    onApplied: async (tx, { seq, sha256, rows }) => {
      await audit.append(
        { actor: workspace.actor, action: "records.import", subject: source.name, detail: { seq, file, sha256, rows } },
        tx,
      );
    },
  });
  await out.emit({
    document: { schema: "wardctl.import/1", ...toReceiptDocument(receipt) },
    render: () => formatReceipt(receipt, out, directory),
  });
  return decideOutcome(receipt);
}

/** Rights to sign are recorded by another verb, and their file lies beside those that are imported. */
async function isOfGrants(path: string): Promise<boolean> {
  const [first = ""] = (await readText(path).catch(() => "")).split("\n", 1);
  return ["capacity", "doc_types", "basis_kind"].every((name) => first.includes(name));
}

/** The source named, or the only one there is. Failure kind: usage. */
function chooseSource(sources: readonly NamedSource<SourceProfile>[], name: string | undefined): NamedSource<FileProfile> {
  const files = sources.filter((source): source is NamedSource<FileProfile> => source.profile.kind !== "rest");
  const names = files.map((source) => source.name);
  if (name === undefined) {
    if (files.length === 1) return files[0] as NamedSource<FileProfile>;
    throw new Failure("usage", files.length === 0 ? words.noFileSource : words.whichSource(names), { hint: words.mendSources });
  }
  const chosen = files.find((source) => source.name === name);
  if (chosen) return chosen;
  const isRest = sources.some((source) => source.name === name);
  throw new Failure("usage", isRest ? words.restSource(name) : words.noSource(name, names), { hint: words.mendSources });
}

function readInstantOption(text: string): number {
  const at = readInstant(text, vietnamZone);
  if (at === undefined) throw new InvalidArgumentError("an instant is needed");
  return at;
}
