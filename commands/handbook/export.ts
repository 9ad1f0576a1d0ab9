import { resolve } from "node:path";
import { type Command, Option } from "commander";
import { toBook } from "../../src/handbook/formats/book.ts";
import { sha256 } from "../../src/platform/canonical-json.ts";
import { Failure } from "../../src/platform/failure.ts";
import { writeWhole } from "../../src/platform/files.ts";
import { toIsoDate, vietnamZone } from "../../src/platform/time.ts";
import type { Cli } from "../cli.ts";
import type { Context } from "../context.ts";
import type { Outcome } from "../exit-codes.ts";
import { openHandbook } from "./open-handbook.ts";
import { handbookWords as words } from "./words.ts";

export function declareExport(noun: Command, cli: Cli): void {
  cli
    .verb(noun, { name: "export", about: words.export, example: "wardctl handbook export --out so-tay.html" })
    .addOption(new Option("--format <format>", cli.say(words.format)).choices(["html", "pdf"]))
    .option("--out <file>", cli.say(words.out))
    .action((options: ExportOptions, command: Command) => cli.run(command, (context) => exportHandbook(options, context)));
}

interface ExportOptions {
  readonly format?: "html" | "pdf";
  readonly out?: string;
}

async function exportHandbook(
  options: ExportOptions,
  context: Pick<Context, "findWorkspace" | "out" | "clock" | "cwd">,
): Promise<Outcome> {
  const { out, clock, cwd } = context;
  const format = options.format ?? (options.out?.toLowerCase().endsWith(".pdf") ? "pdf" : "html");
  if (options.out === undefined && (out.json || (format === "pdf" && out.onTerminal))) {
    throw new Failure("usage", words.needsOut(format));
  }
  const { articles } = await openHandbook(context);
  const place = (await context.findWorkspace())?.settings.name;
  const book = toBook(articles, { lang: out.lang, place, date: toIsoDate(clock.now(), vietnamZone) });
  const content =
    format === "pdf"
      ? await (await import("../../src/handbook/formats/pdf.ts")).formatBookPdf(book, clock.now())
      : (await import("../../src/handbook/formats/html.ts")).formatBookPage(book);
  if (options.out === undefined) {
    if (typeof content === "string") await out.emit({ document: {}, render: () => content });
    else out.bytes(content);
    return "ok";
  }
  const file = resolve(cwd, options.out);
  await writeWhole(file, content);
  await out.emit({
    document: {
      schema: "wardctl.handbook-file/1",
      file,
      format,
      lang: out.lang,
      articles: book.articles.length,
      sha256: sha256(content),
    },
    render: () => out.say(words.written(options.out ?? file, book.articles.length)),
  });
  return "ok";
}
