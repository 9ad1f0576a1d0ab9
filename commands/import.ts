import { resolve } from "node:path";
import { type Command, InvalidArgumentError } from "commander";
import { Failure, formatFault } from "../src/platform/failure.ts";
import { readText } from "../src/platform/files.ts";
import { readInstant, vietnamZone } from "../src/platform/time.ts";
import { importFile } from "../src/records/import-file.ts";
import type { Receipt } from "../src/records/receipt.ts";
import { listSources, type NamedSource, type SourceProfile } from "../src/records/source.ts";
import type { FileProfile } from "../src/records/sources/file-lines.ts";
import type { Workspace } from "../src/workspace/open-workspace.ts";
import type { Cli } from "./cli.ts";
import { readCodeKey } from "./code-key.ts";
import type { Context } from "./context.ts";
import { readDueRules } from "./due-rules.ts";
import type { Outcome } from "./exit-codes.ts";
import { expandFiles } from "./expand-files.ts";
import { nouns } from "./nouns.ts";
import { pruneAfterwards } from "./prune-records.ts";
import { decideOutcome, formatReceipt, joinOutcomes, toReceiptDocument } from "./receipt.ts";
import { receiptWords as words } from "./receipt-words.ts";

export function declare(program: Command, cli: Cli): void {
  cli
    .withYes(cli.verb(program, { name: "import", about: nouns.import.about, example: "wardctl import press.csv --source press" }))
    .argument("<file...>", cli.say(words.file))
    .option("--source <name>", cli.say(words.source))
    .option("--skip-invalid", cli.say(words.skipInvalid))
    .option("--force", cli.say(words.force))
    .option("--exported-at <instant>", cli.say(words.exportedAt), readInstantOption)
    .option("--inspect", cli.say(words.inspect))
    .option("--sheet <name>", cli.say(words.sheet))
    .action((files: string[], options: ImportOptions, command: Command) =>
      cli.run(command, (context) => importRecords(files, options, context)),
    );
}

interface ImportOptions {
  readonly source?: string;
  readonly skipInvalid?: boolean;
  readonly force?: boolean;
  readonly exportedAt?: number;
  readonly inspect?: boolean;
  readonly sheet?: string;
  readonly yes?: boolean;
}

type ImportContext = Pick<Context, "workspace" | "findWorkspace" | "out" | "clock" | "cwd" | "signal" | "prompts">;

/** One file after the other, each a seq of its own; a file that fails does not stop the others. */
async function importRecords(named: readonly string[], options: ImportOptions, context: ImportContext): Promise<Outcome> {
  const files = await expandFiles(named, context.cwd);
  const [only, ...others] = files as [string, ...string[]];
  if (options.inspect) {
    if (others.length > 0) throw new Failure("usage", words.inspectOne);
    const { inspectFile } = await import("./import-inspect.ts");
    return inspectFile(only, options, context);
  }
  if (options.sheet !== undefined) throw new Failure("usage", words.sheetToInspect);
  const { out, cwd, signal } = context;
  const workspace = await context.workspace();
  const source = await withAdvice(files, cwd, () => chooseSource(listSources(workspace.settings.records), options.source));
  const take = (file: string): Promise<Receipt> =>
    withAdvice([file], cwd, () => importOne(file, source, options, workspace, context));
  const directory = await workspace.directory();
  if (others.length === 0) {
    const receipt = await take(only);
    await pruneAfterwards(workspace, context);
    await out.emit({
      document: { schema: "wardctl.import/1", ...toReceiptDocument(receipt, out.say) },
      render: () => formatReceipt(receipt, out, directory),
    });
    return decideOutcome(receipt);
  }
  const done: { readonly file: string; readonly result: Receipt | Failure }[] = [];
  for (const file of files) {
    if (signal.aborted) break;
    const result = await take(file).catch((error: unknown) => {
      if (error instanceof Failure) return error;
      throw error;
    });
    done.push({ file, result });
  }
  await pruneAfterwards(workspace, context);
  await out.emit({
    document: { schema: "wardctl.imports/1", files: done.map(({ file, result }) => toFileDocument(file, result, out.say)) },
    render: () =>
      done
        .map(({ result }) => (result instanceof Failure ? out.say(result.words) : formatReceipt(result, out, directory)))
        .join("\n"),
  });
  for (const { result } of done) {
    if (!(result instanceof Failure)) continue;
    for (const fault of result.faults.slice(0, faultsShown)) {
      out.warn({ vi: formatFault(fault, "vi"), en: formatFault(fault, "en") });
    }
    if (result.hint) out.warn(words.hint(result.hint));
  }
  if (signal.aborted) return "cancelled";
  return joinOutcomes(done.map(({ result }) => (result instanceof Failure ? result.kind : decideOutcome(result))));
}

const faultsShown = 50;

function toFileDocument(file: string, result: Receipt | Failure, say: Context["out"]["say"]): Record<string, unknown> {
  if (!(result instanceof Failure)) return toReceiptDocument(result, say);
  const faults = result.faults.map(({ message, ...place }) => ({ ...place, message: say(message) }));
  return { file, state: "failed", kind: result.kind, reason: say(result.words), hint: result.hint && say(result.hint), faults };
}

async function importOne(
  file: string,
  source: NamedSource<FileProfile>,
  options: ImportOptions,
  workspace: Workspace,
  { out, clock, cwd, signal }: ImportContext,
): Promise<Receipt> {
  const audit = await workspace.audit();
  let progress: ReturnType<typeof out.progress> | undefined;
  return importFile({
    database: await workspace.database(),
    source,
    path: resolve(cwd, file),
    file,
    directory: await workspace.directory(),
    zone: workspace.zone,
    now: clock.now,
    lang: out.lang,
    skipInvalid: options.skipInvalid === true,
    force: options.force === true,
    exportedAt: options.exportedAt,
    codeKey: await readCodeKey(workspace),
    dueRules: readDueRules(workspace),
    signal,
    onRead: (rows) => {
      progress ??= out.progress(words.reading(file), Number.POSITIVE_INFINITY);
      progress.step(rows);
    },
    onApplied: async (tx, { seq, sha256, rows }) => {
      await audit.append(
        { actor: workspace.actor, action: "records.import", subject: source.name, detail: { seq, file, sha256, rows } },
        tx,
      );
    },
  }).finally(() => progress?.end());
}

/** Rights to sign are recorded by another verb, and their file lies beside those that are imported: a failure over one says so. */
async function withAdvice<Result>(files: readonly string[], cwd: string, work: () => Result | Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    for (const file of files) {
      if (!(await isOfGrants(resolve(cwd, file)))) continue;
      throw new Failure(error.kind, error.words, { hint: words.isOfGrants(file), faults: error.faults, cause: error });
    }
    throw error;
  }
}

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
    throw files.length === 0
      ? new Failure("usage", words.noFileSource, { hint: words.draftSource })
      : new Failure("usage", words.whichSource(names));
  }
  const chosen = files.find((source) => source.name === name);
  if (chosen) return chosen;
  const isRest = sources.some((source) => source.name === name);
  if (isRest) throw new Failure("usage", words.restSource(name));
  throw new Failure("usage", words.noSource(name, names), { hint: words.draftSource });
}

function readInstantOption(text: string): number {
  const at = readInstant(text, vietnamZone);
  if (at === undefined) throw new InvalidArgumentError("an instant is needed");
  return at;
}
