import { resolve } from "node:path";
import { type Command, Option } from "commander";
import { sha256 } from "../../src/platform/canonical-json.ts";
import { Failure } from "../../src/platform/failure.ts";
import { writeWhole } from "../../src/platform/files.ts";
import type { Zone } from "../../src/platform/time.ts";
import { binaryFormats, type FormatName, formatNames, formats } from "../../src/reports/formats/index.ts";
import type { Report } from "../../src/reports/model.ts";
import { noteArticles } from "../article-link.ts";
import type { Cli } from "../cli.ts";
import type { Context } from "../context.ts";
import { reportWords as words } from "./words.ts";

export interface PrintOptions {
  readonly format?: FormatName;
  readonly out?: string;
  readonly all?: boolean;
  readonly csvDialect?: "rfc4180" | "excel-vi";
  readonly table?: string;
}

export function withPrintOptions(verb: Command, cli: Cli): Command {
  return verb
    .addOption(new Option("--format <format>", cli.say(words.format)).choices(formatNames))
    .option("--out <file>", cli.say(words.out))
    .option("--all", cli.say(words.all))
    .addOption(new Option("--csv-dialect <dialect>", cli.say(words.csvDialect)).choices(["rfc4180", "excel-vi"]))
    .option("--table <name>", cli.say(words.table));
}

/** Says what cannot be printed before any work is done or kept. Failure kind: usage. */
export function checkPrintOptions(given: PrintOptions, out: Pick<Context["out"], "json" | "onTerminal">): void {
  const options = readDash(given);
  const told = guessFormat(options.out);
  const name = options.format ?? told;
  const ending = readEnding(options.out);
  // Plain text under the name of a document is a file that nobody can open.
  if (name === undefined && ending !== "")
    throw new Failure("usage", words.unknownEnding(ending), { hint: words.knownEndings(Object.keys(byEnding)) });
  // A Word file that is called .pdf opens nowhere; any text may be called .txt.
  if (name && told && name !== told && (told !== "terminal" || binaryFormats.has(name)))
    throw new Failure("usage", words.otherEnding(ending, name), { hint: words.otherEndingRemedy });
  if (name && binaryFormats.has(name) && options.out === undefined && !out.json && out.onTerminal)
    throw new Failure("usage", words.binary(name), { hint: words.binaryRemedy(name) });
  if (name !== "csv" && (options.csvDialect !== undefined || options.table !== undefined))
    throw new Failure("usage", words.csvOnly, { hint: words.csvRemedy });
}

export interface PrintedReport {
  readonly report: Report;
  readonly modelSha256: string;
  /** Undefined when it was not kept. */
  readonly meeting: string | undefined;
}

/** To a file, whole or not at all, or to stdout. Under --json stdout holds one document: the report, or what was written where. */
export async function printReport(
  { report, modelSha256, meeting }: PrintedReport,
  given: PrintOptions,
  { out, clock, cwd, zone }: Pick<Context, "out" | "clock" | "cwd"> & { readonly zone: Zone },
): Promise<void> {
  const options = readDash(given);
  const name = options.format ?? guessFormat(options.out) ?? (out.json ? "json" : "terminal");
  checkPrintOptions(options, out);
  const render = async (): Promise<string | Uint8Array> =>
    (await formats[name]()).render(report, {
      lang: out.lang,
      zone,
      // A file is no terminal.
      paint: options.out === undefined ? out.paint : (await import("../../src/platform/paint.ts")).noPaint,
      width: options.out === undefined ? out.width : undefined,
      all: options.all === true || options.out !== undefined,
      modelSha256,
      meeting,
      clockPinned: clock.pinned,
      csvDialect: options.csvDialect,
      table: options.table,
    });
  // A kept report comes back byte for byte: links stand beside it, not in it.
  if (!out.json)
    noteArticles(
      report.warnings.filter(({ level }) => level === "attention").map(({ code }) => code),
      out,
    );
  if (options.out === undefined) {
    if (out.json) return out.emit({ document: { ...report }, render: () => "" });
    const content = await render();
    return typeof content === "string" ? out.emit({ document: { ...report }, render: () => content }) : out.bytes(content);
  }
  const content = await render();
  const file = resolve(cwd, options.out);
  await writeWhole(file, content);
  await out.emit({
    document: {
      schema: "wardctl.report-file/1",
      file,
      format: name,
      sha256: sha256(content),
      meeting: meeting ?? null,
      modelSha256,
    },
    render: () => out.say(words.written(options.out ?? file)),
  });
}

/** `--out -` is stdout, as everywhere, and no file of that name. */
function readDash({ out, ...rest }: PrintOptions): PrintOptions {
  return out === undefined || out === "-" ? rest : { ...rest, out };
}

const byEnding: Readonly<Record<string, FormatName>> = {
  html: "html",
  htm: "html",
  md: "md",
  json: "json",
  txt: "terminal",
  csv: "csv",
  xlsx: "xlsx",
  docx: "docx",
  pdf: "pdf",
  png: "png",
};

/** `--out evening.html` says it already. */
function guessFormat(file: string | undefined): FormatName | undefined {
  const ending = readEnding(file);
  return Object.hasOwn(byEnding, ending) ? byEnding[ending] : undefined;
}

function readEnding(file: string | undefined): string {
  return /\.([a-z]+)$/i.exec(file ?? "")?.[1]?.toLowerCase() ?? "";
}
