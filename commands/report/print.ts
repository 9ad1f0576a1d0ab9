import { resolve } from "node:path";
import { type Command, Option } from "commander";
import { sha256 } from "../../src/platform/canonical-json.ts";
import { writeWhole } from "../../src/platform/files.ts";
import type { Zone } from "../../src/platform/time.ts";
import { type FormatName, formatNames, formats } from "../../src/reports/formats/index.ts";
import type { Report } from "../../src/reports/model.ts";
import type { Cli } from "../cli.ts";
import type { Context } from "../context.ts";
import { reportWords as words } from "./words.ts";

export interface PrintOptions {
  readonly format?: FormatName;
  readonly out?: string;
  readonly all?: boolean;
}

export function withPrintOptions(verb: Command, cli: Cli): Command {
  return verb
    .addOption(new Option("--format <format>", cli.say(words.format)).choices(formatNames))
    .option("--out <file>", cli.say(words.out))
    .option("--all", cli.say(words.all));
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
  options: PrintOptions,
  { out, clock, cwd, zone }: Pick<Context, "out" | "clock" | "cwd"> & { readonly zone: Zone },
): Promise<void> {
  const name = options.format ?? guessFormat(options.out) ?? (out.json ? "json" : "terminal");
  const render = async (): Promise<string> =>
    (await formats[name]()).render(report, {
      lang: out.lang,
      zone,
      // A file is no terminal.
      paint: options.out === undefined ? out.paint : (await import("../../src/platform/paint.ts")).noPaint,
      all: options.all === true || options.out !== undefined,
      modelSha256,
      meeting,
      clockPinned: clock.pinned,
    });
  if (options.out === undefined) return out.emit({ document: { ...report }, render });
  const text = await render();
  const file = resolve(cwd, options.out);
  await writeWhole(file, text);
  await out.emit({
    document: {
      schema: "wardctl.report-file/1",
      file,
      format: name,
      sha256: sha256(text),
      meeting: meeting ?? null,
      modelSha256,
    },
    render: () => out.say(words.written(options.out ?? file)),
  });
}

const byEnding: Readonly<Record<string, FormatName>> = { html: "html", htm: "html", md: "md", json: "json", txt: "terminal" };

/** `--out evening.html` says it already. */
function guessFormat(file: string | undefined): FormatName | undefined {
  const ending = /\.([a-z]+)$/i.exec(file ?? "")?.[1]?.toLowerCase() ?? "";
  return Object.hasOwn(byEnding, ending) ? byEnding[ending] : undefined;
}
