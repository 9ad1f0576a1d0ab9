import type { Command } from "commander";
import { Failure, formatFault } from "../src/platform/failure.ts";
import { readText } from "../src/platform/files.ts";
import { createHttpClient } from "../src/platform/http.ts";
import { findNearest } from "../src/platform/text.ts";
import { wait } from "../src/platform/wait.ts";
import { listSources, type NamedSource, type RestProfile } from "../src/records/source.ts";
import { type SyncResult, syncSource } from "../src/records/sync-source.ts";
import type { Workspace } from "../src/workspace/open-workspace.ts";
import type { Cli } from "./cli.ts";
import { readCodeKey } from "./code-key.ts";
import type { Context } from "./context.ts";
import { readDueRules } from "./due-rules.ts";
import type { Outcome } from "./exit-codes.ts";
import { nouns } from "./nouns.ts";
import { pruneAfterwards } from "./prune-records.ts";
import { decideOutcome, formatReceipt, joinOutcomes, toReceiptDocument } from "./receipt.ts";
import { receiptWords as words } from "./receipt-words.ts";

export function declare(program: Command, cli: Cli): void {
  cli
    .verb(program, { name: "sync", about: nouns.sync.about, example: "wardctl sync mot-cua" })
    .argument("[source...]", cli.say(words.sources))
    .option("--skip-invalid", cli.say(words.skipInvalidRows))
    .action((names: string[], options: SyncOptions, command: Command) =>
      cli.run(command, (context) => syncRecords(names, options, context)),
    );
}

interface SyncOptions {
  readonly skipInvalid?: boolean;
}

type SyncContext = Pick<Context, "workspace" | "out" | "clock" | "signal">;

const faultsShown = 50;

/** One source after the other; a source that fails does not stop the others. */
export async function syncRecords(names: readonly string[], options: SyncOptions, context: SyncContext): Promise<Outcome> {
  const { out } = context;
  const workspace = await context.workspace();
  const directory = await workspace.directory();
  const done: { readonly name: string; readonly result: SyncResult | Failure }[] = [];
  for (const source of chooseSources(listSources(workspace.settings.records), names)) {
    if (context.signal.aborted) {
      done.push({ name: source.name, result: new Failure("cancelled", words.notBegun) });
      break;
    }
    const result = await syncOne(source, options, workspace, context).catch((error: unknown) => {
      if (error instanceof Failure) return error;
      throw error;
    });
    done.push({ name: source.name, result });
  }
  await pruneAfterwards(workspace, context);
  const [only] = done;
  if (done.length === 1 && only?.result instanceof Failure) throw only.result;
  await out.emit({
    document: { schema: "wardctl.sync/1", sources: done.map(({ name, result }) => toDocument(name, result, out.say)) },
    render: () =>
      done
        .map(({ name, result }) => {
          if (!(result instanceof Failure)) return formatReceipt(result.receipt, out, directory);
          return `${name}: ${out.say(words.failed)}`;
        })
        .join("\n"),
  });
  for (const { name, result } of done) {
    if (!(result instanceof Failure)) {
      if (result.resumedAfter > 0) out.note(words.resumed(name, result.resumedAfter));
      for (const { vi, en } of result.doubts) out.warn({ vi: `${name}: ${vi}`, en: `${name}: ${en}` });
    }
    for (const fault of result.faults.slice(0, faultsShown))
      out.warn({ vi: formatFault(fault, "vi"), en: formatFault(fault, "en") });
    const failure = result instanceof Failure ? result : result.failure;
    if (!failure) continue;
    // A failure over rows begins with the source's name by itself.
    const tell = (text: string): string => (text.startsWith(`${name}: `) ? text : `${name}: ${text}`);
    out.warn({ vi: tell(failure.words.vi), en: tell(failure.words.en) });
    if (failure.hint) out.warn(words.hint(failure.hint));
  }
  return joinOutcomes(
    done.map(({ result }) => {
      if (result instanceof Failure) return result.kind;
      const outcome = decideOutcome(result.receipt);
      return outcome === "ok" && result.doubts.length > 0 ? "attention" : outcome;
    }),
  );
}

async function syncOne(
  source: NamedSource<RestProfile>,
  options: SyncOptions,
  workspace: Workspace,
  { out, clock, signal }: SyncContext,
): Promise<SyncResult> {
  const { profile, name } = source;
  const audit = await workspace.audit();
  const token = profile.token === undefined ? undefined : await workspace.secret(profile.token);
  const ca = profile.ca === undefined ? undefined : await readText(workspace.resolvePath(profile.ca));
  const client = await createHttpClient({ ca, deadlineMs: profile.deadlineMs });
  let progress: ReturnType<typeof out.progress> | undefined;
  try {
    return await syncSource({
      database: await workspace.database(),
      source,
      client,
      token,
      directory: await workspace.directory(),
      zone: workspace.zone,
      now: clock.now,
      wait,
      skipInvalid: options.skipInvalid === true,
      codeKey: await readCodeKey(workspace),
      dueRules: readDueRules(workspace),
      signal,
      onPage: (read, total) => {
        progress ??= out.progress({ vi: `${name}: hồ sơ`, en: `${name}: dossiers` }, total ?? Number.POSITIVE_INFINITY);
        progress.step(read);
      },
      onApplied: async (tx, { seq, state, rows }) => {
        await audit.append({ actor: workspace.actor, action: "records.sync", subject: name, detail: { seq, state, rows } }, tx);
      },
    });
  } finally {
    progress?.end();
    await client.close();
  }
}

/** Those named, or all that can be fetched. Failure kind: usage. */
function chooseSources(sources: readonly NamedSource[], names: readonly string[]): NamedSource<RestProfile>[] {
  const rest = sources.filter((source): source is NamedSource<RestProfile> => source.profile.kind === "rest");
  for (const name of names) {
    if (rest.some((source) => source.name === name)) continue;
    const isFile = sources.some((source) => source.name === name);
    const known = rest.map((source) => source.name);
    const near = findNearest(name, known);
    if (isFile) throw new Failure("usage", words.fileSource(name));
    throw new Failure("usage", words.noSource(name, near ? [near] : known), { hint: words.mendSources });
  }
  if (rest.length === 0) throw new Failure("usage", words.noRestSource, { hint: words.mendSources });
  return names.length === 0 ? rest : rest.filter((source) => names.includes(source.name));
}

function toDocument(name: string, result: SyncResult | Failure, say: Context["out"]["say"]): Record<string, unknown> {
  const faults = result.faults.map(({ message, ...place }) => ({ ...place, message: say(message) }));
  if (result instanceof Failure) return { source: name, state: "failed", kind: result.kind, reason: say(result.words), faults };
  const { receipt, resumedAfter, failure, doubts } = result;
  const reason = failure ? say(failure.words) : null;
  return { ...toReceiptDocument(receipt, say), resumedAfter, reason, doubts: doubts.map(say), faults };
}
